using System;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Formulas that several tests differentiate, and how many operations a function takes.</summary>
    static class Formulas
    {
        /// <summary>The spring-damper force on a: inputs a, b, u, v (3 each), stiffness, damping, rest length.</summary>
        public static Real[] Spring(Real[] x)
        {
            Real dx = x[3] - x[0], dy = x[4] - x[1], dz = x[5] - x[2];
            Real length = Real.Sqrt(dx * dx + dy * dy + dz * dz);
            Real inverse = 1 / length, nx = dx * inverse, ny = dy * inverse, nz = dz * inverse;
            Real rate = (x[9] - x[6]) * nx + (x[10] - x[7]) * ny + (x[11] - x[8]) * nz;
            Real s = x[12] * (length - x[14]) + x[13] * rate;
            return new[] { s * nx, s * ny, s * nz };
        }

        /// <summary>The number of operations, inputs and constants not counted.</summary>
        public static int Operations(TracedFunction f)
        {
            int count = 0;
            foreach (bool[] live in new[] { f.Live() })
                for (int node = 0; node < live.Length; node++)
                    if (live[node] && f.Graph.OpOf(node).Arity() > 0) count++;
            return count;
        }

        public static double Dot(double[] a, double[] b)
        {
            double sum = 0;
            for (int k = 0; k < a.Length; k++) sum += a[k] * b[k];
            return sum;
        }

        public static double[] Random(Random random, int count, double from, double to)
        {
            var x = new double[count];
            for (int k = 0; k < count; k++) x[k] = from + (to - from) * random.NextDouble();
            return x;
        }

        public static double[] Concat(params double[][] parts)
        {
            int count = 0, at = 0;
            foreach (double[] part in parts) count += part.Length;
            var all = new double[count];
            foreach (double[] part in parts)
            {
                part.CopyTo(all, at);
                at += part.Length;
            }
            return all;
        }
    }
}
