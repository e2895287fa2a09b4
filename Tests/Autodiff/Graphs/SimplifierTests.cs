using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Identities: each is used where it keeps every value to the bit, and not where it would change one.</summary>
    public class SimplifierTests
    {
        static readonly double[] Awkward =
        {
            0.0, -0.0, 1, -1, 0.1, -3, double.Epsilon, -double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
        };

        // The number of operations left, the formula traced, and the same formula computed plainly.
        static IEnumerable<TestCaseData> Identities()
        {
            yield return Case("x 1", 0, (x, y) => x * 1, (x, y) => x * 1);
            yield return Case("x -1", 1, (x, y) => x * -1, (x, y) => x * -1);
            yield return Case("x / 1", 0, (x, y) => x / 1, (x, y) => x / 1);
            yield return Case("x / -1", 1, (x, y) => x / -1, (x, y) => x / -1);
            yield return Case("x / 2", 1, (x, y) => x / 2, (x, y) => x / 2);
            yield return Case("x + -0", 0, (x, y) => x + -0.0, (x, y) => x + -0.0);
            yield return Case("x x + 0", 1, (x, y) => x * x + 0.0, (x, y) => x * x + 0.0);
            yield return Case("0 + (|x| + y)", 2, (x, y) => 0.0 + (Real.Abs(x) + y), (x, y) => 0.0 + (Math.Abs(x) + y));
            yield return Case("x - 0", 0, (x, y) => x - 0, (x, y) => x - 0.0);
            yield return Case("- -x", 0, (x, y) => -(-x), (x, y) => -(-x));
            yield return Case("x + -y", 1, (x, y) => x + -y, (x, y) => x + -y);
            yield return Case("-x + y", 1, (x, y) => -x + y, (x, y) => -x + y);
            yield return Case("x - -y", 1, (x, y) => x - -y, (x, y) => x - -y);
            yield return Case("-x -y", 1, (x, y) => -x * -y, (x, y) => -x * -y);
            yield return Case("-x 3", 1, (x, y) => -x * 3, (x, y) => -x * 3);
            yield return Case("x - (-x) y", 2, (x, y) => x - -x * y, (x, y) => x - -x * y);
            yield return Case("x + (-x) / y", 2, (x, y) => x + -x / y, (x, y) => x + -x / y);
            yield return Case("||x||", 1, (x, y) => Real.Abs(Real.Abs(x)), (x, y) => Math.Abs(x));
            yield return Case("|-x|", 1, (x, y) => Real.Abs(-x), (x, y) => Math.Abs(-x));
            yield return Case("x < y ? x : x", 0, (x, y) => Real.Select(x < y, x, x), (x, y) => x);
            yield return Case("not x < y ? x : y", 2, (x, y) => Real.Select(!(x < y), x, y), (x, y) => !(x < y) ? x : y);
            yield return Case("true ? x : y", 0, (x, y) => Real.Select(true, x, y), (x, y) => x);
            yield return Case("x < y or not x < y", 0, (x, y) => Real.Select(x < y | !(x < y), x, y), (x, y) => x);
        }

        // What looks like an identity and is none.
        static IEnumerable<TestCaseData> NoIdentities()
        {
            yield return Case("x + 0", 1, (x, y) => x + 0.0, (x, y) => x + 0.0);
            yield return Case("x y + 0", 2, (x, y) => x * y + 0.0, (x, y) => x * y + 0.0);
            yield return Case("0 - x", 1, (x, y) => 0 - x, (x, y) => 0 - x);
            yield return Case("x 0", 1, (x, y) => x * 0, (x, y) => x * 0);
            yield return Case("x - x", 1, (x, y) => x - x, (x, y) => x - x);
            yield return Case("x / x", 1, (x, y) => x / x, (x, y) => x / x);
            yield return Case("x / 3", 1, (x, y) => x / 3, (x, y) => x / 3);
            yield return Case("0 / x", 1, (x, y) => 0 / x, (x, y) => 0 / x);
            yield return Case("(x + y) - y", 2, (x, y) => x + y - y, (x, y) => x + y - y);
            yield return Case("x x / x", 2, (x, y) => x * x / x, (x, y) => x * x / x);
            yield return Case("x / 2^200 2^200", 2, (x, y) => x / 1.6069380442589903E+60 * 1.6069380442589903E+60,
                (x, y) => x / 1.6069380442589903E+60 * 1.6069380442589903E+60);
            yield return Case("-(x - y)", 2, (x, y) => -(x - y), (x, y) => -(x - y));
            yield return Case("x = x", 2, (x, y) => Same(x, x).ToReal(), (x, y) => double.IsNaN(x) ? 0 : 1);
            yield return Case("not x < y is not y <= x", 5, (x, y) => (!(x < y) & x < 5).ToReal(), (x, y) => !(x < y) && x < 5 ? 1 : 0);
        }

        static TestCaseData Case(string name, int operations, Func<Real, Real, Real> traced, Func<double, double, double> plain) =>
            new TestCaseData(operations, traced, plain).SetArgDisplayNames(name);

        [TestCaseSource(nameof(Identities)), TestCaseSource(nameof(NoIdentities))]
        public void ShortensAsFarAsValuesAllow(int operations, Func<Real, Real, Real> traced, Func<double, double, double> plain)
        {
            TracedFunction f = TracedFunction.Trace(2, x => new[] { traced(x[0], x[1]) });
            Assert.That(Formulas.Operations(f), Is.EqualTo(operations));
            foreach (double x in Awkward)
                foreach (double y in Awkward)
                    Assert.That(Bits(GraphEvaluator.Evaluate(f, x, y)[0]), Is.EqualTo(Bits(plain(x, y))), $"x = {x}, y = {y}");
        }

        [Test]
        public void ConstantsFold()
        {
            var g = new Graph();
            int two = g.Constant(2.0), three = g.Constant(3.0);
            Assert.That(g.IsConstant(g.Apply(Op.Add, two, three), 5));
            Assert.That(g.IsConstant(g.Apply(Op.Divide, two, three), 2.0 / 3));
            Assert.That(g.IsConstant(g.Apply(Op.Sqrt, two), Math.Sqrt(2)));
            Assert.That(g.IsConstant(g.Apply(Op.Floor, g.Constant(-0.5)), -1));
            Assert.That(g.IsConstant(g.Apply(Op.Multiply, g.Constant(0.0), g.Constant(-1.0)), -0.0));
            Assert.That(g.ValueOf(g.Apply(Op.Less, two, three)), Is.EqualTo(1));
            Assert.That(g.IsConstant(g.Apply(Op.Select, g.Apply(Op.Equal, two, three), two, three), 3));
            Assert.That(g.IsConstant(g.Apply(Op.Pow2, three), 8));
            Assert.That(g.IsConstant(g.Apply(Op.Exponent, three), 1));
        }

        static Bool Same(Real a, Real b) => a == b;

        static long Bits(double x) => double.IsNaN(x) ? 1 : BitConverter.DoubleToInt64Bits(x);
    }
}
