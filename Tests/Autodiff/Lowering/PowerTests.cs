using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Powers: results over the whole range of the format, bases near 1 with huge exponents, special values of C99.</summary>
    public sealed class PowerTests
    {
        const double NaN = double.NaN, Inf = double.PositiveInfinity;

        static double Bound(Precision precision) => precision == Precision.Float ? 4 : 2;

        [Test]
        public void IsAccurateForModerateNumbers([Values] Precision precision) => Accuracy.Check(Op.Pow, precision, Bound(precision), BigMath.Pow,
            Points.Uniform(0.01, 20, 2000), Points.Uniform(-6, 6, 2001));

        [Test]
        public void IsAccurateUpToOverflowAndDownToUnderflow([Values] Precision precision)
        {
            double[] bases = Points.Positive(precision, 2000);
            double[] targets = precision == Precision.Float ? Points.Uniform(-149, 128, 2001) : Points.Uniform(-1074, 1024, 2001);
            CheckTowards(bases, targets, precision);
        }

        [Test]
        public void IsAccurateForBasesNearOne([Values] Precision precision)
        {
            double[] bases = Array.ConvertAll(Points.PowersOfTwo(precision == Precision.Float ? -20 : -49, -2, 2000), x => 1 + x);
            double[] targets = precision == Precision.Float ? Points.Uniform(-149, 128, 2001) : Points.Uniform(-1074, 1024, 2001);
            CheckTowards(bases, targets, precision);
        }

        [Test]
        public void AConstantBaseOrExponentKeepsTheAccuracy([Values] Precision precision, [Values(2.0, 10.0, 0.3)] double number)
        {
            Func<TracedFunction, BasicOpInterpreter> lower = f => new BasicOpInterpreter(Lowering.Lower(f, precision), precision);
            var general = new LoweredOp(Op.Pow, precision);
            BasicOpInterpreter constantBase = lower(TracedFunction.Trace(1, x => new[] { Real.Pow(number, x[0]) }));
            BasicOpInterpreter constantExponent = lower(TracedFunction.Trace(1, x => new[] { Real.Pow(x[0], number + 0.45) }));
            foreach (double point in Points.Uniform(0.1, 30, 300))
            {
                double x = general.Round(point);
                Assert.That(constantBase.Run(x), Is.EqualTo(general.Run(number, x)), $"{number} to the power {x:R}");
                Assert.That(constantExponent.Run(x), Is.EqualTo(general.Run(x, number + 0.45)), $"{x:R} to the power {number + 0.45}");
            }
        }

        [Test]
        public void ShortExponents([Values] Precision precision, [Values(0.5, 1.0, 2.0, 3.0, -1.0)] double exponent)
        {
            TracedFunction lowered = Lowering.Lower(TracedFunction.Trace(1, x => new[] { Real.Pow(x[0], exponent) }), precision);
            Assert.That(lowered.Graph.Count, Is.LessThanOrEqualTo(8));
            var power = new BasicOpInterpreter(lowered, precision);
            var general = new LoweredOp(Op.Pow, precision);
            double worst = 0;
            foreach (double point in Points.Uniform(0.01, 30, 500))
            {
                double x = general.Round(point);
                worst = Math.Max(worst, general.Ulps(power.Run(x), BigMath.Pow(BigFloat.From(x), BigFloat.From(exponent))));
            }
            Assert.That(worst, Is.LessThanOrEqualTo(2));
            foreach (double x in new[] { 0.0, -0.0, Inf, -Inf, NaN, -4.0 })
                Assert.That(1 / power.Run(x), Is.EqualTo(1 / general.Run(x, exponent)), $"{x} to the power {exponent}, signs of zeros included");
        }

        [TestCase(0.0, 0.0, 1.0)]
        [TestCase(NaN, 0.0, 1.0)]
        [TestCase(-Inf, -0.0, 1.0)]
        [TestCase(1.0, NaN, 1.0)]
        [TestCase(1.0, -Inf, 1.0)]
        [TestCase(-1.0, Inf, 1.0)]
        [TestCase(-1.0, -Inf, 1.0)]
        [TestCase(NaN, 2.5, NaN)]
        [TestCase(2.0, NaN, NaN)]
        [TestCase(0.0, NaN, NaN)]
        [TestCase(Inf, NaN, NaN)]
        [TestCase(-8.0, 1.5, NaN)]
        [TestCase(-2.0, 3.0, -8.0)]
        [TestCase(-2.0, 4.0, 16.0)]
        [TestCase(-2.0, -3.0, -0.125)]
        [TestCase(2.0, 10.0, 1024.0)]
        [TestCase(0.0, 2.5, 0.0)]
        [TestCase(-0.0, 3.0, -0.0)]
        [TestCase(-0.0, 4.0, 0.0)]
        [TestCase(-0.0, 0.25, 0.0)]
        [TestCase(0.0, -2.0, Inf)]
        [TestCase(-0.0, -3.0, -Inf)]
        [TestCase(-0.0, -4.0, Inf)]
        [TestCase(Inf, 0.1, Inf)]
        [TestCase(Inf, -0.1, 0.0)]
        [TestCase(-Inf, 3.0, -Inf)]
        [TestCase(-Inf, 2.0, Inf)]
        [TestCase(-Inf, -3.0, -0.0)]
        [TestCase(-Inf, 0.25, Inf)]
        [TestCase(2.0, Inf, Inf)]
        [TestCase(2.0, -Inf, 0.0)]
        [TestCase(0.5, Inf, 0.0)]
        [TestCase(0.5, -Inf, Inf)]
        [TestCase(0.0, Inf, 0.0)]
        [TestCase(0.0, -Inf, Inf)]
        [TestCase(2.0, 1e30, Inf)]
        [TestCase(2.0, -1e30, 0.0)]
        [TestCase(-3.0, 1e30, Inf)]
        [TestCase(2.0, 1e-30, 1.0)]
        public void SpecialValues(double x, double y, double expected) => SpecialValue.Check(Op.Pow, expected, x, y);

        // x^y near 2^target.
        static void CheckTowards(double[] bases, double[] targets, Precision precision)
        {
            var exponents = new double[bases.Length];
            for (int k = 0; k < bases.Length; k++) exponents[k] = targets[k] / Math.Log(bases[k], 2);
            Accuracy.Check(Op.Pow, precision, Bound(precision), BigMath.Pow, bases, exponents);
        }
    }
}
