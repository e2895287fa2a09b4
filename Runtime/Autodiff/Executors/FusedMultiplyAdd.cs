using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>a b + c rounded once, where the runtime has no instruction for it too.</summary>
    static class FusedMultiplyAdd
    {
        /// <summary>
        /// The product of two floats is exact in double. The sum is then rounded to odd (if inexact, to the neighbour whose last bit
        /// is 1), after which rounding to float equals rounding once, since double has more than two bits to spare.
        /// Source: Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd", 2008.
        /// </summary>
        public static float Of(float a, float b, float c)
        {
#if NET10_0_OR_GREATER
            return MathF.FusedMultiplyAdd(a, b, c);
#else
            return (float)AddToOdd((double)a * b, c);
#endif
        }

        /// <summary>
        /// The product as an exact sum of two doubles (Dekker), then three terms added with the inner sum rounded to odd. Exact
        /// unless a b overflows or its low part underflows, where the result is that of a b + c.
        /// Source: Boldo and Melquiond, as above, algorithm "Fmac".
        /// </summary>
        public static double Of(double a, double b, double c)
        {
#if NET10_0_OR_GREATER
            return Math.FusedMultiplyAdd(a, b, c);
#else
            double product = a * b;
            if (double.IsNaN(product) || double.IsInfinity(product) || double.IsInfinity(c) || Math.Abs(product) < 1e-280 || Math.Abs(a) > 1e150 || Math.Abs(b) > 1e150)
                return product + c;
            double low = LowPart(a, b, product);
            (double uh, double ul) = TwoSum(c, low);
            (double th, double tl) = TwoSum(product, uh);
            return th + AddToOdd(tl, ul);
#endif
        }

#if !NET10_0_OR_GREATER
        static double AddToOdd(double a, double b)
        {
            (double sum, double error) = TwoSum(a, b);
            long bits = BitConverter.DoubleToInt64Bits(sum);
            if (error == 0 || double.IsNaN(error) || double.IsInfinity(sum) || (bits & 1) == 1) return sum;
            // Even and inexact: step towards the exact value, to the odd neighbour.
            bool up = error > 0 == sum > 0;
            return BitConverter.Int64BitsToDouble(up ? bits + 1 : bits - 1);
        }

        static (double, double) TwoSum(double a, double b)
        {
            double sum = a + b, bb = sum - a;
            return (sum, a - (sum - bb) + (b - bb));
        }

        static double LowPart(double a, double b, double product)
        {
            const double Split = 134217729; // 2^27 + 1 (Veltkamp)
            double ca = Split * a, ah = ca - (ca - a), al = a - ah;
            double cb = Split * b, bh = cb - (cb - b), bl = b - bh;
            return ah * bh - product + ah * bl + al * bh + al * bl;
        }
#endif
    }
}
