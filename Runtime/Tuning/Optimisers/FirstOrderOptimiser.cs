using System;

namespace DiffPhysics.Tuning
{
    /// <summary>What all methods that step along some average of gradients have in common.</summary>
    public sealed class FirstOrderOptions
    {
        /// <summary>Learning rate in normalised coordinates; NaN (the default) searches for one at the start.</summary>
        public double LearningRate { get; set; } = double.NaN;

        /// <summary>How the rate changes; constant by default.</summary>
        public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Constant;

        /// <summary>Gradients longer than this are shortened to it; infinity (the default) never clips.</summary>
        public double ClipNorm { get; set; } = double.PositiveInfinity;

        /// <summary>Components of the gradient are held within plus and minus this; infinity (the default) never clips.</summary>
        public double ClipValue { get; set; } = double.PositiveInfinity;
    }

    /// <summary>
    /// Base of gradient descent, Adam and their like: clip the gradient, turn it into a direction, step by the learning
    /// rate, project into the box. Without a given rate, the start is followed by one batch of trial steps over ten
    /// decades, and the rate comes from the trial with the lowest loss. A step to a point without a loss or gradient, where the
    /// simulation diverged, is taken back: the method forgets the moments that led there, and halves the step, and the rate
    /// from then on, until it leads to a lower point.
    /// </summary>
    public abstract class FirstOrderOptimiser : Optimiser
    {
        private const int SearchTrials = 21;
        private const int MostHalvings = 40;
        private readonly FirstOrderOptions _options;
        private double[] _direction;
        private double _baseRate;
        private int _phase;
        private int _clipped;
        private int _halvings;

        private const int AtStart = 0;
        private const int Searching = 1;
        private const int Stepping = 2;

        /// <summary>How many gradients were clipped so far.</summary>
        public int Clipped => _clipped;

        /// <summary>Creates the method.</summary>
        /// <param name="options">Common options; null for the defaults.</param>
        protected FirstOrderOptimiser(FirstOrderOptions options)
        {
            _options = options ?? new FirstOrderOptions();
            if (!double.IsNaN(_options.LearningRate) && !(_options.LearningRate > 0)) throw new ArgumentException($"A learning rate must be positive, not {_options.LearningRate}.");
            if (!(_options.ClipNorm > 0)) throw new ArgumentException($"A clipping norm must be positive, not {_options.ClipNorm}.");
            if (!(_options.ClipValue > 0)) throw new ArgumentException($"A clipping value must be positive, not {_options.ClipValue}.");
        }

        /// <inheritdoc/>
        protected override string StuckText => $"a step led to where the loss has no number, and {MostHalvings} steps along the gradient, each half as long as the one before, to no lower point";

        /// <summary>Fraction of the best trial's rate that is stable for this method over many iterations.</summary>
        protected abstract double SearchFraction { get; }

        /// <inheritdoc/>
        protected override void OnStart(ulong seed)
        {
            _direction = new double[Dimension];
            _phase = AtStart;
            _clipped = _halvings = 0;
            _baseRate = _options.LearningRate;
            ResetMoments();
        }

        /// <inheritdoc/>
        public override void Ask(EvaluationBatch batch)
        {
            if (_phase == AtStart)
            {
                batch.Reset(1, EvaluationNeeds.Gradient);
                Here.CopyTo(batch.Point(0));
                return;
            }
            if (_phase == Stepping && double.IsNaN(_baseRate)) _phase = Searching;
            if (_phase == Searching)
            {
                Direction(ClippedGradient(), _direction, 0);
                ResetMoments();
                batch.Reset(SearchTrials, EvaluationNeeds.Value);
                for (int trial = 0; trial < SearchTrials; trial++) Step(TrialRate(trial), batch.Point(trial));
                return;
            }
            Rate = _baseRate * _options.Schedule.FactorAt(Iteration);
            if (_halvings == 0) Direction(ClippedGradient(), _direction, Iteration);
            batch.Reset(1, EvaluationNeeds.Gradient);
            Step(Rate, batch.Point(0));
        }

        /// <inheritdoc/>
        public override bool Tell(EvaluationBatch batch)
        {
            if (_phase == Searching)
            {
                int best = 0;
                for (int trial = 1; trial < batch.Count; trial++)
                {
                    // Not-a-number never compares as smaller, and where nothing is finite the shortest step is kept.
                    if (batch.Values[trial] < batch.Values[best] || double.IsNaN(batch.Values[best])) best = trial;
                }
                _baseRate = TrialRate(best) * SearchFraction;
                _phase = Stepping;
                return false;
            }
            bool isRefused = _phase == Stepping && (!HasNumbers(batch) || _halvings > 0 && !(batch.Values[0] < Loss));
            if (isRefused && _halvings < MostHalvings)
            {
                if (_halvings++ == 0)
                {
                    ResetMoments();
                    Direction(ClippedGradient(), _direction, Iteration);
                }
                _baseRate *= 0.5;
                return false;
            }
            if (isRefused)
            {
                StayStuck();
                return true;
            }
            _halvings = 0;
            _phase = Stepping;
            MoveTo(batch, 0);
            return true;
        }

        private static bool HasNumbers(EvaluationBatch batch)
        {
            return !double.IsNaN(batch.Values[0]) && !double.IsInfinity(batch.Values[0]) && Vector.IsFinite(batch.Gradient(0));
        }

        /// <summary>Turns a gradient into the direction that is subtracted, updating the moments.</summary>
        /// <param name="gradient">The clipped gradient.</param>
        /// <param name="direction">Receives the direction.</param>
        /// <param name="iteration">Iteration, counted from zero.</param>
        protected abstract void Direction(ReadOnlySpan<double> gradient, Span<double> direction, int iteration);

        /// <summary>Forgets the past.</summary>
        protected abstract void ResetMoments();

        /// <summary>Describes the moments, to be written or read.</summary>
        /// <param name="state">Where they go or come from.</param>
        protected abstract void ExchangeMoments(OptimiserState state);

        /// <inheritdoc/>
        protected override void Exchange(OptimiserState state)
        {
            state.Exchange("baseRate", ref _baseRate);
            state.Exchange("phase", ref _phase);
            state.Exchange("clipped", ref _clipped);
            ExchangeMoments(state);
        }

        // Steps from 1e-8 to 1e2 long, in half decades.
        private double TrialRate(int trial)
        {
            return Math.Pow(10, -8 + 0.5 * trial) / Math.Max(Vector.Norm(_direction), 1e-300);
        }

        private void Step(double rate, Span<double> point)
        {
            for (int i = 0; i < Dimension; i++) point[i] = Here[i] - rate * _direction[i];
            Bounds.Project(point);
        }

        private double[] ClippedGradient()
        {
            var gradient = (double[])GradientHere.Clone();
            bool clipped = false;
            for (int i = 0; i < gradient.Length; i++)
            {
                double held = Math.Min(Math.Max(gradient[i], -_options.ClipValue), _options.ClipValue);
                clipped |= held != gradient[i];
                gradient[i] = held;
            }
            double norm = Vector.Norm(gradient);
            if (norm > _options.ClipNorm)
            {
                clipped = true;
                for (int i = 0; i < gradient.Length; i++) gradient[i] *= _options.ClipNorm / norm;
            }
            if (clipped) _clipped++;
            return gradient;
        }
    }
}
