using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// A recorded motion of one body as plain arrays. Times rise but need not be regular; a sample that is missing is NaN
    /// in all its components.
    /// </summary>
    public sealed class Recording
    {
        /// <summary>Times in s, rising.</summary>
        public double[] Times { get; }

        /// <summary>Positions in m, three per sample.</summary>
        public double[] Positions { get; }

        /// <summary>Unit quaternions x y z w, four per sample, whatever their sign; null when rotation was not recorded.</summary>
        public double[] Rotations { get; }

        /// <summary>Velocities in m/s, three per sample; null when not recorded.</summary>
        public double[] Velocities { get; }

        /// <summary>Angular velocities in rad/s in the world frame, three per sample; null when not recorded.</summary>
        public double[] AngularVelocities { get; }

        /// <summary>Number of samples.</summary>
        public int Count => Times.Length;

        /// <summary>Creates a recording.</summary>
        /// <param name="times">Times in s; at least one, finite and rising.</param>
        /// <param name="positions">Positions in m.</param>
        /// <param name="rotations">Quaternions x y z w, or null. They are normalised.</param>
        /// <param name="velocities">Velocities in m/s, or null.</param>
        /// <param name="angularVelocities">Angular velocities in rad/s, world frame, or null.</param>
        /// <exception cref="ArgumentException">Lengths do not fit, times do not rise, or nothing was recorded.</exception>
        public Recording(double[] times, double[] positions, double[] rotations = null, double[] velocities = null, double[] angularVelocities = null)
        {
            if (times == null || times.Length == 0) throw new ArgumentException("A recording needs at least one sample.");
            for (int i = 0; i < times.Length; i++)
            {
                if (double.IsNaN(times[i]) || double.IsInfinity(times[i])) throw new ArgumentException($"Sample {i}: its time is {times[i]}, expected a finite number.");
                if (i > 0 && !(times[i] > times[i - 1])) throw new ArgumentException($"Sample {i}: its time {times[i]} s does not come after {times[i - 1]} s.");
            }
            CheckLength("positions", positions, 3, times.Length, false);
            CheckLength("rotations", rotations, 4, times.Length, true);
            CheckLength("velocities", velocities, 3, times.Length, true);
            CheckLength("angular velocities", angularVelocities, 3, times.Length, true);
            Times = times;
            Positions = positions;
            Velocities = velocities;
            AngularVelocities = angularVelocities;
            Rotations = rotations == null ? null : Normalise(rotations);
        }

        /// <summary>Whether a channel was recorded at a sample.</summary>
        /// <param name="channel">Numbers of the channel, or null.</param>
        /// <param name="width">Numbers per sample.</param>
        /// <param name="index">The sample.</param>
        public static bool HasSample(double[] channel, int width, int index)
        {
            if (channel == null) return false;
            for (int c = 0; c < width; c++)
            {
                if (double.IsNaN(channel[index * width + c])) return false;
            }
            return true;
        }

        private static double[] Normalise(double[] rotations)
        {
            var result = new double[rotations.Length];
            for (int i = 0; i < rotations.Length; i += 4)
            {
                double length = Vector.Norm(new ReadOnlySpan<double>(rotations, i, 4));
                if (length < 0.5 || length > 2) throw new ArgumentException($"Sample {i / 4}: its quaternion has length {length:g4}, expected 1.");
                for (int c = 0; c < 4; c++) result[i + c] = rotations[i + c] / length;
            }
            return result;
        }

        private static void CheckLength(string what, double[] array, int width, int count, bool optional)
        {
            if (array == null && optional) return;
            if (array == null || array.Length != width * count) throw new ArgumentException($"A recording of {count} samples needs {width * count} numbers of {what}, not {array?.Length ?? 0}.");
        }
    }
}
