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
        readonly double[] matrix, factor, bar;
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
            Load(a, tangentOf(a), world, matrix);
            Symmetrise(matrix, n);
            Dense.SolveTriangular(factor, n, upper: false, transposed: false, unitDiagonal: false, matrix, n); // L^-1 Ȧ
            Transpose(matrix, n);
            Dense.SolveTriangular(factor, n, upper: false, transposed: false, unitDiagonal: false, matrix, n); // L^-1 Ȧ L^-T
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
            Dense.SolveTriangular(factor, n, upper: false, transposed: true, unitDiagonal: false, matrix, n);  // L^-T Φ
            Transpose(matrix, n);
            Dense.SolveTriangular(factor, n, upper: false, transposed: true, unitDiagonal: false, matrix, n);  // (L^-T Φ L^-1)^T
            Symmetrise(matrix, n);
            Add(a, adjointOf(a), world, matrix);
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
