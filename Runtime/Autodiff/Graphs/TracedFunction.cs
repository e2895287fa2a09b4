using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A function of numbers, as a graph: inputs 0 to <see cref="InputCount"/> - 1, and one node for each output. Adjoint and
    /// tangent are functions of the same kind, so they can be differentiated again.
    /// </summary>
    public sealed class TracedFunction
    {
        readonly int[] outputs;

        /// <summary>A function whose outputs are nodes of a graph.</summary>
        /// <param name="graph">The graph that holds the nodes.</param>
        /// <param name="inputCount">The number of inputs; not fewer than the graph uses.</param>
        /// <param name="outputs">The nodes of the outputs, all numbers.</param>
        /// <exception cref="ArgumentException">The graph uses more inputs, or an output is not a number of the graph.</exception>
        public TracedFunction(Graph graph, int inputCount, IReadOnlyList<int> outputs)
        {
            Graph = graph ?? throw new ArgumentNullException(nameof(graph));
            if (inputCount < graph.InputCount)
                throw new ArgumentException($"The graph uses {graph.InputCount} inputs; {inputCount} were declared.", nameof(inputCount));
            InputCount = inputCount;
            this.outputs = new int[outputs.Count];
            for (int k = 0; k < this.outputs.Length; k++) this.outputs[k] = new Real(graph, outputs[k]).NodeIn(graph);
        }

        /// <summary>The graph that holds the nodes.</summary>
        public Graph Graph { get; }

        /// <summary>The number of inputs.</summary>
        public int InputCount { get; }

        /// <summary>The nodes of the outputs.</summary>
        public IReadOnlyList<int> Outputs => outputs;

        /// <summary>Traces a function of <paramref name="inputCount"/> numbers.</summary>
        public static TracedFunction Trace(int inputCount, Func<Real[], Real[]> formula)
        {
            var graph = new Graph();
            var inputs = new Real[inputCount];
            for (int k = 0; k < inputCount; k++) inputs[k] = Real.Input(graph);
            Real[] results = formula(inputs);
            return new TracedFunction(graph, inputCount, Array.ConvertAll(results, r => r.NodeIn(graph)));
        }

        /// <summary>The function of other traced numbers, written into their graph.</summary>
        /// <param name="arguments">One for each input; at least one belongs to a graph.</param>
        /// <exception cref="ArgumentException">Their number differs from the inputs', or all are constants.</exception>
        public Real[] Apply(params Real[] arguments)
        {
            if (arguments.Length != InputCount) throw new ArgumentException($"The function has {InputCount} inputs; {arguments.Length} were given.", nameof(arguments));
            Graph target = Array.Find(arguments, argument => argument.Graph != null).Graph
                ?? throw new ArgumentException("All arguments are constants, so there is no graph to write into.", nameof(arguments));
            int[] copy = GraphCopy.Into(target, this, ordinal => arguments[ordinal].NodeIn(target));
            return Array.ConvertAll(outputs, output => new Real(target, copy[output]));
        }

        /// <summary>Whether a node feeds any output; indexed by node.</summary>
        public bool[] Live()
        {
            var live = new bool[Graph.Count];
            foreach (int output in outputs) live[output] = true;
            for (int node = Graph.Count - 1; node >= 0; node--)
            {
                if (!live[node]) continue;
                for (int k = 0; k < Graph.OpOf(node).Arity(); k++) live[Graph.Operand(node, k)] = true;
            }
            return live;
        }

        /// <summary>The same function in a new graph that holds only what the outputs need, in the same order.</summary>
        public TracedFunction WithoutDeadCode() => Rewritten(new Graph(), null);

        /// <summary>The function with other operations in place of some (<see cref="GraphCopy.Into"/>), which are written into an empty graph.</summary>
        internal TracedFunction Rewritten(Graph target, Func<int, int[], int> rewrite)
        {
            int[] copy = GraphCopy.Into(target, this, null, rewrite);
            return new TracedFunction(target, InputCount, Array.ConvertAll(outputs, output => copy[output]));
        }
    }

    /// <summary>Copies the live part of a function into a graph that is being built.</summary>
    static class GraphCopy
    {
        /// <summary>Node of the target for each node of the source; -1 for dead ones.</summary>
        /// <param name="target">The graph that is being built.</param>
        /// <param name="source">What is copied.</param>
        /// <param name="input">The node for an input's ordinal; the input of the same ordinal by default.</param>
        /// <param name="rewrite">What stands for an operation, given its node and the copies so far; -1 for the same operation.</param>
        public static int[] Into(Graph target, TracedFunction source, Func<int, int> input = null, Func<int, int[], int> rewrite = null)
        {
            Graph g = source.Graph;
            bool[] live = source.Live();
            var copy = new int[g.Count];
            for (int node = 0; node < g.Count; node++)
            {
                copy[node] = !live[node] ? -1 : g.OpOf(node) switch
                {
                    Op.Constant => target.Constant(g.ValueOf(node)),
                    Op.BoolConstant => target.Constant(g.ValueOf(node) != 0),
                    Op.Input => input != null ? input(g.A(node)) : target.Input(g.A(node)),
                    var op when rewrite?.Invoke(node, copy) is int rewritten && rewritten >= 0 => rewritten,
                    var op => target.Apply(op, copy[g.A(node)], At(copy, g.B(node)), At(copy, g.C(node))),
                };
            }
            return copy;
        }

        static int At(int[] copy, int operand) => operand < 0 ? -1 : copy[operand];
    }
}
