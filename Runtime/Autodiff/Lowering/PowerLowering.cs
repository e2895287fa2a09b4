namespace DiffPhysics.Autodiff
{
    /// <summary>x^y = 2^(y log2 |x|), with the logarithm and the product as unevaluated sums of two numbers.</summary>
    /// <remarks>
    /// The relative error of a power is the absolute error of y log2 |x|, which reaches 1,074: that takes some 12 digits beyond those
    /// of the format. Within 2 ulp in double and 4 in float for all numbers. Special values as in C99: x^0 and 1^y are 1 even for
    /// NaN; a negative x wants an integral y and gives NaN else. How coefficients are made: Tests/Net~/Coefficients.
    /// </remarks>
    static class PowerLowering
    {
        // 3 artanh(s) / s = 3 + z + z^2 (c0 + c1 z + ...), z = s^2, relative error 2^-36.5 and 2^-65.7.
        static readonly double[] FloatArtanh = { 0.6000022888183594, 0.4282070994377136, 0.35127729177474976 };

        static readonly double[] DoubleArtanh =
        {
            0.6000000000000338, 0.428571428551485, 0.33333333780027957, 0.2727267653860699, 0.23080136540632565,
            0.1988521412769008, 0.1979460799587857,
        };

        // 2^r = 1 + r (c0 + c1 r + ...), |r| at most 1/2, relative error 2^-23.1 and 2^-55.1.
        static readonly double[] FloatExp2 = { 0.6931470036506653, 0.24022242426872253, 0.05550733953714371, 0.009671534411609173, 0.0013264737790450454 };

        static readonly double[] DoubleExp2 =
        {
            0.6931471805599453, 0.2402265069591013, 0.055504108664820084, 0.009618129107594069, 0.0013333558146775045,
            0.00015403530457184305, 1.5252733492815084e-05, 1.3215435242960718e-06, 1.0178199647148553e-07, 7.0737905332844115e-09,
            4.434769012177029e-10,
        };

        public static Term Pow(Term x, Term y)
        {
            if (y.IsConstant(out double exponent) && TryShort(x, exponent, out Term product)) return product;
            Term size = x.Abs();
            Log2(size, out Term high, out Term low);
            Term power = Exp2(Multiply(y, high, low, out Term rest), rest);

            Condition integral = y.Floor().Is(y), odd = integral & !(0.5 * y).Floor().Is(0.5 * y);
            Term signed = Term.Select(x < 0, Term.Select(odd, -power, Term.Select(integral, power, double.NaN)), power);
            // 0 and infinity are the numbers that doubling leaves as they are; their powers are zeros and infinities.
            Term extreme = Term.Select(y < 0, 1 / x, Term.Select(y > 0, x, y));
            Term value = Term.Select((size + size).Is(size), Term.Select(odd, extreme, extreme.Abs()), signed);
            return Term.Select(y.Is(0) | x.Is(1), 1, value);
        }

        // Exponents that a few operations serve within the same bound.
        static bool TryShort(Term x, double exponent, out Term power)
        {
            power = exponent switch
            {
                1 => x,
                2 => x * x,
                3 => x * x * x,
                -1 => 1 / x,
                0.5 => Term.Select(x.Is(double.NegativeInfinity), double.PositiveInfinity, (x + 0.0).Sqrt()), // + 0 makes +0 of -0
                _ => default,
            };
            return exponent == 1 || exponent == 2 || exponent == 3 || exponent == -1 || exponent == 0.5;
        }

        // log2 x = e + log2 m, and with s = (m - 1) / (m + 1): log2 m = 2 / (3 log 2) s (3 + z + z^2 ...). Each high part has half of
        // the digits, so that products of two of them are exact.
        static void Log2(Term x, out Term high, out Term low)
        {
            LogarithmLowering.Split(x, out Term m, out Term e, out _);
            Term f = m - 1, d = m + 1, r = 1 / d, s = f * r;
            Term sHigh = High(s), dHigh = High(d), dLow = m - (dHigh - 1);
            Term sLow = (f - sHigh * dHigh - sHigh * dLow) * r;

            Term z = s * s, square = sHigh * sHigh;
            Term tail = z * z * z.Polynomial(FloatArtanh, DoubleArtanh) + sLow * (sHigh + s);
            Term tHigh = High(3 + (square + tail)), tLow = tail - (tHigh - 3 - square);

            Term main = sHigh * tHigh, small = sLow * tHigh + tLow * s;
            Term pHigh = High(main + small), pLow = small - (pHigh - main);

            // 2 / (3 log 2) in two parts
            double factorHigh = x.Choose(0.9619140625, 0.9617967009544373), factorLow = x.Choose(-0.00011736857413779944, -7.028461650952758e-09);
            Term whole = factorHigh * pHigh, part = factorLow * pHigh + (factorHigh + factorLow) * pLow;
            high = High(e + (whole + part));
            low = part - (high - e - whole);
        }

        // y (high + low) as the returned number, exact, plus the rest. Beyond 2^100 any power overflows or vanishes, or is one of 1.
        static Term Multiply(Term y, Term high, Term low, out Term rest)
        {
            double bound = Simplifier.PowerOfTwo(100);
            y = y.AtLeast(-bound).AtMost(bound);
            Term yHigh = High(y);
            rest = (y - yHigh) * high + y * low;
            return yHigh * high;
        }

        static Term Exp2(Term main, Term rest)
        {
            Term sum = main + rest, k = sum.Round(), r = main - k + rest;
            Term power = ExponentialLowering.Scale(1 + r * r.Polynomial(FloatExp2, DoubleExp2), k);
            return Term.Select(sum > sum.Choose(129, 1025), double.PositiveInfinity, Term.Select(sum < sum.Choose(-151, -1076), 0, power));
        }

        // The upper half of the digits (Veltkamp's split).
        static Term High(Term x)
        {
            Term scaled = x * x.Choose(4097, 134217729);
            return scaled - (scaled - x);
        }
    }
}
