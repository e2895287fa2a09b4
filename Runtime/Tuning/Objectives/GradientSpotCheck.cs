using System;
using System.Collections.Generic;
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

        /// <summary>Differences to the left and to the right disagree however small the step: a discontinuity or kink lies within it.</summary>
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

        /// <summary>The verdict in words.</summary>
        public string Words => Verdict == SpotVerdict.Agrees ? "agrees"
            : Verdict == SpotVerdict.Wrong ? "wrong"
            : Verdict == SpotVerdict.Discontinuous ? "a discontinuity lies within the step"
            : "not finite";
    }

    /// <summary>
    /// Compares a gradient with central differences (f(p + h) - f(p - h)) / 2h over a ladder of steps h, all evaluated in
    /// one batch, and keeps per parameter the step whose two differences of neighbouring widths agree best.
    /// </summary>
    public static class GradientSpotCheck
    {
        private const int Steps = 8;
        private const double LargestStep = 1e-3;

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
            double[] gradient = batch.Gradient(0).ToArray();

            int[] chosen = Choose(parameters, values, gradient, most);
            batch.Reset(2 * Steps * chosen.Length, EvaluationNeeds.Value);
            for (int c = 0; c < chosen.Length; c++)
            {
                int i = chosen[c];
                for (int k = 0; k < 2 * Steps; k++)
                {
                    Span<double> point = batch.Point(2 * Steps * c + k);
                    values.CopyTo(point);
                    point[i] += (k % 2 == 0 ? 1 : -1) * StepOf(parameters.Parameters[i], values[i], k / 2);
                }
            }
            objective.Evaluate(batch);
            var spots = new List<GradientSpot>();
            for (int c = 0; c < chosen.Length; c++) spots.Add(Judge(parameters.Parameters[chosen[c]], values[chosen[c]], loss, gradient[chosen[c]], batch.Values.Slice(2 * Steps * c, 2 * Steps), tolerance));
            return spots;
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

        // 1e-3 to 1e-7 of the parameter's typical change, in steps of about 3.7, rounded so that p + h is exact.
        private static double StepOf(Parameter parameter, double value, int index)
        {
            double unit = Math.Min(Math.Abs(parameter.Slope(value)), Math.Max(1, Math.Abs(value)));
            double step = unit * LargestStep * Math.Pow(10, -4.0 * index / (Steps - 1));
            double there = value + step;
            return there - value;
        }

        private static GradientSpot Judge(Parameter parameter, double value, double loss, double analytic, ReadOnlySpan<double> losses, double tolerance)
        {
            var spot = new GradientSpot { Parameter = parameter.Name, Analytic = analytic, Numeric = double.NaN, RelativeError = double.PositiveInfinity, Verdict = SpotVerdict.NotFinite };
            double previous = double.NaN;
            double best = double.PositiveInfinity;
            double sides = double.PositiveInfinity;
            double spotScale = 0;
            for (int k = 0; k < Steps; k++)
            {
                double h = StepOf(parameter, value, k);
                double plus = losses[2 * k];
                double minus = losses[2 * k + 1];
                double central = (plus - minus) / (2 * h);
                if (double.IsNaN(central) || double.IsInfinity(central)) continue;
                // Rounding of the losses shows as this much of a derivative.
                double rounding = 1e-15 * (Math.Abs(plus) + Math.Abs(minus)) / h;
                // At an optimum both derivatives vanish; what counts there is the gradient a hundredth of a typical change away.
                double nearby = 0.01 * StepOf(parameter, value, 0) / LargestStep * Math.Abs(plus - 2 * loss + minus) / (h * h);
                double scale = Math.Max(Math.Max(Math.Abs(central), Math.Abs(analytic)), Math.Max(k == 0 ? nearby : spotScale, 1e-300));
                if (k == 0) spotScale = nearby;
                double change = double.IsNaN(previous) ? double.PositiveInfinity : Math.Abs(central - previous) + rounding;
                double oneSided = Math.Abs((plus - loss) - (loss - minus)) / h;
                sides = Math.Min(sides, Math.Max(0, oneSided - 4 * rounding) / scale);
                previous = central;
                if (change > best) continue;
                best = change;
                spot.Numeric = central;
                spot.Step = h;
                spot.RelativeError = Math.Abs(central - analytic) <= 4 * rounding ? 0 : Math.Abs(central - analytic) / scale;
            }
            if (double.IsNaN(spot.Numeric) || double.IsNaN(analytic)) return spot;
            spot.Verdict = spot.RelativeError <= tolerance ? SpotVerdict.Agrees : sides > 0.01 ? SpotVerdict.Discontinuous : SpotVerdict.Wrong;
            return spot;
        }
    }
}
