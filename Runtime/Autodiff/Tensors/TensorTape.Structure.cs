using System;

namespace DiffPhysics.Autodiff
{
    // Recording operations that move elements: each is linear, so its adjoint moves them back and adds.
    public sealed unsafe partial class TensorTape
    {
        internal Tensor Reshape(int a, ReadOnlySpan<int> dims)
        {
            Span<int> known = stackalloc int[dims.Length];
            dims.CopyTo(known);
            int free = -1;
            long product = 1;
            for (int axis = 0; axis < dims.Length; axis++)
            {
                if (dims[axis] != -1)
                    product *= dims[axis];
                else if (free < 0)
                    free = axis;
                else
                    throw new ArgumentException($"Reshape: only one extent can be -1, but {TensorShape.Text(dims)} has more.");
            }
            int count = ShapeOf(a).Count;
            if (free >= 0 && product > 0 && count % product == 0)
            {
                known[free] = (int)(count / product);
                product = count;
            }
            if (product != count || (free >= 0 && known[free] < 0))
                throw new ArgumentException($"Reshape: {count} elements of shape {ShapeOf(a)} do not fill shape {TensorShape.Text(dims)}.");
            return ReshapeTo(a, Intern(known));
        }

        internal Tensor ReshapeTo(int a, int shape)
        {
            if (Nodes[a].Shape == shape)
                return At(a);
            int node = NewNode(TensorOp.Reshape, shape, a, 0, Requires(a));
            ValuesOf(a).CopyTo(ValuesOf(node));
            return Done(node);
        }

        /// <summary>Repeats a tensor along missing axes and axes of extent 1.</summary>
        internal int Expand(int a, int shape)
        {
            int node = NewNode(TensorOp.Expand, shape, a, 0, Requires(a));
            Broadcasting.Spread(ValuesOf(a), ShapeOf(a), ValuesOf(node), shapes[shape]);
            Guard(node);
            return node;
        }

        /// <summary>Sums a contribution over the axes that its operand was broadcast along, or repeats a smaller one.</summary>
        internal int SumTo(int node, int shape)
        {
            if (Nodes[node].Shape == shape)
                return node;
            if (shape == 0)
                return ReshapeTo(ReduceAll(TensorOp.Sum, node).node, 0).node;
            if (Nodes[node].Shape == 0 || shapes[shape].Count > ShapeOf(node).Count)
                return Expand(node, shape);
            while (ShapeOf(node).Rank > shapes[shape].Rank)
                node = ReduceAxis(TensorOp.Sum, node, 0, keepDims: false).node;
            for (int k = 0; k < shapes[shape].Rank; k++)
            {
                if (shapes[shape].Dims[k] == 1 && ShapeOf(node).Dims[k] != 1)
                    node = ReduceAxis(TensorOp.Sum, node, k, keepDims: true).node;
            }
            return ReshapeTo(node, shape).node;
        }

        /// <summary>Result axis k is operand axis permutation[k].</summary>
        internal Tensor Transpose(int a, ReadOnlySpan<int> permutation)
        {
            TensorShape from = ShapeOf(a);
            Span<int> dims = stackalloc int[from.Rank];
            for (int k = 0; k < from.Rank; k++)
                dims[k] = from.Dims[permutation[k]];
            int node = NewNode(TensorOp.Transpose, Intern(dims), a, NewIntegers(permutation), Requires(a));
            Broadcasting.Permute(ValuesOf(a), from, permutation, ValuesOf(node), add: false);
            return Done(node);
        }

        /// <summary>Elements start .. start + length - 1 along an axis; the result may drop the axis where length is 1.</summary>
        internal Tensor Slice(int a, int axis, int start, int length, int shape)
        {
            Span<int> data = stackalloc int[] { axis, start, length };
            int node = NewNode(TensorOp.Slice, shape, a, NewIntegers(data), Requires(a));
            Regions.Read(ValuesOf(a), ShapeOf(a), axis, start, length, ValuesOf(node), add: false);
            return Done(node);
        }

        /// <summary>Zeros of a shape, with the operand put where <see cref="Slice"/> would take it from.</summary>
        internal Tensor Pad(int a, int axis, int start, int length, int shape)
        {
            Span<int> data = stackalloc int[] { axis, start, length };
            int node = NewNode(TensorOp.Pad, shape, a, NewIntegers(data), Requires(a));
            ValuesOf(node).Clear();
            Regions.Add(ValuesOf(a), shapes[shape], axis, start, length, ValuesOf(node));
            return Done(node);
        }

        /// <summary>Picks indices along an axis. Integers: axis, count, indices.</summary>
        internal Tensor Take(int a, int axis, ReadOnlySpan<int> indices, int shape)
        {
            int node = NewNode(TensorOp.Take, shape, a, NewIndices(axis, indices), Requires(a));
            Regions.Gather(ValuesOf(a), ShapeOf(a), axis, indices, ValuesOf(node), add: false);
            return Done(node);
        }

