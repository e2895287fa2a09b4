using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Min, max, clamp and sign, with every operand an input and with constants.</summary>
    public sealed class ChoiceTests
    {
        const double NaN = double.NaN, Inf = double.PositiveInfinity;

        [TestCase(1.0, 2.0, 1.0, 2.0)]
        [TestCase(2.0, 1.0, 1.0, 2.0)]
        [TestCase(-Inf, Inf, -Inf, Inf)]
        [TestCase(3.0, 3.0, 3.0, 3.0)]
        [TestCase(NaN, 1.0, NaN, NaN)]
        [TestCase(1.0, NaN, NaN, NaN)]
        [TestCase(NaN, NaN, NaN, NaN)]
        public void MinAndMax(double a, double b, double min, double max)
        {
            SpecialValue.Check(Op.Min, min, a, b);
            SpecialValue.Check(Op.Max, max, a, b);
        }

        [TestCase(0.5, 0.5)]
        [TestCase(-3.0, -1.0)]
        [TestCase(7.0, 2.0)]
        [TestCase(-1.0, -1.0)]
        [TestCase(2.0, 2.0)]
        [TestCase(NaN, NaN)]
        [TestCase(-Inf, -1.0)]
        public void ClampHoldsBetweenBounds(double a, double expected) => SpecialValue.Check(Op.Clamp, expected, a, -1.0, 2.0);

        [Test]
        public void ClampWithCrossedBoundsGivesTheUpperOne() => SpecialValue.Check(Op.Clamp, 1.0, 5.0, 3.0, 1.0);

        [TestCase(-3.0, -1.0)]
        [TestCase(-0.0, -0.0)]
        [TestCase(0.0, 0.0)]
        [TestCase(1e-40, 1.0)]
        [TestCase(Inf, 1.0)]
        [TestCase(NaN, NaN)]
        public void SignOfANumber(double a, double expected) => SpecialValue.Check(Op.Sign, expected, a);

        [Test]
        public void AConstantBoundCostsTwoOperations([Values(Op.Min, Op.Max)] Op op, [Values] bool constantFirst)
        {
            TracedFunction function = TracedFunction.Trace(1, x => new[] { constantFirst ? Real.Apply(op, 2, x[0]) : Real.Apply(op, x[0], 2) });
            Assert.That(Lowering.Lower(function, Precision.Float).Graph.Count, Is.EqualTo(4), "input, constant, comparison, selection");
        }
    }
}
