using System;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Derivatives by differences of values, to compare rules with.</summary>
    static class CentralDifference
    {
        /// <summary>
        /// d/ds f(x + s v) at 0: central differences with steps h, 2h and 3h, combined so that the error is of order h^6.
        /// Source: B. Fornberg, "Generation of finite difference formulas", Math. Comp. 51 (1988), table 1.
        /// </summary>
        public static double[] Along(Func<double[], double[]> f, double[] x, double[] v, double step = 2e-3)
        {
            double[] weights = { 45.0 / 60, -9.0 / 60, 1.0 / 60 };
            double[] sum = null;
            for (int k = 1; k <= weights.Length; k++)
            {
                double[] ahead = f(Move(x, v, k * step)), behind = f(Move(x, v, -k * step));
                sum ??= new double[ahead.Length];
                for (int i = 0; i < sum.Length; i++) sum[i] += weights[k - 1] * (ahead[i] - behind[i]) / step;
            }
            return sum;
        }

        static double[] Move(double[] x, double[] v, double s)
        {
            var moved = new double[x.Length];
            for (int k = 0; k < x.Length; k++) moved[k] = x[k] + s * v[k];
            return moved;
        }
    }
}
