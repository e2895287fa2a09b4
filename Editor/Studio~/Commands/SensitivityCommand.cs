using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using DiffPhysics.Editor;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;
using Spectre.Console;

namespace DiffPhysics.Studio;

internal static class SensitivityCommand
{
    private const int MostRows = 60;

    public static Command Create()
    {
        Argument<string> scene = SceneLoader.SceneArgument();
        Option<bool> json = SceneLoader.JsonOption();
        var command = new Command("sensitivity", "Shows how much the loss reacts to each parameter at its start value.") { scene, json };
        command.SetAction(parsed => Run(SceneFile.Load(parsed.GetValue(scene)), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Scene scene, bool json)
    {
        using SceneObjective objective = SceneLoader.Objective(scene);
        Sensitivity[] all = Sensitivity.At(objective, objective.Parameters.InitialValues()).OrderByDescending(s => s.Effect).ToArray();
        if (json)
        {
            Console.Out.Write(DocumentNode.Object().Add("scene", DocumentNode.Of(scene.Name)).Add("sensitivities", ResultDocument.Sensitivities(all)).ToJson());
            return ExitCode.Success;
        }
        var table = new Table().AddColumns("parameter", "dL/dp", "range", "|dL/dp| x range", "");
        double most = Math.Max(all.Max(s => s.Effect), 1e-300);
        foreach (Sensitivity s in all.Take(MostRows))
        {
            string unit = s.Unit.Length > 0 ? " " + s.Unit : "";
            table.AddRow(s.Parameter, Text(s.Derivative), Text(s.Range) + unit, Text(s.Effect), new string('█', (int)Math.Round(30 * s.Effect / most)));
        }
        AnsiConsole.Write(table);
        if (all.Length > MostRows) AnsiConsole.WriteLine($"and {all.Length - MostRows} more with less effect");
        return ExitCode.Success;
    }

    private static string Text(double value) => value.ToString("g4", CultureInfo.InvariantCulture);
}
