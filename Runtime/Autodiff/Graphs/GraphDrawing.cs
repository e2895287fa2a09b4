using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace DiffPhysics.Autodiff
{
    /// <summary>Draws a function's graph as DOT text, which Graphviz and many viewers turn into a picture.</summary>
    public static class GraphDrawing
    {
        /// <summary>
        /// The live nodes of a function, each with its operation and, if given, its value and its adjoint. Inputs are boxes, conditions
        /// diamonds, outputs double circles; edges run from operand to user, dashed where they carry a condition.
        /// </summary>
        /// <param name="function">The function to draw.</param>
        /// <param name="values">The value of each node, indexed by node; may be null.</param>
        /// <param name="adjoints">The adjoint of each node, indexed by node; may be null.</param>
        /// <exception cref="ArgumentException">There are fewer numbers than nodes.</exception>
        public static string ToDot(TracedFunction function, IReadOnlyList<double> values = null, IReadOnlyList<double> adjoints = null)
        {
            Graph g = function.Graph;
            CheckCount(values, g.Count, nameof(values));
            CheckCount(adjoints, g.Count, nameof(adjoints));
            bool[] live = function.Live();
            var text = new StringBuilder("digraph {\n  rankdir=LR\n");
            for (int node = 0; node < g.Count; node++)
            {
                if (!live[node]) continue;
                text.Append("  n").Append(node).Append(" [shape=").Append(ShapeOf(function, node)).Append(", label=\"").Append(Label(g, node));
                if (values != null) text.Append("\\nvalue ").Append(Format(values[node]));
                if (adjoints != null) text.Append("\\nadjoint ").Append(Format(adjoints[node]));
                text.Append("\"]\n");
                for (int k = 0; k < g.OpOf(node).Arity(); k++) AppendEdge(text, g, node, k);
            }
            return text.Append("}\n").ToString();
        }

        /// <summary>The drawing with values and adjoints at a point.</summary>
        /// <param name="function">The function to draw.</param>
        /// <param name="inputs">One number for each input.</param>
        /// <param name="cotangents">One number for each output: the weights of the outputs in what is differentiated.</param>
        /// <exception cref="ArgumentException">There are not as many numbers as inputs or outputs.</exception>
        public static string ToDotAt(TracedFunction function, double[] inputs, double[] cotangents) => ToDot(
            function, GraphInspection.Values(function, inputs), GraphInspection.Adjoints(function, inputs, cotangents));

        // Operands are named where their order matters.
        static void AppendEdge(StringBuilder text, Graph g, int node, int k)
        {
            int operand = g.Operand(node, k);
            var attributes = new List<string>();
            if (g.OpOf(node).Arity() > 1 && !g.OpOf(node).IsCommutative()) attributes.Add($"label={"abc"[k]}");
            if (g.OpOf(operand).IsCondition()) attributes.Add("style=dashed");
            text.Append("  n").Append(operand).Append(" -> n").Append(node);
            if (attributes.Count > 0) text.Append(" [").Append(string.Join(", ", attributes)).Append(']');
            text.Append('\n');
        }

        static string Label(Graph g, int node) => g.OpOf(node) switch
        {
            Op.Constant => Format(g.ValueOf(node)),
            Op.BoolConstant => g.ValueOf(node) != 0 ? "true" : "false",
            Op.Input => $"input {g.A(node)}",
            var op => op.ToString(),
        };

        static string ShapeOf(TracedFunction function, int node)
        {
            foreach (int output in function.Outputs)
                if (output == node) return "doublecircle";
            Op op = function.Graph.OpOf(node);
            return op == Op.Input ? "box" : op.IsCondition() ? "diamond" : op == Op.Constant ? "plaintext" : "ellipse";
        }

        static string Format(double x) => x.ToString("G6", CultureInfo.InvariantCulture);

        static void CheckCount(IReadOnlyList<double> numbers, int count, string name)
        {
            if (numbers != null && numbers.Count < count)
                throw new ArgumentException($"The graph has {count} nodes; {numbers.Count} {name} were given.", name);
        }
    }
}
