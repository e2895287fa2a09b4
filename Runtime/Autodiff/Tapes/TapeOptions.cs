namespace DiffPhysics.Autodiff
{
    /// <summary>How a <see cref="FrameTape"/> works.</summary>
    public sealed class TapeOptions
    {
        /// <summary>
        /// Bytes that saved numbers may take. While they fit, frames are kept whole and swept at once; frames beyond keep only what a
        /// replay needs and are run again on the way back. The gradient is the same bits either way.
        /// </summary>
        public long MemoryBudget { get; set; } = 1L << 30;

        /// <summary>Whether every result, forward and backward, is checked for NaN and infinity, and every index for its range.</summary>
        public bool Check { get; set; }
    }

    /// <summary>What a recording took.</summary>
    public readonly struct TapeReport
    {
        internal TapeReport(int wholeFrames, int replayedFrames, int operations, long savedBytes)
        {
            WholeFrames = wholeFrames;
            ReplayedFrames = replayedFrames;
            Operations = operations;
            SavedBytes = savedBytes;
        }

        /// <summary>Frames kept whole.</summary>
        public int WholeFrames { get; }

        /// <summary>Frames of which only the state at their start is kept; the sweep runs them again.</summary>
        public int ReplayedFrames { get; }

        /// <summary>Recorded operations.</summary>
        public int Operations { get; }

        /// <summary>Bytes of saved numbers and indices.</summary>
        public long SavedBytes { get; }

        /// <inheritdoc/>
        public override string ToString() => $"{WholeFrames} frames whole, {ReplayedFrames} to be replayed, {Operations} operations, {SavedBytes / 1024.0 / 1024.0:F1} MiB saved";
    }
}
