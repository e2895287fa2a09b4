using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>What one iteration of one start came to.</summary>
    public sealed class IterationRecord
    {
        /// <summary>Which start, counted from zero.</summary>
        public int Start { get; set; }

        /// <summary>Iteration of that start; zero is its start point.</summary>
        public int Iteration { get; set; }

        /// <summary>Loss at the point reached.</summary>
        public double Loss { get; set; }

        /// <summary>Terms that sum to the loss.</summary>
        public IReadOnlyList<double> Terms { get; set; } = new double[0];

        /// <summary>Norm of the gradient in normalised coordinates, without what bounds block; NaN without derivatives.</summary>
        public double GradientNorm { get; set; }

        /// <summary>Length of the step that led here, in normalised coordinates.</summary>
        public double StepSize { get; set; }

        /// <summary>Learning rate, damping or spread in use.</summary>
        public double Rate { get; set; }

        /// <summary>Parameter values, in their units.</summary>
        public IReadOnlyList<double> Parameters { get; set; } = new double[0];

        /// <summary>Points evaluated so far, over all starts.</summary>
        public int Evaluations { get; set; }

        /// <summary>Seconds since the run began (resumed runs add up). The one entry that does not repeat.</summary>
        public double Seconds { get; set; }
    }
}
