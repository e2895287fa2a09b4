namespace DiffPhysics.Autodiff
{
    public readonly partial struct Real
    {
        /// <summary>a b + c, rounded once.</summary>
        public static Real FusedMultiplyAdd(Real a, Real b, Real c) => Apply(Op.FusedMultiplyAdd, a, b, c);

        /// <summary>The square root; its derivative at 0 is infinite.</summary>
        public static Real Sqrt(Real a) => Apply(Op.Sqrt, a);

        /// <summary>1 / sqrt(a).</summary>
        public static Real ReciprocalSqrt(Real a) => Apply(Op.ReciprocalSqrt, a);

        /// <summary>1 / a.</summary>
        public static Real Reciprocal(Real a) => Apply(Op.Reciprocal, a);

        /// <summary>e^a.</summary>
        public static Real Exp(Real a) => Apply(Op.Exp, a);

        /// <summary>e^a - 1, accurate near 0.</summary>
        public static Real Expm1(Real a) => Apply(Op.Expm1, a);

        /// <summary>The natural logarithm.</summary>
        public static Real Log(Real a) => Apply(Op.Log, a);

        /// <summary>log(1 + a), accurate near 0.</summary>
        public static Real Log1p(Real a) => Apply(Op.Log1p, a);

        /// <summary>a^b; pow(0, 0) is 1 with gradient 0. A negative a wants an integral b.</summary>
        public static Real Pow(Real a, Real b) => Apply(Op.Pow, a, b);

        /// <summary>The sine of an angle in radians.</summary>
        public static Real Sin(Real a) => Apply(Op.Sin, a);

        /// <summary>The cosine of an angle in radians.</summary>
        public static Real Cos(Real a) => Apply(Op.Cos, a);

        /// <summary>The tangent of an angle in radians.</summary>
        public static Real Tan(Real a) => Apply(Op.Tan, a);

        /// <summary>The inverse sine, in [-pi/2, pi/2].</summary>
        public static Real Asin(Real a) => Apply(Op.Asin, a);

        /// <summary>The inverse cosine, in [0, pi].</summary>
        public static Real Acos(Real a) => Apply(Op.Acos, a);

        /// <summary>The inverse tangent, in [-pi/2, pi/2].</summary>
        public static Real Atan(Real a) => Apply(Op.Atan, a);

        /// <summary>The angle of the vector (x, y) from the first axis, in [-pi, pi]; at (0, 0) its gradient is 0.</summary>
        public static Real Atan2(Real y, Real x) => Apply(Op.Atan2, y, x);

        /// <summary>The hyperbolic sine.</summary>
        public static Real Sinh(Real a) => Apply(Op.Sinh, a);

        /// <summary>The hyperbolic cosine.</summary>
        public static Real Cosh(Real a) => Apply(Op.Cosh, a);

        /// <summary>The hyperbolic tangent.</summary>
        public static Real Tanh(Real a) => Apply(Op.Tanh, a);

        /// <summary>The logistic function 1 / (1 + e^-a).</summary>
        public static Real Sigmoid(Real a) => Apply(Op.Sigmoid, a);

        /// <summary>log(1 + e^a), a smooth maximum of a and 0.</summary>
        public static Real Softplus(Real a) => Apply(Op.Softplus, a);

        /// <summary>|a|; its derivative at 0 is 0.</summary>
        public static Real Abs(Real a) => Apply(Op.Abs, a);

        /// <summary>-1, 0 or 1; its derivative is 0.</summary>
        public static Real Sign(Real a) => Apply(Op.Sign, a);

        /// <summary>The smaller number; NaN if either is; a tie shares the gradient half and half.</summary>
        public static Real Min(Real a, Real b) => Apply(Op.Min, a, b);

        /// <summary>The larger number; NaN if either is; a tie shares the gradient half and half.</summary>
        public static Real Max(Real a, Real b) => Apply(Op.Max, a, b);

        /// <summary>a held in [lower, upper]; the slope at both bounds is 1.</summary>
        public static Real Clamp(Real a, Real lower, Real upper) => Apply(Op.Clamp, a, lower, upper);

        /// <summary>The greatest integer not above a; its derivative is 0.</summary>
        public static Real Floor(Real a) => Apply(Op.Floor, a);

        /// <summary>sqrt(a^2 + b^2) without overflow or underflow; at (0, 0) its gradient is 0.</summary>
        public static Real Hypot(Real a, Real b) => Apply(Op.Hypot, a, b);

        /// <summary>sqrt(a^2 + b^2 + c^2) without overflow or underflow; at 0 its gradient is 0.</summary>
        public static Real Hypot(Real a, Real b, Real c) => Apply(Op.Hypot3, a, b, c);

        /// <summary>
        /// sqrt(a^2 + b^2 + c^2), plainly: faster than <see cref="Hypot(Real, Real, Real)"/>, for magnitudes whose squares are in range; at 0
        /// its gradient is 0.
        /// </summary>
        public static Real Length(Real a, Real b, Real c) => Apply(Op.Length3, a, b, c);
    }
}
