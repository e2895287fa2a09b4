using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>Sine, cosine and tangent.</summary>
    /// <remarks>
    /// x = k pi/2 + r with k the nearest integer; the quadrant k mod 4 chooses among the sine and cosine of r. Within 2 ulp in double
    /// for |x| up to 1e5 and 4 in float for |x| up to 6,400. Beyond, the result is that of an angle within some units in the last
    /// place of x, up to 2^48 in double and 2^20 in float; beyond that it is NaN, because such a number no longer tells its angle.
    /// How coefficients are made: Tests/Net~/Coefficients.
    /// </remarks>
    static class TrigonometricLowering
    {
        // sin r = r + r z (c0 + c1 z + ...), z = r^2, relative error 2^-27.5 and 2^-57.3.
        static readonly double[] FloatSin = { -0.16666655242443085, 0.008332177996635437, -0.00019517271721269935 };

        static readonly double[] DoubleSin =
        {
            -0.16666666666666632, 0.008333333333322422, -0.00019841269829814768, 2.7557313694383344e-06, -2.5050758505809684e-08,
            1.5896818442494776e-10,
        };

        // cos r = 1 - z/2 + z^2 (c0 + c1 z + ...), relative error 2^-32.6 and 2^-59.7.
        static readonly double[] FloatCos = { 0.04166664555668831, -0.0013887315290048718, 2.443310040689539e-05 };

        static readonly double[] DoubleCos =
        {
            0.041666666666666595, -0.0013888888888873051, 2.4801587288848126e-05, -2.755731417811928e-07, 2.0875700665659723e-09,
            -1.1358526677527885e-11,
        };

        // tan r = r + r z (c0 + c1 z + ...), relative error 2^-25.5 and 2^-55.
        static readonly double[] FloatTan =
        {
            0.33333155512809753, 0.13338802754878998, 0.053411051630973816, 0.02443098835647106, 0.0031184982508420944,
            0.009386277757585049,
        };

        static readonly double[] DoubleTan =
        {
            0.3333333333333278, 0.13333333333414438, 0.05396825392675756, 0.021869489606836726, 0.00886321919481596,
            0.0035922888038245632, 0.001454759625813331, 0.0005950578262561072, 0.00022240006854475924, 0.0001364839234890659,
            -2.6327485991985405e-05, 8.939829946105827e-05, -4.4847304600183556e-05, 2.0856200250951043e-05,
        };

        // pi/2 in parts: all but the last have 12 digits for float and 36 for double, so that their products with k are exact.
        static readonly double[] FloatHalfPi = { 1.57080078125, -4.453584551811218e-06, -8.706138032721356e-10, 6.223371969669989e-14 };

        static readonly double[] DoubleHalfPi = { 1.5707963267923333, 2.5633441515839558e-12, 1.0562999066987428e-23 };

        // Everything but the last choices is the same for sine and cosine of one angle, and the graph then holds it once.
        public static Term Sin(Term x)
        {
            Reduce(x, out Term r, out _, out Term quarter);
            Term value = Term.Select(IsOdd(quarter), CosOf(r), SinOf(r));
            return Term.Select(x.Is(0), x, Term.Select(quarter >= 0.5, -value, value));
        }

        public static Term Cos(Term x)
        {
            Reduce(x, out Term r, out _, out Term quarter);
            Term value = Term.Select(IsOdd(quarter), SinOf(r), CosOf(r));
            return Term.Select((quarter - 0.375).Abs() < 0.25, -value, value); // quadrants 1 and 2
        }

        // tan x is tan r, or -1 / tan r in odd quadrants. In double what rounding r lost counts, times 1 + tan^2 r, some 1 + r^2.
        public static Term Tan(Term x)
        {
            Reduce(x, out Term r, out Term rest, out Term quarter);
            Term z = r * r, tail = r * z * z.Polynomial(FloatTan, DoubleTan);
            Term tan = r + (x.IsFloat ? tail : tail + (rest + rest * z));
            return Term.Select(x.Is(0), x, Term.Select(IsOdd(quarter), -1 / tan, tan));
        }

        /// <summary>r, what rounding it lost, and k mod 4 as 0, 0.25, 0.5 or 0.75.</summary>
        static void Reduce(Term x, out Term r, out Term rest, out Term quarter)
        {
            x = Term.Select(x.Abs() <= x.Choose(1048576, 281474976710656), x, double.NaN);
            Term k = (x * (2 / Math.PI)).Round();
            double[] parts = x.IsFloat ? FloatHalfPi : DoubleHalfPi;
            int last = parts.Length - 1;
            Term a = x;
            for (int n = 0; n < last - 1; n++) a -= k * parts[n];
            Term b = a - k * parts[last - 1], c = k * parts[last];
            r = b - c;
            rest = a - b - k * parts[last - 1] + (b - r - c);
            Term turns = k * 0.25;
            quarter = turns - turns.Floor();
        }

        static Condition IsOdd(Term quarter) => (quarter - 0.5).Abs().Is(0.25);

        static Term SinOf(Term r)
        {
            Term z = r * r;
            return r + r * z * z.Polynomial(FloatSin, DoubleSin);
        }

        static Term CosOf(Term r)
        {
            Term z = r * r;
            return 1 - 0.5 * z + z * z * z.Polynomial(FloatCos, DoubleCos);
        }
    }
}
