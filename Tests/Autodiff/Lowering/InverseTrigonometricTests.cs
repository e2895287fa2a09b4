using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Inverse sine, cosine, tangent and the angle of a vector: their whole domains, the joints of their pieces, special values.</summary>
    public sealed class InverseTrigonometricTests
    {
        const double NaN = double.NaN, Inf = double.PositiveInfinity, Pi = Math.PI;

        static double Bound(Precision precision) => precision == Precision.Float ? 4 : 2;

        static double Lowest(Precision precision) => precision == Precision.Float ? -149 : -1074;

        [Test]
        public void Asin([Values] Precision precision) => Accuracy.Check(Op.Asin, precision, Bound(precision), BigMath.Asin,
            Points.Uniform(-1, 1, 2000),
            Points.Around(0.5, precision, 50),
            Points.Uniform(0.999, 1, 300),
            Points.PowersOfTwo(Lowest(precision), 0, 500));

        [Test]
        public void Acos([Values] Precision precision) => Accuracy.Check(Op.Acos, precision, Bound(precision), BigMath.Acos,
            Points.Uniform(-1, 1, 2000),
            Points.Around(0.5, precision, 50),
            Points.Around(-0.5, precision, 50),
            Points.Uniform(0.999, 1, 300),
            Points.PowersOfTwo(Lowest(precision), 0, 500));

        [Test]
        public void Atan([Values] Precision precision) => Accuracy.Check(Op.Atan, precision, Bound(precision), BigMath.Atan,
            Points.Uniform(-4, 4, 2000),
            Points.Uniform(0.41, 0.53, 1000),
            Points.Around(0.41421356237309503, precision, 50),
            Points.Around(2.4142135623730949, precision, 50),
            Points.Around(1, precision, 50),
            Points.AllMagnitudes(precision, 500));

        [Test]
        public void Atan2([Values] Precision precision)
        {
            Accuracy.Check(Op.Atan2, precision, Bound(precision), BigMath.Atan2, Points.Uniform(-1, 1, 2000), Points.Uniform(-1, 1, 2001));
            Accuracy.Check(Op.Atan2, precision, Bound(precision), BigMath.Atan2,
                Points.AllMagnitudes(precision, 1000), Points.Neighbours(precision, 1000));
            double huge = precision == Precision.Float ? float.MaxValue : double.MaxValue;
            Accuracy.Check(Op.Atan2, precision, Bound(precision), BigMath.Atan2,
                Points.Uniform(huge / 4, huge, 500), Points.Uniform(huge / 4, huge, 501));
        }

        [TestCase(Op.Asin, -0.0, -0.0)]
        [TestCase(Op.Asin, 1.0, Pi / 2)]
        [TestCase(Op.Asin, -1.0, -Pi / 2)]
        [TestCase(Op.Asin, 1.01, NaN)]
        [TestCase(Op.Asin, -Inf, NaN)]
        [TestCase(Op.Asin, NaN, NaN)]
        [TestCase(Op.Acos, 1.0, 0.0)]
        [TestCase(Op.Acos, 0.0, Pi / 2)]
        [TestCase(Op.Acos, -1.0, Pi)]
        [TestCase(Op.Acos, -1.01, NaN)]
        [TestCase(Op.Acos, Inf, NaN)]
        [TestCase(Op.Acos, NaN, NaN)]
        [TestCase(Op.Atan, 0.0, 0.0)]
        [TestCase(Op.Atan, -0.0, -0.0)]
        [TestCase(Op.Atan, Inf, Pi / 2)]
        [TestCase(Op.Atan, -Inf, -Pi / 2)]
        [TestCase(Op.Atan, NaN, NaN)]
        public void SpecialValues(Op op, double x, double expected) => SpecialValue.Check(op, expected, x);

        [TestCase(0.0, 0.0, 0.0)]
        [TestCase(-0.0, 0.0, -0.0)]
        [TestCase(0.0, -0.0, Pi)]
        [TestCase(-0.0, -0.0, -Pi)]
        [TestCase(0.0, 2.0, 0.0)]
        [TestCase(-0.0, 2.0, -0.0)]
        [TestCase(0.0, -2.0, Pi)]
        [TestCase(-0.0, -2.0, -Pi)]
        [TestCase(3.0, 0.0, Pi / 2)]
        [TestCase(3.0, -0.0, Pi / 2)]
        [TestCase(-3.0, 0.0, -Pi / 2)]
        [TestCase(-3.0, -0.0, -Pi / 2)]
        [TestCase(1.0, 1.0, Pi / 4)]
        [TestCase(1.0, -1.0, 3 * Pi / 4)]
        [TestCase(-1.0, -1.0, -3 * Pi / 4)]
        [TestCase(1.0, Inf, 0.0)]
        [TestCase(-1.0, Inf, -0.0)]
        [TestCase(1.0, -Inf, Pi)]
        [TestCase(-1.0, -Inf, -Pi)]
        [TestCase(Inf, 1.0, Pi / 2)]
        [TestCase(-Inf, -1.0, -Pi / 2)]
        [TestCase(Inf, Inf, Pi / 4)]
        [TestCase(Inf, -Inf, 3 * Pi / 4)]
        [TestCase(-Inf, -Inf, -3 * Pi / 4)]
        [TestCase(NaN, 1.0, NaN)]
        [TestCase(1.0, NaN, NaN)]
        public void SpecialValuesOfAtan2(double y, double x, double expected) => SpecialValue.Check(Op.Atan2, expected, y, x);
    }
}
