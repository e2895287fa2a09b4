using System;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    public class GraphInspectionTests
    {
        // exp(x0 x1), in a selection that takes it where x1 > 0; the other branch has an infinite slope at 0.
        static readonly TracedFunction Function = TracedFunction.Trace(2, x =>
            new[] { Real.Select(x[1] > 0, Real.Exp(x[0] * x[1]), Real.Sqrt(x[0] - x[0])) * 2, x[0] });

        static readonly double[] Point = { 0.5, 3 }, Cotangents = { 10, 7 };

        [Test]
        public void ValuesAreThoseOfEachNode()
        {
            double[] expected = GraphEvaluator.Nodes(Function, Point);
            Assert.That(GraphInspection.Values(Function, Point), Is.EqualTo(expected).Within(2).Ulps);
            Assert.That(GraphInspection.Evaluate(Function, Point)[1], Is.EqualTo(0.5));
        }

        [Test]
        public void AdjointsAreThoseOfEachNode()
        {
            double[] adjoints = GraphInspection.Adjoints(Function, Point, Cotangents);
            double e = Math.Exp(1.5);
            Assert.That(adjoints[Find(Op.Exp)], Is.EqualTo(20));
            Assert.That(adjoints[Find(Op.Multiply, Find(Op.Exp) - 1)], Is.EqualTo(20 * e).Within(1e-12), "the exponent");
            Assert.That(adjoints[Find(Op.Sqrt)], Is.Zero, "the branch not taken");
            Assert.That(adjoints[Find(Op.Subtract)], Is.Zero, "what feeds it, though the slope there is infinite");
            Assert.That(adjoints[0], Is.EqualTo(20 * e * 3 + 7).Within(1e-12));
            Assert.That(adjoints[1], Is.EqualTo(20 * e * 0.5).Within(1e-12));
        }

        [Test]
        public void TheDrawingShowsBoth()
        {
            string dot = GraphDrawing.ToDotAt(Function, Point, Cotangents);
            Assert.That(dot, Does.Match(@"label=""Exp\\nvalue 4\.48169\\nadjoint 20"""));
            Assert.That(Regex.Matches(dot, "adjoint").Count, Is.EqualTo(Regex.Matches(dot, "value").Count));
        }

        [Test]
        public void NumbersMustMatch()
        {
            Assert.That(() => GraphInspection.Evaluate(Function, 1), Throws.ArgumentException.With.Message.Contains("2 inputs; 1"));
            Assert.That(() => GraphInspection.Adjoints(Function, Point, new double[3]), Throws.ArgumentException.With.Message.Contains("2 outputs; 3"));
        }

        static int Find(Op op, int from = 0)
        {
            for (int node = Math.Max(from, 0); node < Function.Graph.Count; node++)
                if (Function.Graph.OpOf(node) == op) return node;
            throw new InvalidOperationException($"no {op}");
        }
    }
}
