using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// X with A X = B, by LU factors with partial pivoting. Adjoint: with Λ = A^-T X̄, B̄ += Λ and Ā -= Λ X^T (Giles 2008, An extended
    /// collection of matrix derivative results, 2.3.1).
    /// </summary>
    public sealed class LinearSolve : MatrixOperation
    {
        readonly Buffer a, b, x;
        readonly double[] factors, solution, lambda, aBar;
        readonly int[] pivots;

        /// <summary>The solution of a square system for each column of B.</summary>
        /// <exception cref="ArgumentException">The shapes do not fit, or X is A or B.</exception>
        public LinearSolve(Buffer a, Buffer b, Buffer x) : base($"'{a.Name}' '{x.Name}' = '{b.Name}'", x, a, b)
        {
            RequireSystem(Name, a, b, x);
            (this.a, this.b, this.x) = (a, b, x);
            factors = new double[a.Elements * a.Elements];
            aBar = new double[factors.Length];
            solution = new double[b.Elements * b.Components];
            lambda = new double[solution.Length];
            pivots = new int[a.Elements];
        }

        private protected override long ProductsPerWorld => (long)a.Elements * a.Elements * (a.Elements / 3 + b.Components);

        private protected override void Forward(int world)
        {
            Factor(world);
            Load(b, world, solution);
            Dense.SolveFactored(factors, pivots, a.Elements, solution, b.Components);
            Store(x, world, solution);
        }

        // Ẋ = A^-1 (Ḃ - Ȧ X)
        private protected override void Tangent(int world, Func<Buffer, Buffer> tangentOf)
        {
            Load(x, world, solution);
            Negate(solution);
            Load(a, tangentOf(a), world, aBar);
            Load(b, tangentOf(b), world, lambda);
            Dense.AddProduct(aBar, solution, lambda, a.Elements, a.Elements, b.Components);
            Factor(world);
            Dense.SolveFactored(factors, pivots, a.Elements, lambda, b.Components);
            Store(tangentOf(x), world, lambda);
        }

        private protected override void Backward(int world, Func<Buffer, Buffer> adjointOf)
        {
            Factor(world);
            Load(x, adjointOf(x), world, lambda);
            Dense.SolveFactoredTransposed(factors, pivots, a.Elements, lambda, b.Components);
            Add(b, adjointOf(b), world, lambda);
            Negate(lambda);
            AddOuter(world, x, adjointOf(a));
        }

        // Ẋ = A^-1 (Ḃ - Ȧ X), with cotangents Γ: let Λ = A^-T Γ. Then Ḃ gets Λ, Ȧ gets -Λ X^T, X gets -Ȧ^T Λ, and A gets -Λ Ẋ^T.
        private protected override void TangentBackward(int world, Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf)
        {
            Buffer aDot = tangentOf(a), bDot = tangentOf(b), xDot = tangentOf(x);
            Factor(world);
            Load(x, adjointOf(xDot), world, lambda);
            Dense.SolveFactoredTransposed(factors, pivots, a.Elements, lambda, b.Components);
            Add(b, adjointOf(bDot), world, lambda);
            Negate(lambda);
            AddOuter(world, x, adjointOf(aDot));
            AddOuter(world, xDot, adjointOf(a));
            Load(a, aDot, world, aBar);
            Array.Clear(solution, 0, solution.Length);
            Dense.AddProductTransposedLeft(aBar, lambda, solution, a.Elements, a.Elements, b.Components);
            Add(x, adjointOf(x), world, solution);
        }

        // Adds Λ Y^T, for the Λ that is held, to a matrix shaped as A.
        void AddOuter(int world, Buffer y, Buffer target)
        {
            Load(x, y, world, solution);
            Array.Clear(aBar, 0, aBar.Length);
            Dense.AddProductTransposedRight(lambda, solution, aBar, a.Elements, b.Components, a.Elements);
            Add(a, target, world, aBar);
        }

        void Factor(int world)
        {
            Load(a, world, factors);
            if (!Dense.Factor(factors, pivots, a.Elements))
                throw new ArithmeticException($"the matrix '{a.Name}' is singular in world {world}, so the system has no unique solution.");
        }
    }
}
