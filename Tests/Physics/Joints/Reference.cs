using System;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Fine integrations that simulations are compared with.</summary>
    internal static class Reference
    {
        /// <summary>Classical Runge-Kutta of fourth order.</summary>
        public static double[] Integrate(double[] start, double time, int steps, Func<double[], double[]> rate) => Integrate(start, time, steps, (_, y) => rate(y));

        /// <summary>Classical Runge-Kutta of fourth order, with rates that depend on time.</summary>
        public static double[] Integrate(double[] start, double time, int steps, Func<double, double[], double[]> rate)
        {
            double h = time / steps;
            var y = (double[])start.Clone();
            for (int k = 0; k < steps; k++)
            {
                double t = k * h;
                double[] a = rate(t, y), b = rate(t + h / 2, Add(y, a, h / 2)), c = rate(t + h / 2, Add(y, b, h / 2)), d = rate(t + h, Add(y, c, h));
                for (int i = 0; i < y.Length; i++) y[i] += h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
            }

            return y;
        }

        private static double[] Add(double[] y, double[] rate, double h)
        {
            var sum = (double[])y.Clone();
            for (int i = 0; i < sum.Length; i++) sum[i] += h * rate[i];
            return sum;
        }
    }
}
