using System;

namespace DiffPhysics.Autodiff
{
    // Dense linear algebra.
    public readonly unsafe partial struct Tensor
    {
        /// <summary>
        /// Matrix product over the last two axes, leading axes broadcasting as batches. A vector counts as a row on the left
        /// and as a column on the right, so two vectors give their dot product.
        /// </summary>
        /// <exception cref="ArgumentException">The inner extents differ, or an operand is a scalar.</exception>
        public static Tensor MatMul(Tensor a, Tensor b)
        {
            TensorTape t = TensorTape.Of(a, b, "MatMul");
            TensorShape x = t.ShapeOf(t.Enter(a, "MatMul"));
            TensorShape y = t.ShapeOf(t.Enter(b, "MatMul"));
            int inner = y.Rank == 0 ? 0 : y.Dims[Math.Max(0, y.Rank - 2)];
            if (x.Rank == 0 || y.Rank == 0 || x.Dims[x.Rank - 1] != inner)
                throw new ArgumentException($"MatMul: shapes {x} and {y} do not fit: the last extent of the first must equal the last but one of the second (the only one of a vector). Use * for elementwise products.");
            bool row = x.Rank == 1;
            bool column = y.Rank == 1;
            a = row ? a.Unsqueeze(0) : a;
            b = column ? b.Unsqueeze(1) : b;
            BroadcastBatches(t, ref a, ref b);
            Tensor product = t.MatMul(a.node, b.node);
            product = row ? product.Squeeze(-2) : product;
            return column ? product.Squeeze(-1) : product;
        }

        private static void BroadcastBatches(TensorTape t, ref Tensor a, ref Tensor b)
        {
            TensorShape x = t.ShapeOf(a.node);
            TensorShape y = t.ShapeOf(b.node);
            if (x.Rank == 2 && y.Rank == 2)
                return;
            int batch = t.BroadcastShapes(
                t.Intern(x.Dims.AsSpan(0, x.Rank - 2)), t.Intern(y.Dims.AsSpan(0, y.Rank - 2)), "MatMul");
            a = WithBatch(t, a, x, t.ShapeAt(batch));
            b = WithBatch(t, b, y, t.ShapeAt(batch));
        }

        private static Tensor WithBatch(TensorTape t, Tensor matrix, TensorShape shape, TensorShape batch)
        {
            Span<int> dims = stackalloc int[batch.Rank + 2];
            batch.Dims.CopyTo(dims);
            dims[batch.Rank] = shape.Dims[shape.Rank - 2];
            dims[batch.Rank + 1] = shape.Dims[shape.Rank - 1];
            int id = t.Intern(dims);
            return t.Nodes[matrix.node].Shape == id ? matrix : t.At(t.Expand(matrix.node, id));
        }

        /// <summary>Sum of the products of two vectors of equal length.</summary>
        public static Tensor Dot(Tensor a, Tensor b)
        {
            if (a.Rank != 1 || b.Rank != 1)
                throw new ArgumentException($"Dot: two vectors are needed, but the shapes are {TensorShape.Text(a.Shape)} and {TensorShape.Text(b.Shape)}. Use MatMul.");
            return MatMul(a, b);
        }

        /// <summary>X with A X = B, by LU factorisation with partial pivoting; the adjoint reuses the factors.</summary>
        /// <param name="a">A square matrix.</param>
        /// <param name="b">A vector, or a matrix of right sides.</param>
        /// <exception cref="ArithmeticException">The matrix is singular.</exception>
        public static Tensor Solve(Tensor a, Tensor b)
        {
            TensorTape t = TensorTape.Of(a, b, "Solve");
            int x = t.Enter(a, "Solve");
            int y = t.Enter(b, "Solve");
            t.RequireRightSide(x, y, "Solve");
            return t.Solve(x, y);
        }

        /// <summary>X with T X = B (or T^T X = B) for a triangular matrix; the other triangle is not read and gets gradient 0.</summary>
        /// <param name="t">A square matrix.</param>
        /// <param name="b">A vector, or a matrix of right sides.</param>
        /// <param name="upper">True to read the upper triangle, false for the lower.</param>
        /// <param name="transposed">True to solve with the transpose.</param>
        /// <exception cref="ArithmeticException">A diagonal element is zero.</exception>
        public static Tensor TriangularSolve(Tensor t, Tensor b, bool upper = false, bool transposed = false)
        {
            TensorTape tape = TensorTape.Of(t, b, "TriangularSolve");
            int x = tape.Enter(t, "TriangularSolve");
            int y = tape.Enter(b, "TriangularSolve");
            tape.RequireRightSide(x, y, "TriangularSolve");
            return tape.TriangularSolve(x, y, upper, transposed);
        }

        /// <summary>
        /// The lower triangular L with A = L L^T for a symmetric positive definite matrix. Reads the lower triangle; the
        /// gradient is symmetric, as if both triangles moved together.
        /// </summary>
        /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
        public static Tensor Cholesky(Tensor a)
        {
            TensorTape t = a.Live("Cholesky");
            t.RequireSquare(a.node, "Cholesky");
            return t.Cholesky(a.node);
        }
    }
}
