using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// The motion of a scene's bodies in one or many worlds, sampled at the ends of all frames and at the start, or the
    /// cotangents of such a motion. A body's state is thirteen numbers: position (3, m), rotation (4, quaternion x y z w),
    /// velocity (3, m/s), angular velocity (3, rad/s, world frame).
    /// </summary>
    public sealed class Trajectories
    {
        /// <summary>Numbers in the state of a body.</summary>
        public const int StateSize = 13;

        private readonly double[] _states;

        /// <summary>Number of worlds.</summary>
        public int Worlds { get; }

        /// <summary>Number of samples: frames plus one.</summary>
        public int Samples { get; }

        /// <summary>Number of bodies.</summary>
        public int Bodies { get; }

        /// <summary>Simulated time of each world in s. Samples are equally spaced over it.</summary>
        public double[] Durations { get; }

        /// <summary>Impacts in each world.</summary>
        public int[] Events { get; }

        /// <summary>Time of the last impact of each world in s; NaN where there was none.</summary>
        public double[] LastEvent { get; }

        /// <summary>Creates trajectories of zeros.</summary>
        /// <param name="worlds">Number of worlds.</param>
        /// <param name="samples">Number of samples.</param>
        /// <param name="bodies">Number of bodies.</param>
        public Trajectories(int worlds, int samples, int bodies)
        {
            Worlds = worlds;
            Samples = samples;
            Bodies = bodies;
            Durations = new double[worlds];
            Events = new int[worlds];
            LastEvent = new double[worlds];
            for (int w = 0; w < worlds; w++) LastEvent[w] = double.NaN;
            _states = new double[(long)worlds * samples * bodies * StateSize];
        }

        /// <summary>State of a body at a sample.</summary>
        /// <param name="world">The world.</param>
        /// <param name="sample">The sample.</param>
        /// <param name="body">The body.</param>
        public Span<double> State(int world, int sample, int body)
        {
            return new Span<double>(_states, ((world * Samples + sample) * Bodies + body) * StateSize, StateSize);
        }

        /// <summary>Sets all states to zero.</summary>
        public void Clear() => Array.Clear(_states, 0, _states.Length);
    }
}
