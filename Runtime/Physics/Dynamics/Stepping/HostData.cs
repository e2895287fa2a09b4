using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>Numbers that the stepper has picked and writes to a buffer: features and choices. They are constants of the recording.</summary>
    internal sealed class HostData : TapeOperation
    {
        private readonly Buffer target;
        private readonly double[] data;
        private readonly int rows;

        private HostData(Buffer target, double[] data, int rows)
        {
            this.target = target;
            this.data = data;
            this.rows = rows;
        }

        public override string Name => "write " + target.Name;

        public override IReadOnlyList<Buffer> Reads => Array.Empty<Buffer>();

        public override IReadOnlyList<Buffer> Writes => new[] { target };

        /// <summary>Writes rows of numbers, row by row, to the first elements of a buffer.</summary>
        public static void Write(FrameTape tape, Buffer target, double[] data, int rows)
        {
            double[] kept = tape.IsRecording ? data.AsSpan(0, rows * target.Components).ToArray() : data;
            tape.Run(new HostData(target, kept, rows));
        }

        public override void Forward()
        {
            for (int row = 0; row < rows; row++)
                for (int c = 0; c < target.Components; c++) target[row, c] = data[row * target.Components + c];
        }

        public override void Backward(Func<Buffer, Buffer> adjointOf)
        {
        }
    }

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
