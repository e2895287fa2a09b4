using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A number that remembers how it was made: ordinary arithmetic on it writes nodes into a <see cref="Autodiff.Graph"/>. A plain
    /// <see cref="double"/> converts to it and belongs to no graph until it meets a number that does.
    /// </summary>
    /// <remarks>
    /// Comparisons give a <see cref="Bool"/>, which does not convert to <c>bool</c>: write branches with
    /// <see cref="Select(Bool, Real, Real)"/>. Angles are in radians.
    /// </remarks>
    public readonly partial struct Real
    {
        internal const string MixedGraphs =
            "Two numbers of different graphs were combined. Trace the whole formula in one place, or pass the value in as an input.";

        readonly Graph graph; // null for a constant
        readonly int node;
        readonly double value;

        /// <summary>The number that a node of a graph stands for.</summary>
        /// <exception cref="ArgumentException">The node is a condition, or not of the graph.</exception>
        public Real(Graph graph, int node)
        {
            if (graph == null) throw new ArgumentNullException(nameof(graph));
            if ((uint)node >= (uint)graph.Count || graph.OpOf(node).IsCondition())
                throw new ArgumentException($"Node {node} is not a number of this graph of {graph.Count} nodes.", nameof(node));
            this.graph = graph;
            this.node = node;
            value = 0;
        }

        Real(double value)
        {
            graph = null;
            node = -1;
            this.value = value;
        }

        /// <summary>The graph that the number belongs to; null for a constant.</summary>
        public Graph Graph => graph;

        /// <summary>A constant.</summary>
        public static implicit operator Real(double value) => new Real(value);

        /// <summary>A new input of a graph, with the next free ordinal.</summary>
        public static Real Input(Graph graph) => new Real(graph, graph.Input(graph.InputCount));

        /// <summary>The node of this number in a graph; a constant is written into it.</summary>
        /// <exception cref="InvalidOperationException">The number belongs to another graph.</exception>
        public int NodeIn(Graph target)
        {
            if (graph == null) return target.Constant(value);
            if (graph != target) throw new InvalidOperationException(MixedGraphs);
            return node;
        }

        /// <summary>Whether the number is known while tracing, and its value then.</summary>
        public bool IsConstant(out double constant)
        {
            constant = graph == null ? value : graph.ValueOf(node);
            return graph == null || graph.OpOf(node) == Op.Constant;
        }

        /// <summary>a + b.</summary>
        public static Real operator +(Real a, Real b) => Apply(Op.Add, a, b);

        /// <summary>a - b.</summary>
        public static Real operator -(Real a, Real b) => Apply(Op.Subtract, a, b);

        /// <summary>a b.</summary>
        public static Real operator *(Real a, Real b) => Apply(Op.Multiply, a, b);

        /// <summary>a / b.</summary>
        public static Real operator /(Real a, Real b) => Apply(Op.Divide, a, b);

        /// <summary>-a.</summary>
        public static Real operator -(Real a) => Apply(Op.Negate, a);

        /// <summary>a itself.</summary>
        public static Real operator +(Real a) => a;

        /// <summary>The condition a &lt; b.</summary>
        public static Bool operator <(Real a, Real b) => Compare(Op.Less, a, b);

        /// <summary>The condition a &gt; b.</summary>
        public static Bool operator >(Real a, Real b) => Compare(Op.Less, b, a);

        /// <summary>The condition a &lt;= b.</summary>
        public static Bool operator <=(Real a, Real b) => Compare(Op.LessOrEqual, a, b);

        /// <summary>The condition a &gt;= b.</summary>
        public static Bool operator >=(Real a, Real b) => Compare(Op.LessOrEqual, b, a);

        /// <summary>The condition a = b, on values (two traced numbers are not compared as objects).</summary>
        public static Bool operator ==(Real a, Real b) => Compare(Op.Equal, a, b);

        /// <summary>The condition that a = b does not hold; true where either is NaN.</summary>
        public static Bool operator !=(Real a, Real b) => !Compare(Op.Equal, a, b);

        /// <summary>Not supported: traced numbers have no value to compare yet.</summary>
        /// <exception cref="NotSupportedException">Always.</exception>
        public override bool Equals(object obj) => throw new NotSupportedException(
            "A traced number has no value to compare. Use == for a condition on values.");

        /// <summary>Not supported: traced numbers have no value to hash yet.</summary>
        /// <exception cref="NotSupportedException">Always.</exception>
        public override int GetHashCode() => throw new NotSupportedException("A traced number has no value to hash.");

        /// <summary>A description for debuggers: the value of a constant, or operation and node.</summary>
        public override string ToString() =>
            graph == null ? value.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{graph.OpOf(node)} #{node}";

        /// <summary>
        /// a where the condition holds, else b. The branch not taken contributes exactly zero to every gradient, even where its
        /// value or derivative is not finite.
        /// </summary>
        public static Real Select(Bool condition, Real a, Real b)
        {
            if (condition.IsConstant(out bool known)) return known ? a : b;
            Graph graph = condition.Graph;
            return new Real(graph, graph.Apply(Op.Select, condition.NodeIn(graph), a.NodeIn(graph), b.NodeIn(graph)));
        }

        /// <summary>Condition a where <paramref name="condition"/> holds, else b.</summary>
        public static Bool Select(Bool condition, Bool a, Bool b) => condition & a | !condition & b;

        internal static Real Apply(Op op, Real a)
        {
            if (a.graph != null) return new Real(a.graph, a.graph.Apply(op, a.node));
            return Fold(op, a, default, default, 1);
        }

        internal static Real Apply(Op op, Real a, Real b)
        {
            Graph graph = a.graph ?? b.graph;
            if (graph != null) return new Real(graph, graph.Apply(op, a.NodeIn(graph), b.NodeIn(graph)));
            return Fold(op, a, b, default, 2);
        }

        internal static Real Apply(Op op, Real a, Real b, Real c)
        {
            Graph graph = a.graph ?? b.graph ?? c.graph;
            if (graph != null) return new Real(graph, graph.Apply(op, a.NodeIn(graph), b.NodeIn(graph), c.NodeIn(graph)));
            return Fold(op, a, b, c, 3);
        }

        static Bool Compare(Op op, Real a, Real b)
        {
            Graph graph = a.graph ?? b.graph;
            if (graph != null) return new Bool(graph, graph.Apply(op, a.NodeIn(graph), b.NodeIn(graph)));
            return op == Op.Less ? a.value < b.value : op == Op.LessOrEqual ? a.value <= b.value : a.value == b.value;
        }

        // Constants alone fold as a graph does: composite operations through their lowering, so that the bits are the same.
        static Real Fold(Op op, Real a, Real b, Real c, int arity)
        {
            var scratch = new Graph();
            int x = scratch.Constant(a.value), y = arity > 1 ? scratch.Constant(b.value) : -1, z = arity > 2 ? scratch.Constant(c.value) : -1;
            int result = op.IsBasic() ? scratch.Apply(op, x, y, z) : Lowering.Expand(scratch, op, x, y, z, Precision.Double);
            if (scratch.OpOf(result) == Op.Constant) return new Real(scratch.ValueOf(result));
            throw new InvalidOperationException($"{op} of constants did not reduce to a constant.");
        }
    }
}
