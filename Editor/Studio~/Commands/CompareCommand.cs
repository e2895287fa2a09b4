using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>Simulations and seconds that each optimiser takes on each of some scenes, as a Markdown table.</summary>
internal static class CompareCommand
{
    // Within this part of the optimum's size, or of the range where the optimum is near zero, a parameter has arrived.
    private const double Near = 0.01;

    public static Command Create()
    {
        var scenes = new Argument<string[]>("scenes") { Description = "Scene files.", Arity = ArgumentArity.OneOrMore };
        var methods = new Option<string[]>("--methods") { Description = "Optimisers; all by default.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => OptimiserSettings.Methods.ToArray() };
        var seconds = new Option<double>("--seconds") { Description = "Time for one optimiser on one scene.", DefaultValueFactory = _ => 20 };
        var byLoss = new Option<bool>("--by-loss") { Description = "Count until the loss is at most the one that the scene wants (tuning.stopping.loss), for scenes that have many optima." };
        var command = new Command("compare", "Shows how soon each optimiser, with its default options, has every parameter within 1 percent of what the scene's own optimiser finds.") { scenes, methods, seconds, byLoss };
        command.SetAction(parsed =>
        {
            string[] names = parsed.GetValue(methods);
            Console.Out.WriteLine($"| scene | parameters | {string.Join(" | ", names)} |");
            Console.Out.WriteLine($"|---|---|{string.Concat(names.Select(_ => "---|"))}");
            foreach (string file in parsed.GetValue(scenes)) Compare(SceneFile.Load(file), names, parsed.GetValue(seconds), parsed.GetValue(byLoss));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Compare(Scene scene, string[] methods, double seconds, bool byLoss)
    {
        using SceneObjective objective = SceneLoader.Objective(scene);
        // The first run compiles the kernels, which is no optimiser's fault.
        TuningResult own = new TuningRun(objective.Parameters, objective, Options(scene, scene.Tuning.Optimiser.Method, scene.Tuning.Stopping)).Run();
        bool Arrived(IterationRecord record) => byLoss ? record.Loss <= scene.Tuning.Stopping.LossBelow : IsNear(objective.Parameters, record.Parameters, own.Best.Parameters);
        IEnumerable<string> cells = methods.Select(method => Cell(scene, objective, method, Arrived, seconds));
        Console.Out.WriteLine($"| {scene.Name} | {objective.Dimension} | {string.Join(" | ", cells)} |");
    }

    private static string Cell(Scene scene, SceneObjective objective, string method, Func<IterationRecord, bool> arrived, double seconds)
    {
        var rules = new StoppingRules { MaxIterations = 1000, MaxSeconds = seconds };
        TuningRun run;
        try
        {
            run = new TuningRun(objective.Parameters, objective, Options(scene, method, rules));
        }
        catch (ArgumentException)
        {
            return "–"; // no sum of squares
        }
        int before = objective.Simulations;
        string cell = null;
        using var stop = new CancellationTokenSource();
        run.Run(null, record =>
        {
            if (cell != null || !arrived(record)) return;
            cell = string.Create(CultureInfo.InvariantCulture, $"{objective.Simulations - before} ({record.Seconds:0.00} s)");
            stop.Cancel();
        }, stop.Token);
        return cell ?? "no";
    }

    private static bool IsNear(ParameterSet parameters, IReadOnlyList<double> values, IReadOnlyList<double> optimum)
    {
        for (int p = 0; p < parameters.Count; p++)
        {
            double range = parameters.Parameters[p].Upper - parameters.Parameters[p].Lower;
            double size = Math.Max(Math.Abs(optimum[p]), double.IsInfinity(range) ? 0 : 0.01 * range);
            if (Math.Abs(values[p] - optimum[p]) > Near * size) return false;
        }
        return true;
    }

    private static TuningOptions Options(Scene scene, string method, StoppingRules rules)
    {
        OptimiserSettings settings = method == scene.Tuning.Optimiser.Method ? scene.Tuning.Optimiser : new OptimiserSettings { Method = method };
        return new TuningOptions { Optimiser = settings, Stopping = rules, Seed = (ulong)scene.Tuning.Seed };
    }
}
