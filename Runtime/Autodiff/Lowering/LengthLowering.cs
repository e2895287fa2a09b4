namespace DiffPhysics.Autodiff
{
    /// <summary>Reciprocals and lengths.</summary>
    /// <remarks>
    /// Within 2 ulp over the full range: Reciprocal (correctly rounded), ReciprocalSqrt, Hypot and Hypot3, subnormal results included.
    /// Length3 is within 2 ulp while its squares neither overflow nor underflow. A NaN component makes a length NaN, even beside an
    /// infinite one.
    /// </remarks>
    static class LengthLowering
    {
        public static Term Reciprocal(Term a) => 1 / a;

        public static Term ReciprocalSqrt(Term a) => 1 / a.Sqrt();

        public static Term Length(Term x, Term y, Term z) => (x * x + y * y + z * z).Sqrt();

        public static Term Hypot(Term x, Term y)
        {
            Scale(x.Abs() + y.Abs(), out Term scale, out Term inverse);
            Term u = x * scale, v = y * scale;
            return (u * u + v * v).Sqrt() * inverse;
        }

        public static Term Hypot(Term x, Term y, Term z)
        {
            Scale(x.Abs() + y.Abs() + z.Abs(), out Term scale, out Term inverse);
            Term u = x * scale, v = y * scale, w = z * scale;
            return (u * u + v * v + w * w).Sqrt() * inverse;
        }

        // Squares of numbers between the thresholds neither overflow nor lose digits that count; beyond, powers of two, whose
        // products are exact, bring the components between them. A sum that overflows to infinity is above the threshold too.
        static void Scale(Term sum, out Term scale, out Term inverse)
        {
            Condition large = sum > sum.Choose(Two(60), Two(500)), small = sum < sum.Choose(Two(-50), Two(-450));
            scale = Term.Select(large, sum.Choose(Two(-70), Two(-600)), Term.Select(small, sum.Choose(Two(90), Two(600)), 1));
            inverse = Term.Select(large, sum.Choose(Two(70), Two(600)), Term.Select(small, sum.Choose(Two(-90), Two(-600)), 1));
        }

        static double Two(int exponent) => Simplifier.PowerOfTwo(exponent);
    }
}
