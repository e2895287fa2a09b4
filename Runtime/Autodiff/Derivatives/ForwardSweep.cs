using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Forward mode on a graph: appends the nodes that carry tangents of sources to outputs, ydot = sum of dy/dx xdot. Branches pick
    /// tangents as they pick values, so nothing of a branch that is not taken gets through.
    /// </summary>
    static class ForwardSweep
    {
        /// <summary>The tangents of the outputs; -1 where the output depends on no source.</summary>
        /// <param name="graph">The graph, which grows.</param>
        /// <param name="outputs">Nodes of the outputs.</param>
        /// <param name="sources">Nodes to differentiate by; what made them does not matter.</param>
        /// <param name="seeds">Nodes of the sources' tangents.</param>
        public static int[] Run(Graph graph, IReadOnlyList<int> outputs, IReadOnlyList<int> sources, IReadOnlyList<int> seeds)
        {
            int count = 0;
            foreach (int output in outputs) count = Math.Max(count, output + 1);
            var isSource = new bool[count];
            var tangent = new int[count];
            Array.Fill(tangent, -1);
            for (int k = 0; k < sources.Count; k++)
            {
                if (sources[k] >= count) continue;
                isSource[sources[k]] = true;
                tangent[sources[k]] = seeds[k];
            }
            bool[] used = Dependence.OfOutputs(graph, Dependence.OnSources(graph, count, sources), isSource, outputs);
            var reciprocals = new SharedReciprocals(graph, used);
            for (int node = 0; node < count; node++)
                if (used[node] && !isSource[node]) tangent[node] = Tangent(graph, node, tangent, reciprocals);

            var result = new int[outputs.Count];
            for (int k = 0; k < result.Length; k++) result[k] = used[outputs[k]] ? tangent[outputs[k]] : -1;
            return result;
        }

        static int Tangent(Graph graph, int node, int[] tangent, SharedReciprocals reciprocals)
        {
            DerivativeRule rule = DerivativeRules.Of(graph.OpOf(node));
            var site = new RuleSite(graph, node, reciprocals);
            var t = new Real?[3];
            bool any = false;
            for (int k = 0; k < rule.Partials.Count; k++)
            {
                if (!rule.DependsOn(k) || tangent[graph.Operand(node, k)] < 0) continue;
                t[k] = new Real(graph, tangent[graph.Operand(node, k)]);
                any = true;
            }
            if (!any) return -1;
            if (rule.Tangent != null) return rule.Tangent(site, t[0], t[1], t[2]).NodeIn(graph);

            int sum = -1;
            for (int k = 0; k < rule.Partials.Count; k++)
            {
                if (t[k] == null || !site.TryTimesPartial(k, t[k].Value, out Real term)) continue;
                int next = term.NodeIn(graph);
                sum = sum < 0 ? next : graph.Apply(Op.Add, sum, next);
            }
            return sum;
        }
    }
}
