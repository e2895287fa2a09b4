using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The tangent of a structural operation, as an operation: it reads what the operation reads and has written, and the tangents of what it
    /// reads, and overwrites the tangents of what it writes. It runs after the operation; its adjoint is the way to second derivatives.
    /// </summary>
    sealed class TangentOperation : TapeOperation
    {
        readonly TapeOperation operation;
        readonly Func<Buffer, Buffer> tangentOf;
        readonly Buffer[] reads, writes;

        public TangentOperation(TapeOperation operation, Func<Buffer, Buffer> tangentOf)
        {
            (this.operation, this.tangentOf) = (operation, tangentOf);
            var read = new List<Buffer>(operation.Reads);
            foreach (Buffer each in operation.Reads) read.Add(tangentOf(each));
            read.AddRange(operation.Writes);
            reads = read.ToArray();
            writes = new Buffer[operation.Writes.Count];
            for (int k = 0; k < writes.Length; k++) writes[k] = tangentOf(operation.Writes[k]);
        }

        public override string Name => "tangent of " + operation.Name;

        public override IReadOnlyList<Buffer> Reads => reads;

        public override IReadOnlyList<Buffer> Writes => writes;

        public override long ParallelWork => 2 * operation.ParallelWork;

        public override void Forward() => operation.Tangent(tangentOf);

        public override void Backward(Func<Buffer, Buffer> adjointOf) => operation.TangentBackward(tangentOf, adjointOf);
    }
}
