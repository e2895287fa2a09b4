using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Reverse mode on a graph: appends the nodes that carry cotangents of outputs back to sources,
    /// xbar = sum over the users y of x of ybar dy/dx, visiting nodes in descending order.
    /// </summary>
    sealed class ReverseSweep
    {
        readonly Graph graph;
        readonly bool[] isSource, used;
        readonly int[] cotangent; // by node; -1 while there is none
        readonly bool[] clean;    // the cotangent is 0, not garbage, where the node is inactive
        readonly Activity activity;
        readonly SharedReciprocals reciprocals;

        ReverseSweep(Graph graph, IReadOnlyList<int> outputs, IReadOnlyList<int> sources)
        {
            this.graph = graph;
            int count = 0;
            foreach (int output in outputs) count = Math.Max(count, output + 1);
            isSource = new bool[count];
            foreach (int source in sources)
                if (source < count) isSource[source] = true;
            bool[] varied = Dependence.OnSources(graph, count, sources);
            used = Dependence.OfOutputs(graph, varied, isSource, outputs);
            cotangent = new int[count];
            clean = new bool[count];
            Array.Fill(cotangent, -1);
            Array.Fill(clean, true);
            reciprocals = new SharedReciprocals(graph, used);
            activity = new Activity(graph, count);
        }

        /// <summary>The cotangents of the sources; -1 where no output depends on the source.</summary>
        /// <param name="graph">The graph, which grows.</param>
        /// <param name="outputs">Nodes of the outputs; a node may occur twice.</param>
        /// <param name="seeds">Nodes of the outputs' cotangents; -1 for an output that has none.</param>
        /// <param name="sources">Nodes to differentiate by; the sweep ends at them.</param>
        public static int[] Run(Graph graph, IReadOnlyList<int> outputs, IReadOnlyList<int> seeds, IReadOnlyList<int> sources)
        {
            var seeded = new List<int>();
            for (int k = 0; k < outputs.Count; k++)
                if (seeds[k] >= 0) seeded.Add(outputs[k]);
            var sweep = new ReverseSweep(graph, seeded, sources);
            sweep.FindActivity(seeded);
            for (int k = 0; k < outputs.Count; k++)
                if (seeds[k] >= 0 && sweep.used[outputs[k]]) sweep.Add(outputs[k], seeds[k], true);
            for (int node = sweep.used.Length - 1; node >= 0; node--)
                if (sweep.cotangent[node] >= 0 && !sweep.isSource[node]) sweep.Visit(node);

            var result = new int[sources.Count];
            for (int k = 0; k < result.Length; k++) result[k] = sources[k] < sweep.used.Length ? sweep.cotangent[sources[k]] : -1;
            return result;
        }

        // What leaves the sweep, a source's cotangent, must be right everywhere, so sources count as active.
        void FindActivity(List<int> outputs)
        {
            foreach (int output in outputs) activity.SetAlways(output);
            for (int node = 0; node < used.Length; node++)
                if (isSource[node]) activity.SetAlways(node);
            for (int node = used.Length - 1; node >= 0; node--)
            {
                if (!used[node] || isSource[node]) continue;
                var site = new RuleSite(graph, node, reciprocals);
                for (int k = 0; k < graph.OpOf(node).Arity(); k++)
                    if (IsUsed(node, k)) activity.AddUse(graph.Operand(node, k), Flow(node, site.When(k)));
            }
        }

        void Visit(int node)
        {
            var site = new RuleSite(graph, node, reciprocals);
            var ybar = new Real(graph, cotangent[node]);
            for (int k = 0; k < graph.OpOf(node).Arity(); k++)
            {
                if (!IsUsed(node, k) || !site.TryTimesPartial(k, ybar, out Real contribution)) continue;
                Pass(node, graph.Operand(node, k), contribution.NodeIn(graph), site.When(k));
            }
        }

        void Pass(int node, int operand, int contribution, Bool when)
        {
            int flow = Flow(node, when), target = activity.Of(operand);
            bool isZero = activity.Of(node) == activity.Always || clean[node] && KeepsZero(cotangent[node], contribution);
            if (when.IsConstant(out _))
            {
                bool mask = flow != target && !isZero;
                Add(operand, mask ? Masked(flow, contribution) : contribution, mask || isZero);
            }
            else if (flow == target && !IsLinear(operand))
            {
                Add(operand, contribution, false); // masked where it leaves the region
            }
            else
            {
                Add(operand, Masked(isZero ? when.NodeIn(graph) : flow, contribution), true);
            }
        }

        void Add(int node, int contribution, bool isZeroWhenInactive)
        {
            cotangent[node] = cotangent[node] < 0 ? contribution : graph.Apply(Op.Add, cotangent[node], contribution);
            clean[node] &= isZeroWhenInactive;
        }

        bool IsUsed(int node, int k) => DerivativeRules.Of(graph.OpOf(node)).DependsOn(k) && used[graph.Operand(node, k)];

        int Flow(int node, Bool when) =>
            when.IsConstant(out _) ? activity.Of(node) : activity.And(activity.Of(node), when.NodeIn(graph));

        int Masked(int condition, int contribution) => graph.Apply(Op.Select, condition, contribution, graph.Constant(0.0));

        // A region that begins with such a node is masked at its entry: exact zeros pass through it unharmed.
        bool IsLinear(int node) => graph.OpOf(node) switch
        {
            Op.Add => true,
            Op.Subtract => true,
            Op.Negate => true,
            Op.Select => true,
            Op.Multiply => graph.IsConstant(graph.A(node)) || graph.IsConstant(graph.B(node)),
            _ => false,
        };

        // Whether the contribution made from a cotangent is zero where the cotangent is, whatever the operands are.
        bool KeepsZero(int from, int contribution)
        {
            if (contribution == from) return true;
            if (graph.OpOf(contribution) == Op.Negate) return graph.A(contribution) == from;
            if (graph.OpOf(contribution) != Op.Multiply) return false;
            int a = graph.A(contribution), b = graph.B(contribution);
            return a == from && IsFinite(b) || b == from && IsFinite(a);
        }

        bool IsFinite(int node) =>
            graph.OpOf(node) == Op.Constant && !double.IsNaN(graph.ValueOf(node)) && !double.IsInfinity(graph.ValueOf(node));
    }
}
