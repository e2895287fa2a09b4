using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>Copies the first elements of a buffer to a larger one.</summary>
    internal sealed class CopyRows : TapeOperation
    {
        private readonly Buffer source, target;

        public CopyRows(Buffer source, Buffer target)
        {
            this.source = source;
            this.target = target;
        }

        public override string Name => "grow " + source.Name;

        public override IReadOnlyList<Buffer> Reads => new[] { source };

        public override IReadOnlyList<Buffer> Writes => new[] { target };

        public override void Forward()
        {
            for (int e = 0; e < source.Elements; e++)
                for (int c = 0; c < source.Components; c++) target[e, c] = source[e, c];
        }

        public override void Tangent(Func<Buffer, Buffer> tangentOf)
        {
            Buffer from = tangentOf(source), to = tangentOf(target);
            for (int e = 0; e < source.Elements; e++)
                for (int c = 0; c < source.Components; c++) to[e, c] = from[e, c];
        }

        public override void Backward(Func<Buffer, Buffer> adjointOf)
        {
            Buffer from = adjointOf(target), to = adjointOf(source);
            for (int e = 0; e < source.Elements; e++)
                for (int c = 0; c < source.Components; c++) to[e, c] += from[e, c];
        }

        // It is linear.
        public override void TangentBackward(Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf) => Backward(buffer => adjointOf(tangentOf(buffer)));
    }
}
