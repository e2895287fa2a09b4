using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Adam (Kingma and Ba 2015), and AdamW (Loshchilov and Hutter 2019) when weight decay is not zero:
    /// m := b1 m + (1 - b1) g; v := b2 v + (1 - b2) g^2; x := x - rate (m^ / (sqrt(v^) + eps) + decay x),
    /// with m^ = m / (1 - b1^t) and v^ = v / (1 - b2^t). Decay pulls towards coordinate zero, the start values.
    /// </summary>
    public sealed class Adam : FirstOrderOptimiser
    {
        private readonly double _beta1;
        private readonly double _beta2;
        private readonly double _epsilon;
        private readonly double _weightDecay;
        private double[] _first;
        private double[] _second;
        private int _count;

        /// <inheritdoc/>
        public override string Name => _weightDecay > 0 ? "adamw" : "adam";

        /// <inheritdoc/>
        protected override double SearchFraction => 0.1;

        /// <summary>Creates the method.</summary>
        /// <param name="options">Common options.</param>
        /// <param name="beta1">Memory of the mean, in [0, 1).</param>
        /// <param name="beta2">Memory of the mean square, in [0, 1).</param>
        /// <param name="epsilon">Positive floor of the divisor.</param>
        /// <param name="weightDecay">Decoupled weight decay, not negative; above zero makes this AdamW.</param>
        public Adam(FirstOrderOptions options = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
            : base(options)
        {
            if (!(beta1 >= 0 && beta1 < 1)) throw new ArgumentException($"beta1 must lie in [0, 1), not {beta1}.");
            if (!(beta2 >= 0 && beta2 < 1)) throw new ArgumentException($"beta2 must lie in [0, 1), not {beta2}.");
            if (!(epsilon > 0)) throw new ArgumentException($"epsilon must be positive, not {epsilon}.");
            if (!(weightDecay >= 0)) throw new ArgumentException($"Weight decay must not be negative, but is {weightDecay}.");
            _beta1 = beta1;
            _beta2 = beta2;
            _epsilon = epsilon;
            _weightDecay = weightDecay;
        }

        /// <inheritdoc/>
        protected override void Direction(ReadOnlySpan<double> gradient, Span<double> direction, int iteration)
        {
            _count++;
            double correction1 = 1 - Math.Pow(_beta1, _count);
            double correction2 = 1 - Math.Pow(_beta2, _count);
            for (int i = 0; i < gradient.Length; i++)
            {
                _first[i] = _beta1 * _first[i] + (1 - _beta1) * gradient[i];
                _second[i] = _beta2 * _second[i] + (1 - _beta2) * gradient[i] * gradient[i];
                double step = _first[i] / correction1 / (Math.Sqrt(_second[i] / correction2) + _epsilon);
                direction[i] = step + _weightDecay * Here[i];
            }
        }

        /// <inheritdoc/>
        protected override void ResetMoments()
        {
            _first = new double[Dimension];
            _second = new double[Dimension];
            _count = 0;
        }

        /// <inheritdoc/>
        protected override void ExchangeMoments(OptimiserState state)
        {
            state.Exchange("first", ref _first);
            state.Exchange("second", ref _second);
            state.Exchange("count", ref _count);
        }
    }
}
