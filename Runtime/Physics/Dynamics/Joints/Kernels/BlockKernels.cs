using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Gaussian elimination on a sparse matrix of square blocks, level by level: joints of one level share no block, so that each step of a
    /// level is one launch. No exchanges are needed: the matrix is S + B K with K positive definite and S, B diagonal and not negative.
    /// Source: Golub and Van Loan, "Matrix Computations", section 4.5 (block LU).
    /// </summary>
    internal static class BlockKernels
    {
        /// <summary>Inverse of the pivots' blocks.</summary>
        public static Kernel Invert(int n) => Kernel.Define("invert blocks", k => k.StoreAt("inverses", "pivot", Inverse(k.Gather("blocks", "pivot", n * n), n)));

        /// <summary>U_pj = A_pp^-1 A_pj, and A_jp set aside.</summary>
        public static Kernel Scale(int n) => Kernel.Define("scale blocks", k =>
        {
            k.StoreAt("scaled", "upper", Product(k.Gather("inverses", "pivot", n * n), k.Gather("blocks", "upper", n * n), n));
            k.StoreAt("aside", "lower", k.Gather("below", "lower", n * n));
        });

        /// <summary>A_ij -= A_ip U_pj.</summary>
        public static Kernel Eliminate(int n) => Kernel.Define("eliminate blocks", k =>
            k.AccumulateAt("blocks", "target", Negative(Product(k.Gather("aside", "lower", n * n), k.Gather("scaled", "upper", n * n), n))));

        /// <summary>y_p = A_pp^-1 b_p.</summary>
        public static Kernel Solve(int n) => Kernel.Define("solve blocks", k =>
            k.StoreAt("half", "pivot", Times(k.Gather("inverses", "pivot", n * n), k.Gather("right", "pivot", n), n)));

        /// <summary>b_i -= A_ip y_p.</summary>
        public static Kernel Forward(int n) => Kernel.Define("substitute forward", k =>
            k.AccumulateAt("right", "target", Negative(Times(k.Gather("aside", "lower", n * n), k.Gather("half", "pivot", n), n))));

        /// <summary>y_p -= U_pj x_j.</summary>
        public static Kernel Back(int n) => Kernel.Define("substitute back", k =>
            k.AccumulateAt("half", "pivot", Negative(Times(k.Gather("scaled", "upper", n * n), k.Gather("step", "target", n), n))));

        /// <summary>x_p = y_p.</summary>
        public static Kernel Finish(int n) => Kernel.Define("finish substitution", k => k.StoreAt("step", "pivot", k.Gather("half", "pivot", n)));

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
