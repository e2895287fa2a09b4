using System;

namespace DiffPhysics.Tuning
{
    /// <summary>How a run is done.</summary>
    public sealed class TuningOptions
    {
        /// <summary>The method.</summary>
        public OptimiserSettings Optimiser { get; set; } = new OptimiserSettings();

        /// <summary>When to stop.</summary>
        public StoppingRules Stopping { get; set; } = new StoppingRules();

        /// <summary>Number of start points: the given one, and others drawn within the bounds.</summary>
        public int Starts { get; set; } = 1;

        /// <summary>Seed of all random numbers of the run.</summary>
        public ulong Seed { get; set; } = 1;

        /// <summary>Checks that the options make sense.</summary>
        /// <exception cref="ArgumentException">One does not; the message names it.</exception>
        public void Validate()
        {
            if (Starts < 1) throw new ArgumentException($"A run needs at least one start, not {Starts}.");
            Stopping.Validate();
        }
    }
}
