using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Covariance matrix adaptation evolution strategy (Hansen, "The CMA Evolution Strategy: A Tutorial", 2016), the
    /// comparison without derivatives. Samples outside the box are evaluated at its nearest point and pay the squared
    /// distance, in units of the spread of losses, when they are ranked. Samples without a loss, where the simulation
    /// diverged, rank last; a generation of nothing else is drawn again, half as wide.
    /// </summary>
    public sealed class CmaEs : Optimiser
    {
        private const int LargestForJacobi = 64;
        private const int MostHalvings = 40;
        private readonly double _firstSpread;
        private readonly int _givenPopulation;
        private RandomSource _random;
        private double[] _mean;
        private double[] _covariance;
        private double[] _axes;
        private double[] _lengths;
        private double[] _spreadPath;
        private double[] _covariancePath;
        private double _sigma;
        private int _generation;
        private double[][] _samples;
        private double[] _weights;
        private int _population;
        private int _halvings;
        private double _effective;

        /// <inheritdoc/>
        public override string Name => "cma-es";

        /// <inheritdoc/>
        protected override string StuckText => _halvings < MostHalvings ? "the search distribution has shrunk to a point" : "the loss has no number anywhere around the mean, however near";

        /// <summary>Creates the method.</summary>
        /// <param name="firstSpread">Standard deviation of the first samples, in normalised coordinates.</param>
        /// <param name="population">Samples per generation; zero for 4 + 3 ln n.</param>
        public CmaEs(double firstSpread = 0.2, int population = 0)
        {
            if (!(firstSpread > 0)) throw new ArgumentException($"The first spread must be positive, not {firstSpread}.");
            if (population != 0 && population < 4) throw new ArgumentException($"CMA-ES needs a population of at least 4, not {population}.");
            _firstSpread = firstSpread;
            _givenPopulation = population;
        }

        /// <inheritdoc/>
        protected override void OnStart(ulong seed)
        {
            int n = Dimension;
            _random = new RandomSource(seed);
            _mean = (double[])Here.Clone();
            _sigma = Rate = _firstSpread;
            _covariance = Identity(n);
            _axes = Identity(n);
            _lengths = new double[n];
            for (int i = 0; i < n; i++) _lengths[i] = 1;
            _spreadPath = new double[n];
            _covariancePath = new double[n];
            _generation = _halvings = 0;

            _population = _givenPopulation > 0 ? _givenPopulation : 4 + (int)(3 * Math.Log(n));
            int parents = _population / 2;
            _weights = new double[parents];
            double sum = 0;
            for (int i = 0; i < parents; i++) sum += _weights[i] = Math.Log(0.5 * (_population + 1)) - Math.Log(i + 1);
            double squares = 0;
            for (int i = 0; i < parents; i++)
            {
                _weights[i] /= sum;
                squares += _weights[i] * _weights[i];
            }
            _effective = 1 / squares;
        }

        /// <inheritdoc/>
        public override void Ask(EvaluationBatch batch)
        {
            if (Iteration < 0)
            {
                batch.Reset(1, EvaluationNeeds.Value);
                Here.CopyTo(batch.Point(0));
                return;
            }
            int n = Dimension;
            batch.Reset(_population, EvaluationNeeds.Value);
            _samples = new double[_population][];
            var z = new double[n];
            for (int k = 0; k < _population; k++)
            {
                for (int i = 0; i < n; i++) z[i] = _lengths[i] * _random.NextNormal();
                _samples[k] = new double[n];
                for (int i = 0; i < n; i++)
                {
                    double sum = 0;
                    for (int j = 0; j < n; j++) sum += _axes[i * n + j] * z[j];
                    _samples[k][i] = _mean[i] + _sigma * sum;
                }
                _samples[k].CopyTo(batch.Point(k));
                Bounds.Project(batch.Point(k));
            }
        }

        /// <inheritdoc/>
        public override bool Tell(EvaluationBatch batch)
        {
            if (Iteration < 0)
            {
                MoveTo(batch, 0);
                return true;
            }
            int[] order = Rank(batch);
            int best = 0;
            for (int k = 1; k < _population; k++)
            {
                if (batch.Values[k] < batch.Values[best] || double.IsNaN(batch.Values[best])) best = k;
            }
            if (!HasNumber(batch, best))
            {
                _sigma *= 0.5;
                if (++_halvings < MostHalvings) return false;
                StayStuck();
                return true;
            }
            _halvings = 0;
            // Among the parents they count as the mean: they pull it nowhere.
            for (int k = 0; k < _population; k++)
            {
                if (!HasNumber(batch, k)) _mean.CopyTo(_samples[k], 0);
            }
            Adapt(order);
            _generation++;
            double widest = 0;
            for (int i = 0; i < Dimension; i++) widest = Math.Max(widest, _lengths[i]);
            if (!(_sigma * widest > 1e-15 * (1 + Vector.Norm(_mean))))
            {
                StayStuck();
                return true;
            }
            MoveTo(batch, best);
            Rate = _sigma;
            return true;
        }

        /// <inheritdoc/>
        protected override void Exchange(OptimiserState state)
        {
            _random.Exchange("random", state);
            state.Exchange("mean", ref _mean);
            state.Exchange("covariance", ref _covariance);
            state.Exchange("axes", ref _axes);
            state.Exchange("lengths", ref _lengths);
            state.Exchange("spreadPath", ref _spreadPath);
            state.Exchange("covariancePath", ref _covariancePath);
            state.Exchange("sigma", ref _sigma);
            state.Exchange("generation", ref _generation);
        }

        private static bool HasNumber(EvaluationBatch batch, int k) => !double.IsNaN(batch.Values[k]) && !double.IsInfinity(batch.Values[k]);

        private int[] Rank(EvaluationBatch batch)
        {
            double low = double.PositiveInfinity;
            double high = double.NegativeInfinity;
            foreach (double value in batch.Values)
            {
                if (double.IsNaN(value) || double.IsInfinity(value)) continue;
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
            double unit = high > low ? high - low : 1;
            var keys = new double[_population];
            var order = new int[_population];
            for (int k = 0; k < _population; k++)
            {
                double outside = Vector.Distance(_samples[k], batch.Point(k)) / _sigma;
                double value = batch.Values[k];
                keys[k] = double.IsNaN(value) ? double.PositiveInfinity : value + unit * outside * outside;
                order[k] = k;
            }
            Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
            return order;
        }

        // The update of mean, paths, covariance and spread, with the default constants of the tutorial's table 1.
        private void Adapt(int[] order)
        {
            int n = Dimension;
            double cSigma = (_effective + 2) / (n + _effective + 5);
            double dSigma = 1 + 2 * Math.Max(0, Math.Sqrt((_effective - 1) / (n + 1)) - 1) + cSigma;
            double cC = (4 + _effective / n) / (n + 4 + 2 * _effective / n);
            double c1 = 2 / ((n + 1.3) * (n + 1.3) + _effective);
            double cMu = Math.Min(1 - c1, 2 * (_effective - 2 + 1 / _effective) / ((n + 2.0) * (n + 2.0) + _effective));
            double expected = Math.Sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n));

            var step = new double[n];
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < _weights.Length; k++) step[i] += _weights[k] * (_samples[order[k]][i] - _mean[i]) / _sigma;
            }
            double[] white = Whiten(step);
            double spreadFactor = Math.Sqrt(cSigma * (2 - cSigma) * _effective);
            for (int i = 0; i < n; i++) _spreadPath[i] = (1 - cSigma) * _spreadPath[i] + spreadFactor * white[i];
            double length = Vector.Norm(_spreadPath);
            double settled = Math.Sqrt(1 - Math.Pow(1 - cSigma, 2 * (_generation + 1)));
            bool moving = length / settled < (1.4 + 2.0 / (n + 1)) * expected;
            double pathFactor = moving ? Math.Sqrt(cC * (2 - cC) * _effective) : 0;
            for (int i = 0; i < n; i++) _covariancePath[i] = (1 - cC) * _covariancePath[i] + pathFactor * step[i];

            double keep = 1 - c1 - cMu + (moving ? 0 : c1 * cC * (2 - cC));
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double ranks = 0;
                    for (int k = 0; k < _weights.Length; k++)
                    {
                        double[] sample = _samples[order[k]];
                        ranks += _weights[k] * (sample[i] - _mean[i]) * (sample[j] - _mean[j]) / (_sigma * _sigma);
                    }
                    double entry = keep * _covariance[i * n + j] + c1 * _covariancePath[i] * _covariancePath[j] + cMu * ranks;
                    _covariance[i * n + j] = _covariance[j * n + i] = entry;
                }
            }
            for (int i = 0; i < n; i++) _mean[i] += _sigma * step[i];
            _sigma *= Math.Exp(Math.Min(1, cSigma / dSigma * (length / expected - 1)));
            // The axes follow once the covariance has changed noticeably: in many dimensions not in every generation (section B.2).
            if ((_generation + 1) % Math.Max(1, (int)(1 / (10 * n * (c1 + cMu)))) != 0) return;
            if (n <= LargestForJacobi) SymmetricMatrix.Eigen((double[])_covariance.Clone(), n, _lengths, _axes);
            else TridiagonalEigen.Solve((double[])_covariance.Clone(), n, _lengths, _axes);
            for (int i = 0; i < n; i++) _lengths[i] = Math.Sqrt(Math.Max(_lengths[i], 1e-300));
        }

        // C^(-1/2) v = B D^-1 B' v.
        private double[] Whiten(double[] v)
        {
            int n = v.Length;
            var rotated = new double[n];
            var result = new double[n];
            for (int j = 0; j < n; j++)
            {
                for (int i = 0; i < n; i++) rotated[j] += _axes[i * n + j] * v[i];
                rotated[j] /= _lengths[j];
            }
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++) result[i] += _axes[i * n + j] * rotated[j];
            }
            return result;
        }

        private static double[] Identity(int n)
        {
            var matrix = new double[n * n];
            for (int i = 0; i < n; i++) matrix[i * n + i] = 1;
            return matrix;
        }
    }
}
