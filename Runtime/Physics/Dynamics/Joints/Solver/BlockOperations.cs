using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>Finds the factors of a matrix. Nothing flows back through them: <see cref="BlockSolve"/> hands cotangents to the matrix itself.</summary>
    internal sealed class BlockFactorization : TapeOperation
    {
        private readonly BlockMatrix matrix;
        private readonly Buffer[] reads, writes;

        public BlockFactorization(BlockMatrix matrix) => (this.matrix, reads, writes) = (matrix, new[] { matrix.Blocks }, new[] { matrix.Factors });

        public override string Name => "factors of joints";

        public override IReadOnlyList<Buffer> Reads => reads;

        public override IReadOnlyList<Buffer> Writes => writes;

        public override bool AdjointReads(Buffer buffer) => false;

        public override void Forward() => matrix.Factor();

        public override void Backward(Func<Buffer, Buffer> adjointOf)
        {
        }

        public override void Tangent(Func<Buffer, Buffer> tangentOf) => tangentOf(matrix.Factors).Clear();

        public override void TangentBackward(Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf)
        {
        }
    }

    /// <summary>
    /// Solves A x = b by the factors of A. With Λ = A^-T x̄, b̄ += Λ and Ā -= Λ x^T in the blocks that A has (Giles 2008, An extended collection
    /// of matrix derivative results, 2.3.1): a solve on the way back costs what one on the way there does, and factors cost nothing more.
    /// </summary>
    internal sealed class BlockSolve : TapeOperation
    {
        private readonly BlockMatrix matrix;
        private readonly Buffer a, b, x;
        private readonly Buffer[] reads, writes;

        public BlockSolve(BlockMatrix matrix, Buffer b, Buffer x)
        {
            (this.matrix, a, this.b, this.x) = (matrix, matrix.Blocks, b, x);
            (reads, writes) = (new[] { a, matrix.Factors, b }, new[] { x });
        }

        public override string Name => "solve for joints";

        public override IReadOnlyList<Buffer> Reads => reads;

        public override IReadOnlyList<Buffer> Writes => writes;

        public override bool AdjointReads(Buffer buffer) => buffer == matrix.Factors || buffer == x;

        public override void Forward() => x.CopyFrom(matrix.Solve(b));

        public override void Backward(Func<Buffer, Buffer> adjointOf)
        {
            matrix.SolveTransposed(adjointOf(x));
            matrix.AddTo(adjointOf(b));
            matrix.SubtractOuter(x, adjointOf(a));
        }

        // ẋ = A^-1 (ḃ - Ȧ x)
        public override void Tangent(Func<Buffer, Buffer> tangentOf)
        {
            Buffer dot = tangentOf(x);
            dot.CopyFrom(tangentOf(b));
            matrix.Subtract(tangentOf(a), x, dot);
            dot.CopyFrom(matrix.Solve(dot));
        }

        // With cotangents Γ of ẋ, let Λ = A^-T Γ. Then ḃ gets Λ, Ȧ gets -Λ x^T, x gets -Ȧ^T Λ, and A gets -Λ ẋ^T.
        public override void TangentBackward(Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf)
        {
            Buffer aDot = tangentOf(a), xDot = tangentOf(x);
            matrix.SolveTransposed(adjointOf(xDot));
            matrix.AddTo(adjointOf(tangentOf(b)));
            matrix.SubtractOuter(x, adjointOf(aDot));
            matrix.SubtractOuter(xDot, adjointOf(a));
            matrix.SubtractTransposed(aDot, adjointOf(x));
        }
    }
}
