using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>Which nodes lie on a differentiable path from given sources to given outputs.</summary>
    static class Dependence
    {
        /// <summary>Whether a node depends on a source in first order; a source is a leaf, whatever made it. Indexed by node.</summary>
        public static bool[] OnSources(Graph g, int count, IEnumerable<int> sources)
        {
            var varied = new bool[count];
            foreach (int source in sources)
                if (source < count) varied[source] = true;
            for (int node = 0; node < count; node++)
            {
                DerivativeRule rule = DerivativeRules.Of(g.OpOf(node));
                for (int k = 0; k < rule.Partials.Count && !varied[node]; k++) varied[node] = rule.DependsOn(k) && varied[g.Operand(node, k)];
            }
            return varied;
        }

        /// <summary>Of the nodes that vary, those that an output depends on.</summary>
        public static bool[] OfOutputs(Graph g, bool[] varied, bool[] isSource, IEnumerable<int> outputs)
        {
            var used = new bool[varied.Length];
            foreach (int output in outputs) used[output] = varied[output];
            for (int node = used.Length - 1; node >= 0; node--)
            {
                if (!used[node] || isSource[node]) continue;
                DerivativeRule rule = DerivativeRules.Of(g.OpOf(node));
                for (int k = 0; k < rule.Partials.Count; k++)
                    if (rule.DependsOn(k) && varied[g.Operand(node, k)]) used[g.Operand(node, k)] = true;
            }
            return used;
        }
    }
}
