using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace DiffPhysics.Tuning
{
    /// <summary>How one derivative compares with differences of the loss.</summary>
    public enum SpotVerdict
    {
        /// <summary>They agree.</summary>
        Agrees,

        /// <summary>They do not, and the loss looks smooth here: the gradient is wrong.</summary>
        Wrong,

        /// <summary>Differences to the left and to the right disagree however small the step, or events lie within every step: a discontinuity or kink is too near.</summary>
        Discontinuous,

        /// <summary>The loss is not finite near the point.</summary>
        NotFinite,
    }

    /// <summary>One derivative, by the gradient and by differences.</summary>
    public sealed class GradientSpot
    {
        /// <summary>Name of the parameter.</summary>
        public string Parameter { get; internal set; }

        /// <summary>dL/dp by the gradient, per unit of the parameter.</summary>
        public double Analytic { get; internal set; }

        /// <summary>dL/dp by central differences at the best step.</summary>
        public double Numeric { get; internal set; }

        /// <summary>Half width of the differences, in the parameter's unit.</summary>
        public double Step { get; internal set; }

        /// <summary>Difference of the two relative to the larger, with a floor of what rounding can show.</summary>
        public double RelativeError { get; internal set; }

        /// <summary>The verdict.</summary>
        public SpotVerdict Verdict { get; internal set; }

        /// <summary>
        /// The sides from which differences were taken: 0 for both, 1 for higher values alone and -1 for lower ones, because events of the simulation (a contact more
        /// or less, another order) lie within all steps to the other side.
        /// </summary>
        public int Side { get; internal set; }

        /// <summary>Distance to the nearest event seen within the steps, in the parameter's unit; infinity where there was none.</summary>
        public double NearestEvent { get; internal set; } = double.PositiveInfinity;

        /// <summary>The verdict in words.</summary>
        public string Words
        {
            get
            {
                string side = Side == 0 ? "" : $" on the side of {(Side > 0 ? "higher" : "lower")} values; an event lies within the steps to the other";
                switch (Verdict)
                {
                    case SpotVerdict.Agrees: return "agrees" + side;
                    case SpotVerdict.Wrong: return "wrong" + side;
                    case SpotVerdict.Discontinuous: return double.IsInfinity(NearestEvent) ? "a discontinuity lies within the step" : $"an event lies within every step, nearer than {NearestEvent.ToString("g2", CultureInfo.InvariantCulture)}";
                    default: return "not finite";
                }
            }
        }
    }

    /// <summary>
    /// Compares a gradient with differences of the loss over a ladder of steps h, all evaluated in one batch. Where the objective tells the events of its
    /// simulations (<see cref="EvaluationBatch.Choices"/>), only points with the events of the point itself count: central differences where both sides have them,
    /// one-sided ones of second order where one has, and a ladder of smaller steps where neither has. Of the differences that are left, those count which agree best with
    /// those of the next step.
    /// </summary>
    public static class GradientSpotCheck
    {
        private const int Steps = 8;
        // Of the parameter's typical change: 1e-3 to 1e-7, then 1e-7 to 1e-9.
        private const double LargestStep = 1e-3, Decades = 4, SmallLargest = 1e-7, SmallDecades = 2;

        /// <summary>Checks the gradient at a point.</summary>
        /// <param name="objective">Loss over parameter values in their units.</param>
        /// <param name="parameters">The parameters; their coordinate units give the size of a step.</param>
        /// <param name="values">Where.</param>
        /// <param name="tolerance">Relative error up to which derivatives agree.</param>
        /// <param name="most">Derivatives to check at most. Of more, those to which the loss reacts most are checked, and as many spread evenly over the others.</param>
        public static IReadOnlyList<GradientSpot> Check(IObjective objective, ParameterSet parameters, ReadOnlySpan<double> values, double tolerance = 1e-5, int most = int.MaxValue)
        {
            var batch = new EvaluationBatch(objective);
            batch.Reset(1, EvaluationNeeds.Gradient);
            values.CopyTo(batch.Point(0));
            objective.Evaluate(batch);
            double loss = batch.Values[0];
            ulong choices = batch.Choices[0];
            double[] gradient = batch.Gradient(0).ToArray();
            int[] chosen = Choose(parameters, values, gradient, most);
            SpotLadder[] ladders = Climb(objective, batch, parameters, values, chosen, LargestStep, Decades);
            for (int c = 0; c < chosen.Length; c++) ladders[c].Start(loss, choices, gradient[chosen[c]], tolerance);
            int[] again = Enumerable.Range(0, chosen.Length).Where(c => !ladders[c].IsClear).ToArray();
            SpotLadder[] small = Climb(objective, batch, parameters, values, again.Select(c => chosen[c]).ToArray(), SmallLargest, SmallDecades);
            for (int k = 0; k < again.Length; k++)
            {
                small[k].Start(loss, choices, gradient[chosen[again[k]]], tolerance);
                if (small[k].IsClear) ladders[again[k]] = small[k];
            }
            return ladders.Select(l => l.Judge()).ToArray();
        }

        private static SpotLadder[] Climb(IObjective objective, EvaluationBatch batch, ParameterSet parameters, ReadOnlySpan<double> values, int[] chosen, double largest, double decades)
        {
            var ladders = new SpotLadder[chosen.Length];
            batch.Reset(2 * Steps * chosen.Length, EvaluationNeeds.Value);
            for (int c = 0; c < chosen.Length; c++)
            {
                int i = chosen[c];
                double value = values[i], unit = Math.Min(Math.Abs(parameters.Parameters[i].Slope(value)), Math.Max(1, Math.Abs(value)));
                ladders[c] = new SpotLadder(parameters.Parameters[i].Name, unit, Steps);
                for (int k = 0; k < Steps; k++)
                {
                    // Rounded so that p + h is exact.
                    double there = value + unit * largest * Math.Pow(10, -decades * k / (Steps - 1));
                    ladders[c].Step[k] = there - value;
                    for (int side = 0; side < 2; side++)
                    {
                        Span<double> point = batch.Point(2 * (Steps * c + k) + side);
                        values.CopyTo(point);
                        point[i] += (side == 0 ? 1 : -1) * ladders[c].Step[k];
                    }
                }
            }
            if (chosen.Length > 0) objective.Evaluate(batch);
            for (int c = 0; c < chosen.Length; c++)
            {
                for (int k = 0; k < 2 * Steps; k++)
                {
                    ladders[c].Loss[k % 2][k / 2] = batch.Values[2 * Steps * c + k];
                    ladders[c].Choices[k % 2][k / 2] = batch.Choices[2 * Steps * c + k];
                }
            }
            return ladders;
        }

        // Indices in their order.
        private static int[] Choose(ParameterSet parameters, ReadOnlySpan<double> values, double[] gradient, int most)
        {
            int n = parameters.Count;
            if (n <= most) return Enumerable.Range(0, n).ToArray();
            double[] at = values.ToArray();
            int[] byEffect = Enumerable.Range(0, n).OrderByDescending(i => Math.Abs(gradient[i] * parameters.Parameters[i].Slope(at[i]))).ToArray();
            int strong = (most + 1) / 2, others = most - strong;
            int[] weak = byEffect.Skip(strong).OrderBy(i => i).ToArray();
            return byEffect.Take(strong).Concat(Enumerable.Range(0, others).Select(k => weak[(int)((long)k * weak.Length / others)])).OrderBy(i => i).ToArray();
        }
    }
}
