using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Hyperbolic functions: up to overflow, around the joints of their pieces, tiny arguments, special values.</summary>
    public sealed class HyperbolicTests
    {
        const double NaN = double.NaN, Inf = double.PositiveInfinity;

        static double Bound(Precision precision) => precision == Precision.Float ? 4 : 2;

        static double Highest(Precision precision) => precision == Precision.Float ? 90 : 711;

        static double Lowest(Precision precision) => precision == Precision.Float ? -149 : -1074;

        [Test]
        public void Sinh([Values] Precision precision) => Accuracy.Check(Op.Sinh, precision, Bound(precision), BigMath.Sinh,
            Points.Uniform(-Highest(precision), Highest(precision), 1000),
            Points.Uniform(-3, 3, 2000),
            Points.Uniform(0.98, 1.1, 500),
            Points.Uniform(Highest(precision) - 1.5, Highest(precision), 200),
            Points.PowersOfTwo(Lowest(precision), 0, 500));

        [Test]
        public void Cosh([Values] Precision precision) => Accuracy.Check(Op.Cosh, precision, Bound(precision), BigMath.Cosh,
            Points.Uniform(-Highest(precision), Highest(precision), 1000),
            Points.Uniform(-3, 3, 2000),
            Points.Uniform(Highest(precision) - 1.5, Highest(precision), 200),
            Points.PowersOfTwo(Lowest(precision), 0, 500));

        [Test]
        public void Tanh([Values] Precision precision) => Accuracy.Check(Op.Tanh, precision, Bound(precision), BigMath.Tanh,
            Points.Uniform(-25, 25, 1000),
            Points.Uniform(-1.5, 1.5, 2000),
            Points.Uniform(0.5, 0.6, 500),
            Points.AllMagnitudes(precision, 500));

        [TestCase(Op.Sinh, -0.0, -0.0)]
        [TestCase(Op.Sinh, Inf, Inf)]
        [TestCase(Op.Sinh, -Inf, -Inf)]
        [TestCase(Op.Sinh, NaN, NaN)]
        [TestCase(Op.Cosh, 0.0, 1.0)]
        [TestCase(Op.Cosh, -Inf, Inf)]
        [TestCase(Op.Cosh, NaN, NaN)]
        [TestCase(Op.Tanh, 0.0, 0.0)]
        [TestCase(Op.Tanh, -0.0, -0.0)]
        [TestCase(Op.Tanh, Inf, 1.0)]
        [TestCase(Op.Tanh, -Inf, -1.0)]
        [TestCase(Op.Tanh, NaN, NaN)]
        public void SpecialValues(Op op, double x, double expected) => SpecialValue.Check(op, expected, x);
    }
}
