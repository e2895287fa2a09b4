using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;
using Spectre.Console;

namespace DiffPhysics.Studio;

internal static class GradcheckCommand
{
    public static Command Create()
    {
        Argument<string> scene = SceneLoader.SceneArgument();
        Option<bool> json = SceneLoader.JsonOption();
        var tolerance = new Option<double>("--tolerance") { Description = "Relative error up to which derivatives agree.", DefaultValueFactory = _ => 1e-5 };
        var most = new Option<int>("--most") { Description = "Derivatives to check at most; of more parameters, those to which the loss reacts most and others spread evenly.", DefaultValueFactory = _ => 100 };
        var command = new Command("gradcheck", "Compares the gradient at the start values with central differences.") { scene, json, tolerance, most };
        command.SetAction(parsed => Run(SceneFile.Load(parsed.GetValue(scene)), parsed.GetValue(json), parsed.GetValue(tolerance), parsed.GetValue(most)));
        return command;
    }

    private static int Run(Scene scene, bool json, double tolerance, int most)
    {
        using SceneObjective objective = SceneLoader.Objective(scene);
        IReadOnlyList<GradientSpot> spots = GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), tolerance, most);
        bool holds = spots.All(s => s.Verdict is SpotVerdict.Agrees);
        if (json) Console.Out.Write(DocumentNode.Object().Add("scene", DocumentNode.Of(scene.Name)).Add("holds", DocumentNode.Of(holds)).Add("checked", DocumentNode.Of(spots.Count)).Add("parameters", DocumentNode.Of(objective.Dimension)).Add("gradientCheck", ResultDocument.Spots(spots)).ToJson());
        else
        {
            var table = new Table().AddColumns("parameter", "gradient", "differences", "relative error", "verdict");
            foreach (GradientSpot spot in spots) table.AddRow(spot.Parameter, Text(spot.Analytic), Text(spot.Numeric), spot.RelativeError.ToString("0.0e+00", CultureInfo.InvariantCulture), spot.Words);
            AnsiConsole.Write(table);
            AnsiConsole.WriteLine((holds ? "The gradient holds" : "The gradient does not hold everywhere") + (spots.Count < objective.Dimension ? $"; {spots.Count} of {objective.Dimension} derivatives were checked." : "."));
        }
        return holds ? ExitCode.Success : ExitCode.NotReached;
    }

    private static string Text(double value) => value.ToString("g8", CultureInfo.InvariantCulture);
}
