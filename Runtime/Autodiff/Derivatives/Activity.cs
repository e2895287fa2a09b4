using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The activity of each node: the condition under which its value reaches an output through branches that are taken. Where it
    /// does not hold, the node's cotangent is meaningless and must not leave: the reverse sweep masks a contribution exactly
    /// where it passes between two nodes of different activity, so code without branches costs nothing.
    /// </summary>
    /// <remarks>
    /// The activity of a node is the disjunction over its uses of (the user's activity and the condition of that use). It is
    /// simplified as a disjunction of conjunctions, because equal activities must be found equal: a or (a and b) is a, and
    /// (a and b) or (a and not b) is a.
    /// </remarks>
    sealed class Activity
    {
        const int MergeLimit = 16; // beyond this many alternatives, they are joined without looking for a shorter form

        readonly Graph graph;
        readonly Dictionary<int, int[]> literals = new Dictionary<int, int[]>(); // of a conjunction, ascending
        readonly List<int>[] alternatives;
        readonly int[] known;

        public Activity(Graph graph, int nodeCount)
        {
            this.graph = graph;
            Always = graph.Constant(true);
            alternatives = new List<int>[nodeCount];
            known = new int[nodeCount];
            Array.Fill(known, -1);
        }

        /// <summary>The condition that always holds.</summary>
        public int Always { get; }

        /// <summary>Declares that a node is active whatever its uses are.</summary>
        public void SetAlways(int node) => known[node] = Always;

        /// <summary>Adds a use of a node, under a condition.</summary>
        public void AddUse(int node, int flow)
        {
            if (known[node] == Always) return;
            List<int> list = alternatives[node] ??= new List<int>(2);
            if (list.Count >= MergeLimit) list.Add(flow);
            else Merge(list, flow);
            if (list.Count == 1 && list[0] == Always) known[node] = Always;
        }

        /// <summary>The condition of a node all of whose uses have been added.</summary>
        public int Of(int node)
        {
            if (known[node] >= 0) return known[node];
            int any = alternatives[node][0];
            for (int k = 1; k < alternatives[node].Count; k++) any = graph.Apply(Op.Or, any, alternatives[node][k]);
            return known[node] = any;
        }

        /// <summary>Both conditions hold.</summary>
        public int And(int activity, int condition)
        {
            if (activity == Always) return condition;
            int[] left = Literals(activity), right = Literals(condition);
            int both = activity;
            foreach (int literal in right)
                if (Array.BinarySearch(left, literal) < 0) both = graph.Apply(Op.And, both, literal);
            return both;
        }

        void Merge(List<int> list, int flow)
        {
            for (int k = 0; k < list.Count; k++)
            {
                int[] old = Literals(list[k]), added = Literals(flow);
                if (IsSubset(old, added)) return; // the added one implies the old one
                bool absorbs = IsSubset(added, old);
                int joined = absorbs ? flow : -1;
                if (!absorbs && !TryJoin(old, added, out joined)) continue;
                list.RemoveAt(k);
                flow = joined;
                k = -1; // what has become simpler may simplify others
            }
            list.Add(flow);
        }

        // (common and p) or (common and q) is common where p or q always holds.
        bool TryJoin(int[] x, int[] y, out int common)
        {
            common = -1;
            if (x.Length != y.Length) return false;
            int p = -1, q = -1;
            foreach (int literal in x)
            {
                if (Array.BinarySearch(y, literal) >= 0) continue;
                if (p >= 0) return false;
                p = literal;
            }
            foreach (int literal in y)
                if (Array.BinarySearch(x, literal) < 0) q = literal;
            if (!Cover(p, q)) return false;
            common = Always;
            foreach (int literal in x)
                if (literal != p) common = common == Always ? literal : graph.Apply(Op.And, common, literal);
            return true;
        }

        // p = not q; or p = not (a < b) and q = not (b < a), as the two operands of a minimum have it.
        bool Cover(int p, int q)
        {
            bool notP = graph.OpOf(p) == Op.Not, notQ = graph.OpOf(q) == Op.Not;
            if (notP && graph.A(p) == q || notQ && graph.A(q) == p) return true;
            if (!notP || !notQ) return false;
            int i = graph.A(p), j = graph.A(q);
            return graph.OpOf(i) == Op.Less && graph.OpOf(j) == Op.Less && graph.A(i) == graph.B(j) && graph.B(i) == graph.A(j);
        }

        int[] Literals(int condition)
        {
            if (condition == Always) return Array.Empty<int>();
            if (literals.TryGetValue(condition, out int[] result)) return result;
            if (graph.OpOf(condition) != Op.And) return literals[condition] = new[] { condition };
            var set = new SortedSet<int>(Literals(graph.A(condition)));
            set.UnionWith(Literals(graph.B(condition)));
            result = new int[set.Count];
            set.CopyTo(result);
            return literals[condition] = result;
        }

        static bool IsSubset(int[] part, int[] whole)
        {
            foreach (int literal in part)
                if (Array.BinarySearch(whole, literal) < 0) return false;
            return true;
        }
    }
}
