using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Derivatives after lowering, as kernels run them: rules and lowerings must agree at special points too.</summary>
    public class LoweredDerivativeTests
    {
        static IEnumerable<Op> Numeric => Operations.Domains.Keys;

        [TestCaseSource(nameof(Numeric))]
        public void LoweringKeepsAdjointTangentAndSecondOrder(Op op)
        {
            TracedFunction adjoint = Derivatives.Adjoint(Operations.Function(op));
            var random = new Random(71 + (int)op);
            foreach (TracedFunction f in new[] { adjoint, Derivatives.Tangent(Operations.Function(op)), Derivatives.Tangent(adjoint) })
            {
                TracedFunction lowered = Lowering.Lower(f, Precision.Double);
                for (int trial = 0; trial < 10; trial++)
                {
                    double[] x = Operations.Point(op, random);
                    double[] inputs = Formulas.Concat(x, Formulas.Random(random, f.InputCount - x.Length, -1, 1));
                    DerivativeAssert.Close(GraphEvaluator.Evaluate(lowered, inputs), GraphEvaluator.Evaluate(f, inputs), 1e-13, op.ToString());
                }
            }
        }

        static IEnumerable<TestCaseData> SpecialPoints => OperationTests.SpecialPoints();

        [TestCaseSource(nameof(SpecialPoints))]
        public void SpecialPointsGiveWhatTheTableSays(Op op, SpecialPoint special)
        {
            TracedFunction f = Operations.Function(op);
            double[] x = new List<double>(special.Point).ToArray(), seeded = Formulas.Concat(x, new[] { 1.0 });
            Assert.That(Evaluate(f, x)[0], Is.EqualTo(special.Value).Within(2).Ulps);
            double[] gradient = Evaluate(Derivatives.Adjoint(f), seeded);
            for (int k = 0; k < x.Length; k++) Assert.That(gradient[k], Is.EqualTo(special.Gradient[k]).Within(4).Ulps);
        }

        static double[] Evaluate(TracedFunction f, double[] x) => GraphEvaluator.Evaluate(Lowering.Lower(f, Precision.Double), x);
    }
}
