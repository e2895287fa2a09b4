using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// X with A X = B by Cholesky factors, for the symmetric part of A, which must be positive definite: half the work of
    /// <see cref="LinearSolve"/>. Adjoint: with Λ = A^-1 X̄, B̄ += Λ and Ā -= (Λ X^T + X Λ^T) / 2.
    /// </summary>
    public sealed class CholeskySolve : MatrixOperation
    {
        readonly Buffer a, b, x;
        readonly double[] matrix, factor, solution, lambda;

        /// <summary>The solution of a symmetric positive definite system for each column of B.</summary>
        /// <exception cref="ArgumentException">The shapes do not fit, or X is A or B.</exception>
        public CholeskySolve(Buffer a, Buffer b, Buffer x) : base($"'{a.Name}' '{x.Name}' = '{b.Name}', '{a.Name}' symmetric", x, a, b)
        {
            RequireSystem(Name, a, b, x);
            (this.a, this.b, this.x) = (a, b, x);
            matrix = new double[a.Elements * a.Elements];
            factor = new double[matrix.Length];
            solution = new double[b.Elements * b.Components];
            lambda = new double[solution.Length];
        }

        private protected override long ProductsPerWorld => (long)a.Elements * a.Elements * (a.Elements / 6 + b.Components);

        private protected override void Forward(int world)
        {
            Factor(world);
            Load(b, world, solution);
            Solve(solution);
            Store(x, world, solution);
        }

        // Ẋ = A^-1 (Ḃ - Ȧ X)
        private protected override void Tangent(int world, Func<Buffer, Buffer> tangentOf)
        {
            Load(x, world, solution);
            Negate(solution);
            Load(a, tangentOf(a), world, matrix);
            Symmetrise(matrix, a.Elements);
            Load(b, tangentOf(b), world, lambda);
            Dense.AddProduct(matrix, solution, lambda, a.Elements, a.Elements, b.Components);
            Factor(world);
            Solve(lambda);
            Store(tangentOf(x), world, lambda);
        }

        private protected override void Backward(int world, Func<Buffer, Buffer> adjointOf)
        {
            Factor(world);
            Load(x, adjointOf(x), world, lambda);
            Solve(lambda);
            Add(b, adjointOf(b), world, lambda);
            Negate(lambda);
            AddOuter(world, x, adjointOf(a));
        }

        // As for the solve by LU, with the symmetric parts of A and Ȧ: Λ = A^-1 Γ; Ḃ gets Λ, Ȧ the symmetric part of -Λ X^T, X gets -Ȧ Λ, and A
        // the symmetric part of -Λ Ẋ^T.
        private protected override void TangentBackward(int world, Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf)
        {
            Buffer aDot = tangentOf(a), bDot = tangentOf(b), xDot = tangentOf(x);
            Factor(world);
            Load(x, adjointOf(xDot), world, lambda);
            Solve(lambda);
            Add(b, adjointOf(bDot), world, lambda);
            Negate(lambda);
            AddOuter(world, x, adjointOf(aDot));
            AddOuter(world, xDot, adjointOf(a));
            Load(a, aDot, world, matrix);
            Symmetrise(matrix, a.Elements);
            Array.Clear(solution, 0, solution.Length);
            Dense.AddProduct(matrix, lambda, solution, a.Elements, a.Elements, b.Components);
            Add(x, adjointOf(x), world, solution);
        }

        // Adds the symmetric part of Λ Y^T, for the Λ that is held, to a matrix shaped as A.
        void AddOuter(int world, Buffer y, Buffer target)
        {
            Load(x, y, world, solution);
            Array.Clear(matrix, 0, matrix.Length);
            Dense.AddProductTransposedRight(lambda, solution, matrix, a.Elements, b.Components, a.Elements);
            Symmetrise(matrix, a.Elements);
            Add(a, target, world, matrix);
        }

        void Factor(int world)
        {
            Load(a, world, matrix);
            CholeskyFactor.Factor(a, matrix, factor, world);
        }

        void Solve(double[] columns)
        {
            Dense.SolveTriangular(factor, a.Elements, upper: false, transposed: false, unitDiagonal: false, columns, b.Components);
            Dense.SolveTriangular(factor, a.Elements, upper: false, transposed: true, unitDiagonal: false, columns, b.Components);
        }
    }
}
