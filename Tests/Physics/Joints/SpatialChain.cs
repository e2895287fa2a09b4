using System;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>
    /// Two rigid bodies hung from one another by ball joints: Newton-Euler equations with the two joint forces f as unknowns, such that the
    /// accelerations of the anchors agree, integrated by Runge-Kutta.
    /// </summary>
    internal static class SpatialChain
    {
        private static readonly double[] Mass = { 1.2, 0.8 };
        private static readonly Double3[] Moments = { new Double3(0.05, 0.07, 0.04), new Double3(0.03, 0.02, 0.04) };
        private static readonly Double3[] Start = { new Double3(0.5, 0, 0), new Double3(1, 0.1, 0.4) };

        // Anchors in the bodies: of the upper joint, and of the lower one.
        private static readonly Double3[] Upper = { new Double3(-0.5, 0, 0), new Double3(0, -0.1, -0.4) };
        private static readonly Double3 Lower = new Double3(0.5, 0, 0);

        public static (Double3, Double3) Integrate(double time, int steps)
        {
            var y = new double[26];
            for (int k = 0; k < 2; k++)
            {
                Put(y, 13 * k, Start[k]);
                y[13 * k + 6] = 1;
            }

            y = Reference.Integrate(y, time, steps, Rate);
            return (At(y, 0), At(y, 13));
        }

        private static double[] Rate(double[] y)
        {
            var q = new DoubleQuaternion[2];
            var w = new Double3[2];
            Double3[] upper = new Double3[2], gyro = new Double3[2];
            for (int k = 0; k < 2; k++)
            {
                q[k] = new DoubleQuaternion(y[13 * k + 3], y[13 * k + 4], y[13 * k + 5], y[13 * k + 6]).Normalised();
                w[k] = At(y, 13 * k + 10);
                upper[k] = q[k].Rotate(Upper[k]);
                gyro[k] = -Double3.Cross(w[k], Turn(q[k], Moments[k], w[k]));
            }

            Double3 lower = q[0].Rotate(Lower);

            // Columns of the response to unit forces give the matrix, no force the right side.
            Double3[] none = Accelerations(Double3.Zero, Double3.Zero), rest = Gap(none);
            var matrix = new double[6, 7];
            for (int c = 0; c < 6; c++)
            {
                Double3 f = c < 3 ? Double3.Axis(c) : Double3.Zero, g = c < 3 ? Double3.Zero : Double3.Axis(c - 3);
                Double3[] gap = Gap(Accelerations(f, g));
                for (int r = 0; r < 6; r++) matrix[r, c] = gap[r / 3][r % 3] - rest[r / 3][r % 3];
            }

            for (int r = 0; r < 6; r++) matrix[r, 6] = -rest[r / 3][r % 3];
            double[] force = Solve(matrix);
            Double3[] all = Accelerations(new Double3(force[0], force[1], force[2]), new Double3(force[3], force[4], force[5]));
            var rate = new double[26];
            for (int k = 0; k < 2; k++)
            {
                Put(rate, 13 * k, At(y, 13 * k + 7));
                DoubleQuaternion dq = new DoubleQuaternion(w[k].X, w[k].Y, w[k].Z, 0) * q[k];
                (rate[13 * k + 3], rate[13 * k + 4], rate[13 * k + 5], rate[13 * k + 6]) = (dq.X / 2, dq.Y / 2, dq.Z / 2, dq.W / 2);
                Put(rate, 13 * k + 7, all[2 * k]);
                Put(rate, 13 * k + 10, all[2 * k + 1]);
            }

            return rate;

            // Linear and angular accelerations of both; f holds the first, g the second and pulls the first back.
            Double3[] Accelerations(Double3 f, Double3 g)
            {
                var gravity = new Double3(0, -9.81, 0);
                return new[]
                {
                    gravity + (f - g) / Mass[0], Invert(q[0], Moments[0], gyro[0] + Double3.Cross(upper[0], f) - Double3.Cross(lower, g)),
                    gravity + g / Mass[1], Invert(q[1], Moments[1], gyro[1] + Double3.Cross(upper[1], g)),
                };
            }

            Double3[] Gap(Double3[] a)
            {
                Double3 top = Point(a[0], a[1], w[0], upper[0]), middle = Point(a[0], a[1], w[0], lower), end = Point(a[2], a[3], w[1], upper[1]);
                return new[] { top, end - middle };
            }
        }

        private static Double3 Point(Double3 linear, Double3 angular, Double3 w, Double3 r) => linear + Double3.Cross(angular, r) + Double3.Cross(w, Double3.Cross(w, r));

        private static Double3 Turn(DoubleQuaternion q, Double3 diagonal, Double3 v) => q.Rotate(diagonal * q.InverseRotate(v));

        private static Double3 Invert(DoubleQuaternion q, Double3 diagonal, Double3 v)
        {
            Double3 local = q.InverseRotate(v);
            return q.Rotate(new Double3(local.X / diagonal.X, local.Y / diagonal.Y, local.Z / diagonal.Z));
        }

        private static double[] Solve(double[,] m)
        {
            int n = m.GetLength(0);
            for (int p = 0; p < n; p++)
            {
                int best = p;
                for (int r = p + 1; r < n; r++)
                    if (Math.Abs(m[r, p]) > Math.Abs(m[best, p])) best = r;
                for (int c = 0; c <= n; c++) (m[p, c], m[best, c]) = (m[best, c], m[p, c]);
                for (int r = 0; r < n; r++)
                {
                    if (r == p) continue;
                    double factor = m[r, p] / m[p, p];
                    for (int c = p; c <= n; c++) m[r, c] -= factor * m[p, c];
                }
            }

            var x = new double[n];
            for (int r = 0; r < n; r++) x[r] = m[r, n] / m[r, r];
            return x;
        }

        private static Double3 At(double[] y, int at) => new Double3(y[at], y[at + 1], y[at + 2]);

        private static void Put(double[] y, int at, Double3 v) => (y[at], y[at + 1], y[at + 2]) = (v.X, v.Y, v.Z);
    }
}
