using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Exp, expm1 and sigmoid: the full range with overflow and gradual underflow, tiny arguments, special values.</summary>
    public sealed class ExponentialTests
    {
        const double NaN = double.NaN, Inf = double.PositiveInfinity;

        static double Bound(Precision precision) => precision == Precision.Float ? 4 : 2;

        static double Highest(Precision precision) => precision == Precision.Float ? 89 : 710;

        static double Lowest(Precision precision) => precision == Precision.Float ? -105 : -747;

        [Test]
        public void Exp([Values] Precision precision) => Accuracy.Check(Op.Exp, precision, Bound(precision), BigMath.Exp,
            Points.Uniform(Lowest(precision), Highest(precision), 2000),
            Points.Uniform(-2, 2, 1000),
            Points.PowersOfTwo(-140, 10, 500),
            Points.Uniform(precision == Precision.Float ? 88.7 : 709.7, precision == Precision.Float ? 88.75 : 709.8, 200),
            Points.Uniform(Lowest(precision), precision == Precision.Float ? -87 : -708, 500));

        [Test]
        public void Expm1([Values] Precision precision) => Accuracy.Check(Op.Expm1, precision, Bound(precision), BigMath.Expm1,
            Points.Uniform(-45, Highest(precision), 1500),
            Points.Uniform(-2, 2, 2000),
            Points.Uniform(0.34, 0.36, 500),
            Points.Uniform(-0.36, -0.34, 500),
            Points.PowersOfTwo(precision == Precision.Float ? -149 : -1074, 9, 1000));

        [Test]
        public void Sigmoid([Values] Precision precision) => Accuracy.Check(Op.Sigmoid, precision, Bound(precision), BigMath.Sigmoid,
            Points.Uniform(Lowest(precision), -Lowest(precision), 1500),
            Points.Uniform(-40, 40, 1500),
            Points.Uniform(-3, 3, 2000));

        [TestCase(Op.Exp, 0.0, 1.0)]
        [TestCase(Op.Exp, -0.0, 1.0)]
        [TestCase(Op.Exp, Inf, Inf)]
        [TestCase(Op.Exp, -Inf, 0.0)]
        [TestCase(Op.Exp, 1e30, Inf)]
        [TestCase(Op.Exp, -1e30, 0.0)]
        [TestCase(Op.Exp, NaN, NaN)]
        [TestCase(Op.Expm1, 0.0, 0.0)]
        [TestCase(Op.Expm1, -0.0, -0.0)]
        [TestCase(Op.Expm1, Inf, Inf)]
        [TestCase(Op.Expm1, -Inf, -1.0)]
        [TestCase(Op.Expm1, NaN, NaN)]
        [TestCase(Op.Sigmoid, 0.0, 0.5)]
        [TestCase(Op.Sigmoid, Inf, 1.0)]
        [TestCase(Op.Sigmoid, -Inf, 0.0)]
        [TestCase(Op.Sigmoid, NaN, NaN)]
        public void SpecialValues(Op op, double x, double expected) => SpecialValue.Check(op, expected, x);
    }
}
