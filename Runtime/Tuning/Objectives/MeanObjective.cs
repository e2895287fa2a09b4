using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// The mean of several objectives over the same parameters, such as one scene fitted to many recordings. They are
    /// evaluated on several threads; sums run in their order, so that results do not depend on the threads.
    /// </summary>
    public sealed class MeanObjective : IObjective
    {
        private readonly IObjective[] _parts;
        private readonly EvaluationBatch[] _batches;

        /// <inheritdoc/>
        public int Dimension => _parts[0].Dimension;

        /// <inheritdoc/>
        public int ResidualCount { get; }

        /// <inheritdoc/>
        public IReadOnlyList<string> TermNames => _parts[0].TermNames;

        /// <summary>Joins objectives.</summary>
        /// <param name="parts">At least one; all with equal dimensions and terms.</param>
        public MeanObjective(IEnumerable<IObjective> parts)
        {
            _parts = parts.ToArray();
            if (_parts.Length == 0) throw new ArgumentException("A mean needs at least one objective.");
            if (_parts.Any(p => p.Dimension != Dimension || p.TermNames.Count != TermNames.Count)) throw new ArgumentException("The objectives of a mean must have equal dimensions and terms.");
            _batches = _parts.Select(p => new EvaluationBatch(p)).ToArray();
            ResidualCount = _parts.All(p => p.ResidualCount > 0) ? _parts.Sum(p => p.ResidualCount) : 0;
        }

        /// <inheritdoc/>
        public void Evaluate(EvaluationBatch batch)
        {
            for (int k = 0; k < _parts.Length; k++)
            {
                _batches[k].Reset(batch.Count, batch.Needs);
                for (int i = 0; i < batch.Count; i++) batch.Point(i).CopyTo(_batches[k].Point(i));
            }
            Parallel.For(0, _parts.Length, k => _parts[k].Evaluate(_batches[k]));
            for (int i = 0; i < batch.Count; i++) Add(batch, i);
        }

        // Residuals are divided by the root of the number of parts, so that their squares still sum to the value.
        private void Add(EvaluationBatch batch, int index)
        {
            double share = 1.0 / _parts.Length;
            double root = Math.Sqrt(share);
            int row = 0;
            batch.Values[index] = 0;
            batch.Terms(index).Clear();
            if (batch.Wants(EvaluationNeeds.Gradient)) batch.Gradient(index).Clear();
            foreach (EvaluationBatch part in _batches)
            {
                batch.Failures[index] = batch.Failures[index] ?? part.Failures[index];
                batch.Choices[index] = (batch.Choices[index] ^ part.Choices[index]) * 1099511628211; // FNV-1a
                batch.Values[index] += share * part.Values[index];
                for (int t = 0; t < batch.TermCount; t++) batch.Terms(index)[t] += share * part.Terms(index)[t];
                for (int j = 0; j < Dimension && batch.Wants(EvaluationNeeds.Gradient); j++) batch.Gradient(index)[j] += share * part.Gradient(index)[j];
                for (int r = 0; r < part.ResidualCount && batch.Wants(EvaluationNeeds.Residuals); r++) batch.Residuals(index)[row + r] = root * part.Residuals(index)[r];
                for (int r = 0; r < part.ResidualCount * Dimension && batch.Wants(EvaluationNeeds.Jacobian); r++) batch.Jacobian(index)[row * Dimension + r] = root * part.Jacobian(index)[r];
                row += part.ResidualCount;
            }
        }
    }
}
