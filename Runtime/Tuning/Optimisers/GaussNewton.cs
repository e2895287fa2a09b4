using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Gauss-Newton with a halving line search: J'J d = -J'r, then the first of d, d/2, d/4, ... that lowers the loss by a
    /// fair part of what its slope promises (Armijo 1966). Where J'J is singular it is damped just enough to be solved.
    /// </summary>
    public sealed class GaussNewton : LeastSquaresOptimiser
    {
        private double _fraction;
        private double _expected;
        private double[] _step;

        /// <inheritdoc/>
        public override string Name => "gauss-newton";

        /// <inheritdoc/>
        protected override void OnStart(ulong seed)
        {
            base.OnStart(seed);
            _fraction = 1;
            _step = new double[Dimension];
        }

        /// <inheritdoc/>
        protected override void Propose(Span<double> point)
        {
            if (_fraction == 1)
            {
                double trace = 1e-300;
                for (int i = 0; i < Dimension; i++) trace += Normal[i * Dimension + i];
                double damping = 0;
                while (!SolveStep(_ => damping, _step) && damping < 1e3 * trace) damping = damping == 0 ? 1e-12 * trace : 10 * damping;
            }
            _expected = 0;
            for (int i = 0; i < Dimension; i++)
            {
                point[i] += _fraction * _step[i];
                _expected += 2 * Slope[i] * _fraction * _step[i];
            }
            Bounds.Project(point);
            Rate = _fraction;
        }

        /// <inheritdoc/>
        protected override bool Judge(double value, double predicted)
        {
            bool accepted = value < Loss && value <= Loss + 1e-4 * _expected;
            _fraction = accepted ? 1 : 0.5 * _fraction;
            return accepted;
        }
    }
}
