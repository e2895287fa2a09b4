using System;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Elementary functions to some 240 bits: range reduction and power series. Slow and plain: a reference to compare with.</summary>
    static class BigMath
    {
        static readonly BigFloat One = 1;

        /// <summary>pi by Machin's formula, 16 atan(1/5) - 4 atan(1/239).</summary>
        public static readonly BigFloat Pi = 16 * AtanSeries(One / 5) - 4 * AtanSeries(One / 239);

        /// <summary>log 2 = 2 artanh(1/3).</summary>
        static readonly BigFloat Ln2 = 2 * ArtanhSeries(One / 3);

        /// <summary>e^x = 2^k (e^(r / 2^20))^(2^20), r = x - k log 2.</summary>
        public static BigFloat Exp(BigFloat x)
        {
            long k = (x / Ln2).Round();
            BigFloat r = (x - Big(k) * Ln2).Scale(-20);
            BigFloat sum = ExpM1Series(r);
            for (int n = 0; n < 20; n++) sum = sum * (sum + 2); // (1 + s)^2 - 1
            return (sum + 1).Scale((int)k);
        }

        public static BigFloat Expm1(BigFloat x) => x.Sign == 0 || x.Exponent < -30 ? ExpM1Series(x) : Exp(x) - 1;

        /// <summary>Newton's iteration y += x e^-y - 1 (to second order), from m = x 2^-k in [1, 2).</summary>
        public static BigFloat Log(BigFloat x)
        {
            int k = x.Exponent;
            BigFloat m = x.Scale(-k), y = BigFloat.From(Math.Log(m.ToDouble()));
            for (int n = 0; n < 3; n++)
            {
                BigFloat e = Exp(y);
                y += 2 * (m - e) / (m + e);
            }
            return y + Big(k) * Ln2;
        }

        /// <summary>log(1 + x) = 2 artanh(x / (2 + x)), which keeps all digits near 0.</summary>
        public static BigFloat Log1p(BigFloat x) =>
            x.Sign == 0 || x.Exponent < -10 ? 2 * ArtanhSeries(x / (x + 2)) : Log(x + 1);

        public static BigFloat Pow(BigFloat x, BigFloat y) => Exp(y * Log(x));

        public static BigFloat Sin(BigFloat x)
        {
            BigFloat r = Reduce(x, out long quadrant);
            BigFloat value = quadrant % 2 == 0 ? SinSeries(r) : CosSeries(r);
            return quadrant < 2 ? value : -value;
        }

        public static BigFloat Cos(BigFloat x)
        {
            BigFloat r = Reduce(x, out long quadrant);
            BigFloat value = quadrant % 2 == 0 ? CosSeries(r) : SinSeries(r);
            return quadrant == 0 || quadrant == 3 ? value : -value;
        }

        public static BigFloat Tan(BigFloat x) => Sin(x) / Cos(x);

        /// <summary>atan x = 2 atan(x / (1 + sqrt(1 + x^2))), four times.</summary>
        public static BigFloat Atan(BigFloat x)
        {
            if (x.Sign == 0) return x;
            if (x.Abs() > 1) return (x.Sign < 0 ? -Pi : Pi).Scale(-1) - Atan(One / x);
            for (int n = 0; n < 4; n++) x /= (x * x + 1).Sqrt() + 1;
            return AtanSeries(x).Scale(4);
        }

        public static BigFloat Asin(BigFloat x) => (1 - x.Abs()).Sign == 0
            ? (x.Sign < 0 ? -Pi : Pi).Scale(-1)
            : Atan(x / ((1 - x) * (1 + x)).Sqrt());

        /// <summary>acos x = 2 atan sqrt((1 - x) / (1 + x)).</summary>
        public static BigFloat Acos(BigFloat x) => (1 + x).Sign == 0 ? Pi : 2 * Atan(((1 - x) / (1 + x)).Sqrt());

        public static BigFloat Atan2(BigFloat y, BigFloat x)
        {
            if (x.Sign > 0) return Atan(y / x);
            BigFloat half = (y.Sign < 0 ? -Pi : Pi).Scale(-1);
            return x.Sign == 0 ? half : 2 * half + Atan(y / x);
        }

        public static BigFloat Sinh(BigFloat x) => (Expm1(x) - Expm1(-x)).Scale(-1);

        public static BigFloat Cosh(BigFloat x) => (Exp(x) + Exp(-x)).Scale(-1);

        public static BigFloat Tanh(BigFloat x)
        {
            if (x.Abs() > 300) return x.Sign;
            BigFloat t = Expm1(2 * x);
            return t / (t + 2);
        }

        public static BigFloat Sigmoid(BigFloat x) => 1 / (1 + Exp(-x));

        public static BigFloat Softplus(BigFloat x) => x.Sign > 0 ? x + Log1p(Exp(-x)) : Log1p(Exp(x));

        // x - k pi/2. Digits are lost only where x is near a multiple of pi/2 or large, some 130 at most in double below 2^60.
        static BigFloat Reduce(BigFloat x, out long quadrant)
        {
            long k = (x / Pi * 2).Round();
            quadrant = k & 3;
            return x - Big(k) * Pi.Scale(-1);
        }

        static BigFloat Big(long k) => BigFloat.From(k >> 30).Scale(30) + BigFloat.From(k & 0x3FFFFFFF);

        static BigFloat ExpM1Series(BigFloat x) => Series(x, x, (term, n) => term * x / (n + 1));

        static BigFloat SinSeries(BigFloat x) => Series(x, x, (term, n) => -term * x * x / (2 * n * (2 * n + 1)));

        static BigFloat CosSeries(BigFloat x) => Series(1, x, (term, n) => -term * x * x / (2 * n * (2 * n - 1)));

        static BigFloat AtanSeries(BigFloat x) => Series(x, x, (term, n) => -term * x * x * (2 * n - 1) / (2 * n + 1));

        static BigFloat ArtanhSeries(BigFloat x) => Series(x, x, (term, n) => term * x * x * (2 * n - 1) / (2 * n + 1));

        static BigFloat Series(BigFloat first, BigFloat x, Func<BigFloat, int, BigFloat> next)
        {
            BigFloat sum = first, term = first;
            for (int n = 1; x.Sign != 0; n++)
            {
                term = next(term, n);
                if (term.Sign == 0 || term.Exponent < sum.Exponent - 250) break;
                sum += term;
            }
            return sum;
        }
    }
}
