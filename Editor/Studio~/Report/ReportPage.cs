using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using DiffPhysics.Editor;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>The report: one page that needs nothing else. The data are a JSON document inside it, drawn by the page's script.</summary>
internal static class ReportPage
{
    public static string Create(TuneOutcome outcome)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.html");
        using var reader = new StreamReader(stream);
        // "</" inside a script element would end it.
        string data = Data(outcome).ToJsonLine().Replace("</", "<\\/");
        return reader.ReadToEnd().Replace("__TITLE__", WebUtility.HtmlEncode(outcome.Scene.Name)).Replace("__DATA__", data);
    }

    private static DocumentNode Data(TuneOutcome outcome)
    {
        DocumentNode names = DocumentNode.List();
        foreach (string name in outcome.TermNames) names.Add(DocumentNode.Of(name));
        DocumentNode targets = DocumentNode.List();
        foreach (SceneLoss loss in outcome.Scene.Losses.Where(l => l.Type == "point")) targets.Add(DocumentNode.Of(loss.Target));
        return DocumentNode.Object()
            .Add("result", ResultDocument.Of(outcome))
            .Add("description", DocumentNode.Of(outcome.Scene.Description))
            .Add("termNames", names)
            .Add("history", History(outcome))
            .Add("bodies", Bodies(outcome.Scene))
            .Add("deformables", ReportParticles.Of(outcome.Scene))
            .Add("beforeParticles", ReportParticles.Motion(outcome.Scene, outcome.Before))
            .Add("afterParticles", ReportParticles.Motion(outcome.Scene, outcome.After))
            .Add("targets", targets)
            .Add("forces", ReportForces.Of(outcome.Scene))
            .Add("joints", ReportJoints.Of(outcome.Scene))
            .Add("beforeJoints", ReportJoints.Before(outcome))
            .Add("afterJoints", ReportJoints.After(outcome))
            .Add("duration", DocumentNode.Of(outcome.After.Durations[0]))
            .Add("before", Motion(outcome.Scene, outcome.Before))
            .Add("after", Motion(outcome.Scene, outcome.After))
            .Add("beforePaths", Paths(outcome.Scene, outcome.Before))
            .Add("afterPaths", Paths(outcome.Scene, outcome.After));
    }

    private static DocumentNode History(TuneOutcome outcome)
    {
        DocumentNode rows = DocumentNode.List();
        foreach (IterationRecord r in outcome.Result.History.Where(r => r.Start == outcome.Result.BestStart))
        {
            rows.Add(DocumentNode.Of(new[] { r.Iteration, r.Loss, r.GradientNorm }.Concat(r.Terms)));
        }
        return rows;
    }

    private static DocumentNode Bodies(Scene scene)
    {
        DocumentNode list = DocumentNode.List();
        foreach (SceneBody body in scene.Bodies)
        {
            list.Add(DocumentNode.Object()
                .Add("name", DocumentNode.Of(body.Name))
                .Add("moves", DocumentNode.Of(body.IsDynamic))
                .Add("shape", DocumentNode.Of(body.Shape.Type))
                .Add("radius", DocumentNode.Of(body.Shape.Radius))
                .Add("halfSize", DocumentNode.Of(body.Shape.HalfSize))
                .Add("halfHeight", DocumentNode.Of(body.Shape.HalfHeight))
                .Add("normal", DocumentNode.Of(body.Shape.Normal))
                .Add("position", DocumentNode.Of(body.Position)));
        }
        return list;
    }

    // For each moving body, the points of its path: samples, and where it was hit between two of them.
    private static DocumentNode Paths(Scene scene, Trajectories motion)
    {
        DocumentNode bodies = DocumentNode.List();
        for (int b = 0; b < scene.Bodies.Count; b++)
        {
            DocumentNode points = DocumentNode.List();
            for (int s = 0; s < motion.Samples && scene.Bodies[b].IsDynamic; s++)
            {
                if (s > 0 && PathCorner.Find(motion, s - 1, b, scene.Gravity) is double[] corner) points.Add(Rounded(corner));
                points.Add(Rounded(motion.State(0, s, b)[..3].ToArray()));
            }
            bodies.Add(points);
        }
        return bodies;
    }

    private static DocumentNode Rounded(double[] numbers) => DocumentNode.Of(numbers.Select(v => System.Math.Round(v, 6)));

    // For each moving body, rows of x y z and quaternion, rounded: the page draws, it does not compute.
    private static DocumentNode Motion(Scene scene, Trajectories motion)
    {
        DocumentNode bodies = DocumentNode.List();
        for (int b = 0; b < scene.Bodies.Count; b++)
        {
            DocumentNode rows = DocumentNode.List();
            for (int s = 0; s < motion.Samples && scene.Bodies[b].IsDynamic; s++)
            {
                rows.Add(Rounded(motion.State(0, s, b)[..7].ToArray()));
            }
            bodies.Add(rows);
        }
        return bodies;
    }
}
