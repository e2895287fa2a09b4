using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A number inside a lowering: arithmetic on it writes basic operations for one precision into a graph. A plain
    /// <see cref="double"/> converts to it.
    /// </summary>
    /// <remarks>
    /// A float lowering rounds each constant, and each result that folds to one, to float. Error-free transformations (the exact
    /// error of a sum or a product) then hold for operands that are known while tracing as they do in an executor. Rounding the
    /// double result of + - * / and sqrt of floats once more is the same as rounding the exact result to float.
    /// </remarks>
    readonly struct Term
    {
        readonly Graph graph; // null for a constant that met no graph yet
        readonly int node;
        readonly double value;
        readonly Precision precision;

        public Term(Graph graph, int node, Precision precision)
        {
            this.graph = graph;
            this.node = precision == Precision.Float && graph.OpOf(node) == Op.Constant ? graph.Constant((float)graph.ValueOf(node)) : node;
            this.precision = precision;
            value = 0;
        }

        Term(double value)
        {
            graph = null;
            node = -1;
            precision = Precision.Double;
            this.value = value;
        }

        /// <summary>The node in the graph of the lowering.</summary>
        public int Node => node;

        /// <summary>Whether float is computed, not double.</summary>
        public bool IsFloat => precision == Precision.Float;

        /// <summary>Whether the number is known while lowering, and its value then.</summary>
        public bool IsConstant(out double constant)
        {
            constant = graph == null ? value : graph.ValueOf(node);
            return graph == null || graph.OpOf(node) == Op.Constant;
        }

        public static implicit operator Term(double value) => new Term(value);

        public static Term operator +(Term a, Term b) => Apply(Op.Add, a, b);

        public static Term operator -(Term a, Term b) => Apply(Op.Subtract, a, b);

        public static Term operator *(Term a, Term b) => Apply(Op.Multiply, a, b);

        public static Term operator /(Term a, Term b) => Apply(Op.Divide, a, b);

        public static Term operator -(Term a) => a.Apply(Op.Negate);

        public static Condition operator <(Term a, Term b) => Compare(Op.Less, a, b);

        public static Condition operator >(Term a, Term b) => Compare(Op.Less, b, a);

        public static Condition operator <=(Term a, Term b) => Compare(Op.LessOrEqual, a, b);

        public static Condition operator >=(Term a, Term b) => Compare(Op.LessOrEqual, b, a);

        /// <summary>The condition that this number equals another one (-0 equals 0, NaN equals nothing).</summary>
        public Condition Is(Term other) => Compare(Op.Equal, this, other);

        public Term Abs() => Apply(Op.Abs);

        public Term Sqrt() => Apply(Op.Sqrt);

        public Term Floor() => Apply(Op.Floor);

        /// <summary>The nearest integer; a tie goes up.</summary>
        public Term Round() => (this + 0.5).Floor();

        /// <summary>2 to the power of this integer, which must lie where 2^n is a normal number; anything for other numbers.</summary>
        public Term Pow2() => Apply(Op.Pow2);

        /// <summary>floor(log2 |a|) of a normal number; anything for other numbers.</summary>
        public Term Exponent() => Apply(Op.Exponent);

        /// <summary>A number for each precision.</summary>
        public double Choose(double forFloat, double forDouble) => IsFloat ? forFloat : forDouble;

        /// <summary>The larger of this and a bound that is not NaN; NaN stays NaN.</summary>
        public Term AtLeast(Term bound) => Select(this < bound, bound, this);

        /// <summary>The smaller of this and a bound that is not NaN; NaN stays NaN.</summary>
        public Term AtMost(Term bound) => Select(bound < this, bound, this);

        /// <summary>c0 + c1 x + c2 x^2 ... by Horner's rule, with coefficients for each precision.</summary>
        public Term Polynomial(double[] forFloat, double[] forDouble)
        {
            double[] c = IsFloat ? forFloat : forDouble;
            Term sum = c[c.Length - 1];
            for (int k = c.Length - 2; k >= 0; k--) sum = c[k] + this * sum;
            return sum;
        }

        /// <summary>a where the condition holds, else b.</summary>
        public static Term Select(Condition condition, Term a, Term b)
        {
            Graph g = condition.Graph;
            Precision precision = condition.Precision;
            return new Term(g, g.Apply(Op.Select, condition.Node, a.In(g, precision), b.In(g, precision)), precision);
        }

        Term Apply(Op op) => new Term(graph, graph.Apply(op, node), precision);

        static Term Apply(Op op, Term a, Term b)
        {
            Graph g = Common(a, b, out Precision precision);
            return new Term(g, g.Apply(op, a.In(g, precision), b.In(g, precision)), precision);
        }

        static Condition Compare(Op op, Term a, Term b)
        {
            Graph g = Common(a, b, out Precision precision);
            return new Condition(g, g.Apply(op, a.In(g, precision), b.In(g, precision)), precision);
        }

        static Graph Common(Term a, Term b, out Precision precision)
        {
            precision = a.graph != null ? a.precision : b.precision;
            return a.graph ?? b.graph ?? throw new InvalidOperationException("A lowering combined two plain constants; compute them first.");
        }

        int In(Graph g, Precision target) =>
            graph != null ? node : g.Constant(target == Precision.Float ? (float)value : value);
    }

    /// <summary>A condition inside a lowering.</summary>
    readonly struct Condition
    {
        public Condition(Graph graph, int node, Precision precision)
        {
            Graph = graph;
            Node = node;
            Precision = precision;
        }

        public Graph Graph { get; }

        public int Node { get; }

        public Precision Precision { get; }

        public static Condition operator &(Condition a, Condition b) => a.With(a.Graph.Apply(Op.And, a.Node, b.Node));

        public static Condition operator |(Condition a, Condition b) => a.With(a.Graph.Apply(Op.Or, a.Node, b.Node));

        public static Condition operator !(Condition a) => a.With(a.Graph.Apply(Op.Not, a.Node));

        Condition With(int node) => new Condition(Graph, node, Precision);
    }
}
