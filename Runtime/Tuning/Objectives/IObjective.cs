using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>A loss to make small, as a function of a vector.</summary>
    public interface IObjective
    {
        /// <summary>Coordinates of a point.</summary>
        int Dimension { get; }

        /// <summary>Number of residuals r with loss = sum of r squared; zero when the loss is no sum of squares.</summary>
        int ResidualCount { get; }

        /// <summary>Names of the terms that sum to the loss; empty when it is not split.</summary>
        IReadOnlyList<string> TermNames { get; }

        /// <summary>Fills in values and terms at all points of the batch, and what else its needs say. A point without a value is told to <see cref="EvaluationBatch.Fail"/>, or its value is NaN.</summary>
        /// <param name="batch">Points in, results out.</param>
        void Evaluate(EvaluationBatch batch);
    }
}
