using System;
using System.Runtime.CompilerServices;

namespace DiffPhysics.Autodiff
{
    // Indexing, slicing, and other changes of shape.
    public readonly unsafe partial struct Tensor
    {
        /// <summary>The slice at an index of the first axis, which is dropped: an element of a vector, a row of a matrix. ^1 is the last.</summary>
        [IndexerName("At")]
        public Tensor this[Index index] => Select(0, index);

        /// <summary>A range of the first axis.</summary>
        [IndexerName("At")]
        public Tensor this[Range range]
        {
            get
            {
                TensorTape t = Live("index");
                TensorShape shape = t.ShapeOf(node);
                int extent = shape.Dims[shape.Axis(0, "index")];
                int start = range.Start.GetOffset(extent);
                return Slice(0, start, range.End.GetOffset(extent) - start);
            }
        }

        /// <summary>An element of a matrix, or a slice at two indices of a tensor with more axes.</summary>
        [IndexerName("At")]
        public Tensor this[Index first, Index second] => Select(0, first).Select(0, second);

        /// <summary>The slice at an index of an axis, which is dropped.</summary>
        public Tensor Select(int axis, Index index)
        {
            TensorTape t = Live("Select");
            TensorShape shape = t.ShapeOf(node);
            axis = shape.Axis(axis, "Select");
            int extent = shape.Dims[axis];
            int at = index.GetOffset(extent);
            if (at < 0 || at >= extent)
                throw new ArgumentOutOfRangeException(nameof(index), $"Select: index {index} is out of range for axis {axis} of shape {shape}.");
            return t.Slice(node, axis, at, 1, t.ReducedShape(shape, axis, keepDims: false));
        }

        /// <summary>Elements start .. start + length - 1 of an axis.</summary>
        public Tensor Slice(int axis, int start, int length)
        {
            TensorTape t = Live("Slice");
            TensorShape shape = t.ShapeOf(node);
            axis = shape.Axis(axis, "Slice");
            if (start < 0 || length < 0 || start + length > shape.Dims[axis])
                throw new ArgumentOutOfRangeException(nameof(start), $"Slice: elements {start} to {start + length - 1} are out of range for axis {axis} of shape {shape}.");
            Span<int> dims = stackalloc int[shape.Rank];
            shape.Dims.CopyTo(dims);
            dims[axis] = length;
            return t.Slice(node, axis, start, length, t.Intern(dims));
        }

        /// <summary>Picks indices along an axis, in the order given; repeated indices add up in the gradient.</summary>
        public Tensor Take(int axis, ReadOnlySpan<int> indices)
        {
            TensorTape t = Live("Take");
            TensorShape shape = t.ShapeOf(node);
            axis = shape.Axis(axis, "Take");
            foreach (int index in indices)
            {
                if (index < 0 || index >= shape.Dims[axis])
                    throw new ArgumentOutOfRangeException(nameof(indices), $"Take: index {index} is out of range for axis {axis} of shape {shape}.");
            }
            Span<int> dims = stackalloc int[shape.Rank];
            shape.Dims.CopyTo(dims);
            dims[axis] = indices.Length;
            return t.Take(node, axis, indices, t.Intern(dims));
        }

        /// <summary>The same elements with other extents; one extent may be -1 and is then found.</summary>
        public Tensor Reshape(params int[] shape) => Live("Reshape").Reshape(node, shape);

        /// <summary>The same elements with other extents; one extent may be -1 and is then found.</summary>
        public Tensor Reshape(ReadOnlySpan<int> shape) => Live("Reshape").Reshape(node, shape);

        /// <summary>All elements as a vector.</summary>
        public Tensor Flatten() => Live("Flatten").ReshapeTo(node, tape.VectorShape(Count));

        /// <summary>Puts in an axis of extent 1.</summary>
        public Tensor Unsqueeze(int axis)
        {
            TensorTape t = Live("Unsqueeze");
            TensorShape shape = t.ShapeOf(node);
            int at = axis < 0 ? axis + shape.Rank + 1 : axis;
            if (at < 0 || at > shape.Rank)
                throw new ArgumentOutOfRangeException(nameof(axis), $"Unsqueeze: axis {axis} is out of range for a tensor of shape {shape}.");
            Span<int> dims = stackalloc int[shape.Rank + 1];
            for (int k = 0; k <= shape.Rank; k++)
                dims[k] = k < at ? shape.Dims[k] : k == at ? 1 : shape.Dims[k - 1];
            return t.ReshapeTo(node, t.Intern(dims));
        }

        /// <summary>Drops an axis of extent 1.</summary>
        public Tensor Squeeze(int axis)
        {
            TensorTape t = Live("Squeeze");
            TensorShape shape = t.ShapeOf(node);
            axis = shape.Axis(axis, "Squeeze");
            if (shape.Dims[axis] != 1)
                throw new ArgumentException($"Squeeze: axis {axis} of shape {shape} has extent {shape.Dims[axis]}; only an axis of extent 1 can be dropped.");
            return t.ReshapeTo(node, t.ReducedShape(shape, axis, keepDims: false));
        }

        /// <summary>Repeats the tensor along missing axes and axes of extent 1 to a larger shape.</summary>
        public Tensor Expand(params int[] shape)
        {
            TensorTape t = Live("Expand");
            int id = t.Intern(shape);
            if (!Broadcasting.Fits(t.ShapeOf(node), t.ShapeAt(id)))
                throw TensorErrors.Broadcast(t.ShapeOf(node), t.ShapeAt(id), "Expand");
            return t.At(t.Expand(node, id));
        }

        /// <summary>The transpose of a matrix.</summary>
        public Tensor Transpose() => Transpose(-2, -1);

        /// <summary>Exchanges two axes.</summary>
        public Tensor Transpose(int first, int second)
        {
            TensorTape t = Live("Transpose");
            TensorShape shape = t.ShapeOf(node);
            Span<int> permutation = stackalloc int[shape.Rank];
            for (int k = 0; k < shape.Rank; k++)
                permutation[k] = k;
            int a = shape.Axis(first, "Transpose");
            int b = shape.Axis(second, "Transpose");
            permutation[a] = b;
            permutation[b] = a;
            return t.Transpose(node, permutation);
        }

        /// <summary>Reorders the axes: axis k of the result is axis axes[k] of this.</summary>
        public Tensor Permute(params int[] axes)
        {
            TensorTape t = Live("Permute");
            TensorShape shape = t.ShapeOf(node);
            Span<int> permutation = stackalloc int[shape.Rank];
            Span<bool> seen = stackalloc bool[shape.Rank];
            seen.Clear();
            if (axes == null || axes.Length != shape.Rank)
                throw new ArgumentException($"Permute: a tensor of shape {shape} needs {shape.Rank} axes.");
            for (int k = 0; k < shape.Rank; k++)
            {
                permutation[k] = shape.Axis(axes[k], "Permute");
                if (seen[permutation[k]])
                    throw new ArgumentException($"Permute: axis {axes[k]} stands twice in {TensorShape.Text(axes)}.");
                seen[permutation[k]] = true;
            }
            return t.Transpose(node, permutation);
        }

        /// <summary>Keeps the lower triangle of a matrix, diagonal included; the rest is 0.</summary>
        public Tensor Tril() => Triangle("Tril", upper: false);

        /// <summary>Keeps the upper triangle of a matrix, diagonal included; the rest is 0.</summary>
        public Tensor Triu() => Triangle("Triu", upper: true);

        private Tensor Triangle(string operation, bool upper)
        {
            TensorTape t = Live(operation);
            if (Rank < 2)
                throw new ArgumentException($"{operation}: a matrix is needed, but the shape is {t.ShapeOf(node)}.");
            return t.Triangle(node, upper, halfDiagonal: false);
        }

        /// <summary>Puts tensors one after the other along an axis.</summary>
        public static Tensor Concat(ReadOnlySpan<Tensor> tensors, int axis = 0)
        {
            if (tensors.IsEmpty)
                throw new ArgumentException("Concat: at least one tensor is needed.", nameof(tensors));
            TensorTape t = tensors[0].Live("Concat");
            if (tensors[0].Rank == 0)
                throw new ArgumentException("Concat: scalars have no axis to put them along. Use Stack.");
            Span<int> nodes = tensors.Length <= 256 ? stackalloc int[tensors.Length] : new int[tensors.Length];
            for (int k = 0; k < tensors.Length; k++)
                nodes[k] = t.Enter(tensors[k], "Concat");
            return t.Concat(nodes, t.ShapeOf(nodes[0]).Axis(axis, "Concat"));
        }

        /// <summary>Puts tensors one after the other along an axis.</summary>
        public static Tensor Concat(params Tensor[] tensors) => Concat(tensors.AsSpan());

        /// <summary>Puts tensors of one shape side by side along a new axis.</summary>
        public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int axis = 0)
        {
            if (tensors.IsEmpty)
                throw new ArgumentException("Stack: at least one tensor is needed.", nameof(tensors));
            TensorTape t = null;
            for (int k = 0; k < tensors.Length && t == null; k++)
                t = tensors[k].IsLiteral ? null : tensors[k].Live("Stack");
            if (t == null)
                throw TensorErrors.NoTape("Stack");
            Span<int> nodes = tensors.Length <= 256 ? stackalloc int[tensors.Length] : new int[tensors.Length];
            int shape = -1;
            for (int k = 0; k < tensors.Length; k++)
            {
                int one = t.Enter(tensors[k], "Stack");
                shape = shape < 0 ? t.Nodes[one].Shape : shape;
                if (t.Nodes[one].Shape != shape)
                    throw new ArgumentException($"Stack: shapes {t.ShapeAt(shape)} and {t.ShapeOf(one)} must be equal.");
                nodes[k] = t.At(one).Unsqueeze(axis).node;
            }
            return t.Concat(nodes, t.ShapeOf(nodes[0]).Axis(axis, "Stack"));
        }

        /// <summary>Puts tensors of one shape side by side along a new first axis; scalars become a vector.</summary>
        public static Tensor Stack(params Tensor[] tensors) => Stack(tensors.AsSpan());
    }
}
