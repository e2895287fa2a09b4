using System;
using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>Value and gradient of a loss at one point.</summary>
    /// <param name="point">Where.</param>
    /// <param name="gradient">Receives the gradient; empty when it is not wanted.</param>
    /// <returns>The value.</returns>
    public delegate double ValueAndGradient(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>Residuals and their Jacobian at one point.</summary>
    /// <param name="point">Where.</param>
    /// <param name="residuals">Receives the residuals.</param>
    /// <param name="jacobian">Receives the Jacobian by rows; empty when it is not wanted.</param>
    public delegate void ResidualsAndJacobian(ReadOnlySpan<double> point, Span<double> residuals, Span<double> jacobian);

    /// <summary>An objective made of a plain function.</summary>
    public sealed class FunctionObjective : IObjective
    {
        private readonly ValueAndGradient _function;
        private readonly ResidualsAndJacobian _residuals;
        private readonly double[] _residualRoom;
        private readonly double[] _jacobianRoom;

        /// <inheritdoc/>
        public int Dimension { get; }

        /// <inheritdoc/>
        public int ResidualCount { get; }

        /// <inheritdoc/>
        public IReadOnlyList<string> TermNames { get; } = new string[0];

        /// <summary>An objective from a value and its gradient.</summary>
        /// <param name="dimension">Coordinates of a point.</param>
        /// <param name="function">The function.</param>
        public FunctionObjective(int dimension, ValueAndGradient function)
        {
            Dimension = dimension;
            _function = function ?? throw new ArgumentNullException(nameof(function));
        }

        /// <summary>A least-squares objective: the sum of the squared residuals.</summary>
        /// <param name="dimension">Coordinates of a point.</param>
        /// <param name="residualCount">Number of residuals.</param>
        /// <param name="residuals">The residuals.</param>
        public FunctionObjective(int dimension, int residualCount, ResidualsAndJacobian residuals)
        {
            Dimension = dimension;
            ResidualCount = residualCount;
            _residuals = residuals ?? throw new ArgumentNullException(nameof(residuals));
            _residualRoom = new double[residualCount];
            _jacobianRoom = new double[residualCount * dimension];
        }

        /// <inheritdoc/>
        public void Evaluate(EvaluationBatch batch)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                bool wantsGradient = batch.Wants(EvaluationNeeds.Gradient);
                Span<double> gradient = wantsGradient ? batch.Gradient(i) : default;
                batch.Values[i] = _function != null
                    ? _function(batch.Point(i), gradient)
                    : SumOfSquares(batch, i, gradient);
            }
        }

        // loss = sum r_k^2, so its gradient is 2 J'r.
        private double SumOfSquares(EvaluationBatch batch, int index, Span<double> gradient)
        {
            bool wantsJacobian = batch.Wants(EvaluationNeeds.Jacobian);
            Span<double> residuals = batch.Wants(EvaluationNeeds.Residuals) ? batch.Residuals(index) : _residualRoom;
            Span<double> jacobian = wantsJacobian ? batch.Jacobian(index) : gradient.Length > 0 ? _jacobianRoom : default(Span<double>);
            _residuals(batch.Point(index), residuals, jacobian);
            double sum = 0;
            gradient.Clear();
            for (int k = 0; k < ResidualCount; k++)
            {
                sum += residuals[k] * residuals[k];
                for (int j = 0; j < gradient.Length; j++) gradient[j] += 2 * residuals[k] * jacobian[k * Dimension + j];
            }
            return sum;
        }
    }
}
