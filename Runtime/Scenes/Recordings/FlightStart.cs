using System;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// The state at the start of a recording, fitted to the free flight that it begins with: positions to a parabola (its curvature is
    /// free, so that neither gravity nor the place of the centre of mass is asked for), rotations to an even turn, which is that of a body
    /// with equal moments of inertia. A state that many samples agree on is much nearer the truth than a single sample's.
    /// </summary>
    public sealed class FlightStart
    {
        private const int LeastSamples = 4;

        // Flight ends where a sample is off by this part of the way from sample to sample: something was hit.
        private const double HitFraction = 0.1;

        // And by more than this many times what the samples before scatter.
        private const double Scatter = 6;

        /// <summary>Position in m.</summary>
        public double[] Position { get; } = new double[3];

        /// <summary>Velocity in m/s.</summary>
        public double[] Velocity { get; } = new double[3];

        /// <summary>Quaternion x y z w; null where rotation was not recorded.</summary>
        public double[] Rotation { get; private set; }

        /// <summary>Angular velocity in rad/s in the world frame; null where rotation was not recorded.</summary>
        public double[] AngularVelocity { get; private set; }

        /// <summary>Samples that the fit uses.</summary>
        public int Samples { get; private set; }

        /// <summary>Fits the start of a recording.</summary>
        /// <param name="recording">The recording. Samples with gaps end the flight.</param>
        /// <param name="seconds">Longest time after the first sample.</param>
        /// <exception cref="ArgumentException">Fewer than four samples lie within the time.</exception>
        public static FlightStart Fit(Recording recording, double seconds)
        {
            int most = 0;
            while (most < recording.Count && recording.Times[most] - recording.Times[0] <= seconds * (1 + 1e-12) && IsWhole(recording, most)) most++;
            if (most < LeastSamples) throw new ArgumentException($"A flight of {seconds} s holds {most} whole samples, expected at least {LeastSamples}.");
            var start = new FlightStart { Samples = LeastSamples };
            double scatter = start.FitPositions(recording);
            while (start.Samples < most && start.Misses(recording, start.Samples) <= Math.Max(HitFraction * start.Way(recording), Scatter * scatter))
            {
                start.Samples++;
                scatter = start.FitPositions(recording);
            }
            if (recording.Rotations != null) start.FitRotations(recording);
            return start;
        }

        private readonly double[] _bend = new double[3];

        private static bool IsWhole(Recording recording, int index) => Recording.HasSample(recording.Positions, 3, index)
            && (recording.Rotations == null || Recording.HasSample(recording.Rotations, 4, index));

        // p + v t + b t^2 / 2 by least squares; returns the root mean square residual.
        private double FitPositions(Recording recording)
        {
            double sum = 0;
            for (int axis = 0; axis < 3; axis++)
            {
                Double3x3 normal = default;
                Double3 right = Double3.Zero;
                double whole = recording.Times[Samples - 1] - recording.Times[0];
                for (int i = 0; i < Samples; i++)
                {
                    // In units of the flight's length, so that the matrix is well conditioned.
                    double t = (recording.Times[i] - recording.Times[0]) / whole;
                    var row = new Double3(1, t, 0.5 * t * t);
                    normal += Double3x3.Outer(row, row);
                    right += row * recording.Positions[3 * i + axis];
                }
                Double3 solution = normal.Inverse * right;
                (Position[axis], Velocity[axis], _bend[axis]) = (solution.X, solution.Y / whole, solution.Z / (whole * whole));
            }
            for (int i = 0; i < Samples; i++) sum += Math.Pow(Misses(recording, i), 2);
            return Math.Sqrt(sum / Samples);
        }

        private double Misses(Recording recording, int sample)
        {
            double t = recording.Times[sample] - recording.Times[0], sum = 0;
            for (int axis = 0; axis < 3; axis++) sum += Math.Pow(recording.Positions[3 * sample + axis] - Position[axis] - Velocity[axis] * t - 0.5 * _bend[axis] * t * t, 2);
            return Math.Sqrt(sum);
        }

        private double Way(Recording recording)
        {
            int last = Samples - 1;
            double t = recording.Times[last] - recording.Times[0], step = recording.Times[last + 1] - recording.Times[last], sum = 0;
            for (int axis = 0; axis < 3; axis++) sum += Math.Pow(Velocity[axis] + _bend[axis] * t, 2);
            return Math.Sqrt(sum) * step;
        }

        // exp(w t) q by Gauss-Newton: residuals are rotation vectors, linear in small changes of q and w.
        private void FitRotations(Recording recording)
        {
            DoubleQuaternion start = At(recording, 0);
            DoubleQuaternion last = At(recording, Samples - 1);
            Double3 spin = Turn(last * start.Conjugate) / (recording.Times[Samples - 1] - recording.Times[0]);
            for (int turn = 0; turn < 5; turn++)
            {
                double s0 = 0, s1 = 0, s2 = 0;
                Double3 sum = Double3.Zero, moment = Double3.Zero;
                for (int i = 0; i < Samples; i++)
                {
                    double t = recording.Times[i] - recording.Times[0];
                    Double3 residual = Turn(At(recording, i) * (DoubleQuaternion.FromVector(spin * t) * start).Conjugate);
                    s0 += 1;
                    s1 += t;
                    s2 += t * t;
                    sum += residual;
                    moment += residual * t;
                }
                double determinant = s0 * s2 - s1 * s1;
                start = (DoubleQuaternion.FromVector((sum * s2 - moment * s1) / determinant) * start).Normalised();
                spin += (moment * s0 - sum * s1) / determinant;
            }
            Rotation = new[] { start.X, start.Y, start.Z, start.W };
            AngularVelocity = new[] { spin.X, spin.Y, spin.Z };
        }

        // The rotation vector of a unit quaternion of either sign: 2 atan2(|v|, |w|) v / |v|.
        private static Double3 Turn(DoubleQuaternion q)
        {
            double sine = q.Vector.Length;
            double factor = sine < 1e-12 ? 2 : 2 * Math.Atan2(sine, Math.Abs(q.W)) / sine;
            return q.Vector * (q.W < 0 ? -factor : factor);
        }

        private static DoubleQuaternion At(Recording recording, int sample)
        {
            double[] q = recording.Rotations;
            return new DoubleQuaternion(q[4 * sample], q[4 * sample + 1], q[4 * sample + 2], q[4 * sample + 3]);
        }
    }
}
