using System.Collections.Generic;
using System.Globalization;
using System.Text;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Samples.ComputationalGraph
{
    /// <summary>
    /// f = (x + y)^2 + 2xy, differentiated at a point in three ways: by tensors, by the graph that arithmetic on
    /// <see cref="Real"/> leaves behind, and by the graph that the library derives from that one.
    /// </summary>
    public sealed class Lesson
    {
        /// <summary>The whole lesson at a point.</summary>
        public Lesson(double x = 2, double y = -4)
        {
            X = x;
            Y = y;
            Function = TracedFunction.Trace(2, input => new[] { InOneLine(input[0], input[1]) });
            Graph = new GraphEvaluation(Function, new[] { "x", "y" }, new[] { x, y });
        }

        /// <summary>Where the function is differentiated.</summary>
        public double X { get; }

        /// <summary>Where the function is differentiated.</summary>
        public double Y { get; }

        /// <summary>The function as a graph.</summary>
        public TracedFunction Function { get; }

        /// <summary>The graph with its values and adjoints.</summary>
        public GraphEvaluation Graph { get; }

        /// <summary>The function as one would write it on paper.</summary>
        public static Real InOneLine(Real x, Real y) => (x + y) * (x + y) + 2 * x * y;

        /// <summary>The same with a variable for every step; it leaves the same graph behind.</summary>
        public static Real StepByStep(Real x, Real y)
        {
            Real sum = x + y;
            Real square = sum * sum;
            Real twice = 2 * x;
            Real product = twice * y;
            return square + product;
        }

        /// <summary>The same on tensors, which run eagerly and keep a tape. Returns f, df/dx and df/dy.</summary>
        public static double[] OnTensors(double x, double y)
        {
            var tape = new TensorTape();
            Tensor a = tape.Scalar(x, requiresGrad: true);
            Tensor b = tape.Scalar(y, requiresGrad: true);
            Tensor f = (a + b) * (a + b) + 2.0 * a * b;
            f.Backward();
            return new[] { f.Item(), a.Grad.Item(), b.Grad.Item() };
        }

        /// <summary>Operations that the formula names when each use of a shared part is counted anew.</summary>
        public static int WrittenOperations(TracedFunction function)
        {
            int count = 0;
            foreach (int output in function.Outputs)
                count += Written(function.Graph, output);
            return count;
        }

        /// <summary>Operations that are carried out.</summary>
        public static int StoredOperations(TracedFunction function)
        {
            bool[] live = function.Live();
            int count = 0;
            for (int node = 0; node < function.Graph.Count; node++)
                count += live[node] && function.Graph.OpOf(node).Arity() > 0 ? 1 : 0;
            return count;
        }

        private static int Written(Graph graph, int node)
        {
            int arity = graph.OpOf(node).Arity();
            int count = arity > 0 ? 1 : 0;
            for (int k = 0; k < arity; k++)
                count += Written(graph, graph.Operand(node, k));
            return count;
        }

        /// <summary>What the lesson prints.</summary>
        public string Report()
        {
            var text = new StringBuilder();
            text.AppendLine($"f = (x + y)^2 + 2xy at x = {Text(X)}, y = {Text(Y)}");
            text.AppendLine($"f = {Text(Graph.Value)}, df/dx = {Text(Graph.Gradient[0])}, df/dy = {Text(Graph.Gradient[1])}");
            double[] tensors = OnTensors(X, Y);
            text.AppendLine($"tensors agree: f = {Text(tensors[0])}, df/dx = {Text(tensors[1])}, df/dy = {Text(tensors[2])}");
            text.AppendLine();
            text.AppendLine("Forward, each operation once:");
            foreach (int node in Graph.Nodes)
            {
                if (Graph.IsOperation(node))
                    text.AppendLine($"  {Graph.Name(node)} = {Graph.Formula(node)} = {Text(Graph.Values[node])}");
            }
            text.AppendLine("Backward, in reverse, what each value is worth to f (its adjoint):");
            for (int k = Graph.Nodes.Count - 1; k >= 0; k--)
            {
                int node = Graph.Nodes[k];
                if (!Graph.IsConstant(node))
                    text.AppendLine($"  adjoint of {Graph.Name(node)} = {Text(Graph.Adjoints[node])}");
            }
            text.AppendLine();
            TracedFunction adjoint = Derivatives.Adjoint(Function);
            text.AppendLine($"Shared work: f names {WrittenOperations(Function)} operations and carries out {StoredOperations(Function)}; "
                + $"its adjoint names {WrittenOperations(adjoint)} and carries out {StoredOperations(adjoint)}.");
            text.AppendLine("Independent of one another, so free to run side by side:");
            for (int level = 1; level <= Graph.Depth; level++)
            {
                List<string> together = Graph.AtLevel(level);
                text.AppendLine($"  step {level}: {string.Join(" | ", together)}");
            }
            return text.ToString();
        }

        /// <summary>The line over the picture.</summary>
        public static string Caption(Lesson lesson) => $"f = (x + y)\u00b2 + 2xy at x = {Text(lesson.X)}, y = {Text(lesson.Y)}".Replace("-", "\u2212");

        internal static string Text(double x) => (x == 0 ? 0 : x).ToString("G6", CultureInfo.InvariantCulture);
    }
}
