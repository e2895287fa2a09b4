namespace DiffPhysics.Autodiff
{
    /// <summary>Sums over elements whose values become known a block of lanes at a time, in the order of <see cref="FixedSum"/>.</summary>
    unsafe struct BlockSums
    {
        readonly byte* partials; // of each sum, one per turn of chunks
        readonly Precision precision;

        /// <summary>Sums of zero.</summary>
        /// <param name="memory">Of as many bytes as <see cref="Bytes"/> says.</param>
        /// <param name="count">The number of sums.</param>
        /// <param name="precision">The number format.</param>
        public BlockSums(byte* memory, int count, Precision precision)
        {
            partials = memory;
            this.precision = precision;
            Memory.Zero(memory, Bytes(count));
        }

        /// <summary>Memory for so many sums.</summary>
        public static long Bytes(int count) => count * FixedSum.Partials * (long)sizeof(double);

        /// <summary>Adds the values of a block, which is a chunk of the sum.</summary>
        public void Add(int sum, long block, byte* values, int count)
        {
            long at = sum * FixedSum.Partials + block % FixedSum.Partials;
            if (precision == Precision.Float) ((float*)partials)[at] += FixedSum.OfChunk((float*)values, count);
            else ((double*)partials)[at] += FixedSum.OfChunk((double*)values, count);
        }

        /// <summary>Adds a sum to a target. It cannot be used any more.</summary>
        public void AddTo(byte* target, int sum)
        {
            if (precision == Precision.Float) *(float*)target += FixedSum.Tree((float*)partials + sum * FixedSum.Partials);
            else *(double*)target += FixedSum.Tree((double*)partials + sum * FixedSum.Partials);
        }
    }
}
