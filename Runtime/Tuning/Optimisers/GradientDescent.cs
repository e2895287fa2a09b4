using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Gradient descent with heavy-ball or Nesterov momentum (Polyak 1964; Sutskever et al. 2013):
    /// m := mu m + g; x := x - rate m, or with Nesterov x := x - rate (g + mu m).
    /// </summary>
    public sealed class GradientDescent : FirstOrderOptimiser
    {
        private readonly double _momentum;
        private readonly bool _nesterov;
        private double[] _velocity;

        /// <inheritdoc/>
        public override string Name => "gradient-descent";

        /// <inheritdoc/>
        protected override double SearchFraction => 0.5 * (1 - _momentum);

        /// <summary>Creates the method.</summary>
        /// <param name="options">Common options.</param>
        /// <param name="momentum">Momentum mu in [0, 1).</param>
        /// <param name="nesterov">Whether momentum looks ahead.</param>
        public GradientDescent(FirstOrderOptions options = null, double momentum = 0.9, bool nesterov = false)
            : base(options)
        {
            if (!(momentum >= 0 && momentum < 1)) throw new ArgumentException($"Momentum must lie in [0, 1), not {momentum}.");
            _momentum = momentum;
            _nesterov = nesterov;
        }

        /// <inheritdoc/>
        protected override void Direction(ReadOnlySpan<double> gradient, Span<double> direction, int iteration)
        {
            for (int i = 0; i < gradient.Length; i++)
            {
                _velocity[i] = _momentum * _velocity[i] + gradient[i];
                direction[i] = _nesterov ? gradient[i] + _momentum * _velocity[i] : _velocity[i];
            }
        }

        /// <inheritdoc/>
        protected override void ResetMoments()
        {
            _velocity = new double[Dimension];
        }

        /// <inheritdoc/>
        protected override void ExchangeMoments(OptimiserState state)
        {
            state.Exchange("velocity", ref _velocity);
        }
    }
}
