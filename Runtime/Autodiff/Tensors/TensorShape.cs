using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>Extents of a tensor, row-major (the last axis is contiguous). Interned per tape, immutable.</summary>
    internal sealed class TensorShape
    {
        internal readonly int[] Dims;
        internal readonly int[] Strides;
        internal readonly int Count;

        internal TensorShape(ReadOnlySpan<int> dims)
        {
            Dims = dims.ToArray();
            Strides = new int[dims.Length];
            long count = 1;
            for (int axis = dims.Length - 1; axis >= 0; axis--)
            {
                if (dims[axis] < 0)
                    throw new ArgumentException($"A tensor cannot have shape {Text(dims)}: extents must not be negative.");
                Strides[axis] = (int)count;
                count *= dims[axis];
                if (count > int.MaxValue)
                    throw new ArgumentException($"A tensor of shape {Text(dims)} has more elements than {int.MaxValue}.");
            }
            Count = (int)count;
        }

        internal int Rank => Dims.Length;

        internal bool Is(ReadOnlySpan<int> dims) => dims.SequenceEqual(Dims);

        /// <summary>Axis counted from the end where negative, as in PyTorch.</summary>
        internal int Axis(int axis, string operation)
        {
            int a = axis < 0 ? axis + Rank : axis;
            if (a < 0 || a >= Rank)
                throw new ArgumentOutOfRangeException(nameof(axis), $"{operation}: axis {axis} is out of range for a tensor of shape {this}; it must lie in [{-Rank}, {Rank - 1}].");
            return a;
        }

        /// <summary>Splits the shape at an axis: elements before it, along it, after it.</summary>
        internal void Split(int axis, out int outer, out int length, out int inner)
        {
            outer = 1;
            for (int i = 0; i < axis; i++)
                outer *= Dims[i];
            length = Dims[axis];
            inner = Strides[axis];
        }

        public override string ToString() => Text(Dims);

        internal static string Text(ReadOnlySpan<int> dims)
        {
            var text = new System.Text.StringBuilder("[");
            for (int i = 0; i < dims.Length; i++)
                text.Append(i > 0 ? ", " : "").Append(dims[i]);
            return text.Append(']').ToString();
        }
    }
}
