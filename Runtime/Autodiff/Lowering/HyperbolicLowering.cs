namespace DiffPhysics.Autodiff
{
    /// <summary>Hyperbolic sine, cosine and tangent.</summary>
    /// <remarks>
    /// Polynomials near 0, where exponentials cancel. Within 2 ulp in double and 4 in float for every x. How coefficients are made:
    /// Tests/Net~/Coefficients.
    /// </remarks>
    static class HyperbolicLowering
    {
        // sinh x = x + x z (c0 + c1 z + ...), z = x^2, |x| at most 1, relative error 2^-25 and 2^-56.4.
        static readonly double[] FloatSinh = { 0.166667178273201, 0.008330211043357849, 0.00020377397595439106 };

        static readonly double[] DoubleSinh =
        {
            0.16666666666666669, 0.008333333333333139, 0.00019841269841437668, 2.755731915533889e-06, 2.505212339850717e-08,
            1.60572403279604e-10, 7.759313013875838e-13,
        };

        // tanh x = x + x z (c0 + c1 z + ...), |x| at most 0.55, relative error 2^-24.6 and 2^-55.1.
        static readonly double[] FloatTanh = { -0.33332955837249756, 0.13320937752723694, -0.05268397927284241, 0.016458509489893913 };

        static readonly double[] DoubleTanh =
        {
            -0.3333333333333235, 0.1333333333317373, -0.053968253878367574, 0.021869486025921037, -0.008863195150197652,
            0.0035917246303360816, -0.001453239959272508, 0.0005792027778171049, -0.00021040539046632585, 5.1089936175779325e-05,
        };

        public static Term Sinh(Term x)
        {
            Term size = x.Abs(), half = ExponentialLowering.HalfExp(size), z = x * x;
            Term far = half - 0.25 / half;
            Term near = x + x * z * z.Polynomial(FloatSinh, DoubleSinh);
            return Term.Select(size > 1, Term.Select(x < 0, -far, far), near);
        }

        public static Term Cosh(Term x)
        {
            Term half = ExponentialLowering.HalfExp(x.Abs());
            return half + 0.25 / half;
        }

        // tanh x = 1 - 2 / (e^2x + 1) away from 0.
        public static Term Tanh(Term x)
        {
            Term size = x.Abs(), z = x * x;
            Term far = 1 - 2 / (ExponentialLowering.Exp(2 * size) + 1);
            Term near = size + size * z * z.Polynomial(FloatTanh, DoubleTanh);
            Term value = Term.Select(size > 0.55, far, near);
            return Term.Select(x > 0, value, Term.Select(x < 0, -value, x)); // a zero keeps its sign, NaN stays
        }
    }
}
