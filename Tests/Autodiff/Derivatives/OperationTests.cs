using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Every operation at random points of its domain, through the table that the rules stand in.</summary>
    public class OperationTests
    {
        static IEnumerable<Op> Numeric => Operations.Domains.Keys;

        static IEnumerable<Op> WithSeveralOperands
        {
            get
            {
                foreach (Op op in Numeric)
                    if (op.Arity() > 1) yield return op;
            }
        }

        [Test]
        public void EveryOperationOfNumbersIsTested()
        {
            foreach (Op op in Enum.GetValues(typeof(Op)))
            {
                Assert.That(DerivativeRules.Of(op)?.Op, Is.EqualTo(op), "the table holds every operation in its place");
                if (op.Arity() > 0 && !op.IsCondition() && op != Op.Select)
                    Assert.That(Operations.Domains.ContainsKey(op), Is.True, op.ToString());
            }
        }

        [TestCaseSource(nameof(Numeric))]
        public void DerivativesAgreeWithDifferences(Op op)
        {
            var random = new Random(17 + (int)op);
            TracedFunction f = Operations.Function(op);
            for (int trial = 0; trial < 25; trial++)
            {
                double[] x = Operations.Point(op, random);
                Assert.That(GraphEvaluator.Evaluate(f, x)[0], Is.EqualTo(GraphEvaluator.Apply(op, x[0], At(x, 1), At(x, 2))));
                DerivativeAssert.Agrees(f, x, random);
            }
        }

        // One number in every place: x x, x / x, hypot(x, x) and so on, and inside another formula.
        [TestCaseSource(nameof(WithSeveralOperands))]
        public void DerivativesAgreeWhereOneNumberIsEveryOperand(Op op)
        {
            var random = new Random(31 + (int)op);
            TracedFunction f = TracedFunction.Trace(1, x => new[] { Real.Sin(Operations.Apply(op, x[0], x[0], x[0])) });
            for (int trial = 0; trial < 10; trial++)
                DerivativeAssert.Agrees(f, new[] { 0.5 + random.NextDouble() }, random);
        }

        // Each subset of operands alone active: structural zeros must not disturb the rest.
        [TestCaseSource(nameof(Numeric))]
        public void DerivativesAgreeWithSomeOperandsConstant(Op op)
        {
            var random = new Random(47 + (int)op);
            for (int subset = 1; subset < (1 << op.Arity()) - 1; subset++)
            {
                double[] point = Operations.Point(op, random);
                int mask = subset;
                TracedFunction f = TracedFunction.Trace(op.Arity(), x =>
                {
                    var operands = new Real[3];
                    for (int k = 0; k < op.Arity(); k++) operands[k] = (mask & 1 << k) != 0 ? x[k] : point[k];
                    return new[] { Operations.Apply(op, operands[0], operands[1], operands[2]) };
                });
                DerivativeAssert.Agrees(f, point, random);
            }
        }

        internal static IEnumerable<TestCaseData> SpecialPoints()
        {
            foreach (DerivativeRule rule in DerivativeRules.All)
                foreach (SpecialPoint special in rule.SpecialPoints)
                    yield return new TestCaseData(rule.Op, special).SetArgDisplayNames($"{rule.Op} at ({string.Join(", ", special.Point)})");
        }

        [TestCaseSource(nameof(SpecialPoints))]
        public void SpecialPointsGiveWhatTheTableSays(Op op, SpecialPoint special)
        {
            TracedFunction f = Operations.Function(op), adjoint = Derivatives.Adjoint(f), tangent = Derivatives.Tangent(f);
            double[] x = new List<double>(special.Point).ToArray();
            Assert.That(GraphEvaluator.Evaluate(f, x)[0], Is.EqualTo(special.Value));
            Assert.That(GraphEvaluator.Evaluate(adjoint, Formulas.Concat(x, new[] { 1.0 })), Is.EqualTo(special.Gradient));
            foreach (double d in special.Gradient)
                if (double.IsNaN(d) || double.IsInfinity(d)) return; // a tangent would meet inf 0
            for (int k = 0; k < x.Length; k++)
            {
                var v = new double[x.Length];
                v[k] = 1;
                Assert.That(GraphEvaluator.Evaluate(tangent, Formulas.Concat(x, v))[1], Is.EqualTo(special.Gradient[k]));
            }
        }

        [Test]
        public void PowerByAConstantMatchesPowerByANumber([Values(-1, 0, 0.5, 1, 2, 3, 4)] double exponent, [Values(0.0, 0.7, 3)] double a)
        {
            double general = GraphEvaluator.Evaluate(Derivatives.Adjoint(Operations.Function(Op.Pow)), a, exponent, 1)[0];
            TracedFunction f = TracedFunction.Trace(1, x => new[] { Real.Pow(x[0], exponent) });
            Assert.That(GraphEvaluator.Evaluate(Derivatives.Adjoint(f), a, 1)[0], Is.EqualTo(general).Within(1e-14).Percent);
        }

        static double At(double[] x, int k) => k < x.Length ? x[k] : 0;
    }
}
