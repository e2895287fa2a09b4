using System;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>The 'tuning' part of a scene document.</summary>
    internal static class TuningFormat
    {
        public static ObjectFormat<TuningSettings> Describe()
        {
            var schedule = new ObjectFormat<ScheduleSettings>("How the learning rate changes.")
                .Text("kind", s => s.Kind, (s, v) => s.Kind = v, "Its shape.", true, new[] { "constant", "step", "exponential", "cosine" })
                .Number("factor", NumberRule.Fraction, s => s.Factor, (s, v) => s.Factor = v, "Factor of a step, or the cosine's final fraction.")
                .Number("period", NumberRule.Whole(1), s => s.Period, (s, v) => s.Period = (int)v, "Iterations between steps, or until the cosine's end.")
                .Number("warmUp", NumberRule.Whole(0), s => s.WarmUp, (s, v) => s.WarmUp = (int)v, "Iterations of linear growth at the start.");
            var optimiser = new ObjectFormat<OptimiserSettings>("The method; lengths are in normalised coordinates.")
                .Text("method", o => o.Method, (o, v) => o.Method = v, "Name of the method.", false, OptimiserSettings.Methods)
                .Number("learningRate", NumberRule.Positive, o => o.FirstOrder.LearningRate, (o, v) => o.FirstOrder.LearningRate = v, "Learning rate of first-order methods; by default it is searched for.")
                .Add("schedule", schedule, o => ScheduleSettings.Of(o.FirstOrder.Schedule), (o, v) => o.FirstOrder.Schedule = v.Create(), "Schedule of the learning rate.")
                .Number("clipNorm", NumberRule.Positive, o => o.FirstOrder.ClipNorm, (o, v) => o.FirstOrder.ClipNorm = v, "Longest gradient.")
                .Number("clipValue", NumberRule.Positive, o => o.FirstOrder.ClipValue, (o, v) => o.FirstOrder.ClipValue = v, "Largest component of a gradient.")
                .Number("momentum", NumberRule.Fraction, o => o.Momentum, (o, v) => o.Momentum = v, "Momentum of gradient descent.")
                .Add("nesterov", new BooleanFormat(), o => o.Nesterov, (o, v) => o.Nesterov = v, "Whether momentum looks ahead.")
                .Number("weightDecay", NumberRule.NotNegative, o => o.WeightDecay, (o, v) => o.WeightDecay = v, "Weight decay of AdamW.")
                .Number("memory", NumberRule.Whole(1, 1000), o => o.Memory, (o, v) => o.Memory = (int)v, "Moves that L-BFGS remembers.")
                .Number("population", NumberRule.Whole(0, 1000000), o => o.Population, (o, v) => o.Population = (int)v, "Samples per generation of CMA-ES; 0 for its default.")
                .Number("firstStep", NumberRule.Positive, o => o.FirstStep, (o, v) => o.FirstStep = v, "First step of L-BFGS, first spread of CMA-ES.");
            var stopping = new ObjectFormat<StoppingRules>("When to stop.")
                .Number("iterations", NumberRule.Whole(0), s => s.MaxIterations, (s, v) => s.MaxIterations = (int)v, "Iterations at most.")
                .Number("evaluations", NumberRule.Whole(1), s => s.MaxEvaluations, (s, v) => s.MaxEvaluations = (int)v, "Simulations at most.")
                .Number("seconds", NumberRule.Positive, s => s.MaxSeconds, (s, v) => s.MaxSeconds = v, "Seconds at most.")
                .Number("loss", NumberRule.Any, s => s.LossBelow, (s, v) => s.LossBelow = v, "Wanted loss.")
                .Number("gradient", NumberRule.NotNegative, s => s.GradientBelow, (s, v) => s.GradientBelow = v, "Free gradient that counts as zero.")
                .Number("step", NumberRule.NotNegative, s => s.StepBelow, (s, v) => s.StepBelow = v, "Step that counts as zero.")
                .Number("flatFraction", NumberRule.NotNegative, s => s.FlatFraction, (s, v) => s.FlatFraction = v, "Relative fall of the loss that counts as none.")
                .Number("flatIterations", NumberRule.Whole(1), s => s.FlatIterations, (s, v) => s.FlatIterations = (int)v, "Iterations over which it counts.");
            return new ObjectFormat<TuningSettings>("How to search.")
                .Add("optimiser", optimiser, t => t.Optimiser, (t, v) => t.Optimiser = v, "The method.")
                .Add("stopping", stopping, t => t.Stopping, (t, v) => t.Stopping = v, "When to stop.")
                .Number("starts", NumberRule.Whole(1, 100000), t => t.Starts, (t, v) => t.Starts = (int)v, "Start points: the scene's own, and others drawn within the bounds.")
                .Number("seed", NumberRule.Whole(0), t => t.Seed, (t, v) => t.Seed = (int)v, "Seed of all random numbers.");
        }

        private sealed class ScheduleSettings
        {
            public string Kind { get; set; } = "constant";
            public double Factor { get; set; } = 1;
            public int Period { get; set; } = 1;
            public int WarmUp { get; set; }

            public static ScheduleSettings Of(LearningRateSchedule schedule)
            {
                return new ScheduleSettings { Kind = schedule.Kind.ToString().ToLowerInvariant(), Factor = schedule.Factor, Period = schedule.Period, WarmUp = schedule.WarmUp };
            }

            public LearningRateSchedule Create() => new LearningRateSchedule((ScheduleKind)Enum.Parse(typeof(ScheduleKind), Kind, true), Factor, Period, WarmUp);
        }
    }
}
