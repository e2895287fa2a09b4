using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Sine, cosine and tangent: random angles over the stated ranges, the numbers nearest to multiples of pi/2, special values.</summary>
    public sealed class TrigonometricTests
    {
        const double NaN = double.NaN, Inf = double.PositiveInfinity;

        static IEnumerable<object[]> Functions()
        {
            foreach (Precision precision in new[] { Precision.Float, Precision.Double })
            {
                yield return new object[] { Op.Sin, precision, (Func<BigFloat, BigFloat>)BigMath.Sin };
                yield return new object[] { Op.Cos, precision, (Func<BigFloat, BigFloat>)BigMath.Cos };
                yield return new object[] { Op.Tan, precision, (Func<BigFloat, BigFloat>)BigMath.Tan };
            }
        }

        [TestCaseSource(nameof(Functions))]
        public void IsAccurateOverItsRange(Op op, Precision precision, Func<BigFloat, BigFloat> reference)
        {
            double limit = precision == Precision.Float ? 6400 : 1e5;
            Accuracy.Check(op, precision, precision == Precision.Float ? 4 : 2, reference,
                Points.Uniform(-limit, limit, 1000),
                Points.Uniform(-4, 4, 2000),
                Points.Uniform(0.7, 0.86, 1000),
                Points.PowersOfTwo(precision == Precision.Float ? -149 : -1074, 2, 500),
                NearMultiplesOfHalfPi(limit, 2000));
        }

        [Test]
        public void BeyondItsRangeTheAngleIsOffByItsLastPlaces([Values] Precision precision)
        {
            var sin = new LoweredOp(Op.Sin, precision);
            foreach (double point in precision == Precision.Float ? Points.PowersOfTwo(13, 20, 500) : Points.PowersOfTwo(17, 48, 500))
            {
                double x = sin.Round(point), unit = Math.Abs(x) * Math.Pow(2, precision == Precision.Float ? -23 : -52);
                Assert.That(sin.Run(x), Is.EqualTo(BigMath.Sin(BigFloat.From(x)).ToDouble()).Within(2 * unit), $"sin {x:R}");
            }
        }

        [Test]
        public void ANumberTooLargeToTellItsAngleGivesNaN([Values(Op.Sin, Op.Cos, Op.Tan)] Op op)
        {
            SpecialValue.Check(op, NaN, 1e30);
            SpecialValue.Check(op, NaN, -1e15);
        }

        [Test]
        public void SineAndCosineOfOneAngleShareTheirWork()
        {
            int alone = Lowering.Lower(TracedFunction.Trace(1, x => new[] { Real.Sin(x[0]) }), Precision.Double).Graph.Count;
            int both = Lowering.Lower(TracedFunction.Trace(1, x => new[] { Real.Sin(x[0]), Real.Cos(x[0]) }), Precision.Double).Graph.Count;
            Assert.That(both - alone, Is.LessThanOrEqualTo(8));
        }

        [TestCase(Op.Sin, 0.0, 0.0)]
        [TestCase(Op.Sin, -0.0, -0.0)]
        [TestCase(Op.Sin, Inf, NaN)]
        [TestCase(Op.Sin, NaN, NaN)]
        [TestCase(Op.Cos, 0.0, 1.0)]
        [TestCase(Op.Cos, -0.0, 1.0)]
        [TestCase(Op.Cos, -Inf, NaN)]
        [TestCase(Op.Cos, NaN, NaN)]
        [TestCase(Op.Tan, 0.0, 0.0)]
        [TestCase(Op.Tan, -0.0, -0.0)]
        [TestCase(Op.Tan, Inf, NaN)]
        [TestCase(Op.Tan, NaN, NaN)]
        public void SpecialValues(Op op, double x, double expected) => SpecialValue.Check(op, expected, x);

        static double[] NearMultiplesOfHalfPi(double limit, int count)
        {
            var random = new Random(5);
            var points = new double[count];
            for (int k = 0; k < count; k++)
            {
                int multiple = k < count / 2 ? k + 1 : random.Next((int)(limit / (Math.PI / 2)));
                points[k] = (BigMath.Pi * multiple).Scale(-1).ToDouble() * (k % 2 == 0 ? 1 : -1);
            }
            return points;
        }
    }
}
