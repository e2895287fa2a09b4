using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A condition on traced numbers: the first argument of <see cref="Real.Select(Bool, Real, Real)"/>. It has no value while the
    /// formula is being traced, so it cannot steer an <c>if</c>; that is a compile error.
    /// </summary>
    public readonly struct Bool
    {
        readonly Graph graph; // null for a constant
        readonly int node;    // the node, or 0 and 1 for a constant

        internal Bool(Graph graph, int node)
        {
            this.graph = graph;
            this.node = node;
        }

        /// <summary>The graph that the condition belongs to; null for a constant.</summary>
        public Graph Graph => graph;

        /// <summary>A condition known when tracing.</summary>
        public static implicit operator Bool(bool value) => new Bool(null, value ? 1 : 0);

        /// <summary>Both conditions hold.</summary>
        public static Bool operator &(Bool a, Bool b) => Combine(Op.And, a, b);

        /// <summary>Either condition holds.</summary>
        public static Bool operator |(Bool a, Bool b) => Combine(Op.Or, a, b);

        /// <summary>The condition does not hold.</summary>
        public static Bool operator !(Bool a) =>
            a.graph == null ? a.node == 0 : new Bool(a.graph, a.graph.Apply(Op.Not, a.node));

        /// <summary>The node of this condition in a graph.</summary>
        /// <exception cref="InvalidOperationException">The condition belongs to another graph.</exception>
        public int NodeIn(Graph target)
        {
            if (graph == null) return target.Constant(node != 0);
            if (graph != target) throw new InvalidOperationException(Real.MixedGraphs);
            return node;
        }

        /// <summary>The condition as a number: 1 where it holds, else 0.</summary>
        public Real ToReal() => Real.Select(this, 1, 0);

        internal bool IsConstant(out bool value)
        {
            value = node != 0;
            return graph == null;
        }

        static Bool Combine(Op op, Bool a, Bool b)
        {
            Graph graph = a.graph ?? b.graph;
            if (graph == null) return op == Op.And ? a.node != 0 && b.node != 0 : a.node != 0 || b.node != 0;
            return new Bool(graph, graph.Apply(op, a.NodeIn(graph), b.NodeIn(graph)));
        }
    }
}
