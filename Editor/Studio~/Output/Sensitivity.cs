using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>How much the loss reacts to a parameter: its derivative, and that times the range the parameter may move in.</summary>
internal sealed record Sensitivity(string Parameter, string Unit, double Derivative, double Range)
{
    public double Effect => Math.Abs(Derivative) * Range;

    public static IReadOnlyList<Sensitivity> At(SceneObjective objective, double[] values)
    {
        var batch = new EvaluationBatch(objective);
        batch.Reset(1, EvaluationNeeds.Gradient);
        values.CopyTo(batch.Point(0));
        objective.Evaluate(batch);
        double[] gradient = batch.Gradient(0).ToArray();
        return objective.Parameters.Parameters.Select((p, i) => new Sensitivity(p.Name, p.Unit, gradient[i], RangeOf(p, values[i]))).ToArray();
    }

    public static DocumentNode Document(IEnumerable<Sensitivity> all)
    {
        DocumentNode list = DocumentNode.List();
        foreach (Sensitivity s in all)
        {
            list.Add(DocumentNode.Object().Add("parameter", DocumentNode.Of(s.Parameter)).Add("unit", DocumentNode.Of(s.Unit)).Add("derivative", DocumentNode.Of(s.Derivative)).Add("range", DocumentNode.Of(s.Range)).Add("effect", DocumentNode.Of(s.Effect)));
        }
        return list;
    }

    // Between the bounds, or else a typical change.
    private static double RangeOf(Parameter parameter, double value)
    {
        double width = parameter.Upper - parameter.Lower;
        return double.IsInfinity(width) || width > 1e100 ? Math.Abs(parameter.Slope(value)) : width;
    }
}
