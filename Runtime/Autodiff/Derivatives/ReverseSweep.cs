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
        readonly List<Masked>[] masked; // what is to be added where its condition holds; masked as a sum, once
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
            masked = new List<Masked>[count];
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
            {
                sweep.AddMasked(node);
                if (sweep.cotangent[node] >= 0 && !sweep.isSource[node]) sweep.Visit(node);
            }

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
                if (flow == target || isZero) Add(operand, contribution, isZero);
                else AddWhere(flow, operand, contribution);
            }
            else if (flow == target)
            {
                Add(operand, contribution, false); // masked where it leaves the region
            }
            else
            {
                AddWhere(isZero ? when.NodeIn(graph) : flow, operand, contribution);
            }
        }

        void Add(int node, int contribution, bool isZeroWhenInactive)
        {
            cotangent[node] = Sum(cotangent[node], contribution);
            clean[node] &= isZeroWhenInactive;
        }

        void AddWhere(int condition, int node, int contribution)
        {
            List<Masked> list = masked[node] ??= new List<Masked>(2);
            int at = list.FindIndex(m => m.Condition == condition);
            if (at >= 0) list[at] = new Masked(condition, Sum(list[at].Contribution, contribution));
            else list.Add(new Masked(condition, contribution));
        }

        // The contributions of two opposite branches need one selection together.
        void AddMasked(int node)
        {
            List<Masked> list = masked[node];
            if (list == null) return;
            int zero = graph.Constant(0.0);
            for (int k = 0; k < list.Count; k++)
            {
                int opposite = list.FindIndex(k + 1, m => IsOpposite(m.Condition, list[k].Condition));
                int otherwise = opposite < 0 ? zero : list[opposite].Contribution;
                Add(node, Select(list[k].Condition, list[k].Contribution, otherwise), true);
                if (opposite >= 0) list.RemoveAt(opposite);
            }
        }

        // Of -z or nothing, and of -z or -u, the sign moves outwards, where sums absorb it.
        int Select(int condition, int contribution, int otherwise)
        {
            bool isNegative = graph.OpOf(contribution) == Op.Negate, both = graph.OpOf(otherwise) == Op.Negate;
            if (!isNegative || !both && !graph.IsConstant(otherwise, 0.0)) return graph.Apply(Op.Select, condition, contribution, otherwise);
            int plain = both ? graph.A(otherwise) : otherwise;
            return graph.Apply(Op.Negate, graph.Apply(Op.Select, condition, graph.A(contribution), plain));
        }

        bool IsOpposite(int p, int q) =>
            graph.OpOf(p) == Op.Not && graph.A(p) == q || graph.OpOf(q) == Op.Not && graph.A(q) == p;

        int Sum(int sum, int term) => sum < 0 ? term : graph.Apply(Op.Add, sum, term);

        bool IsUsed(int node, int k) => DerivativeRules.Of(graph.OpOf(node)).DependsOn(k) && used[graph.Operand(node, k)];

        int Flow(int node, Bool when) =>
            when.IsConstant(out _) ? activity.Of(node) : activity.And(activity.Of(node), when.NodeIn(graph));

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

        readonly struct Masked
        {
            public readonly int Condition, Contribution;

            public Masked(int condition, int contribution)
            {
                Condition = condition;
                Contribution = contribution;
            }
        }
    }
}
