using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// What <see cref="BlockMatrix"/> does to square blocks of n rows and to vectors of n numbers, many of them in one launch. None is recorded.
    /// </summary>
    internal sealed class BlockKernels
    {
        public BlockKernels(int n)
        {
            Size = n;
            int all = n * n;
            Invert = Kernel.Define("invert blocks", k => k.StoreAt("factors", "pivot", Inverse(k.Gather("work", "pivot", all), n)));
            Scale = Kernel.Define("scale blocks", k =>
            {
                Real[] inverse = k.Gather("inverse", "pivot", all);
                k.StoreAt("upper", "upper", Product(inverse, k.Gather("right", "upper", all), n));
                k.StoreAt("lower", "lower", Product(k.Gather("left", "lower", all), inverse, n));
            });
            Eliminate = Kernel.Define("eliminate blocks", k =>
                k.AccumulateAt("work", "target", Negative(Product(k.Gather("lower", "lower", all), k.Gather("right", "upper", all), n))));
            Multiply = Kernel.Define("multiply by inverses", k => k.Store("vector", Times(k.Lane("factors", all), k.Lane("vector", n), n)));
            MultiplyTransposed = Kernel.Define("multiply by transposed inverses", k => k.Store("vector", Times(Transposed(k.Lane("factors", all), n), k.Lane("vector", n), n)));
            Subtract = Kernel.Define("subtract products", k =>
                k.AccumulateAt("to", "to", Negative(Times(k.Gather("blocks", "block", all), k.Gather("from", "from", n), n))));
            SubtractTransposed = Kernel.Define("subtract transposed products", k =>
                k.AccumulateAt("to", "to", Negative(Times(Transposed(k.Gather("blocks", "block", all), n), k.Gather("from", "from", n), n))));
            SubtractOuter = Kernel.Define("subtract outer products", k =>
            {
                Real[] left = k.Gather("left", "row", n), right = k.Gather("right", "column", n), product = new Real[all];
                for (int r = 0; r < n; r++)
                    for (int c = 0; c < n; c++) product[r * n + c] = -left[r] * right[c];
                k.Accumulate("blocks", product);
            });
            Add = Kernel.Define("add vectors", k => k.Accumulate("to", k.Lane("from", n)));
        }

        /// <summary>Rows of a block.</summary>
        public int Size { get; }

        /// <summary>A_pp^-1 of pivots p.</summary>
        public Kernel Invert { get; }

        /// <summary>U_pj = A_pp^-1 A_pj and L_jp = A_jp A_pp^-1.</summary>
        public Kernel Scale { get; }

        /// <summary>A_ij -= L_ip A_pj.</summary>
        public Kernel Eliminate { get; }

        /// <summary>v_p = A_pp^-1 v_p.</summary>
        public Kernel Multiply { get; }

        /// <summary>v_p = A_pp^-T v_p.</summary>
        public Kernel MultiplyTransposed { get; }

        /// <summary>v_i -= M w_j.</summary>
        public Kernel Subtract { get; }

        /// <summary>v_i -= M^T w_j.</summary>
        public Kernel SubtractTransposed { get; }

        /// <summary>M -= v_i w_j^T.</summary>
        public Kernel SubtractOuter { get; }

        /// <summary>v += w.</summary>
        public Kernel Add { get; }

        private static Real[] Negative(Real[] values) => Array.ConvertAll(values, x => -x);

        private static Real[] Times(Real[] m, Real[] v, int n)
        {
            var result = new Real[n];
            for (int r = 0; r < n; r++)
            {
                result[r] = m[r * n] * v[0];
                for (int c = 1; c < n; c++) result[r] += m[r * n + c] * v[c];
            }

            return result;
        }

        private static Real[] Transposed(Real[] m, int n)
        {
            var result = new Real[n * n];
            for (int r = 0; r < n; r++)
                for (int c = 0; c < n; c++) result[r * n + c] = m[c * n + r];
            return result;
        }

        private static Real[] Product(Real[] a, Real[] b, int n)
        {
            var result = new Real[n * n];
            for (int r = 0; r < n; r++)
            {
                for (int c = 0; c < n; c++)
                {
                    Real sum = a[r * n] * b[c];
                    for (int i = 1; i < n; i++) sum += a[r * n + i] * b[i * n + c];
                    result[r * n + c] = sum;
                }
            }

            return result;
        }

        // Gauss-Jordan elimination.
        private static Real[] Inverse(Real[] matrix, int n)
        {
            var m = (Real[])matrix.Clone();
            for (int p = 0; p < n; p++)
            {
                Real pivot = 1 / m[p * n + p];
                for (int c = 0; c < n; c++) m[p * n + c] = c == p ? pivot : m[p * n + c] * pivot;
                for (int r = 0; r < n; r++)
                {
                    if (r == p) continue;
                    Real factor = m[r * n + p];
                    for (int c = 0; c < n; c++) m[r * n + c] = c == p ? -factor * pivot : m[r * n + c] - factor * m[p * n + c];
                }
            }

            return m;
        }
    }
}
