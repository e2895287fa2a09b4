namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The scalar functions in the exponential and logarithm of rotations. Their closed forms divide 0 by 0 at the identity and lose
    /// digits near it, derivatives more than values; there a power series in the square takes over. Terms reach double precision at
    /// the border between the two, so values and derivatives are continuous to rounding.
    /// </summary>
    static class RotationSeries
    {
        // The squared angle below which the series are used: half a radian.
        const double SmallAngleSquared = 0.25;

        // The squared tangent of half the angle below which the series is used.
        const double SmallTangentSquared = 0.01;

        // sin(t/2)/t = sum (-1)^k q^k / (2^(2k+1) (2k+1)!) and cos(t/2) = sum (-1)^k q^k / (2^(2k) (2k)!), with q = t^2.
        static readonly double[] Sine = { 1.0 / 2, -1.0 / 48, 1.0 / 3840, -1.0 / 645120, 1.0 / 185794560, -1.0 / 81749606400 };
        static readonly double[] Cosine =
            { 1, -1.0 / 8, 1.0 / 384, -1.0 / 46080, 1.0 / 10321920, -1.0 / 3715891200, 1.0 / 1961990553600 };

        // atan(x)/x = sum (-1)^k x^(2k) / (2k+1).
        static readonly double[] ArcTangent = { 1, -1.0 / 3, 1.0 / 5, -1.0 / 7, 1.0 / 9, -1.0 / 11, 1.0 / 13, -1.0 / 15 };

        /// <summary>sin(t/2)/t and cos(t/2) from t^2.</summary>
        public static void HalfAngle(Real angleSquared, out Real sineOverAngle, out Real cosine)
        {
            Bool small = angleSquared < SmallAngleSquared;
            Real angle = Real.Sqrt(angleSquared), half = 0.5 * angle;
            sineOverAngle = Real.Select(small, Polynomial(Sine, angleSquared), Real.Sin(half) / angle);
            cosine = Real.Select(small, Polynomial(Cosine, angleSquared), Real.Cos(half));
        }

        /// <summary>2 atan2(s, c) / s from s^2 and c &gt;= 0.</summary>
        public static Real AngleOverSine(Real sineSquared, Real cosine)
        {
            Real secant = 1 / cosine, tangentSquared = sineSquared * (secant * secant), sine = Real.Sqrt(sineSquared);
            return 2 * Real.Select(tangentSquared < SmallTangentSquared,
                Polynomial(ArcTangent, tangentSquared) * secant,
                Real.Atan2(sine, cosine) / sine);
        }

        // Horner's scheme.
        static Real Polynomial(double[] coefficients, Real x)
        {
            Real sum = coefficients[coefficients.Length - 1];
            for (int k = coefficients.Length - 2; k >= 0; k--) sum = sum * x + coefficients[k];
            return sum;
        }
    }
}
