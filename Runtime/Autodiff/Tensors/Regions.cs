using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>Copies between an array and a part of one: slices, picked indices, triangles.</summary>
    internal static class Regions
    {
        /// <summary>to (+)= from[.., start : start + length, ..]</summary>
        internal static void Read(ReadOnlySpan<double> from, TensorShape shape, int axis, int start, int length, Span<double> to, bool add)
        {
            shape.Split(axis, out int outer, out int full, out int inner);
            int run = length * inner;
            for (int o = 0; o < outer; o++)
            {
                ReadOnlySpan<double> source = from.Slice((o * full + start) * inner, run);
                Span<double> target = to.Slice(o * run, run);
                if (add)
                    AddTo(target, source);
                else
                    source.CopyTo(target);
            }
        }

        /// <summary>to[.., start : start + length, ..] += from, where shape is that of to.</summary>
        internal static void Add(ReadOnlySpan<double> from, TensorShape shape, int axis, int start, int length, Span<double> to)
        {
            shape.Split(axis, out int outer, out int full, out int inner);
            int run = length * inner;
            for (int o = 0; o < outer; o++)
                AddTo(to.Slice((o * full + start) * inner, run), from.Slice(o * run, run));
        }

        /// <summary>to[.., k, ..] (+)= from[.., indices[k], ..]</summary>
        internal static void Gather(ReadOnlySpan<double> from, TensorShape shape, int axis, ReadOnlySpan<int> indices, Span<double> to, bool add)
        {
            shape.Split(axis, out int outer, out int full, out int inner);
            for (int o = 0; o < outer; o++)
            {
                for (int k = 0; k < indices.Length; k++)
                {
                    ReadOnlySpan<double> source = from.Slice((o * full + indices[k]) * inner, inner);
                    Span<double> target = to.Slice((o * indices.Length + k) * inner, inner);
                    if (add)
                        AddTo(target, source);
                    else
                        source.CopyTo(target);
                }
            }
        }

        /// <summary>to[.., indices[k], ..] += from[.., k, ..], where shape is that of to. In order, so repeated indices add up the same way every time.</summary>
        internal static void Scatter(ReadOnlySpan<double> from, TensorShape shape, int axis, ReadOnlySpan<int> indices, Span<double> to)
        {
            shape.Split(axis, out int outer, out int full, out int inner);
            for (int o = 0; o < outer; o++)
            {
                for (int k = 0; k < indices.Length; k++)
                    AddTo(to.Slice((o * full + indices[k]) * inner, inner), from.Slice((o * indices.Length + k) * inner, inner));
            }
        }

        /// <summary>to (+)= the lower or upper triangle of each matrix.</summary>
        internal static void Triangle(ReadOnlySpan<double> from, TensorShape shape, bool upper, bool halfDiagonal, Span<double> to, bool add)
        {
            int rows = shape.Dims[shape.Rank - 2];
            int columns = shape.Dims[shape.Rank - 1];
            for (int i = 0; i < to.Length; i++)
            {
                int row = i / columns % rows;
                int column = i % columns;
                double kept = row == column ? (halfDiagonal ? 0.5 * from[i] : from[i])
                    : (upper ? column > row : column < row) ? from[i] : 0;
                to[i] = add ? to[i] + kept : kept;
            }
        }

        internal static void AddTo(Span<double> to, ReadOnlySpan<double> from)
        {
            Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(to);
            ReadOnlySpan<Vector<double>> source = MemoryMarshal.Cast<double, Vector<double>>(from);
            for (int k = 0; k < target.Length && k < source.Length; k++)
                target[k] += source[k];
            for (int i = target.Length * Vector<double>.Count; i < to.Length; i++)
                to[i] += from[i];
        }

        /// <summary>Adds one number to every element.</summary>
        internal static void AddTo(Span<double> to, double number)
        {
            Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(to);
            var numbers = new Vector<double>(number);
            for (int k = 0; k < target.Length; k++)
                target[k] += numbers;
            for (int i = target.Length * Vector<double>.Count; i < to.Length; i++)
                to[i] += number;
        }
    }

    /// <summary>Repeating a tensor to a larger shape, summing it back, and reordering axes.</summary>
    internal static class Broadcasting
    {
        /// <summary>to = from repeated along the axes it lacks or has once.</summary>
        internal static void Spread(ReadOnlySpan<double> from, TensorShape small, Span<double> to, TensorShape large)
        {
            Span<int> strides = stackalloc int[large.Rank];
            Strides(small, large, strides);
            Span<int> index = stackalloc int[large.Rank];
            index.Clear();
            int at = 0;
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[at];
                at += Next(index, large, strides);
            }
        }

        /// <summary>to += from summed along the axes that <see cref="Spread"/> repeats.</summary>
        internal static void Gather(ReadOnlySpan<double> from, TensorShape large, Span<double> to, TensorShape small)
        {
            Span<int> strides = stackalloc int[large.Rank];
            Strides(small, large, strides);
            Span<int> index = stackalloc int[large.Rank];
            index.Clear();
            int at = 0;
            for (int i = 0; i < from.Length; i++)
            {
                to[at] += from[i];
                at += Next(index, large, strides);
            }
        }

        /// <summary>to (+)= from with its axes reordered: axis k of the result is axis permutation[k] of the operand.</summary>
        internal static void Permute(ReadOnlySpan<double> from, TensorShape shape, ReadOnlySpan<int> permutation, Span<double> to, bool add)
        {
            int rank = shape.Rank;
            Span<int> dims = stackalloc int[rank];
            Span<int> strides = stackalloc int[rank];
            for (int k = 0; k < rank; k++)
            {
                dims[k] = shape.Dims[permutation[k]];
                strides[k] = shape.Strides[permutation[k]];
            }
            Span<int> index = stackalloc int[rank];
            index.Clear();
            int at = 0;
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = add ? to[i] + from[at] : from[at];
                for (int k = rank - 1; k >= 0; k--)
                {
                    at += strides[k];
                    if (++index[k] < dims[k])
                        break;
                    at -= strides[k] * dims[k];
                    index[k] = 0;
                }
            }
        }

        /// <summary>True where <paramref name="small"/> can be repeated to <paramref name="large"/>.</summary>
        internal static bool Fits(TensorShape small, TensorShape large)
        {
            for (int k = 1; k <= small.Rank; k++)
            {
                int d = small.Dims[small.Rank - k];
                if (k > large.Rank || (d != 1 && d != large.Dims[large.Rank - k]))
                    return false;
            }
            return true;
        }

        /// <summary>Strides of the small tensor along the axes of the large one; 0 where it is repeated.</summary>
        private static void Strides(TensorShape small, TensorShape large, Span<int> strides)
        {
            strides.Clear();
            for (int k = 1; k <= small.Rank; k++)
                strides[large.Rank - k] = small.Dims[small.Rank - k] == 1 ? 0 : small.Strides[small.Rank - k];
        }

        /// <summary>Counts the index on by one element of the large shape; returns how far the small one moves.</summary>
        private static int Next(Span<int> index, TensorShape shape, ReadOnlySpan<int> strides)
        {
            int moved = 0;
            for (int k = shape.Rank - 1; k >= 0; k--)
            {
                moved += strides[k];
                if (++index[k] < shape.Dims[k])
                    return moved;
                moved -= strides[k] * shape.Dims[k];
                index[k] = 0;
            }
            return moved;
        }
    }
}
