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
        /// <summary>Its shape.</summary>
        public ScheduleKind Kind { get; }

        /// <summary>Factor of a step, or the cosine's final fraction.</summary>
        public double Factor { get; }

        /// <summary>Iterations between steps, or until the cosine's end.</summary>
        public int Period { get; }

        /// <summary>Iterations of linear growth at the start.</summary>
        public int WarmUp { get; }

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
            Kind = kind;
            Factor = factor;
            Period = period;
            WarmUp = warmUp;
        }

        /// <summary>The factor at an iteration, counted from zero.</summary>
        /// <param name="iteration">The iteration.</param>
        public double FactorAt(int iteration)
        {
            double warm = iteration < WarmUp ? (iteration + 1.0) / (WarmUp + 1) : 1;
            switch (Kind)
            {
                case ScheduleKind.Step: return warm * Math.Pow(Factor, iteration / Period);
                case ScheduleKind.Exponential: return warm * Math.Pow(Factor, iteration);
                case ScheduleKind.Cosine:
                    double t = Math.Min(1.0, (double)iteration / Period);
                    return warm * (Factor + (1 - Factor) * 0.5 * (1 + Math.Cos(Math.PI * t)));
                default: return warm;
            }
        }
    }
}
