using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>A branch that is not taken contributes exactly zero, even where its value or derivative is inf or NaN.</summary>
    public class BranchTests
    {
        const double Inf = double.PositiveInfinity, NaN = double.NaN;

        static IEnumerable<TestCaseData> Traps()
        {
            yield return Trap("sqrt at 0", 0, 0, x => Real.Select(x > 0, Real.Sqrt(x), 0));
            yield return Trap("sqrt below 0", -1, 0, x => Real.Select(x > 0, Real.Sqrt(x), 0));
            yield return Trap("the other operand", 0, 0, x => Real.Select(x <= 0, 0, Real.Sqrt(x)));
            yield return Trap("a chain behind the branch", 0, 3, x => Real.Select(x > 0, Real.Exp(Real.Sqrt(x) * 2) / x, 3 * x));
            yield return Trap("quotient", 0, 1, x => Real.Select(x == 0, 1 + x, Real.Sin(x) / x));
            yield return Trap("two selections share sqrt", 0, 0, x =>
            {
                Real s = Real.Sqrt(x);
                return Real.Select(x > 1, s, 0) + Real.Select(x > 2, s, 1);
            });
            yield return Trap("two selections share sqrt, one takes it", 4, 0.25, x =>
            {
                Real s = Real.Sqrt(x);
                return Real.Select(x > 1, s, 0) + Real.Select(x > 5, s, 1);
            });
            yield return Trap("both branches use sqrt", 4, 0.5, x =>
            {
                Real s = Real.Sqrt(x);
                return Real.Select(x > 5, s, 2 * s);
            });
            yield return Trap("nested", 0, 0, x => Real.Select(x > 0, Real.Select(x > 1, Real.Log(x), Real.Sqrt(x)), 0));
            yield return Trap("nested, inner taken", 0.25, 1, x => Real.Select(x > 0, Real.Select(x > 1, Real.Log(x), Real.Sqrt(x)), 0));
            yield return Trap("nested, shared over levels", 0, 2, x =>
            {
                Real s = Real.Sqrt(x);
                Real inner = Real.Select(x > 1, s * s, s + 1);
                return Real.Select(x > 0, inner * s, 2 * x);
            });
            yield return Trap("linear region in front of a trap", 0, 1, x =>
                Real.Select(x > 0, 3 - (Real.Log(x) + x), x));
            yield return Trap("max", 0, 1, x => Real.Max(x, Real.Log(x)));
            yield return Trap("min", 0, 1, x => Real.Min(x, 1 / x));
            yield return Trap("clamp's bound", 0, 1, x => Real.Clamp(x, Real.Log(x), 5));
            yield return Trap("clamped", 9, 0, x => Real.Clamp(x * x, -1, 5));
            yield return Trap("product with a branch not taken", 0, 2, x => Real.Select(x > 0, Real.Sqrt(x), 1) * (2 * x + 1));
            yield return Trap("power", -2, 1, x => Real.Select(x > 0, Real.Pow(x, x), x));
            yield return Trap("negation", -2, 0, x => Real.Select(!(x < 0) & x < 3, Real.Sqrt(x), 4));
        }

        static TestCaseData Trap(string name, double at, double slope, Func<Real, Real> formula) =>
            new TestCaseData(formula, at, slope).SetArgDisplayNames(name);

        [TestCaseSource(nameof(Traps))]
        public void NothingLeaks(Func<Real, Real> formula, double at, double slope)
        {
            TracedFunction f = TracedFunction.Trace(1, x => new[] { formula(x[0]) });
            TracedFunction adjoint = Derivatives.Adjoint(f), tangent = Derivatives.Tangent(f), second = Derivatives.Tangent(adjoint);
            Assert.That(GraphEvaluator.Evaluate(adjoint, at, 1)[0], Is.EqualTo(slope).Within(1e-15), "adjoint");
            Assert.That(GraphEvaluator.Evaluate(tangent, at, 1)[1], Is.EqualTo(slope).Within(1e-15), "tangent");
            Assert.That(GraphEvaluator.Evaluate(second, at, 1, 1, 0)[1], Is.Not.NaN, "second order");
            TracedFunction again = Derivatives.Adjoint(adjoint);
            Assert.That(GraphEvaluator.Evaluate(again, at, 1, 1), Is.All.Not.NaN, "adjoint of the adjoint");
        }

        // The trap as an intermediate value: what lies before it gets exactly zero as well.
        [TestCaseSource(nameof(Traps))]
        public void NothingLeaksThroughWhatFeedsTheBranch(Func<Real, Real> formula, double at, double slope)
        {
            TracedFunction f = TracedFunction.Trace(2, x => new[] { formula(x[0] * x[1]) * x[1], Real.Exp(formula(x[0] * x[1])) });
            double[] gradient = GraphEvaluator.Evaluate(Derivatives.Adjoint(f), at, 1, 1, 0);
            double value = GraphEvaluator.Evaluate(f, at, 1)[0];
            Assert.That(gradient[0], Is.EqualTo(slope).Within(1e-14));
            Assert.That(gradient[1], Is.EqualTo(slope * at + value).Within(1e-14));
        }

        [TestCase(0, 0), TestCase(-1, 0), TestCase(Inf, 0), TestCase(NaN, 0)]
        public void ZeroIsExact(double x, double expected)
        {
            TracedFunction f = TracedFunction.Trace(2, p => new[] { Real.Select(p[1] > 0, Real.Log(Real.Sqrt(p[0])) / p[0], 7) });
            Assert.That(GraphEvaluator.Evaluate(Derivatives.Adjoint(f), x, -1, 1)[0], Is.EqualTo(expected));
            Assert.That(GraphEvaluator.Evaluate(Derivatives.Tangent(f), x, -1, 1, 1)[1], Is.EqualTo(expected));
        }

        [Test]
        public void CodeWithoutBranchesIsNotMasked()
        {
            TracedFunction f = TracedFunction.Trace(2, x => new[] { Real.Sqrt(x[0]) * Real.Log(x[1]) / x[0] });
            Assert.That(CountSelects(Derivatives.Adjoint(f)), Is.Zero);
        }

        [Test]
        public void ARegionUnderOneConditionIsMaskedOnceWhereItEnds()
        {
            TracedFunction f = TracedFunction.Trace(2, x =>
            {
                Real s = Real.Sqrt(x[0]), p = s * s * s + Real.Exp(s) / s;
                return new[] { Real.Select(x[1] > 0, p * p, 0) };
            });
            Assert.That(CountSelects(Derivatives.Adjoint(f)), Is.EqualTo(1));
        }

        // p is used in both branches, so it is active always and its own operands need no mask; its two uses share one.
        [Test]
        public void BothBranchesTogetherAreAlwaysActive()
        {
            TracedFunction f = TracedFunction.Trace(2, x =>
            {
                Real p = Real.Sqrt(x[0]);
                return new[] { Real.Select(x[1] > 0, p, 2 * p) };
            });
            Assert.That(CountSelects(Derivatives.Adjoint(f)), Is.EqualTo(1));
        }

        // A polynomial under a condition uses its argument at each step; all of it is masked as one sum.
        [Test]
        public void ManyUsesUnderOneConditionAreMaskedOnce()
        {
            TracedFunction f = TracedFunction.Trace(1, x => new[] { Real.Select(x[0] < 1, ((x[0] + 2) * x[0] + 3) * x[0] + 4, 0) });
            Assert.That(CountSelects(Derivatives.Adjoint(f)), Is.EqualTo(1));
        }

        // Random formulas full of branches; the truth is a tangent, which picks, against the adjoint, which masks.
        [Test]
        public void AdjointAndTangentAgreeOnRandomNestsOfBranches()
        {
            for (int seed = 0; seed < 300; seed++)
            {
                var random = new Random(seed);
                TracedFunction f = TracedFunction.Trace(3, x => RandomBranches(x, random));
                TracedFunction adjoint = Derivatives.Adjoint(f), tangent = Derivatives.Tangent(f);
                for (int trial = 0; trial < 10; trial++)
                {
                    double[] x = Formulas.Random(random, 3, -1.5, 1.5), w = { 1.0, -0.5 };
                    if (trial < 3) x[trial] = 0;
                    double[] gradient = GraphEvaluator.Evaluate(adjoint, Formulas.Concat(x, w));
                    for (int k = 0; k < 3; k++)
                    {
                        var v = new double[3];
                        v[k] = 1;
                        double[] jv = GraphEvaluator.Evaluate(tangent, Formulas.Concat(x, v));
                        double expected = w[0] * jv[2] + w[1] * jv[3];
                        Assert.That(double.IsNaN(expected) || double.IsInfinity(expected), Is.False, $"seed {seed}: the formula itself is sound");
                        Assert.That(gradient[k], Is.EqualTo(expected).Within(1e-9 * (1 + Math.Abs(expected))), $"seed {seed}, input {k}");
                    }
                }
            }
        }

        // Every root and quotient stands under a condition that guards it; values stay bounded.
        static Real[] RandomBranches(Real[] x, Random random)
        {
            var pool = new List<Real>(x);
            Real Any() => pool[random.Next(pool.Count)];
            for (int k = 0; k < 25; k++)
            {
                Real a = Any(), b = Any(), root = Real.Sqrt(a), inverse = 1 / b;
                pool.Add(random.Next(6) switch
                {
                    0 => Real.Select(a > 0.1, root * Any(), Any()),
                    1 => Real.Select(a > 0.1, Real.Select(b > 0.2, root * inverse, root - Real.Sin(root)), Any()),
                    2 => Real.Select(a > 0.1 & b > 0.3, root + Real.Log(b), 0.5) + Real.Select(a > 0.4, root, Any()),
                    3 => Real.Select(!(b > 0.2), Any(), Real.Tanh(inverse - a)),
                    4 => Real.Max(Real.Tanh(a), b) - Real.Min(a, Any()),
                    _ => Real.Tanh(a * b) - a,
                });
                pool[pool.Count - 1] = Real.Tanh(pool[pool.Count - 1]);
            }
            return new[] { pool[pool.Count - 1] + pool[pool.Count - 3], pool[pool.Count - 2] };
        }

        static int CountSelects(TracedFunction f)
        {
            int count = 0;
            for (int node = 0; node < f.Graph.Count; node++)
                if (f.Graph.OpOf(node) == Op.Select) count++;
            return count;
        }
    }
}
