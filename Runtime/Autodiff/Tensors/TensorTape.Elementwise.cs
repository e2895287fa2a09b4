using System;

namespace DiffPhysics.Autodiff
{
    // Recording elementwise operations: scalars, equal shapes, a scalar against a tensor, and broadcasting by Expand.
    public sealed unsafe partial class TensorTape
    {
        internal static Tensor Unary(TensorOp op, Tensor x)
        {
            TensorTape tape = Of(x, x, TensorOps.Name(op));
            int a = tape.Enter(x, TensorOps.Name(op));
            ref TensorNode n = ref tape.Nodes[a];
            if (n.Shape == 0)
                return tape.PushScalar(op, a, a, Elementwise.Value(op, n.Value, 0));
            if (tape.Defers(op, n.Shape))
                return tape.Defer(op, n.Shape, a, a, tape.Requires(a));
            int node = tape.NewNode(op, n.Shape, a, a, tape.Requires(a));
            ElementwiseLoops.Run(op, tape.ValuesOf(a), 1, default, 0, tape.ValuesOf(node));
            tape.Guard(node);
            return tape.At(node);
        }

        internal static Tensor Binary(TensorOp op, Tensor x, Tensor y)
        {
            TensorTape tape = Of(x, y, TensorOps.Name(op));
            int a = tape.Enter(x, TensorOps.Name(op));
            int b = tape.Enter(y, TensorOps.Name(op));
            return tape.Binary(op, a, b);
        }

        internal Tensor Binary(TensorOp op, int a, int b)
        {
            int shape = BroadcastShape(a, b, TensorOps.Name(op));
            bool requires = !TensorOps.IsComparison(op) && (Requires(a) || Requires(b));
            if (shape == 0 && !TensorOps.IsComparison(op))
                return PushScalar(op, a, b, Elementwise.Value(op, Nodes[a].Value, Nodes[b].Value));
            a = ExpandUnlessScalar(a, shape);
            b = ExpandUnlessScalar(b, shape);
            if (Defers(op, shape))
                return Defer(op, shape, a, b, requires);
            int node = NewNode(op, shape, a, b, requires);
            ElementwiseLoops.Run(op, ValuesOf(a), Step(a), ValuesOf(b), Step(b), ValuesOf(node));
            Guard(node);
            return At(node);
        }

        /// <summary>
        /// clamp(x, lower, upper).
        /// The adjoint asks only whether the value was left as it is, so the bounds are kept, as the two constants before the
        /// record, only where the value is yet to be computed.
        /// </summary>
        internal static Tensor Clamp(Tensor x, double lower, double upper)
        {
            if (!(lower <= upper))
                throw new ArgumentException($"Clamp: the lower bound {lower} must not be above the upper bound {upper}.");
            TensorTape tape = Of(x, x, "Clamp");
            int a = tape.Enter(x, "Clamp");
            if (tape.Defers(TensorOp.Clamp, tape.Nodes[a].Shape))
            {
                tape.NewConstant(lower);
                tape.NewConstant(upper);
                return tape.Defer(TensorOp.Clamp, tape.Nodes[a].Shape, a, a, tape.Requires(a));
            }
            int node = tape.NewNode(TensorOp.Clamp, tape.Nodes[a].Shape, a, a, tape.Requires(a));
            ReadOnlySpan<double> from = tape.ValuesOf(a);
            Span<double> to = tape.ValuesOf(node);
            for (int i = 0; i < to.Length; i++)
                to[i] = from[i] < lower ? lower : from[i] > upper ? upper : from[i];
            tape.Guard(node);
            return tape.At(node);
        }

        /// <summary>0 where one scalar stands for all elements, 1 where each element has its own.</summary>
        private int Step(int node) => Nodes[node].Shape == 0 ? 0 : 1;

        internal int ExpandUnlessScalar(int node, int shape) =>
            Nodes[node].Shape == 0 || Nodes[node].Shape == shape ? node : Expand(node, shape);

        /// <summary>The shape two operands broadcast to (numpy's rule).</summary>
        internal int BroadcastShape(int a, int b, string operation) => BroadcastShapes(Nodes[a].Shape, Nodes[b].Shape, operation);

        internal int BroadcastShapes(int sa, int sb, string operation)
        {
            if (sa == sb || sb == 0)
                return sa;
            if (sa == 0)
                return sb;
            TensorShape x = shapes[sa];
            TensorShape y = shapes[sb];
            int rank = Math.Max(x.Rank, y.Rank);
            Span<int> dims = stackalloc int[rank];
            for (int k = 1; k <= rank; k++)
            {
                int dx = k <= x.Rank ? x.Dims[x.Rank - k] : 1;
                int dy = k <= y.Rank ? y.Dims[y.Rank - k] : 1;
                if (dx != dy && dx != 1 && dy != 1)
                    throw TensorErrors.Broadcast(x, y, operation);
                dims[rank - k] = dx == 1 ? dy : dx;
            }
            return Intern(dims);
        }
    }

    /// <summary>Elementwise operations over arrays; a step of 0 repeats a scalar.</summary>
    internal static class ElementwiseLoops
    {
        internal static void Run(TensorOp op, ReadOnlySpan<double> x, int sx, ReadOnlySpan<double> y, int sy, Span<double> z)
        {
            switch (op)
            {
                case TensorOp.Add:
                    for (int i = 0; i < z.Length; i++)
                        z[i] = x[i * sx] + y[i * sy];
                    break;
                case TensorOp.Subtract:
                    for (int i = 0; i < z.Length; i++)
                        z[i] = x[i * sx] - y[i * sy];
                    break;
                case TensorOp.Multiply:
                    for (int i = 0; i < z.Length; i++)
                        z[i] = x[i * sx] * y[i * sy];
                    break;
                case TensorOp.Divide:
                    for (int i = 0; i < z.Length; i++)
                        z[i] = x[i * sx] / y[i * sy];
                    break;
                case TensorOp.Square:
                    for (int i = 0; i < z.Length; i++)
                        z[i] = x[i] * x[i];
                    break;
                default:
                    bool unary = y.IsEmpty;
                    for (int i = 0; i < z.Length; i++)
                        z[i] = Elementwise.Value(op, x[i * sx], unary ? 0 : y[i * sy]);
                    break;
            }
        }
    }
}
