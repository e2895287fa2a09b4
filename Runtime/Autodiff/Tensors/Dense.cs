using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>Dense linear algebra on row-major arrays (Golub and Van Loan, Matrix Computations, chapters 1, 3 and 4).</summary>
    internal static class Dense
    {
        internal static void Batch(TensorShape a, TensorShape b, out int batch, out int m, out int k, out int n)
        {
            m = a.Dims[a.Rank - 2];
            k = a.Dims[a.Rank - 1];
            n = b.Dims[b.Rank - 1];
            batch = m * k == 0 ? 0 : a.Count / (m * k);
        }

        /// <summary>C += A B, with A m x k and B k x n.</summary>
        internal static void AddProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n)
        {
            for (int i = 0; i < m; i++)
            {
                Span<double> row = c.Slice(i * n, n);
                for (int p = 0; p < k; p++)
                    AddScaled(row, a[i * k + p], b.Slice(p * n, n));
            }
        }

        /// <summary>C += A B^T, with A m x n and B k x n.</summary>
        internal static void AddProductTransposedRight(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int n, int k)
        {
            for (int i = 0; i < m; i++)
            {
                for (int p = 0; p < k; p++)
                    c[i * k + p] += Dot(a.Slice(i * n, n), b.Slice(p * n, n));
            }
        }

        /// <summary>C += A^T B, with A m x k and B m x n.</summary>
        internal static void AddProductTransposedLeft(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n)
        {
            for (int i = 0; i < m; i++)
            {
                for (int p = 0; p < k; p++)
                    AddScaled(c.Slice(p * n, n), a[i * k + p], b.Slice(i * n, n));
            }
        }

        /// <summary>Replaces A by its LU factors with rows exchanged; false where a pivot is zero or not a number.</summary>
        internal static bool Factor(Span<double> a, Span<int> pivots, int n)
        {
            for (int column = 0; column < n; column++)
            {
                int pivot = column;
                for (int row = column + 1; row < n; row++)
                {
                    if (Math.Abs(a[row * n + column]) > Math.Abs(a[pivot * n + column]))
                        pivot = row;
                }
                pivots[column] = pivot;
                if (pivot != column)
                    Swap(a.Slice(pivot * n, n), a.Slice(column * n, n));
                double diagonal = a[column * n + column];
                if (diagonal == 0 || double.IsNaN(diagonal))
                    return false;
                ReadOnlySpan<double> top = a.Slice(column * n + column + 1, n - column - 1);
                for (int row = column + 1; row < n; row++)
                {
                    double factor = a[row * n + column] /= diagonal;
                    if (factor != 0)
                        AddScaled(a.Slice(row * n + column + 1, n - column - 1), -factor, top);
                }
            }
            return true;
        }

        /// <summary>Overwrites B (n rows) with A^-1 B.</summary>
        internal static void SolveFactored(ReadOnlySpan<double> lu, ReadOnlySpan<int> pivots, int n, Span<double> b, int columns)
        {
            for (int i = 0; i < n; i++)
            {
                if (pivots[i] != i)
                    Swap(b.Slice(i * columns, columns), b.Slice(pivots[i] * columns, columns));
            }
            SolveTriangular(lu, n, upper: false, transposed: false, unitDiagonal: true, b, columns);
            SolveTriangular(lu, n, upper: true, transposed: false, unitDiagonal: false, b, columns);
        }

        /// <summary>Overwrites B (n rows) with A^-T B.</summary>
        internal static void SolveFactoredTransposed(ReadOnlySpan<double> lu, ReadOnlySpan<int> pivots, int n, Span<double> b, int columns)
        {
            SolveTriangular(lu, n, upper: true, transposed: true, unitDiagonal: false, b, columns);
            SolveTriangular(lu, n, upper: false, transposed: true, unitDiagonal: true, b, columns);
            for (int i = n - 1; i >= 0; i--)
            {
                if (pivots[i] != i)
                    Swap(b.Slice(i * columns, columns), b.Slice(pivots[i] * columns, columns));
            }
        }

        /// <summary>
        /// Overwrites B (n rows) with T^-1 B or T^-T B. Rows of T are read along memory either way: by substitution row by row
        /// when not transposed, by eliminating each found unknown from the rest when transposed.
        /// </summary>
        internal static void SolveTriangular(ReadOnlySpan<double> t, int n, bool upper, bool transposed, bool unitDiagonal, Span<double> b, int columns)
        {
            bool backward = upper != transposed;
            for (int step = 0; step < n; step++)
            {
                int i = backward ? n - 1 - step : step;
                int from = upper ? i + 1 : 0;
                int to = upper ? n : i;
                Span<double> row = b.Slice(i * columns, columns);
                if (!transposed && columns == 1)
                    row[0] -= Dot(t.Slice(i * n + from, to - from), b.Slice(from, to - from));
                else if (!transposed)
                {
                    for (int j = from; j < to; j++)
                        AddScaled(row, -t[i * n + j], b.Slice(j * columns, columns));
                }
                if (!unitDiagonal)
                {
                    double diagonal = t[i * n + i];
                    for (int c = 0; c < columns; c++)
                        row[c] /= diagonal;
                }
                if (transposed && columns == 1)
                    AddScaled(b.Slice(from, to - from), -row[0], t.Slice(i * n + from, to - from));
                else if (transposed)
                {
                    for (int j = from; j < to; j++)
                        AddScaled(b.Slice(j * columns, columns), -t[i * n + j], row);
                }
            }
        }

        /// <summary>L with A = L L^T from the lower triangle of A, row by row; the row where it fails, or -1.</summary>
        internal static int Cholesky(ReadOnlySpan<double> a, Span<double> l, int n)
        {
            l.Slice(0, n * n).Clear();
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double rest = a[i * n + j] - Dot(l.Slice(i * n, j), l.Slice(j * n, j));
                    if (i != j)
                        l[i * n + j] = rest / l[j * n + j];
                    else if (rest > 0)
                        l[i * n + i] = Math.Sqrt(rest);
                    else
                        return i;
                }
            }
            return -1;
        }

        internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            int k = 0;
            for (; k + 3 < a.Length; k += 4)
            {
                s0 += a[k] * b[k];
                s1 += a[k + 1] * b[k + 1];
                s2 += a[k + 2] * b[k + 2];
                s3 += a[k + 3] * b[k + 3];
            }
            for (; k < a.Length; k++)
                s0 += a[k] * b[k];
            return (s0 + s1) + (s2 + s3);
        }

        /// <summary>to += factor from, in vectors: each element is computed alone, so their width does not change a bit.</summary>
        private static void AddScaled(Span<double> to, double factor, ReadOnlySpan<double> from)
        {
            int i = 0;
            if (to.Length >= 2 * Vector<double>.Count)
            {
                Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(to);
                ReadOnlySpan<Vector<double>> source = MemoryMarshal.Cast<double, Vector<double>>(from);
                var factors = new Vector<double>(factor);
                for (int k = 0; k < target.Length && k < source.Length; k++)
                    target[k] += factors * source[k];
                i = target.Length * Vector<double>.Count;
            }
            for (; i < to.Length; i++)
                to[i] += factor * from[i];
        }

        private static void Swap(Span<double> a, Span<double> b)
        {
            for (int i = 0; i < a.Length; i++)
            {
                double t = a[i];
                a[i] = b[i];
                b[i] = t;
            }
        }
    }
}
