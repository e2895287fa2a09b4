using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Reciprocals and lengths: accuracy over the full range, extremes and special values.</summary>
    public sealed class LengthTests
    {
        [Test]
        public void ReciprocalIsCorrectlyRounded([Values] Precision precision) =>
            Accuracy.Check(Op.Reciprocal, precision, 0.5 + 1e-6, x => 1 / x, Points.AllMagnitudes(precision, 2000));

        [Test]
        public void ReciprocalSqrtIsAccurateOverTheFullRange([Values] Precision precision) =>
            Accuracy.Check(Op.ReciprocalSqrt, precision, 2, x => 1 / x.Sqrt(), Points.Positive(precision, 2000));

        [Test]
        public void HypotNeitherOverflowsNorUnderflows([Values] Precision precision) =>
            Accuracy.Check(Op.Hypot, precision, 2, (x, y) => (x * x + y * y).Sqrt(),
                Points.AllMagnitudes(precision, 2000), Points.Neighbours(precision, 2000));

        [Test]
        public void HypotOfThreeNeitherOverflowsNorUnderflows([Values] Precision precision)
        {
            var op = new LoweredOp(Op.Hypot3, precision);
            double[] x = Points.AllMagnitudes(precision, 2000);
            var random = new Random(7);
            double worst = 0;
            foreach (double a in x)
            {
                double b = op.Round(a * random.NextDouble()), c = op.Round(a * random.NextDouble());
                BigFloat p = BigFloat.From(a), q = BigFloat.From(b), r = BigFloat.From(c);
                worst = Math.Max(worst, op.Ulps(op.Run(a, b, c), (p * p + q * q + r * r).Sqrt()));
            }
            Assert.That(worst, Is.LessThanOrEqualTo(2));
        }

        [Test]
        public void LengthIsAccurateForModerateNumbers([Values] Precision precision)
        {
            var op = new LoweredOp(Op.Length3, precision);
            var random = new Random(11);
            double worst = 0;
            for (int n = 0; n < 2000; n++)
            {
                double a = op.Round(random.NextDouble() * 2 - 1), b = op.Round(random.NextDouble()), c = op.Round(random.NextDouble() * 3);
                BigFloat p = BigFloat.From(a), q = BigFloat.From(b), r = BigFloat.From(c);
                worst = Math.Max(worst, op.Ulps(op.Run(a, b, c), (p * p + q * q + r * r).Sqrt()));
            }
            Assert.That(worst, Is.LessThanOrEqualTo(2));
        }

        [TestCase(Op.ReciprocalSqrt, 0.0, double.PositiveInfinity)]
        [TestCase(Op.ReciprocalSqrt, double.PositiveInfinity, 0.0)]
        [TestCase(Op.ReciprocalSqrt, -1.0, double.NaN)]
        [TestCase(Op.Reciprocal, -0.0, double.NegativeInfinity)]
        [TestCase(Op.Reciprocal, double.NegativeInfinity, -0.0)]
        [TestCase(Op.Reciprocal, double.NaN, double.NaN)]
        public void SpecialValues(Op op, double x, double expected) => SpecialValue.Check(op, expected, x);

        [TestCase(0.0, 0.0, 0.0)]
        [TestCase(-0.0, -3.0, 3.0)]
        [TestCase(double.NegativeInfinity, 1.0, double.PositiveInfinity)]
        [TestCase(double.NaN, 1.0, double.NaN)]
        public void SpecialValuesOfHypot(double x, double y, double expected)
        {
            SpecialValue.Check(Op.Hypot, expected, x, y);
            SpecialValue.Check(Op.Hypot, expected, y, x);
            SpecialValue.Check(Op.Hypot3, expected, x, 0.0, y);
        }
    }
}
