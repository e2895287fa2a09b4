using System;

namespace DiffPhysics.Tuning
{
    /// <summary>How a learning rate changes from iteration to iteration.</summary>
    public enum ScheduleKind
    {
        /// <summary>It stays.</summary>
        Constant,

        /// <summary>It is multiplied by a factor every so many iterations.</summary>
        Step,

        /// <summary>It is multiplied by a factor every iteration.</summary>
        Exponential,

        /// <summary>It falls along half a cosine to a final fraction, and stays there.</summary>
        Cosine,
    }

    /// <summary>The factor on the learning rate at an iteration, with an optional linear warm-up from zero.</summary>
    public sealed class LearningRateSchedule
    {
        private readonly ScheduleKind _kind;
        private readonly double _factor;
        private readonly int _period;
        private readonly int _warmUp;

        /// <summary>A learning rate that stays.</summary>
        public static LearningRateSchedule Constant { get; } = new LearningRateSchedule(ScheduleKind.Constant);

        /// <summary>Creates a schedule.</summary>
        /// <param name="kind">Its shape.</param>
        /// <param name="factor">Step and exponential: the factor. Cosine: the final fraction. In (0, 1] for the first two, [0, 1] for the last.</param>
        /// <param name="period">Step: iterations between steps. Cosine: iterations until the final fraction. At least one.</param>
        /// <param name="warmUp">Iterations over which the rate first grows to its full value.</param>
        public LearningRateSchedule(ScheduleKind kind, double factor = 1, int period = 1, int warmUp = 0)
        {
            if (!(factor >= 0 && factor <= 1)) throw new ArgumentException($"A schedule's factor must lie in 0 to 1, not {factor}.");
            if (period < 1) throw new ArgumentException($"A schedule's period must be at least 1 iteration, not {period}.");
            if (warmUp < 0) throw new ArgumentException($"A schedule's warm-up must not be negative, but is {warmUp}.");
            _kind = kind;
            _factor = factor;
            _period = period;
            _warmUp = warmUp;
        }

        /// <summary>The factor at an iteration, counted from zero.</summary>
        /// <param name="iteration">The iteration.</param>
        public double FactorAt(int iteration)
        {
            double warm = iteration < _warmUp ? (iteration + 1.0) / (_warmUp + 1) : 1;
            switch (_kind)
            {
                case ScheduleKind.Step: return warm * Math.Pow(_factor, iteration / _period);
                case ScheduleKind.Exponential: return warm * Math.Pow(_factor, iteration);
                case ScheduleKind.Cosine:
                    double t = Math.Min(1.0, (double)iteration / _period);
                    return warm * (_factor + (1 - _factor) * 0.5 * (1 + Math.Cos(Math.PI * t)));
                default: return warm;
            }
        }
    }
}
