using System;

namespace DiffPhysics.Autodiff
{
    // Recording dense linear algebra on matrices (the last two axes) and, for products, batches of them.
    public sealed unsafe partial class TensorTape
    {
        /// <summary>Product over the last two axes; leading axes are equal already and count as a batch.</summary>
        internal Tensor MatMul(int a, int b)
        {
            TensorShape x = ShapeOf(a);
            TensorShape y = ShapeOf(b);
            Span<int> dims = stackalloc int[x.Rank];
            x.Dims.CopyTo(dims);
            dims[x.Rank - 1] = y.Dims[y.Rank - 1];
            int node = NewNode(TensorOp.MatMul, Intern(dims), a, b, Requires(a) || Requires(b));
            ValuesOf(node).Clear();
            Dense.Batch(x, y, out int batch, out int m, out int k, out int n);
            for (int i = 0; i < batch; i++)
                Dense.AddProduct(ValuesOf(a).Slice(i * m * k), ValuesOf(b).Slice(i * k * n), ValuesOf(node).Slice(i * m * n), m, k, n);
            return Done(node);
        }

        /// <summary>X = A^-1 B by LU with partial pivoting. Integers: B, offset of the factors, pivots.</summary>
        internal Tensor Solve(int a, int b)
        {
            int n = ShapeOf(a).Dims[0];
            int factors = NewScratch(n * n);
            Span<int> pivots = n <= 512 ? stackalloc int[n] : new int[n];
            ValuesOf(a).CopyTo(ScratchAt(factors, n * n));
            if (!Dense.Factor(ScratchAt(factors, n * n), pivots, n))
                throw new ArithmeticException($"Solve: the matrix, {Describe(a)}, is singular, so the system has no unique solution.");
            Span<int> head = stackalloc int[] { b, factors };
            int integersAt = NewIntegers(head);
            NewIntegers(pivots);
            int node = NewNode(TensorOp.Solve, Nodes[b].Shape, a, integersAt, Requires(a) || Requires(b));
            ValuesOf(b).CopyTo(ValuesOf(node));
            Dense.SolveFactored(ScratchAt(factors, n * n), pivots, n, ValuesOf(node), Columns(b));
            return Done(node);
        }

        /// <summary>X = T^-1 B or T^-T B, reading one triangle of T. Integers: B, upper, transposed.</summary>
        internal Tensor TriangularSolve(int a, int b, bool upper, bool transposed)
        {
            int n = ShapeOf(a).Dims[0];
            ReadOnlySpan<double> t = ValuesOf(a);
            for (int i = 0; i < n; i++)
            {
                if (t[i * n + i] == 0)
                    throw new ArithmeticException($"TriangularSolve: diagonal element {i} of the matrix, {Describe(a)}, is zero, so the system has no unique solution.");
            }
            Span<int> data = stackalloc int[] { b, upper ? 1 : 0, transposed ? 1 : 0 };
            int node = NewNode(TensorOp.TriangularSolve, Nodes[b].Shape, a, NewIntegers(data), Requires(a) || Requires(b));
            ValuesOf(b).CopyTo(ValuesOf(node));
            Dense.SolveTriangular(ValuesOf(a), n, upper, transposed, unitDiagonal: false, ValuesOf(node), Columns(b));
            return Done(node);
        }

        /// <summary>The lower triangular L with A = L L^T; reads the lower triangle of A.</summary>
        internal Tensor Cholesky(int a)
        {
            int n = ShapeOf(a).Dims[0];
            int node = NewNode(TensorOp.Cholesky, Nodes[a].Shape, a, 0, Requires(a));
            int failed = Dense.Cholesky(ValuesOf(a), ValuesOf(node), n);
            if (failed >= 0)
                throw new ArithmeticException($"Cholesky: the matrix, {Describe(a)}, is not positive definite (its leading minor of order {failed + 1} is not positive).");
            return Done(node);
        }

        internal int Columns(int b) => ShapeOf(b).Rank == 1 ? 1 : ShapeOf(b).Dims[1];

        internal TensorShape RequireSquare(int a, string operation)
        {
            TensorShape shape = ShapeOf(a);
            if (shape.Rank != 2 || shape.Dims[0] != shape.Dims[1])
                throw new ArgumentException($"{operation}: the matrix must be square, but its shape is {shape}.");
            return shape;
        }

        internal void RequireRightSide(int a, int b, string operation)
        {
            TensorShape matrix = RequireSquare(a, operation);
            TensorShape right = ShapeOf(b);
            if (right.Rank < 1 || right.Rank > 2 || right.Dims[0] != matrix.Dims[0])
                throw new ArgumentException($"{operation}: a matrix of shape {matrix} needs a right side with {matrix.Dims[0]} rows, but its shape is {right}.");
        }
    }
}
