using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Editor
{
    /// <summary>What a person should know before trusting a result, in words.</summary>
    internal static class TuneWarnings
    {
        private const int MostNames = 5;

        public static IReadOnlyList<string> Of(TuneOutcome outcome)
        {
            var warnings = new List<string>();
            AddHorizon(warnings, outcome.Before, "before tuning");
            AddHorizon(warnings, outcome.After, "after tuning");
            StartResult best = outcome.Result.Best;
            foreach (string name in outcome.Result.AtBound) warnings.Add($"Parameter {name} lies at its bound: the wish may be out of reach within the bounds.");
            AddDeaf(warnings, outcome);
            AddExploding(warnings, outcome.Result.History);
            if (best.Reason == StopReason.LossFlat && best.Loss > 1e-3 * best.InitialLoss) warnings.Add($"The loss went flat at {best.Loss:g4}, {best.Loss / best.InitialLoss:p1} of its start: this may be a local minimum; try more starts.");
            if (outcome.Result.Failures > 0) warnings.Add($"{outcome.Result.Failures} of {outcome.Result.Evaluations} points of the search have no loss and counted as infinitely bad. The first: {outcome.Result.FirstFailure}");
            if (best.Reason == StopReason.NoProgress && best.Loss > 1e-6 * best.InitialLoss) warnings.Add($"The search could not go on: {best.ReasonText}.");
            AddCheck(warnings, outcome.CheckAtStart, "start");
            AddCheck(warnings, outcome.CheckAtEnd, "tuned");
            return warnings;
        }

        private static void AddDeaf(List<string> warnings, TuneOutcome outcome)
        {
            string[] deaf = outcome.Sensitivities.Where(s => s.Derivative == 0).Select(s => s.Parameter).ToArray();
            string more = deaf.Length > MostNames ? $" and {deaf.Length - MostNames} more" : "";
            if (deaf.Length > 0) warnings.Add($"The loss does not react to {string.Join(", ", deaf.Take(MostNames))}{more} at the start: gradient descent cannot move {(deaf.Length == 1 ? "it" : "them")} from there.");
        }

        private static void AddHorizon(List<string> warnings, Trajectories motion, string when)
        {
            double frame = motion.Durations[0] / (motion.Samples - 1);
            if (motion.LastEvent[0] > motion.Durations[0] - 1.5 * frame) warnings.Add($"An impact lies within the last frame {when}: a small change moves it past the end of the run, where the loss jumps.");
        }

        private static void AddExploding(List<string> warnings, IReadOnlyList<IterationRecord> history)
        {
            double[] norms = history.Select(r => r.GradientNorm).Where(g => !double.IsNaN(g) && g > 0).OrderBy(g => g).ToArray();
            if (norms.Length > 2 && norms[norms.Length - 1] > 1e6 * norms[norms.Length / 2] && norms[norms.Length - 1] > 1e6) warnings.Add($"The gradient exploded: it reached {norms[norms.Length - 1]:g3}, usually around {norms[norms.Length / 2]:g3}. Shorter runs, clipping or more substeps help.");
        }

        private static void AddCheck(List<string> warnings, IReadOnlyList<GradientSpot> spots, string where)
        {
            foreach (GradientSpot spot in spots.Where(s => s.Verdict != SpotVerdict.Agrees))
            {
                warnings.Add($"At the {where} values the gradient with respect to {spot.Parameter} {(spot.Verdict == SpotVerdict.Wrong ? $"differs from differences by {spot.RelativeError:p2}" : "cannot be checked: " + spot.Words)}.");
            }
        }
    }
}
