using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>All a run needs to go on after one round of iterations, and what that round came to.</summary>
    public sealed class TuningCheckpoint
    {
        /// <summary>Rounds done; in each, every start that still runs completes one iteration.</summary>
        public int Round { get; set; }

        /// <summary>Records of this round.</summary>
        public IReadOnlyList<IterationRecord> Records { get; set; } = new IterationRecord[0];

        /// <summary>State of each start: the optimiser's entries and those of the run, by name.</summary>
        public IReadOnlyList<IReadOnlyDictionary<string, double[]>> States { get; set; } = new IReadOnlyDictionary<string, double[]>[0];
    }

    /// <summary>Keeps a run's checkpoints as they come, so that a crash loses at most one round.</summary>
    public interface ITuningJournal
    {
        /// <summary>All checkpoints kept so far, in order; empty for a new run. One that was cut off while it was written is left out.</summary>
        IReadOnlyList<TuningCheckpoint> Read();

        /// <summary>Keeps one more checkpoint; when the method returns, it is safe.</summary>
        /// <param name="checkpoint">The checkpoint.</param>
        void Append(TuningCheckpoint checkpoint);
    }

    /// <summary>A journal in memory, for tests and for runs that are paused rather than interrupted.</summary>
    public sealed class MemoryJournal : ITuningJournal
    {
        private readonly List<TuningCheckpoint> _checkpoints = new List<TuningCheckpoint>();

        /// <inheritdoc/>
        public IReadOnlyList<TuningCheckpoint> Read() => _checkpoints;

        /// <inheritdoc/>
        public void Append(TuningCheckpoint checkpoint) => _checkpoints.Add(checkpoint);
    }
}
