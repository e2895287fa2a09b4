using System;

namespace DiffPhysics.Tuning
{
    // Small dense vectors. Sums run in index order, so that results repeat to the bit.
    internal static class Vector
    {
        public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
            return sum;
        }

        public static double Norm(ReadOnlySpan<double> a)
        {
            return Math.Sqrt(Dot(a, a));
        }

        public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
            return Math.Sqrt(sum);
        }

        public static bool IsFinite(ReadOnlySpan<double> a)
        {
            foreach (double value in a)
            {
                if (double.IsNaN(value) || double.IsInfinity(value)) return false;
            }
            return true;
        }
    }
}