        /// <summary>Zeros of a shape, with slices of the operand added at indices along an axis: the adjoint of <see cref="Take"/>.</summary>
        internal Tensor ScatterAdd(int a, int axis, ReadOnlySpan<int> indices, int shape)
        {
            int node = NewNode(TensorOp.ScatterAdd, shape, a, NewIndices(axis, indices), Requires(a));
            ValuesOf(node).Clear();
            Regions.Scatter(ValuesOf(a), shapes[shape], axis, indices, ValuesOf(node));
            return Done(node);
        }

        private int NewIndices(int axis, ReadOnlySpan<int> indices)
        {
            Span<int> head = stackalloc int[] { axis, indices.Length };
            int at = NewIntegers(head);
            NewIntegers(indices);
            return at;
        }

        internal ReadOnlySpan<int> IndicesOf(int node) => IntegersAt(Nodes[node].B + 2, IntegerAt(Nodes[node].B + 1));

        /// <summary>Puts tensors one after the other along an axis. Integers: axis, count, operands.</summary>
        internal Tensor Concat(ReadOnlySpan<int> operands, int axis)
        {
            TensorShape first = ShapeOf(operands[0]);
            Span<int> dims = stackalloc int[first.Rank];
            first.Dims.CopyTo(dims);
            dims[axis] = 0;
            bool requires = false;
            foreach (int operand in operands)
            {
                TensorShape shape = ShapeOf(operand);
                for (int k = 0; k < first.Rank; k++)
                {
                    if (shape.Rank != first.Rank || (k != axis && shape.Dims[k] != first.Dims[k]))
                        throw new ArgumentException($"Concat: shapes {first} and {shape} must agree in every axis but axis {axis}.");
                }
                dims[axis] += shape.Dims[axis];
                requires |= Requires(operand);
            }
            int node = NewNode(TensorOp.Concat, Intern(dims), operands[0], NewIndices(axis, operands), requires);
            ValuesOf(node).Clear();
            int start = 0;
            foreach (int operand in operands)
            {
                int length = ShapeOf(operand).Dims[axis];
                Regions.Add(ValuesOf(operand), ShapeOf(node), axis, start, length, ValuesOf(node));
                start += length;
            }
            return Done(node);
        }

        /// <summary>
        /// mask ? a : b. The adjoint of the branch not taken is exactly zero. Integers: mask, b. Of two scalars the branch taken
        /// is known now, so the record is a plain copy of it.
        /// </summary>
        internal Tensor Where(int mask, int a, int b)
        {
            if (Nodes[mask].Shape == 0 && Nodes[a].Shape == 0 && Nodes[b].Shape == 0)
            {
                bool first = Nodes[mask].Value != 0;
                return PushScalar(first ? TensorOp.TakeFirst : TensorOp.TakeSecond, a, b, Nodes[first ? a : b].Value);
            }
            int shape = BroadcastShapes(Nodes[mask].Shape, BroadcastShape(a, b, "Where"), "Where");
            mask = ExpandUnlessScalar(mask, shape);
            a = ExpandUnlessScalar(a, shape);
            b = ExpandUnlessScalar(b, shape);
            Span<int> data = stackalloc int[] { mask, b };
            if (Defers(TensorOp.Where, shape))
                return Defer(TensorOp.Where, shape, a, NewIntegers(data), Requires(a) || Requires(b));
            int node = NewNode(TensorOp.Where, shape, a, NewIntegers(data), Requires(a) || Requires(b));
            int sm = Step(mask), sa = Step(a), sb = Step(b);
            ReadOnlySpan<double> m = ValuesOf(mask), x = ValuesOf(a), y = ValuesOf(b);
            Span<double> z = ValuesOf(node);
            for (int i = 0; i < z.Length; i++)
                z[i] = m[i * sm] != 0 ? x[i * sa] : y[i * sb];
            return Done(node);
        }

        /// <summary>Keeps the lower or upper triangle of matrices, the diagonal times a factor (1, or 1/2 for Cholesky's adjoint), and zeros the rest.</summary>
        internal Tensor Triangle(int a, bool upper, bool halfDiagonal)
        {
            Span<int> data = stackalloc int[] { upper ? 1 : 0, halfDiagonal ? 1 : 0 };
            int node = NewNode(TensorOp.Triangle, Nodes[a].Shape, a, NewIntegers(data), Requires(a));
            Regions.Triangle(ValuesOf(a), ShapeOf(a), upper, halfDiagonal, ValuesOf(node), add: false);
            return Done(node);
        }

        private Tensor Done(int node)
        {
            Guard(node);
            return At(node);
        }
    }
}
