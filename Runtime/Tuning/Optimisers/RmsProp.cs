using System;

namespace DiffPhysics.Tuning
{
    /// <summary>RMSProp (Tieleman and Hinton 2012): v := a v + (1 - a) g^2; x := x - rate g / (sqrt(v) + eps).</summary>
    public sealed class RmsProp : FirstOrderOptimiser
    {
        private readonly double _memory;
        private readonly double _epsilon;
        private double[] _second;

        /// <inheritdoc/>
        public override string Name => "rmsprop";

        // The first direction is 1/sqrt(1 - a) long per coordinate, so the trial rates are already small.
        /// <inheritdoc/>
        protected override double SearchFraction => 0.1;

        /// <summary>Creates the method.</summary>
        /// <param name="options">Common options.</param>
        /// <param name="memory">Memory a of the mean square, in [0, 1).</param>
        /// <param name="epsilon">Positive floor of the divisor.</param>
        public RmsProp(FirstOrderOptions options = null, double memory = 0.99, double epsilon = 1e-8)
            : base(options)
        {
            if (!(memory >= 0 && memory < 1)) throw new ArgumentException($"The memory must lie in [0, 1), not {memory}.");
            if (!(epsilon > 0)) throw new ArgumentException($"epsilon must be positive, not {epsilon}.");
            _memory = memory;
            _epsilon = epsilon;
        }

        /// <inheritdoc/>
        protected override void Direction(ReadOnlySpan<double> gradient, Span<double> direction, int iteration)
        {
            for (int i = 0; i < gradient.Length; i++)
            {
                _second[i] = _memory * _second[i] + (1 - _memory) * gradient[i] * gradient[i];
                direction[i] = gradient[i] / (Math.Sqrt(_second[i]) + _epsilon);
            }
        }

        /// <inheritdoc/>
        protected override void ResetMoments()
        {
            _second = new double[Dimension];
        }

        /// <inheritdoc/>
        protected override void ExchangeMoments(OptimiserState state)
        {
            state.Exchange("second", ref _second);
        }
    }
}
