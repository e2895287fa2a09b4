using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Elementary operations in the order in which they were written, each naming its operands by index. Nodes are stored as
    /// struct-of-arrays; a node that exists already is returned instead of built again, so shared work is done once.
    /// </summary>
    /// <remarks>
    /// Operands always precede their node, so ascending order is an order of evaluation and descending order one for the
    /// backward sweep. A graph grows and is never changed; it may be read from several threads, and be built by one.
    /// </remarks>
    public sealed class Graph
    {
        const int None = -1;

        Op[] ops = new Op[64];
        int[] a = new int[64], b = new int[64], c = new int[64];
        double[] values = new double[64];
        int[] table = new int[256]; // open addressing; 0 is free, else node + 1

        /// <summary>The number of nodes.</summary>
        public int Count { get; private set; }

        /// <summary>How many times an operation was asked for that stood in the graph already.</summary>
        public int SharedCount { get; private set; }

        /// <summary>One more than the largest input ordinal used.</summary>
        public int InputCount { get; private set; }

        /// <summary>The operation of a node.</summary>
        public Op OpOf(int node) => ops[node];

        /// <summary>The first operand of a node; the ordinal, if the node is an input.</summary>
        public int A(int node) => a[node];

        /// <summary>The second operand of a node, or -1.</summary>
        public int B(int node) => b[node];

        /// <summary>The third operand of a node, or -1.</summary>
        public int C(int node) => c[node];

        /// <summary>Operand 0, 1 or 2 of a node.</summary>
        public int Operand(int node, int position) => position == 0 ? a[node] : position == 1 ? b[node] : c[node];

        /// <summary>The number that a constant node holds (0 or 1 for a condition).</summary>
        public double ValueOf(int node) => values[node];

        /// <summary>Whether a node is a constant number or condition.</summary>
        public bool IsConstant(int node) => ops[node] <= Op.BoolConstant;

        /// <summary>Whether a node is the constant number <paramref name="value"/>, sign of zero included.</summary>
        public bool IsConstant(int node, double value) =>
            ops[node] == Op.Constant && BitConverter.DoubleToInt64Bits(values[node]) == BitConverter.DoubleToInt64Bits(value);

        /// <summary>The node of a constant number.</summary>
        public int Constant(double value) => Intern(Op.Constant, None, None, None, value);

        /// <summary>The node of a constant condition.</summary>
        public int Constant(bool value) => Intern(Op.BoolConstant, None, None, None, value ? 1 : 0);

        /// <summary>The node of the input with an ordinal from 0.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The ordinal is negative.</exception>
        public int Input(int ordinal)
        {
            if (ordinal < 0) throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, "An input's ordinal starts at 0.");
            InputCount = Math.Max(InputCount, ordinal + 1);
            return Intern(Op.Input, ordinal, None, None, 0);
        }

        /// <summary>
        /// The node of an operation on nodes of this graph: a simpler one where an identity allows it without changing a value or
        /// a derivative at any point (<see cref="Simplifier"/>), an existing one where there is one, else a new one.
        /// </summary>
        /// <exception cref="ArgumentException">An operand is missing, not of this graph, or a number where a condition is wanted (or the reverse).</exception>
        public int Apply(Op op, int a, int b = None, int c = None)
        {
            Check(op, a, b, c);
            return Simplifier.TrySimplify(this, op, a, b, c, out int simpler) ? simpler : Append(op, a, b, c);
        }

        internal int Append(Op op, int a, int b, int c)
        {
            if (op.IsCommutative() && a > b) (a, b) = (b, a);
            return Intern(op, a, b, c, 0);
        }

        void Check(Op op, int a, int b, int c)
        {
            int arity = op.Arity();
            if (arity == 0) throw new ArgumentException($"{op} is not built by Apply; use Constant or Input.", nameof(op));
            for (int position = 0; position < 3; position++)
            {
                int operand = position == 0 ? a : position == 1 ? b : c;
                if (position >= arity)
                {
                    if (operand != None) throw new ArgumentException($"{op} takes {arity} operands; operand {position} is one too many.");
                    continue;
                }
                if ((uint)operand >= (uint)Count)
                    throw new ArgumentException($"Operand {position} of {op} is {operand}, which is not a node of this graph of {Count}.");
                bool wantsCondition = op.TakesConditions() || op == Op.Select && position == 0;
                if (ops[operand].IsCondition() != wantsCondition)
                    throw new ArgumentException($"Operand {position} of {op} must be a {(wantsCondition ? "condition" : "number")}; {ops[operand]} is not.");
            }
        }

        int Intern(Op op, int a, int b, int c, double value)
        {
            long bits = BitConverter.DoubleToInt64Bits(value);
            uint hash = Hash(op, a, b, c, bits);
            int mask = table.Length - 1;
            for (int slot = (int)(hash & (uint)mask); ; slot = (slot + 1) & mask)
            {
                int node = table[slot] - 1;
                if (node < 0)
                {
                    table[slot] = Count + 1;
                    break;
                }
                if (ops[node] == op && this.a[node] == a && this.b[node] == b && this.c[node] == c
                    && BitConverter.DoubleToInt64Bits(values[node]) == bits)
                {
                    if (op.Arity() > 0) SharedCount++;
                    return node;
                }
            }
            if (Count == ops.Length) Grow();
            (ops[Count], this.a[Count], this.b[Count], this.c[Count], values[Count]) = (op, a, b, c, value);
            Count++;
            if (Count * 2 > table.Length) Rehash();
            return Count - 1;
        }

        void Grow()
        {
            int size = ops.Length * 2;
            Array.Resize(ref ops, size);
            Array.Resize(ref a, size);
            Array.Resize(ref b, size);
            Array.Resize(ref c, size);
            Array.Resize(ref values, size);
        }

        void Rehash()
        {
            table = new int[table.Length * 2];
            int mask = table.Length - 1;
            for (int node = 0; node < Count; node++)
            {
                int slot = (int)(Hash(ops[node], a[node], b[node], c[node], BitConverter.DoubleToInt64Bits(values[node])) & (uint)mask);
                while (table[slot] != 0) slot = (slot + 1) & mask;
                table[slot] = node + 1;
            }
        }

        // Finalising steps of a multiplicative hash; only spread matters here.
        static uint Hash(Op op, int a, int b, int c, long bits)
        {
            ulong h = (ulong)op * 0x9E3779B97F4A7C15ul ^ (ulong)bits;
            h = (h ^ (uint)a) * 0xFF51AFD7ED558CCDul;
            h = (h ^ h >> 29 ^ (uint)b) * 0xC4CEB9FE1A85EC53ul;
            h = (h ^ h >> 32 ^ (uint)c) * 0x9E3779B97F4A7C15ul;
            return (uint)(h >> 32);
        }
    }
}
