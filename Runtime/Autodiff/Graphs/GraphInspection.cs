using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Evaluates a function at one point in double, node by node: to look into a formula, not to run it. The numbers are those that
    /// kernels compute in double.
    /// </summary>
    public static class GraphInspection
    {
        /// <summary>The outputs of a function.</summary>
        /// <param name="function">The function.</param>
        /// <param name="inputs">One number for each input.</param>
        /// <exception cref="ArgumentException">There are not as many numbers as inputs.</exception>
        public static double[] Evaluate(TracedFunction function, params double[] inputs)
        {
            if (inputs.Length != function.InputCount)
                throw new ArgumentException($"The function has {function.InputCount} inputs; {inputs.Length} numbers were given.", nameof(inputs));
            TracedFunction lowered = Lowering.Lower(function, Precision.Double);
            Graph g = lowered.Graph;
            var values = new double[g.Count];
            for (int node = 0; node < values.Length; node++)
            {
                Op op = g.OpOf(node);
                values[node] = op == Op.Input ? inputs[g.A(node)] : op.Arity() == 0 ? g.ValueOf(node)
                    : ScalarOperations.Apply(op, values[g.A(node)], g.B(node) < 0 ? 0 : values[g.B(node)], g.C(node) < 0 ? 0 : values[g.C(node)]);
            }
            var results = new double[lowered.Outputs.Count];
            for (int k = 0; k < results.Length; k++) results[k] = values[lowered.Outputs[k]];
            return results;
        }

        /// <summary>The value of each live node, indexed by node; a condition is 0 or 1, and a dead node 0.</summary>
        /// <inheritdoc cref="Evaluate"/>
        public static double[] Values(TracedFunction function, params double[] inputs)
        {
            var target = new Graph();
            int[] copy = GraphCopy.Into(target, function);
            return ByNode(copy, node => Number(target, node), target, inputs);
        }

        /// <summary>
        /// The adjoint of each live node, indexed by node: the derivative of the sum of cotangents times outputs by the node's value. It is
        /// 0 at constants, conditions and dead nodes, and in branches that are not taken.
        /// </summary>
        /// <param name="function">The function.</param>
        /// <param name="inputs">One number for each input.</param>
        /// <param name="cotangents">One number for each output.</param>
        /// <exception cref="ArgumentException">There are not as many numbers as inputs or outputs.</exception>
        public static double[] Adjoints(TracedFunction function, double[] inputs, double[] cotangents)
        {
            if (cotangents.Length != function.Outputs.Count)
                throw new ArgumentException($"The function has {function.Outputs.Count} outputs; {cotangents.Length} cotangents were given.", nameof(cotangents));
            var target = new Graph();
            int[] nodes = GraphCopy.Into(target, function);
            var seeds = new int[cotangents.Length];
            var outputs = new int[seeds.Length];
            for (int k = 0; k < seeds.Length; k++)
            {
                outputs[k] = nodes[function.Outputs[k]];
                seeds[k] = target.Constant(cotangents[k]);
            }
            var adjoints = new int[nodes.Length];
            for (int node = 0; node < nodes.Length; node++)
            {
                bool isVariable = nodes[node] >= 0 && !target.IsConstant(nodes[node]) && !target.OpOf(nodes[node]).IsCondition();
                // Node by node, because a sweep ends at the variables it is given.
                adjoints[node] = isVariable ? ReverseSweep.Run(target, outputs, seeds, new[] { nodes[node] })[0] : -1;
            }
            return ByNode(adjoints, node => node, target, inputs);
        }

        static double[] ByNode(int[] nodes, Func<int, int> number, Graph graph, double[] inputs)
        {
            var places = new List<int>();
            var outputs = new List<int>();
            for (int node = 0; node < nodes.Length; node++)
            {
                if (nodes[node] < 0) continue;
                places.Add(node);
                outputs.Add(number(nodes[node]));
            }
            double[] results = Evaluate(new TracedFunction(graph, inputs.Length, outputs), inputs);
            var all = new double[nodes.Length];
            for (int k = 0; k < results.Length; k++) all[places[k]] = results[k];
            return all;
        }

        static int Number(Graph g, int node) =>
            g.OpOf(node).IsCondition() ? g.Apply(Op.Select, node, g.Constant(1.0), g.Constant(0.0)) : node;
    }
}
