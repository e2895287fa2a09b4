using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Samples.ComputationalGraph
{
    /// <summary>
    /// Reverse mode by hand, on the graph of a function of one output that adds, subtracts and multiplies: values forward, then
    /// adjoints backward. The library compiles the same two passes; here they are loops to be read.
    /// </summary>
    public sealed class GraphEvaluation
    {
        private readonly Graph graph;
        private readonly string[] names;
        private readonly int[] levels;

        /// <summary>Runs both passes.</summary>
        /// <param name="function">The function.</param>
        /// <param name="inputNames">A name for each input.</param>
        /// <param name="inputs">A value for each input.</param>
        public GraphEvaluation(TracedFunction function, string[] inputNames, double[] inputs)
        {
            graph = function.Graph;
            Output = function.Outputs[0];
            Values = new double[graph.Count];
            Adjoints = new double[graph.Count];
            levels = new int[graph.Count];
            names = new string[graph.Count];
            bool[] live = function.Live();
            var nodes = new List<int>();
            int letter = 0;
            for (int node = 0; node < graph.Count; node++)
            {
                if (!live[node])
                    continue;
                nodes.Add(node);
                names[node] = graph.OpOf(node) == Op.Input ? inputNames[graph.A(node)]
                    : IsConstant(node) ? Lesson.Text(graph.ValueOf(node))
                    : node == Output ? "f" : ((char)('a' + letter++)).ToString();
            }
            Nodes = nodes;
            Forward(inputs);
            Backward();
            Gradient = new double[inputs.Length];
            foreach (int node in Nodes)
            {
                if (graph.OpOf(node) == Op.Input)
                    Gradient[graph.A(node)] = Adjoints[node];
            }
        }

        /// <summary>The nodes that the output needs, operands first.</summary>
        public IReadOnlyList<int> Nodes { get; }

        /// <summary>The node of the result.</summary>
        public int Output { get; }

        /// <summary>The value of each node.</summary>
        public double[] Values { get; }

        /// <summary>df / d(node) of each node.</summary>
        public double[] Adjoints { get; }

        /// <summary>The result.</summary>
        public double Value => Values[Output];

        /// <summary>df / d(input) of each input.</summary>
        public double[] Gradient { get; }

        /// <summary>The longest path from an input to the result, in operations.</summary>
        public int Depth => levels[Output];

        private void Forward(double[] inputs)
        {
            foreach (int node in Nodes)
            {
                double a = IsOperation(node) ? Values[graph.A(node)] : 0;
                double b = Arity(node) > 1 ? Values[graph.B(node)] : 0;
                switch (graph.OpOf(node))
                {
                    case Op.Input: Values[node] = inputs[graph.A(node)]; break;
                    case Op.Constant: Values[node] = graph.ValueOf(node); break;
                    case Op.Add: Values[node] = a + b; break;
                    case Op.Subtract: Values[node] = a - b; break;
                    case Op.Multiply: Values[node] = a * b; break;
                    case Op.Negate: Values[node] = -a; break;
                    default: throw new NotSupportedException($"The lesson knows no {graph.OpOf(node)}.");
                }
                for (int k = 0; k < Arity(node); k++)
                    levels[node] = Math.Max(levels[node], levels[graph.Operand(node, k)] + 1);
            }
        }

        /// <summary>The chain rule: what a value is worth to f is the sum, over its uses, of the user's worth times the local slope.</summary>
        private void Backward()
        {
            Adjoints[Output] = 1;
            for (int k = Nodes.Count - 1; k >= 0; k--)
            {
                int node = Nodes[k];
                for (int operand = 0; operand < Arity(node); operand++)
                    Adjoints[graph.Operand(node, operand)] += Adjoints[node] * Slope(node, operand);
            }
        }

        /// <summary>The partial derivative of a node by one of its operands.</summary>
        public double Slope(int node, int operand)
        {
            switch (graph.OpOf(node))
            {
                case Op.Multiply: return Values[graph.Operand(node, 1 - operand)];
                case Op.Negate: return -1;
                case Op.Subtract: return operand == 0 ? 1 : -1;
                default: return 1;
            }
        }

        /// <summary>How many operands a node has.</summary>
        public int Arity(int node) => graph.OpOf(node).Arity();

        /// <summary>An operand of a node.</summary>
        public int Operand(int node, int position) => graph.Operand(node, position);

        /// <summary>False for inputs and constants.</summary>
        public bool IsOperation(int node) => Arity(node) > 0;

        /// <summary>True for constants.</summary>
        public bool IsConstant(int node) => graph.IsConstant(node);

        /// <summary>How many operations lie at most between the inputs and the node.</summary>
        public int Level(int node) => levels[node];

        /// <summary>x, y, a number, a letter for a value in between, or f.</summary>
        public string Name(int node) => names[node];

        /// <summary>The operation by its operands' names.</summary>
        public string Formula(int node)
        {
            if (!IsOperation(node))
                return Name(node);
            string a = names[graph.A(node)];
            if (Arity(node) == 1)
                return "-" + a;
            string sign = graph.OpOf(node) == Op.Add ? "+" : graph.OpOf(node) == Op.Subtract ? "-" : "*";
            return $"{a} {sign} {names[graph.B(node)]}";
        }

        /// <summary>The operations of one level: none needs another of them.</summary>
        public List<string> AtLevel(int level)
        {
            var together = new List<string>();
            foreach (int node in Nodes)
            {
                if (IsOperation(node) && levels[node] == level)
                    together.Add($"{Name(node)} = {Formula(node)}");
            }
            return together;
        }
    }
}
