using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

internal static class LandscapeCommand
{
    public static Command Create()
    {
        Argument<string> scene = SceneLoader.SceneArgument();
        var x = new Option<string>("--x") { Description = "Parameter along x; the first by default." };
        var y = new Option<string>("--y") { Description = "Parameter along y, for a picture; none for a slice." };
        var points = new Option<int>("--points") { Description = "Points along an axis.", DefaultValueFactory = _ => 81 };
        var history = new Option<string>("--history") { Description = "history.csv of a tune, whose path is drawn." };
        var output = new Option<string>("--out") { Description = "File to write: .svg for a picture, .csv for numbers.", DefaultValueFactory = _ => "landscape.svg" };
        var command = new Command("landscape", "Draws the loss along one parameter, or over two with the path of a descent.") { scene, x, y, points, history, output };
        command.SetAction(parsed =>
        {
            Scene loaded = SceneFile.Load(parsed.GetValue(scene));
            using SceneObjective objective = SceneLoader.Objective(loaded);
            int first = Index(objective, parsed.GetValue(x)) ?? 0;
            int? second = Index(objective, parsed.GetValue(y));
            int count = parsed.GetValue(points);
            if (count is < 2 or > 2001) throw new ArgumentException($"--points must be from 2 to 2001, not {count}.");
            if (second == first) throw new ArgumentException("--x and --y must name two parameters.");
            Landscape landscape = Landscape.Evaluate(objective, first, second, count);
            double[][] path = parsed.GetValue(history) == null ? [] : Landscape.Path(parsed.GetValue(history), landscape.Names);
            string file = parsed.GetValue(output);
            File.WriteAllText(file, file.EndsWith(".csv", StringComparison.Ordinal) ? landscape.ToCsv() : LandscapePicture.Draw(landscape, path));
            Console.Out.WriteLine($"{landscape.Losses.Length} simulations; lowest loss {landscape.Losses.Min().ToString("g6", CultureInfo.InvariantCulture)}; written to {file}");
            return ExitCode.Success;
        });
        return command;
    }

    private static int? Index(SceneObjective objective, string name)
    {
        if (name == null) return null;
        string[] names = objective.Parameters.Parameters.Select(p => p.Name).ToArray();
        int index = Array.IndexOf(names, name);
        return index >= 0 ? index : throw new ArgumentException($"There is no parameter '{name}'{NearestName.Hint(name, names)}");
    }
}
