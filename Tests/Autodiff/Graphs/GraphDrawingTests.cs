using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    public class GraphDrawingTests
    {
        static readonly TracedFunction Function = TracedFunction.Trace(2, x =>
        {
            Real unused = Real.Exp(x[0]);
            return new[] { Real.Select(x[0] > 0, x[0] / x[1] - 2.5, x[1]), x[1] };
        });

        [Test]
        public void DrawsEachLiveNodeAndOperandOnce()
        {
            string dot = GraphDrawing.ToDot(Function);
            bool[] live = Function.Live();
            int nodes = 0, edges = 0;
            for (int node = 0; node < live.Length; node++)
            {
                if (!live[node]) continue;
                nodes++;
                edges += Function.Graph.OpOf(node).Arity();
                Assert.That(Regex.Matches(dot, $@"^  n{node} \[", RegexOptions.Multiline).Count, Is.EqualTo(1));
            }
            Assert.That(Regex.Matches(dot, @"^  n\d+ \[", RegexOptions.Multiline).Count, Is.EqualTo(nodes));
            Assert.That(Regex.Matches(dot, "->").Count, Is.EqualTo(edges));
            Assert.That(dot, Does.Not.Contain("Exp"), "dead code");
            Assert.That(dot, Does.Contain("label=\"2.5\"").Or.Contain("label=\"-2.5\""));
            Assert.That(Regex.Matches(dot, "doublecircle").Count, Is.EqualTo(2));
            Assert.That(Regex.Matches(dot, "style=dashed").Count, Is.EqualTo(1));
        }

        [Test]
        public void NamesTheOperandsWhereTheirOrderMatters()
        {
            Graph g = Function.Graph;
            int quotient = new List<int>(Nodes(g)).Find(node => g.OpOf(node) == Op.Divide);
            string dot = GraphDrawing.ToDot(Function);
            Assert.That(dot, Does.Contain($"n{g.A(quotient)} -> n{quotient} [label=a]"));
            Assert.That(dot, Does.Contain($"n{g.B(quotient)} -> n{quotient} [label=b]"));
        }

        [Test]
        public void ShowsValuesAndAdjoints()
        {
            double[] values = GraphEvaluator.Nodes(Function, new[] { 3.0, 4 }), adjoints = new double[Function.Graph.Count];
            adjoints[Function.Outputs[0]] = 0.125;
            string[] lines = GraphDrawing.ToDot(Function, values, adjoints).Split('\n');
            string output = Array.Find(lines, line => line.StartsWith($"  n{Function.Outputs[0]} ["));
            Assert.That(output, Does.Contain(@"value -1.75\nadjoint 0.125"));
            string input = Array.Find(lines, line => line.Contains("input 1"));
            Assert.That(input, Does.Contain(@"value 4\nadjoint 0"));
        }

        [Test]
        public void TooFewNumbersAreAnError()
        {
            Assert.That(() => GraphDrawing.ToDot(Function, new double[2]), Throws.ArgumentException.With.Message.Contains("2 values"));
            Assert.That(() => GraphDrawing.ToDot(Function, null, new double[3]), Throws.ArgumentException.With.Message.Contains("3 adjoints"));
        }

        static IEnumerable<int> Nodes(Graph g)
        {
            for (int node = 0; node < g.Count; node++) yield return node;
        }
    }
}
