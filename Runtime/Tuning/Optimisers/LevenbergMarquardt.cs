using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Levenberg-Marquardt: (J'J + lambda D) d = -J'r with D = diag(J'J) (Marquardt 1963), and Nielsen's rule for lambda
    /// (Nielsen 1999; Madsen, Nielsen and Tingleff 2004), which turns smoothly from Gauss-Newton to short gradient steps.
    /// </summary>
    public sealed class LevenbergMarquardt : LeastSquaresOptimiser
    {
        private readonly double _firstDamping;
        private double _lambda;
        private double _growth;
        private double[] _step;

        /// <inheritdoc/>
        public override string Name => "levenberg-marquardt";

        /// <summary>Creates the method.</summary>
        /// <param name="firstDamping">Lambda at the start; positive.</param>
        public LevenbergMarquardt(double firstDamping = 1e-3)
        {
            if (!(firstDamping > 0)) throw new ArgumentException($"The first damping must be positive, not {firstDamping}.");
            _firstDamping = firstDamping;
        }

        /// <inheritdoc/>
        protected override void OnStart(ulong seed)
        {
            base.OnStart(seed);
            _lambda = Rate = _firstDamping;
            _growth = 2;
            _step = new double[Dimension];
        }

        /// <inheritdoc/>
        protected override void Propose(Span<double> point)
        {
            double largest = 0;
            for (int i = 0; i < Dimension; i++) largest = Math.Max(largest, Normal[i * Dimension + i]);
            double floor = Math.Max(1e-12 * largest, 1e-300);
            for (int attempt = 0; attempt < 30; attempt++)
            {
                if (SolveStep(i => _lambda * Math.Max(Normal[i * Dimension + i], floor), _step)) break;
                Raise();
            }
            for (int i = 0; i < Dimension; i++) point[i] += _step[i];
            Bounds.Project(point);
            Rate = _lambda;
        }

        /// <inheritdoc/>
        protected override bool Judge(double value, double predicted)
        {
            double gain = (Loss - value) / (Loss - predicted);
            if (!(value < Loss) || !(gain > 1e-4))
            {
                Raise();
                return false;
            }
            double t = 2 * gain - 1;
            _lambda = Math.Max(_lambda * Math.Max(1.0 / 3, 1 - t * t * t), 1e-16);
            _growth = 2;
            return true;
        }

        /// <inheritdoc/>
        protected override void Exchange(OptimiserState state)
        {
            base.Exchange(state);
            state.Exchange("lambda", ref _lambda);
            state.Exchange("growth", ref _growth);
        }

        private void Raise()
        {
            _lambda *= _growth;
            _growth *= 2;
        }
    }
}
