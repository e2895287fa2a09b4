using System;
using System.CommandLine;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using DiffPhysics.Editor;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;
using Spectre.Console;

namespace DiffPhysics.Studio;

internal static class TuneCommand
{
    public static Command Create()
    {
        Argument<string> scene = SceneLoader.SceneArgument();
        Option<bool> json = SceneLoader.JsonOption();
        var output = new Option<string>("--out") { Description = "Folder for result.json, the tuned scene, history.csv and report.html; by default tuned/NAME." };
        var method = new Option<string>("--method") { Description = "Optimiser instead of the scene's: " + string.Join(", ", OptimiserSettings.Methods) + "." };
        var iterations = new Option<int?>("--iterations") { Description = "Iterations at most, instead of the scene's." };
        var starts = new Option<int?>("--starts") { Description = "Start points, instead of the scene's." };
        var seed = new Option<int?>("--seed") { Description = "Seed, instead of the scene's." };
        var resume = new Option<bool>("--resume") { Description = "Go on from the journal of an interrupted run in the output folder." };
        var command = new Command("tune", "Tunes a scene's parameters until its losses are small.") { scene, json, output, method, iterations, starts, seed, resume };
        command.SetAction((parsed, _) =>
        {
            Scene loaded = SceneFile.Load(parsed.GetValue(scene));
            loaded.Tuning.Optimiser.Method = parsed.GetValue(method) ?? loaded.Tuning.Optimiser.Method;
            loaded.Tuning.Stopping.MaxIterations = parsed.GetValue(iterations) ?? loaded.Tuning.Stopping.MaxIterations;
            loaded.Tuning.Starts = parsed.GetValue(starts) ?? loaded.Tuning.Starts;
            loaded.Tuning.Seed = parsed.GetValue(seed) ?? loaded.Tuning.Seed;
            string folder = parsed.GetValue(output) ?? Path.Combine("tuned", loaded.Name);
            return System.Threading.Tasks.Task.FromResult(Run(loaded, folder, parsed.GetValue(resume), parsed.GetValue(json)));
        });
        return command;
    }

    private static int Run(Scene scene, string folder, bool resume, bool json)
    {
        using SceneObjective objective = SceneLoader.Objective(scene);
        var tuner = new Tuner(scene, objective);
        // From here on nothing is wrong with the input, and files may be written.
        Directory.CreateDirectory(folder);
        string journalPath = Path.Combine(folder, "journal.jsonl");
        if (!resume) File.Delete(journalPath);
        using var cancellation = new CancellationTokenSource();
        ConsoleCancelEventHandler stop = (_, pressed) =>
        {
            pressed.Cancel = true;
            cancellation.Cancel();
        };
        Console.CancelKeyPress += stop;
        TuneOutcome outcome;
        try
        {
            using var display = new TuneDisplay(scene, json);
            outcome = tuner.Run(new FileJournal(journalPath, Fingerprint(scene)), display.Show, cancellation.Token);
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
        Write(outcome, folder);
        if (json) Console.Out.Write(ResultDocument.Of(outcome).ToJson());
        else Summary.Print(outcome, folder);
        StopReason reason = outcome.Result.Best.Reason;
        if (cancellation.IsCancellationRequested) return ExitCode.Cancelled;
        bool wanted = double.IsNegativeInfinity(scene.Tuning.Stopping.LossBelow) || outcome.Result.Best.Loss <= scene.Tuning.Stopping.LossBelow;
        return wanted && reason is not StopReason.Diverged ? ExitCode.Success : ExitCode.NotReached;
    }

    private static void Write(TuneOutcome outcome, string folder)
    {
        File.WriteAllText(Path.Combine(folder, "result.json"), ResultDocument.Of(outcome).ToJson());
        File.WriteAllText(Path.Combine(folder, "history.csv"), ResultDocument.History(outcome));
        File.WriteAllText(Path.Combine(folder, "report.html"), ReportPage.Create(outcome));
        SceneFile.Save(outcome.Scene, Path.Combine(folder, "tuned.json"));
    }

    // A run is resumed only with the scene and the options it was begun with; the budgets may grow.
    private static string Fingerprint(Scene scene)
    {
        StoppingRules rules = scene.Tuning.Stopping;
        scene.Tuning.Stopping = new StoppingRules();
        string text = SceneFormat.Write(scene).ToJson();
        scene.Tuning.Stopping = rules;
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
