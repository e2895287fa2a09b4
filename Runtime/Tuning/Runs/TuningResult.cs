using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>What became of one start.</summary>
    public sealed class StartResult
    {
        /// <summary>Best parameter values, in their units.</summary>
        public IReadOnlyList<double> Parameters { get; internal set; }

        /// <summary>Loss there.</summary>
        public double Loss { get; internal set; }

        /// <summary>Terms of the loss there.</summary>
        public IReadOnlyList<double> Terms { get; internal set; }

        /// <summary>Loss at the start point.</summary>
        public double InitialLoss { get; internal set; }

        /// <summary>Completed iterations.</summary>
        public int Iterations { get; internal set; }

        /// <summary>Why it ended.</summary>
        public StopReason Reason { get; internal set; }

        /// <summary>The same in words, with the numbers that decided.</summary>
        public string ReasonText { get; internal set; }
    }

    /// <summary>What a run came to.</summary>
    public sealed class TuningResult
    {
        /// <summary>All starts, the given one first.</summary>
        public IReadOnlyList<StartResult> Starts { get; internal set; }

        /// <summary>Index of the start with the lowest loss.</summary>
        public int BestStart { get; internal set; }

        /// <summary>The start with the lowest loss.</summary>
        public StartResult Best => Starts[BestStart];

        /// <summary>Records of all iterations of all starts, in the order in which they were done.</summary>
        public IReadOnlyList<IterationRecord> History { get; internal set; }

        /// <summary>Points evaluated, over all starts.</summary>
        public int Evaluations { get; internal set; }

        /// <summary>
        /// Points among them that have no loss, because their simulation diverged or their loss is no number. They counted as infinitely bad, and the search
        /// stepped back from them.
        /// </summary>
        public int Failures { get; internal set; }

        /// <summary>What happened at the first of them, in words: frame, body and cause; null where there was none.</summary>
        public string FirstFailure { get; internal set; }

        /// <summary>Seconds used; resumed runs add up.</summary>
        public double Seconds { get; internal set; }

        /// <summary>Names of parameters whose best value lies at a bound.</summary>
        public IReadOnlyList<string> AtBound { get; internal set; }
    }
}
