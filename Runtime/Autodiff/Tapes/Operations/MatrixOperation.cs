using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// An operation on matrices: a buffer's elements are the rows, its components the columns, and each world has a matrix of its own. A
    /// vector is a matrix of one column. What is read may have one world for all.
    /// </summary>
    /// <remarks>Computes in double whatever the buffers hold. What the factors were is found again on the way back rather than kept.</remarks>
    public abstract class MatrixOperation : TapeOperation
    {
        readonly Buffer[] reads, writes;
        readonly string name;

        private protected MatrixOperation(string name, Buffer result, params Buffer[] operands)
        {
            this.name = name;
            reads = operands;
            writes = new[] { result };
            foreach (Buffer operand in operands)
            {
                if (operand == result) throw new ArgumentException($"{name}: '{result.Name}' is read and overwritten; use two buffers.");
                if (operand.Worlds != 1 && operand.Worlds != result.Worlds || result.Precision != operand.Precision)
                    throw new ArgumentException($"{name}: the result '{result.Name}' is {result.Shape}, but '{operand.Name}' is {operand.Shape}; precision must be equal, and worlds too unless one is for all.");
            }
        }

        /// <inheritdoc/>
        public sealed override string Name => name;

        /// <inheritdoc/>
        public sealed override IReadOnlyList<Buffer> Reads => reads;

        /// <inheritdoc/>
        public sealed override IReadOnlyList<Buffer> Writes => writes;

        /// <inheritdoc/>
        public sealed override long ParallelWork => PerProduct * ProductsPerWorld * writes[0].Worlds;

        // In the measure of kernels, whose operations run several to an instruction.
        const int PerProduct = 6;

        /// <summary>About how many products a world takes.</summary>
        private protected abstract long ProductsPerWorld { get; }

        /// <inheritdoc/>
        public sealed override void Forward()
        {
            for (int world = 0; world < writes[0].Worlds; world++) Forward(world);
        }

        /// <inheritdoc/>
        public sealed override void Backward(Func<Buffer, Buffer> adjointOf)
        {
            for (int world = 0; world < writes[0].Worlds; world++) Backward(world, adjointOf);
        }

        /// <inheritdoc/>
        public sealed override void Tangent(Func<Buffer, Buffer> tangentOf)
        {
            for (int world = 0; world < writes[0].Worlds; world++) Tangent(world, tangentOf);
        }

        /// <inheritdoc/>
        public sealed override void TangentBackward(Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf)
        {
            for (int world = 0; world < writes[0].Worlds; world++) TangentBackward(world, tangentOf, adjointOf);
        }

        private protected abstract void Forward(int world);

        private protected abstract void Backward(int world, Func<Buffer, Buffer> adjointOf);

        private protected abstract void Tangent(int world, Func<Buffer, Buffer> tangentOf);

        private protected abstract void TangentBackward(int world, Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf);

        /// <summary>The matrix of a world, row by row.</summary>
        private protected static void Load(Buffer shape, Buffer numbers, int world, Span<double> rows)
        {
            int w = shape.Worlds == 1 ? 0 : world, columns = shape.Components;
            for (int i = 0; i < shape.Elements; i++)
                for (int j = 0; j < columns; j++) rows[i * columns + j] = numbers[i, j, w];
        }

        private protected static void Load(Buffer matrix, int world, Span<double> rows) => Load(matrix, matrix, world, rows);

        private protected static void Store(Buffer matrix, int world, ReadOnlySpan<double> rows)
        {
            int columns = matrix.Components;
            for (int i = 0; i < matrix.Elements; i++)
                for (int j = 0; j < columns; j++) matrix[i, j, world] = rows[i * columns + j];
        }

        /// <summary>Adds to the numbers of a world, those of the only one if it is for all.</summary>
        private protected static void Add(Buffer shape, Buffer numbers, int world, ReadOnlySpan<double> rows)
        {
            int w = shape.Worlds == 1 ? 0 : world, columns = shape.Components;
            for (int i = 0; i < shape.Elements; i++)
                for (int j = 0; j < columns; j++) numbers[i, j, w] += rows[i * columns + j];
        }

        /// <summary>Replaces a square matrix by its symmetric part.</summary>
        private protected static void Symmetrise(Span<double> a, int n)
        {
            for (int i = 0; i < n; i++)
                for (int j = 0; j < i; j++) a[i * n + j] = a[j * n + i] = 0.5 * (a[i * n + j] + a[j * n + i]);
        }

        private protected static void Negate(Span<double> a)
        {
            for (int k = 0; k < a.Length; k++) a[k] = -a[k];
        }

        private protected static void RequireSquare(string name, Buffer a)
        {
            if (a.Elements != a.Components) throw new ArgumentException($"{name}: '{a.Name}' must be square, but it is {a.Shape}.");
        }

        private protected static void RequireSystem(string name, Buffer a, Buffer b, Buffer x)
        {
            RequireSquare(name, a);
            if (b.Elements != a.Elements || x.Elements != a.Elements || x.Components != b.Components)
                throw new ArgumentException($"{name}: '{a.Name}' has {a.Elements} rows, so '{b.Name}' and '{x.Name}' must have as many, and equal columns; they are {b.Shape} and {x.Shape}.");
        }
    }
}
