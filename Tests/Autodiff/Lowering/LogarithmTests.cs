using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Log, log1p and softplus: the full range, subnormal numbers, the neighbourhood of their zeros, special values.</summary>
    public sealed class LogarithmTests
    {
        const double NaN = double.NaN, Inf = double.PositiveInfinity;

        static double Bound(Precision precision) => precision == Precision.Float ? 4 : 2;

        [Test]
        public void Log([Values] Precision precision) => Accuracy.Check(Op.Log, precision, Bound(precision), BigMath.Log,
            Points.Positive(precision, 1500),
            Points.Uniform(0.3, 3, 2000),
            Points.Uniform(0.999, 1.001, 300),
            Points.Around(1, precision, 20),
            Points.Around(0.70710678118654752, precision, 20),
            Points.Around(1.4142135623730951, precision, 20));

        [Test]
        public void Log1p([Values] Precision precision) => Accuracy.Check(Op.Log1p, precision, Bound(precision), BigMath.Log1p,
            Points.Uniform(-0.9999, 3, 2000),
            Points.Uniform(-0.32, -0.28, 500),
            Points.Uniform(0.4, 0.43, 500),
            Points.Uniform(10, 1e5, 200),
            Points.Positive(precision, 1000),
            Points.Around(-1 + 1e-5, precision, 20),
            Points.PowersOfTwo(precision == Precision.Float ? -149 : -1074, -1, 500));

        [Test]
        public void Softplus([Values] Precision precision) => Accuracy.Check(Op.Softplus, precision, Bound(precision), BigMath.Softplus,
            Points.Uniform(precision == Precision.Float ? -105 : -747, 750, 1000),
            Points.Uniform(-40, 40, 1000),
            Points.Uniform(-3, 3, 2000));

        [TestCase(Op.Log, 1.0, 0.0)]
        [TestCase(Op.Log, 0.0, -Inf)]
        [TestCase(Op.Log, -0.0, -Inf)]
        [TestCase(Op.Log, -1.0, NaN)]
        [TestCase(Op.Log, -Inf, NaN)]
        [TestCase(Op.Log, Inf, Inf)]
        [TestCase(Op.Log, NaN, NaN)]
        [TestCase(Op.Log1p, 0.0, 0.0)]
        [TestCase(Op.Log1p, -0.0, -0.0)]
        [TestCase(Op.Log1p, -1.0, -Inf)]
        [TestCase(Op.Log1p, -1.5, NaN)]
        [TestCase(Op.Log1p, Inf, Inf)]
        [TestCase(Op.Log1p, NaN, NaN)]
        [TestCase(Op.Softplus, Inf, Inf)]
        [TestCase(Op.Softplus, -Inf, 0.0)]
        [TestCase(Op.Softplus, NaN, NaN)]
        public void SpecialValues(Op op, double x, double expected) => SpecialValue.Check(op, expected, x);
    }
}
