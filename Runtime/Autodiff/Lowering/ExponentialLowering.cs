namespace DiffPhysics.Autodiff
{
    /// <summary>Exp, expm1 and sigmoid.</summary>
    /// <remarks>
    /// x = k log 2 + r with k an integer and |r| at most (log 2) / 2, e^x = 2^k e^r, and e^r by a minimax polynomial. Within 2 ulp in
    /// double and 4 in float for every x, overflow to infinity and gradual underflow included. How coefficients are made:
    /// Tests/Net~/Coefficients.
    /// </remarks>
    static class ExponentialLowering
    {
        // e^r = 1 + r + r^2 (c0 + c1 r + ...), relative error 2^-23.2 and 2^-56.4.
        static readonly double[] FloatExp = { 0.499992311000824, 0.16667115688323975, 0.04189017042517662, 0.008312481455504894 };

        static readonly double[] DoubleExp =
        {
            0.5000000000000011, 0.16666666666666413, 0.04166666666653012, 0.008333333333494269, 0.001388888894364028,
            0.00019841269507084514, 2.480149308817961e-05, 2.755758587869683e-06, 2.763025226097901e-07, 2.500022603802565e-08,
        };

        // e^r - 1 = r + r^2 (c0 + c1 r + ...), relative error 2^-25.8 and 2^-54.7.
        static readonly double[] FloatExpm1 = { 0.4999999701976776, 0.1666654348373413, 0.04166719689965248, 0.008366520516574383, 0.0013882649363949895 };

        static readonly double[] DoubleExpm1 =
        {
            0.5000000000000006, 0.16666666666666588, 0.04166666666657672, 0.008333333333389576, 0.0013888888931574345,
            0.00019841269718977742, 2.4801505263331078e-05, 2.7557407525362703e-06, 2.76260417696303e-07, 2.5053795893693046e-08,
        };

        public static Term Exp(Term x)
        {
            Reduce(Bounded(x), out Term k, out Term r, out _);
            return Scale(Mantissa(r), k);
        }

        /// <summary>e^x / 2, which may be finite where e^x is not.</summary>
        public static Term HalfExp(Term x)
        {
            Reduce(Bounded(x), out Term k, out Term r, out _);
            return Scale(Mantissa(r), k - 1);
        }

        public static Term Expm1(Term x)
        {
            Reduce(x.AtLeast(x.Choose(-20, -40)).AtMost(x.Choose(89, 710)), out Term k, out Term r, out Term rest);
            Term small = r * r * r.Polynomial(FloatExpm1, DoubleExpm1);
            // Near k = 1 the sum below cancels, and in double what rounding r lost would show.
            if (!x.IsFloat) small += rest;
            // 2^k (e^r - 1) + (2^k - 1), halved meanwhile because 2^k may overflow where the result does not.
            Term half = (k - 1).Pow2(), sum = ((r + small) * half + (half - 0.5)) * 2;
            return Term.Select(x.Abs() < x.Choose(Simplifier.PowerOfTwo(-26), Simplifier.PowerOfTwo(-55)), x, sum);
        }

        // Of e^x and e^-x the one below 1 is used: no overflow, and the lower tail keeps its digits down to underflow. The sum and
        // the quotient leave no room for what rounding r lost.
        public static Term Sigmoid(Term x)
        {
            Reduce(Bounded(-x.Abs()), out Term k, out Term r, out Term rest);
            Term mantissa = x.IsFloat ? Mantissa(r) : 1 + (r + (r * r * r.Polynomial(FloatExp, DoubleExp) + rest));
            Term e = Scale(mantissa, k);
            return Term.Select(x < 0, e, 1) / (1 + e);
        }

        // Beyond these bounds the result is infinity or 0 whatever the argument. NaN stays.
        static Term Bounded(Term x) => x.AtLeast(x.Choose(-104, -746)).AtMost(x.Choose(90, 711));

        static Term Mantissa(Term r) => 1 + r * (1 + r * r.Polynomial(FloatExp, DoubleExp));

        // Cody and Waite: the high part of log 2 has so few digits that its product with k is exact. What rounding r loses is the rest.
        static void Reduce(Term x, out Term k, out Term r, out Term rest)
        {
            k = (x * x.Choose(1.44269502162933349609375, 1.442695040888963407)).Round();
            Term high = x - k * x.Choose(0.693145751953125, 0.6931471805598903), low = k * x.Choose(1.428606765330187e-06, 5.497923018708371e-14);
            r = high - low;
            rest = high - r - low;
        }

        /// <summary>m 2^k where 2^k itself may lie outside the normal range.</summary>
        public static Term Scale(Term m, Term k)
        {
            Term half = (k * 0.5).Floor();
            return m * half.Pow2() * (k - half).Pow2();
        }
    }
}
