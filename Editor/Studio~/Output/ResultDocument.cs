using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using DiffPhysics.Editor;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>The result as JSON and the history as CSV.</summary>
internal static class ResultDocument
{
    public static DocumentNode Of(TuneOutcome outcome)
    {
        StartResult best = outcome.Result.Best;
        DocumentNode terms = DocumentNode.List();
        for (int t = 0; t < outcome.TermNames.Count; t++)
        {
            terms.Add(DocumentNode.Object().Add("name", DocumentNode.Of(outcome.TermNames[t])).Add("start", DocumentNode.Of(outcome.TermsBefore[t])).Add("end", DocumentNode.Of(best.Terms[t])));
        }
        DocumentNode parameters = DocumentNode.List();
        for (int p = 0; p < outcome.Parameters.Count; p++)
        {
            Parameter parameter = outcome.Parameters.Parameters[p];
            parameters.Add(DocumentNode.Object()
                .Add("name", DocumentNode.Of(parameter.Name))
                .Add("unit", DocumentNode.Of(parameter.Unit))
                .Add("start", DocumentNode.Of(outcome.From[p]))
                .Add("tuned", DocumentNode.Of(best.Parameters[p]))
                .Add("min", DocumentNode.Of(parameter.Lower))
                .Add("max", DocumentNode.Of(parameter.Upper))
                .Add("atBound", DocumentNode.Of(outcome.Result.AtBound.Contains(parameter.Name))));
        }
        DocumentNode warnings = DocumentNode.List();
        foreach (string warning in outcome.Warnings) warnings.Add(DocumentNode.Of(warning));
        return DocumentNode.Object()
            .Add("scene", DocumentNode.Of(outcome.Scene.Name))
            .Add("optimiser", DocumentNode.Of(outcome.OptimiserName))
            .Add("stopReason", DocumentNode.Of(best.Reason.ToString()))
            .Add("stopText", DocumentNode.Of(best.ReasonText))
            .Add("lossStart", DocumentNode.Of(outcome.TermsBefore.Sum()))
            .Add("lossEnd", DocumentNode.Of(best.Loss))
            .Add("terms", terms)
            .Add("parameters", parameters)
            .Add("iterations", DocumentNode.Of(best.Iterations))
            .Add("starts", Starts(outcome))
            .Add("bestStart", DocumentNode.Of(outcome.Result.BestStart))
            .Add("evaluations", DocumentNode.Of(outcome.Result.Evaluations))
            .Add("simulations", DocumentNode.Of(outcome.Simulations))
            .Add("seconds", DocumentNode.Of(outcome.Result.Seconds))
            .Add("impacts", DocumentNode.Object().Add("before", DocumentNode.Of(outcome.Before.Events[0])).Add("after", DocumentNode.Of(outcome.After.Events[0])))
            .Add("parametersAtBound", DocumentNode.Of(outcome.Result.AtBound.Count))
            .Add("recordings", DocumentNode.Object()
                .Add("fitted", Deviations(outcome.Fitted, outcome.FittedDeviation))
                .Add("leftOut", Deviations(outcome.LeftOut, outcome.LeftOutDeviation)))
            .Add("sensitivities", Sensitivities(outcome.Sensitivities))
            .Add("gradientCheckAtStart", Spots(outcome.CheckAtStart))
            .Add("gradientCheckAtEnd", Spots(outcome.CheckAtEnd))
            .Add("warnings", warnings);
    }

    private static DocumentNode Starts(TuneOutcome outcome)
    {
        DocumentNode list = DocumentNode.List();
        foreach (StartResult start in outcome.Result.Starts)
        {
            list.Add(DocumentNode.Object()
                .Add("lossStart", DocumentNode.Of(start.InitialLoss))
                .Add("lossEnd", DocumentNode.Of(start.Loss))
                .Add("iterations", DocumentNode.Of(start.Iterations))
                .Add("stopText", DocumentNode.Of(start.ReasonText))
                .Add("parameters", DocumentNode.Of(start.Parameters)));
        }
        return list;
    }

    // Mean distance in m and mean angle in rad from the recordings, before and after.
    private static DocumentNode Deviations(int count, IReadOnlyList<RecordingDeviation> deviations) => DocumentNode.Object()
        .Add("count", DocumentNode.Of(count))
        .Add("position", DocumentNode.Of(deviations.Select(d => d.Position)))
        .Add("rotation", DocumentNode.Of(deviations.Select(d => d.Rotation)));

    public static DocumentNode Sensitivities(IEnumerable<Sensitivity> all)
    {
        DocumentNode list = DocumentNode.List();
        foreach (Sensitivity s in all)
        {
            list.Add(DocumentNode.Object().Add("parameter", DocumentNode.Of(s.Parameter)).Add("unit", DocumentNode.Of(s.Unit)).Add("derivative", DocumentNode.Of(s.Derivative)).Add("range", DocumentNode.Of(s.Range)).Add("effect", DocumentNode.Of(s.Effect)));
        }
        return list;
    }

    public static DocumentNode Spots(IReadOnlyList<GradientSpot> spots)
    {
        DocumentNode list = DocumentNode.List();
        foreach (GradientSpot spot in spots)
        {
            list.Add(DocumentNode.Object()
                .Add("parameter", DocumentNode.Of(spot.Parameter))
                .Add("gradient", DocumentNode.Of(spot.Analytic))
                .Add("differences", DocumentNode.Of(spot.Numeric))
                .Add("step", DocumentNode.Of(spot.Step))
                .Add("relativeError", DocumentNode.Of(spot.RelativeError))
                .Add("verdict", DocumentNode.Of(spot.Words)));
        }
        return list;
    }

    public static string History(TuneOutcome outcome)
    {
        var text = new StringBuilder("start,iteration,loss,gradient_norm,step,rate,evaluations,seconds");
        foreach (string term in outcome.TermNames) text.Append(",term:").Append(term);
        foreach (Parameter parameter in outcome.Parameters.Parameters) text.Append(',').Append(parameter.Name);
        text.Append('\n');
        foreach (IterationRecord r in outcome.Result.History)
        {
            IEnumerable<double> numbers = new[] { r.Start, r.Iteration, r.Loss, r.GradientNorm, r.StepSize, r.Rate, r.Evaluations, r.Seconds }.Concat(r.Terms).Concat(r.Parameters);
            text.Append(string.Join(",", numbers.Select(n => double.IsNaN(n) ? "" : n.ToString("R", CultureInfo.InvariantCulture)))).Append('\n');
        }
        return text.ToString();
    }
}
