using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>Inverse sine, cosine and tangent, and the angle of a vector.</summary>
    /// <remarks>Within 2 ulp in double and 4 in float everywhere. How coefficients are made: Tests/Net~/Coefficients.</remarks>
    static class InverseTrigonometricLowering
    {
        // atan t = t + t z (c0 + c1 z + ...), z = t^2, |t| at most tan(pi/8), relative error 2^-25.5 and 2^-58.7.
        static readonly double[] FloatAtan = { -0.33332955837249756, 0.19977913796901703, -0.13879726827144623, 0.08059918880462646 };

        static readonly double[] DoubleAtan =
        {
            -0.333333333333332, 0.1999999999995405, -0.14285714280244896, 0.11111110785945601, -0.09090897830678547,
            0.07692061530786208, -0.06663119136191759, 0.05847999561717736, -0.05039802133598583, 0.03807718790018041,
            -0.017921004832290456,
        };

        // asin t = t + t z (c0 + c1 z + ...), |t| at most 1/2, relative error 2^-27.4 and 2^-55.6.
        static readonly double[] FloatAsin = { 0.16666753590106964, 0.07495240867137909, 0.0454772487282753, 0.024146854877471924, 0.04221981018781662 };

        static readonly double[] DoubleAsin =
        {
            0.16666666666665383, 0.07500000000343181, 0.04464285682338048, 0.030381959335158203, 0.022371753434469687,
            0.017359772398133695, 0.013884586034532524, 0.012173359551411963, 0.006510510875151105, 0.01957483256690538,
            -0.016295511062523752, 0.03195993964650746,
        };

        // pi/2 = High + Low, far beyond the digits of the format.
        static double High(Term x) => x.Choose(1.5707963705062866, Math.PI / 2);

        static double Low(Term x) => x.Choose(-4.371138828673793e-08, 6.123233995736766e-17);

        public static Term Atan(Term x)
        {
            Term size = x.Abs();
            Condition steep = size > 1;
            Term small = Term.Select(steep, 1, size), large = Term.Select(steep, size, 1);
            Term angle = FirstOctant(small, large, large - small);
            angle = Term.Select(steep, High(x) - (angle - Low(x)), angle);
            return Term.Select(x > 0, angle, Term.Select(x < 0, -angle, x)); // a zero keeps its sign, NaN stays
        }

        /// <summary>The angle in [-pi, pi], with the sign of y even where y is a zero; -0 is a negative x too.</summary>
        public static Term Atan2(Term y, Term x)
        {
            Term height = y.Abs(), width = x.Abs();
            Condition steep = height > width, left = IsNegative(x);
            Term small = Term.Select(steep, width, height), large = Term.Select(steep, height, width);
            // A sum of two huge numbers must not overflow. Two zeros count as height 0 and width 1; two infinities are equal.
            Term scale = Term.Select(large > x.Choose(Simplifier.PowerOfTwo(100), Simplifier.PowerOfTwo(900)), 0.25, 1);
            (small, large) = (small * scale, large * scale);
            large = Term.Select(large.Is(0), 1, large);
            Term angle = FirstOctant(small, large, Term.Select(small.Is(large), 0, large - small));
            angle = Term.Select(left, -angle, angle);
            Term flat = Term.Select(left, 2 * High(x) + (angle + 2 * Low(x)), angle);
            angle = Term.Select(steep, High(x) - (angle - Low(x)), flat);
            return Term.Select(IsNegative(y), -angle, angle);
        }

        public static Term Asin(Term x)
        {
            Term size = x.Abs();
            Condition large = size > 0.5;
            Fold(size, large, out Term t, out Term tail);
            // asin x = pi/2 - 2 asin sqrt((1 - x) / 2)
            Term angle = Term.Select(large, High(x) - (2 * t + (2 * tail - Low(x))), t + tail);
            return Term.Select(x > 0, angle, Term.Select(x < 0, -angle, x));
        }

        public static Term Acos(Term x)
        {
            Term size = x.Abs();
            Condition large = size > 0.5, negative = x < 0;
            Fold(size, large, out Term t, out Term tail);
            // acos x = 2 asin sqrt((1 - x) / 2), and acos(-x) = pi - acos x; near 0, acos x = pi/2 - asin x.
            Term twice = 2 * (t + tail);
            Term near = Term.Select(negative, High(x) + (t + (tail + Low(x))), High(x) - (t + (tail - Low(x))));
            Term far = Term.Select(negative, 2 * High(x) - (twice - 2 * Low(x)), twice);
            return Term.Select(large, far, near);
        }

        // t with asin t = t + tail: |x| itself, or sqrt((1 - |x|) / 2), which is NaN beyond 1.
        static void Fold(Term size, Condition large, out Term t, out Term tail)
        {
            Term z = Term.Select(large, 0.5 - 0.5 * size, size * size);
            t = Term.Select(large, z.Sqrt(), size);
            tail = t * z * z.Polynomial(FloatAsin, DoubleAsin);
        }

        // atan q in [0, pi/4] for q = small / large, with one division: q above tan(pi/8) gives pi/4 - atan((1 - q) / (1 + q)).
        static Term FirstOctant(Term small, Term large, Term difference)
        {
            Condition middle = difference <= small * 1.4142135623730951;
            Term t = Term.Select(middle, difference, small) / Term.Select(middle, small + large, large);
            Term z = t * t, tail = t * z * z.Polynomial(FloatAtan, DoubleAtan);
            return Term.Select(middle, 0.5 * High(t) - (t + (tail - 0.5 * Low(t))), t + tail);
        }

        // 1 / -0 is the one way to see the sign of a zero with basic operations; an infinite x outweighs its reciprocal.
        static Condition IsNegative(Term x) => x + 1 / x < 0;
    }
}
