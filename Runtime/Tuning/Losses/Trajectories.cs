using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// The motion of a scene's bodies and particles in one or many worlds, sampled at the ends of all frames and at the start, or the
    /// cotangents of such a motion. A body's state is thirteen numbers: position (3, m), rotation (4, quaternion x y z w),
    /// velocity (3, m/s), angular velocity (3, rad/s, world frame). A particle's is six: position and velocity. Losses name particles by
    /// numbers from <see cref="Bodies"/> on, and see them as bodies that do not turn.
    /// </summary>
    public sealed class Trajectories
    {
        /// <summary>Numbers in the state of a body.</summary>
        public const int StateSize = 13;

        /// <summary>Numbers in the state of a particle.</summary>
        public const int ParticleSize = 6;

        private readonly double[] _states;
        private readonly double[] _particles;

        /// <summary>Number of worlds.</summary>
        public int Worlds { get; }

        /// <summary>Number of samples: frames plus one.</summary>
        public int Samples { get; }

        /// <summary>Number of bodies.</summary>
        public int Bodies { get; }

        /// <summary>Number of particles.</summary>
        public int Particles { get; }

        /// <summary>Simulated time of each world in s. Samples are equally spaced over it.</summary>
        public double[] Durations { get; }

        /// <summary>Impacts in each world.</summary>
        public int[] Events { get; }

        /// <summary>Time of the last impact of each world in s; NaN where there was none.</summary>
        public double[] LastEvent { get; }

        /// <summary>A number for each world that stands for its events: who met whom in which order, what stuck; 0 where that is not known.</summary>
        public ulong[] Choices { get; }

        /// <summary>Why a world has no motion: where and how its simulation diverged; null where it has one. The states of such a world are not numbers.</summary>
        public string[] Failures { get; }

        /// <summary>Creates trajectories of zeros.</summary>
        /// <param name="worlds">Number of worlds.</param>
        /// <param name="samples">Number of samples.</param>
        /// <param name="bodies">Number of bodies.</param>
        /// <param name="particles">Number of particles.</param>
        public Trajectories(int worlds, int samples, int bodies, int particles = 0)
        {
            Worlds = worlds;
            Samples = samples;
            Bodies = bodies;
            Particles = particles;
            Durations = new double[worlds];
            Events = new int[worlds];
            LastEvent = new double[worlds];
            Choices = new ulong[worlds];
            Failures = new string[worlds];
            for (int w = 0; w < worlds; w++) LastEvent[w] = double.NaN;
            _states = new double[(long)worlds * samples * bodies * StateSize];
            _particles = new double[(long)worlds * samples * particles * ParticleSize];
        }

        /// <summary>State of a body at a sample.</summary>
        /// <param name="world">The world.</param>
        /// <param name="sample">The sample.</param>
        /// <param name="body">The body.</param>
        public Span<double> State(int world, int sample, int body)
        {
            return new Span<double>(_states, ((world * Samples + sample) * Bodies + body) * StateSize, StateSize);
        }

        /// <summary>State of a particle at a sample.</summary>
        /// <param name="world">The world.</param>
        /// <param name="sample">The sample.</param>
        /// <param name="particle">The particle.</param>
        public Span<double> Particle(int world, int sample, int particle)
        {
            return new Span<double>(_particles, ((world * Samples + sample) * Particles + particle) * ParticleSize, ParticleSize);
        }

        /// <summary>Sets all states to zero.</summary>
        public void Clear()
        {
            Array.Clear(_states, 0, _states.Length);
            Array.Clear(_particles, 0, _particles.Length);
        }

        /// <summary>Sets all states of one world to a number.</summary>
        /// <param name="world">The world.</param>
        /// <param name="value">The number.</param>
        public void Fill(int world, double value)
        {
            AllStates(world).Fill(value);
            AllParticles(world).Fill(value);
        }

        /// <summary>The first sample at which something has no finite state, and that thing: a body, or from <see cref="Bodies"/> on a particle.</summary>
        /// <param name="world">The world.</param>
        /// <returns>Negative numbers where all are finite.</returns>
        public (int Sample, int Thing) FindNotFinite(int world)
        {
            int state = IndexOfNotFinite(AllStates(world)), particle = IndexOfNotFinite(AllParticles(world));
            int bodies = Math.Max(1, Bodies * StateSize), particles = Math.Max(1, Particles * ParticleSize);
            if (state < 0 && particle < 0) return (-1, -1);
            if (particle < 0 || state >= 0 && state / bodies <= particle / particles) return (state / bodies, state % bodies / StateSize);
            return (particle / particles, Bodies + particle % particles / ParticleSize);
        }

        /// <summary>Reads the state of a body, or of a particle as that of a body that does not turn.</summary>
        /// <param name="world">The world.</param>
        /// <param name="sample">The sample.</param>
        /// <param name="thing">A body, or from <see cref="Bodies"/> on a particle.</param>
        /// <param name="state">Receives <see cref="StateSize"/> numbers.</param>
        public void ReadThing(int world, int sample, int thing, Span<double> state)
        {
            if (thing < Bodies)
            {
                State(world, sample, thing).CopyTo(state);
                return;
            }
            Span<double> particle = Particle(world, sample, thing - Bodies);
            state.Clear();
            particle.Slice(0, 3).CopyTo(state);
            particle.Slice(3, 3).CopyTo(state.Slice(7));
            state[6] = 1;
        }

        private Span<double> AllStates(int world) => new Span<double>(_states, world * Samples * Bodies * StateSize, Samples * Bodies * StateSize);

        private Span<double> AllParticles(int world) => new Span<double>(_particles, world * Samples * Particles * ParticleSize, Samples * Particles * ParticleSize);

        private static int IndexOfNotFinite(ReadOnlySpan<double> values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (double.IsNaN(values[i]) || double.IsInfinity(values[i])) return i;
            }
            return -1;
        }

        // Adds to the state of a body or particle: cotangents of what a loss saw of it.
        internal void AddToThing(int world, int sample, int thing, ReadOnlySpan<double> state)
        {
            Span<double> to = thing < Bodies ? State(world, sample, thing) : Particle(world, sample, thing - Bodies);
            for (int c = 0; c < to.Length; c++) to[c] += state[thing < Bodies || c < 3 ? c : c + 4];
        }
    }
}
