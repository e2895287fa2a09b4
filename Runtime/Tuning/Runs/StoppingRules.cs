using System;

namespace DiffPhysics.Tuning
{
    /// <summary>Why a run ended.</summary>
    public enum StopReason
    {
        /// <summary>The loss fell to the wanted value.</summary>
        LossReached,

        /// <summary>The gradient, without coordinates that bounds block, is as good as zero.</summary>
        GradientSmall,

        /// <summary>Steps became too short to matter.</summary>
        StepSmall,

        /// <summary>The loss has not got lower for many iterations.</summary>
        LossFlat,

        /// <summary>The iterations are used up.</summary>
        MaxIterations,

        /// <summary>The evaluations are used up.</summary>
        MaxEvaluations,

        /// <summary>The time is used up.</summary>
        MaxTime,

        /// <summary>The loss is not a finite number at the start.</summary>
        Diverged,

        /// <summary>The method found no better point by its own rules.</summary>
        NoProgress,

        /// <summary>Somebody stopped it.</summary>
        Cancelled,
    }

    /// <summary>When to stop. A rule that is not wanted is off at its default, except where one is named.</summary>
    public sealed class StoppingRules
    {
        /// <summary>Iterations at most; 200 by default.</summary>
        public int MaxIterations { get; set; } = 200;

        /// <summary>Evaluated points at most.</summary>
        public int MaxEvaluations { get; set; } = int.MaxValue;

        /// <summary>Seconds at most. A run that stops for time does not repeat to the bit on another machine.</summary>
        public double MaxSeconds { get; set; } = double.PositiveInfinity;

        /// <summary>Stop when the loss is at most this.</summary>
        public double LossBelow { get; set; } = double.NegativeInfinity;

        /// <summary>Stop when the free gradient in normalised coordinates is at most this; 1e-10 by default.</summary>
        public double GradientBelow { get; set; } = 1e-10;

        /// <summary>Stop when a step in normalised coordinates is at most this; 1e-14 by default.</summary>
        public double StepBelow { get; set; } = 1e-14;

        /// <summary>Stop when the best loss fell by less than this fraction over <see cref="FlatIterations"/>; 1e-12 by default.</summary>
        public double FlatFraction { get; set; } = 1e-12;

        /// <summary>Iterations over which the loss may be flat; 30 by default.</summary>
        public int FlatIterations { get; set; } = 30;

        /// <summary>Checks that the rules make sense.</summary>
        /// <exception cref="ArgumentException">One does not; the message names it.</exception>
        public void Validate()
        {
            if (MaxIterations < 0) throw new ArgumentException($"The number of iterations must not be negative, but is {MaxIterations}.");
            if (MaxEvaluations < 1) throw new ArgumentException($"There must be at least one evaluation, not {MaxEvaluations}.");
            if (!(MaxSeconds > 0)) throw new ArgumentException($"The time must be positive, not {MaxSeconds} s.");
            if (double.IsNaN(LossBelow)) throw new ArgumentException("The wanted loss must be a number.");
            if (FlatIterations < 1) throw new ArgumentException($"The loss must be watched over at least one iteration, not {FlatIterations}.");
        }
    }
}
