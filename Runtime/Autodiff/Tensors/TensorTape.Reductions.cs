using System;

namespace DiffPhysics.Autodiff
{
    // Recording reductions: over all elements (axis -1 in the record) or along one axis. Integers: axis.
    public sealed unsafe partial class TensorTape
    {
        internal const int AllAxes = -1;

        internal Tensor ReduceAll(TensorOp op, int a)
        {
            RequireElements(op, a, AllAxes);
            Span<int> data = stackalloc int[] { AllAxes };
            int node = NewNode(op, 0, a, NewIntegers(data), Requires(a));
            return Reduce(op, a, node, 1, ShapeOf(a).Count, 1);
        }

        internal Tensor ReduceAxis(TensorOp op, int a, int axis, bool keepDims)
        {
            TensorShape shape = ShapeOf(a);
            axis = shape.Axis(axis, TensorOps.Name(op));
            RequireElements(op, a, axis);
            shape.Split(axis, out int outer, out int length, out int inner);
            Span<int> data = stackalloc int[] { axis };
            int node = NewNode(op, ReducedShape(shape, axis, keepDims), a, NewIntegers(data), Requires(a));
            return Reduce(op, a, node, outer, length, inner);
        }

        /// <summary>The shape left when an axis is dropped, or kept with extent 1.</summary>
        internal int ReducedShape(TensorShape shape, int axis, bool keepDims)
        {
            Span<int> dims = stackalloc int[shape.Rank];
            int rank = 0;
            for (int k = 0; k < shape.Rank; k++)
            {
                if (k != axis)
                    dims[rank++] = shape.Dims[k];
                else if (keepDims)
                    dims[rank++] = 1;
            }
            return Intern(dims.Slice(0, rank));
        }

        private void RequireElements(TensorOp op, int a, int axis)
        {
            TensorShape shape = ShapeOf(a);
            bool empty = axis == AllAxes ? shape.Count == 0 : shape.Dims[axis] == 0;
            if (empty && (op == TensorOp.MaxReduce || op == TensorOp.MinReduce))
                throw new ArgumentException($"{TensorOps.Name(op)}: a tensor of shape {shape} has no elements to choose from.");
        }

        private Tensor Reduce(TensorOp op, int a, int node, int outer, int length, int inner)
        {
            ReadOnlySpan<double> x = ValuesOf(a);
            Span<double> z = ValuesOf(node);
            for (int o = 0; o < outer; o++)
            {
                for (int i = 0; i < inner; i++)
                    z[o * inner + i] = Reductions.Fold(op, x.Slice(o * length * inner), i, inner, length);
            }
            return Done(node);
        }
    }

    /// <summary>Folds of strided runs.</summary>
    internal static class Reductions
    {
        internal static double Fold(TensorOp op, ReadOnlySpan<double> x, int start, int stride, int length)
        {
            switch (op)
            {
                case TensorOp.Sum: return Sum(x, start, stride, length);
                case TensorOp.Prod:
                    double product = 1;
                    for (int k = 0; k < length; k++)
                        product *= x[start + k * stride];
                    return product;
                case TensorOp.MaxReduce:
                    double max = x[start];
                    for (int k = 1; k < length; k++)
                        max = Math.Max(max, x[start + k * stride]);
                    return max;
                default:
                    double min = x[start];
                    for (int k = 1; k < length; k++)
                        min = Math.Min(min, x[start + k * stride]);
                    return min;
            }
        }

        /// <summary>
        /// Pairwise summation: halves are summed apart, so that rounding grows with the logarithm of the length (Higham,
        /// Accuracy and Stability of Numerical Algorithms, section 4.2). Short runs use four partial sums. The shape of the
        /// sum depends on the length alone.
        /// </summary>
        internal static double Sum(ReadOnlySpan<double> x, int start, int stride, int length)
        {
            if (length > 256)
            {
                int half = length / 2;
                return Sum(x, start, stride, half) + Sum(x, start + half * stride, stride, length - half);
            }
            double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            int k = 0;
            for (; k + 3 < length; k += 4)
            {
                int at = start + k * stride;
                s0 += x[at];
                s1 += x[at + stride];
                s2 += x[at + 2 * stride];
                s3 += x[at + 3 * stride];
            }
            for (; k < length; k++)
                s0 += x[start + k * stride];
            return (s0 + s1) + (s2 + s3);
        }
    }
}
