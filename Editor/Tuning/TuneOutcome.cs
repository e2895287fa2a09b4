using System.Collections.Generic;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Editor
{
    /// <summary>Everything a tune came to: what reports, screens and run histories show.</summary>
    public sealed class TuneOutcome
    {
        /// <summary>The scene with the tuned values.</summary>
        public Scene Scene { get; internal set; }

        /// <summary>The parameters.</summary>
        public ParameterSet Parameters { get; internal set; }

        /// <summary>Names of the terms of the loss.</summary>
        public IReadOnlyList<string> TermNames { get; internal set; }

        /// <summary>What the search came to.</summary>
        public TuningResult Result { get; internal set; }

        /// <summary>Parameter values before, in their units.</summary>
        public IReadOnlyList<double> From { get; internal set; }

        /// <summary>The motion before.</summary>
        public Trajectories Before { get; internal set; }

        /// <summary>The motion after.</summary>
        public Trajectories After { get; internal set; }

        /// <summary>Terms of the loss before.</summary>
        public IReadOnlyList<double> TermsBefore { get; internal set; }

        /// <summary>How much the loss reacted to each parameter before.</summary>
        public IReadOnlyList<Sensitivity> Sensitivities { get; internal set; }

        /// <summary>The gradient before, beside differences.</summary>
        public IReadOnlyList<GradientSpot> CheckAtStart { get; internal set; }

        /// <summary>The gradient at the tuned values, beside differences.</summary>
        public IReadOnlyList<GradientSpot> CheckAtEnd { get; internal set; }

        /// <summary>How far the motion was from the recordings that are fitted, before and after; NaN where nothing was recorded.</summary>
        public IReadOnlyList<RecordingDeviation> FittedDeviation { get; internal set; }

        /// <summary>How far it was from the recordings that were left out, before and after; NaN where none was.</summary>
        public IReadOnlyList<RecordingDeviation> LeftOutDeviation { get; internal set; }

        /// <summary>Number of runs that are fitted.</summary>
        public int Fitted { get; internal set; }

        /// <summary>Number of runs that were left out.</summary>
        public int LeftOut { get; internal set; }

        /// <summary>Worlds that the search simulated.</summary>
        public int Simulations { get; internal set; }

        /// <summary>The method.</summary>
        public string OptimiserName { get; internal set; }

        /// <summary>What a person should know before trusting the result, in words.</summary>
        public IReadOnlyList<string> Warnings => TuneWarnings.Of(this);
    }
}
