using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Every operation at random points of its domain, through the table that the rules stand in.</summary>
    public class OperationTests
    {
        // Ranges of a, b and c; differences must not step over a kink or out of the domain.
        static readonly Dictionary<Op, double[]> Domains = new Dictionary<Op, double[]>
        {
            [Op.Add] = new double[] { -3, 3, -3, 3 }, [Op.Subtract] = new double[] { -3, 3, -3, 3 },
            [Op.Multiply] = new double[] { -3, 3, -3, 3 }, [Op.Divide] = new[] { -3, 3, 0.5, 4 },
            [Op.Negate] = new double[] { -3, 3 }, [Op.FusedMultiplyAdd] = new double[] { -3, 3, -3, 3, -3, 3 },
            [Op.Sqrt] = new[] { 0.5, 9 }, [Op.Abs] = new[] { -4, -0.1 }, [Op.Floor] = new[] { 2.1, 2.9 },
            [Op.Pow2] = new[] { 3.1, 3.9 }, [Op.Exponent] = new[] { 4.1, 7.9 },
            [Op.Min] = new[] { -3, 1, 1.1, 4 }, [Op.Max] = new[] { -3, 1, 1.1, 4 }, [Op.Clamp] = new[] { -2, -1, -0.9, 1, 1.1, 4 },
            [Op.Sign] = new[] { 0.1, 4 }, [Op.Reciprocal] = new[] { 0.5, 4 }, [Op.ReciprocalSqrt] = new[] { 0.5, 9 },
            [Op.Exp] = new double[] { -4, 4 }, [Op.Expm1] = new double[] { -4, 4 }, [Op.Log] = new[] { 0.3, 9 }, [Op.Log1p] = new[] { -0.6, 5 },
            [Op.Pow] = new[] { 0.4, 4, -3, 3 },
            [Op.Sin] = new double[] { -7, 7 }, [Op.Cos] = new double[] { -7, 7 }, [Op.Tan] = new double[] { -1, 1 },
            [Op.Asin] = new[] { -0.8, 0.8 }, [Op.Acos] = new[] { -0.8, 0.8 }, [Op.Atan] = new double[] { -5, 5 },
            [Op.Atan2] = new[] { -3, 3, 0.3, 3 },
            [Op.Sinh] = new double[] { -3, 3 }, [Op.Cosh] = new double[] { -3, 3 }, [Op.Tanh] = new double[] { -3, 3 },
            [Op.Sigmoid] = new double[] { -6, 6 }, [Op.Softplus] = new double[] { -6, 6 },
            [Op.Hypot] = new[] { 0.3, 3, -3, 3 }, [Op.Hypot3] = new[] { 0.3, 3, -3, 3, -3, 3 }, [Op.Length3] = new[] { 0.3, 3, -3, 3, -3, 3 },
        };

        static IEnumerable<Op> Numeric => Domains.Keys;

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
                    Assert.That(Domains.ContainsKey(op), Is.True, op.ToString());
            }
        }

        [TestCaseSource(nameof(Numeric))]
        public void DerivativesAgreeWithDifferences(Op op)
        {
            var random = new Random(17 + (int)op);
            TracedFunction f = Function(op);
            for (int trial = 0; trial < 25; trial++)
            {
                double[] x = Point(op, random);
                Assert.That(GraphEvaluator.Evaluate(f, x)[0], Is.EqualTo(GraphEvaluator.Apply(op, x[0], At(x, 1), At(x, 2))));
                DerivativeAssert.Agrees(f, x, random);
            }
        }

        // One number in every place: x x, x / x, hypot(x, x) and so on, and inside another formula.
        [TestCaseSource(nameof(WithSeveralOperands))]
        public void DerivativesAgreeWhereOneNumberIsEveryOperand(Op op)
        {
            var random = new Random(31 + (int)op);
            TracedFunction f = TracedFunction.Trace(1, x => new[] { Real.Sin(Apply(op, x[0], x[0], x[0])) });
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
                double[] point = Point(op, random);
                int mask = subset;
                TracedFunction f = TracedFunction.Trace(op.Arity(), x =>
                {
                    var operands = new Real[3];
                    for (int k = 0; k < op.Arity(); k++) operands[k] = (mask & 1 << k) != 0 ? x[k] : point[k];
                    return new[] { Apply(op, operands[0], operands[1], operands[2]) };
                });
                DerivativeAssert.Agrees(f, point, random);
            }
        }

        static IEnumerable<TestCaseData> SpecialPoints()
        {
            foreach (DerivativeRule rule in DerivativeRules.All)
                foreach (SpecialPoint special in rule.SpecialPoints)
                    yield return new TestCaseData(rule.Op, special).SetArgDisplayNames($"{rule.Op} at ({string.Join(", ", special.Point)})");
        }

        [TestCaseSource(nameof(SpecialPoints))]
        public void SpecialPointsGiveWhatTheTableSays(Op op, SpecialPoint special)
        {
            TracedFunction f = Function(op), adjoint = Derivatives.Adjoint(f), tangent = Derivatives.Tangent(f);
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
            double general = GraphEvaluator.Evaluate(Derivatives.Adjoint(Function(Op.Pow)), a, exponent, 1)[0];
            TracedFunction f = TracedFunction.Trace(1, x => new[] { Real.Pow(x[0], exponent) });
            Assert.That(GraphEvaluator.Evaluate(Derivatives.Adjoint(f), a, 1)[0], Is.EqualTo(general).Within(1e-14).Percent);
        }

        static TracedFunction Function(Op op) => TracedFunction.Trace(op.Arity(), x =>
            new[] { Apply(op, x[0], x.Length > 1 ? x[1] : 0, x.Length > 2 ? x[2] : 0) });

        static Real Apply(Op op, Real a, Real b, Real c) =>
            op.Arity() == 1 ? Real.Apply(op, a) : op.Arity() == 2 ? Real.Apply(op, a, b) : Real.Apply(op, a, b, c);

        static double[] Point(Op op, Random random)
        {
            double[] ranges = Domains[op];
            var x = new double[op.Arity()];
            for (int k = 0; k < x.Length; k++) x[k] = ranges[2 * k] + (ranges[2 * k + 1] - ranges[2 * k]) * random.NextDouble();
            return x;
        }

        static double At(double[] x, int k) => k < x.Length ? x[k] : 0;
    }
}
