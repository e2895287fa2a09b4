namespace DiffPhysics.Autodiff
{
    /// <summary>Log, log1p and softplus.</summary>
    /// <remarks>
    /// x = 2^e m with m in [sqrt(1/2), sqrt 2], log x = e log 2 + log m, and with f = m - 1, s = f / (2 + f):
    /// log m = 2 artanh s = 2 s + s R(s^2). Within 2 ulp in double and 4 in float for every x, subnormal ones included.
    /// How coefficients are made: Tests/Net~/Coefficients.
    /// </remarks>
    static class LogarithmLowering
    {
        // 2 artanh s = 2 s + s z (c0 + c1 z + ...), z = s^2, relative error 2^-30.1 and 2^-58.9.
        static readonly double[] FloatArtanh = { 0.6666677594184875, 0.3997753858566284, 0.29871851205825806 };

        static readonly double[] DoubleArtanh =
        {
            0.6666666666666734, 0.3999999999941435, 0.2857142874247501, 0.22222198562906403, 0.18183564921818846,
            0.15314033903484708, 0.14796128931492591,
        };

        public static Term Log(Term x)
        {
            Split(x, out Term m, out Term e, out _);
            return WithSpecialValues(x, Combine(m - 1, e));
        }

        public static Term Log1p(Term x)
        {
            Term u = 1 + x;
            Split(u, out Term m, out Term e, out Term scale);
            // What rounding 1 + x lost comes back into f. For x above 1 its error is far below the last place of the result.
            Term f = m - 1 + (x - (u - 1)) * scale;
            // At 0 the sum above has lost the sign, and u - 1 of an infinity is none.
            return Term.Select(x.Is(0), x, WithSpecialValues(u, Combine(f, e)));
        }

        // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). The exponential lies in (0, 1], so its logarithm needs few choices.
        public static Term Softplus(Term x)
        {
            Term e = ExponentialLowering.Exp(-x.Abs()), u = 1 + e;
            Condition large = u > 1.414213562373095;
            Term f = Term.Select(large, 0.5 * u, u) - 1 + (e - (u - 1)) * Term.Select(large, 0.5, 1);
            return x.AtLeast(0) + Combine(f, Term.Select(large, 1, 0));
        }

        // m = x scale. Subnormal numbers become normal ones first, and large ones small enough for the power to be normal. The
        // factor sqrt 2 makes the exponent step at sqrt(1/2) instead of at 1.
        public static void Split(Term x, out Term m, out Term e, out Term scale)
        {
            const int up = 54, down = -2;
            Condition small = x < 1;
            Term factor = Term.Select(small, Simplifier.PowerOfTwo(up), Simplifier.PowerOfTwo(down));
            Term y = x * factor, exponent = (y * 1.41421353816986083984375).Exponent(), power = (-exponent).Pow2();
            m = y * power;
            e = exponent - Term.Select(small, up, down);
            scale = factor * power;
        }

        static Term Combine(Term f, Term e)
        {
            Term s = f / (2 + f), z = s * s;
            // With h = f^2 / 2: 2 s = f - s f and s f = h - s h, so log(1 + f) = f - (h - s (h + R)), in which only small terms carry errors.
            Term h = 0.5 * f * f, r = z * z.Polynomial(FloatArtanh, DoubleArtanh);
            double high = f.Choose(0.693145751953125, 0.6931471805598903), low = f.Choose(1.428606765330187e-06, 5.497923018708371e-14);
            return e * high - (h - (s * (h + r) + e * low) - f);
        }

        static Term WithSpecialValues(Term x, Term log) => Term.Select(
            x > 0,
            Term.Select(x < double.PositiveInfinity, log, x),
            Term.Select(x.Is(0), double.NegativeInfinity, double.NaN));
    }
}
