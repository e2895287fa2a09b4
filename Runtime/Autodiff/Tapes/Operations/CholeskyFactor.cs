using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The lower triangular L with L L^T = A, for the symmetric part of A, which must be positive definite. Adjoint: Ā += the symmetric
    /// part of L^-T Φ(L^T L̄) L^-1, where Φ keeps the lower triangle and halves its diagonal (Murray 2016, Differentiation of the Cholesky
    /// decomposition, eq. 10).
    /// </summary>
    public sealed class CholeskyFactor : MatrixOperation
    {
        readonly Buffer a, l;
        readonly double[] matrix, factor, bar, reduced, result;
        readonly int n;

        /// <summary>The Cholesky factor of a matrix.</summary>
        /// <exception cref="ArgumentException">The shapes do not fit, or L is A.</exception>
        public CholeskyFactor(Buffer a, Buffer l) : base($"'{l.Name}' '{l.Name}'^T = '{a.Name}'", l, a)
        {
            RequireSystem(Name, a, l, l);
            RequireSquare(Name, l);
            (this.a, this.l) = (a, l);
            n = a.Elements;
            matrix = new double[n * n];
            factor = new double[n * n];
            bar = new double[n * n];
            reduced = new double[n * n];
            result = new double[n * n];
        }

        private protected override long ProductsPerWorld => (long)n * n * n / 6;

        private protected override void Forward(int world)
        {
            Load(a, world, matrix);
            Factor(a, matrix, factor, world);
            Store(l, world, factor);
        }

        // L̇ = L Φ(L^-1 Ȧ L^-T), with the symmetric part of Ȧ (Murray 2016, eq. 8).
        private protected override void Tangent(int world, Func<Buffer, Buffer> tangentOf)
        {
            Load(l, world, factor);
            LoadReduced(world, tangentOf(a));
            Phi(matrix, n);
            Array.Clear(bar, 0, bar.Length);
            Dense.AddProduct(factor, matrix, bar, n, n, n);
            Store(tangentOf(l), world, bar);
        }

        private protected override void Backward(int world, Func<Buffer, Buffer> adjointOf)
        {
            Load(l, world, factor);
            Load(l, adjointOf(l), world, bar);
            Array.Clear(matrix, 0, matrix.Length);
            Dense.AddProductTransposedLeft(factor, bar, matrix, n, n, n);
            Phi(matrix, n);
            AddExpanded(world, adjointOf(a));
        }

        // L̇ = L Φ(M) with M = L^-1 Ȧ L^-T, with cotangents Γ of L̇: let N = Φ(L^T Γ), the cotangents of M. Then Ȧ gets the symmetric part of
        // L^-T N L^-1, and L gets Γ Φ(M)^T - L^-T (N + N^T) M, since dM = -L^-1 dL M - M dL^T L^-T and M is symmetric.
        private protected override void TangentBackward(int world, Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf)
        {
            Buffer aDot = tangentOf(a), lDot = tangentOf(l);
            Load(l, world, factor);
            Load(l, adjointOf(lDot), world, bar);
            LoadReduced(world, aDot);
            Array.Copy(matrix, reduced, matrix.Length);
            Phi(matrix, n);
            Array.Clear(result, 0, result.Length);
            Dense.AddProductTransposedRight(bar, matrix, result, n, n, n); // Γ Φ(M)^T
            Add(l, adjointOf(l), world, result);

            Array.Clear(matrix, 0, matrix.Length);
            Dense.AddProductTransposedLeft(factor, bar, matrix, n, n, n);
            Phi(matrix, n); // N
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) bar[i * n + j] = -(matrix[i * n + j] + matrix[j * n + i]);
            Array.Clear(result, 0, result.Length);
            Dense.AddProduct(bar, reduced, result, n, n, n);
            Dense.SolveTriangular(factor, n, upper: false, transposed: true, unitDiagonal: false, result, n); // -L^-T (N + N^T) M
            Add(l, adjointOf(l), world, result);
            AddExpanded(world, adjointOf(aDot));
        }

        // L^-1 S L^-T, for the symmetric part S of a matrix shaped as A.
        void LoadReduced(int world, Buffer numbers)
        {
            Load(a, numbers, world, matrix);
            Symmetrise(matrix, n);
            Dense.SolveTriangular(factor, n, upper: false, transposed: false, unitDiagonal: false, matrix, n); // L^-1 S
            Transpose(matrix, n);
            Dense.SolveTriangular(factor, n, upper: false, transposed: false, unitDiagonal: false, matrix, n); // L^-1 S L^-T
        }

        // Adds the symmetric part of L^-T N L^-1, for the N that is held, to a matrix shaped as A.
        void AddExpanded(int world, Buffer target)
        {
            Dense.SolveTriangular(factor, n, upper: false, transposed: true, unitDiagonal: false, matrix, n);  // L^-T N
            Transpose(matrix, n);
            Dense.SolveTriangular(factor, n, upper: false, transposed: true, unitDiagonal: false, matrix, n);  // (L^-T N L^-1)^T
            Symmetrise(matrix, n);
            Add(a, target, world, matrix);
        }

        /// <summary>The factor of the symmetric part of a matrix, which it replaces it by.</summary>
        internal static void Factor(Buffer a, Span<double> matrix, Span<double> factor, int world)
        {
            Symmetrise(matrix, a.Elements);
            int failed = Dense.Cholesky(matrix, factor, a.Elements);
            if (failed >= 0)
                throw new ArithmeticException($"the matrix '{a.Name}' is not positive definite in world {world}: its leading minor of order {failed + 1} is not positive.");
        }

        static void Phi(Span<double> a, int n)
        {
            for (int i = 0; i < n; i++)
            {
                a[i * n + i] *= 0.5;
                a.Slice(i * n + i + 1, n - i - 1).Clear();
            }
        }

        static void Transpose(Span<double> a, int n)
        {
            for (int i = 0; i < n; i++)
                for (int j = 0; j < i; j++) (a[i * n + j], a[j * n + i]) = (a[j * n + i], a[i * n + j]);
        }
    }
}
