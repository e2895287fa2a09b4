using System;
using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// A loss over parameters in their units, seen by an optimiser in normalised coordinates u, where parameters of
    /// different units and sizes are alike: p = p(u) by each parameter's scale, and dL/du = dL/dp dp/du.
    /// </summary>
    public sealed class NormalisedObjective : IObjective
    {
        private readonly IObjective _inner;
        private readonly ParameterSet _parameters;
        private readonly EvaluationBatch _batch;

        /// <inheritdoc/>
        public int Dimension => _inner.Dimension;

        /// <inheritdoc/>
        public int ResidualCount => _inner.ResidualCount;

        /// <inheritdoc/>
        public IReadOnlyList<string> TermNames => _inner.TermNames;

        /// <summary>Wraps an objective.</summary>
        /// <param name="inner">Loss as a function of the parameters in their units.</param>
        /// <param name="parameters">The parameters; as many as the objective has coordinates.</param>
        public NormalisedObjective(IObjective inner, ParameterSet parameters)
        {
            if (inner.Dimension != parameters.Count) throw new ArgumentException($"The objective has {inner.Dimension} coordinates and the set {parameters.Count} parameters.");
            _inner = inner;
            _parameters = parameters;
            _batch = new EvaluationBatch(inner);
        }

        /// <inheritdoc/>
        public void Evaluate(EvaluationBatch batch)
        {
            _batch.Reset(batch.Count, batch.Needs);
            for (int i = 0; i < batch.Count; i++) Denormalise(batch.Point(i), _batch.Point(i));
            _inner.Evaluate(_batch);
            for (int i = 0; i < batch.Count; i++)
            {
                batch.CopyResults(_batch, i, i);
                for (int j = 0; j < Dimension; j++)
                {
                    double slope = _parameters.Parameters[j].Slope(_batch.Point(i)[j]);
                    if (batch.Wants(EvaluationNeeds.Gradient)) batch.Gradient(i)[j] *= slope;
                    if (!batch.Wants(EvaluationNeeds.Jacobian)) continue;
                    Span<double> jacobian = batch.Jacobian(i);
                    for (int k = 0; k < ResidualCount; k++) jacobian[k * Dimension + j] *= slope;
                }
            }
        }

        /// <summary>Parameter values at a point of normalised coordinates.</summary>
        /// <param name="coordinates">Normalised coordinates.</param>
        /// <param name="values">Receives the values, in their units.</param>
        public void Denormalise(ReadOnlySpan<double> coordinates, Span<double> values)
        {
            for (int j = 0; j < Dimension; j++) values[j] = _parameters.Parameters[j].FromCoordinate(coordinates[j]);
        }

        /// <summary>Normalised coordinates of parameter values.</summary>
        /// <param name="values">Values, in their units.</param>
        /// <param name="coordinates">Receives the coordinates.</param>
        public void Normalise(ReadOnlySpan<double> values, Span<double> coordinates)
        {
            for (int j = 0; j < Dimension; j++) coordinates[j] = _parameters.Parameters[j].ToCoordinate(values[j]);
        }
    }
}
