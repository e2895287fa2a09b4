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

        /// <summary>
        /// Bytes that the logs of frames beyond may take, which is about the state's size for each. Frames beyond those are found again
        /// from snapshots at spaced frames.
        /// </summary>
        public long LogBudget { get; set; } = 4L << 30;

        /// <summary>
        /// Snapshots that may be held at once; each takes as much as all buffers that the recording writes. With s of them, s / 2 at
        /// spaced frames, C(s / 2 + 1 + t, t) frames between two of them are swept with none run more than t times before its replay.
        /// </summary>
        public int Snapshots { get; set; } = 32;

        /// <summary>Whether every result, forward and backward, is checked for NaN and infinity, and every index for its range.</summary>
        public bool Check { get; set; }
    }

    /// <summary>What a recording took.</summary>
    public readonly struct TapeReport
    {
        internal TapeReport(int wholeFrames, int replayedFrames, int recomputedFrames, int snapshots, int rerunFrames, int operations, long savedBytes, long peakBytes)
        {
            WholeFrames = wholeFrames;
            ReplayedFrames = replayedFrames;
            RecomputedFrames = recomputedFrames;
            Snapshots = snapshots;
            RerunFrames = rerunFrames;
            Operations = operations;
            SavedBytes = savedBytes;
            PeakBytes = peakBytes;
        }

        /// <summary>Frames kept whole.</summary>
        public int WholeFrames { get; }

        /// <summary>Frames of which only the state at their start is kept; the sweep runs them again.</summary>
        public int ReplayedFrames { get; }

        /// <summary>Frames of which nothing is kept; the sweep runs them again from the snapshot before.</summary>
        public int RecomputedFrames { get; }

        /// <summary>Snapshots taken while recording.</summary>
        public int Snapshots { get; }

        /// <summary>Frames run again by the last sweep, each counted as often as it was run.</summary>
        public int RerunFrames { get; }

        /// <summary>Recorded operations.</summary>
        public int Operations { get; }

        /// <summary>Bytes of saved numbers and indices.</summary>
        public long SavedBytes { get; }

        /// <summary>The most bytes that saved numbers, indices and snapshots took, sweeps included; gradients come on top.</summary>
        public long PeakBytes { get; }

        /// <inheritdoc/>
        public override string ToString() =>
            $"{WholeFrames} frames whole, {ReplayedFrames} to be replayed, {RecomputedFrames} to be recomputed from {Snapshots} snapshots, "
            + $"{Operations} operations, {SavedBytes / 1024.0 / 1024.0:F1} MiB saved, {PeakBytes / 1024.0 / 1024.0:F1} MiB at most, {RerunFrames} frames run again";
    }
}
