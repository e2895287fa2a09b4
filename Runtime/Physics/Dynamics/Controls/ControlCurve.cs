using System;

namespace DiffPhysics.Physics
{
    /// <summary>How much each point of a control counts at a time: the control is the sum of weight times point.</summary>
    public static class ControlCurve
    {
        /// <summary>Weights of all points at a time.</summary>
        /// <param name="shape">How the control runs between its points.</param>
        /// <param name="points">Number of points, at least one.</param>
        /// <param name="duration">Time of the last point in s.</param>
        /// <param name="time">The time in s.</param>
        public static double[] Weights(ControlShape shape, int points, double duration, double time)
        {
            (int first, double[] near) = Near(shape, points, duration, time);
            var weights = new double[points];
            for (int k = 0; k < 4; k++) weights[PointAt(points, first, k)] += near[k];
            return weights;
        }

        // One of the four points around a time: the ends count twice where there is none beyond them.
        internal static int PointAt(int points, int first, int k) => Math.Max(0, Math.Min(points - 1, first + k - 1));

        // The point before a time, and the weights of that before it, itself and the two after it.
        internal static (int first, double[] weights) Near(ControlShape shape, int points, double duration, double time)
        {
            if (shape == ControlShape.Constant || points == 1) return (0, new double[] { 0, 1, 0, 0 });
            double x = Math.Max(0, Math.Min(1, time / duration)) * (points - 1);
            int first = Math.Min((int)x, points - 2);
            double s = x - first;
            switch (shape)
            {
                case ControlShape.PiecewiseConstant: return (first, s < 1 ? new double[] { 0, 1, 0, 0 } : new double[] { 0, 0, 1, 0 });
                case ControlShape.Linear: return (first, new[] { 0, 1 - s, s, 0 });
                default:
                    return (first, new[]
                    {
                        0.5 * s * (-1 + s * (2 - s)), 0.5 * (2 + s * s * (-5 + 3 * s)), 0.5 * s * (1 + s * (4 - 3 * s)), 0.5 * s * s * (s - 1),
                    });
            }
        }
    }
}
