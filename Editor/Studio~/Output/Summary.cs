using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using DiffPhysics.Editor;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;
using Spectre.Console;

namespace DiffPhysics.Studio;

/// <summary>What a person reads at the end of a tune.</summary>
internal static class Summary
{
    private const int MostRows = 40;
    private const int MostStartColumns = 8;

    public static void Print(TuneOutcome outcome, string folder)
    {
        StartResult best = outcome.Result.Best;
        var table = new Table().AddColumns("parameter", "from", "to", "unit");
        int shown = Math.Min(outcome.Parameters.Count, MostRows);
        for (int p = 0; p < shown; p++)
        {
            Parameter parameter = outcome.Parameters.Parameters[p];
            bool atBound = outcome.Result.AtBound.Contains(parameter.Name);
            table.AddRow(Markup.Escape(parameter.Name), Text(outcome.From[p]), Text(best.Parameters[p]) + (atBound ? " (at bound)" : ""), parameter.Unit);
        }
        AnsiConsole.Write(table);
        if (shown < outcome.Parameters.Count) AnsiConsole.MarkupLineInterpolated($"and {outcome.Parameters.Count - shown} more parameters, in result.json");
        AnsiConsole.MarkupLineInterpolated($"loss {Text(outcome.TermsBefore.Sum())} -> [bold]{Text(best.Loss)}[/] in {best.Iterations} iterations, {outcome.Simulations} simulations, {outcome.Result.Seconds:0.00} s; stopped because {best.ReasonText}");
        int agreeing = outcome.CheckAtEnd.Count(s => s.Verdict is SpotVerdict.Agrees);
        AnsiConsole.MarkupLineInterpolated($"gradient check: {agreeing} of {outcome.CheckAtEnd.Count} derivatives agree with differences at the tuned values; {outcome.After.Events[0]} impacts, {outcome.Result.AtBound.Count} parameters at a bound");
        Starts(outcome);
        Deviation(outcome.LeftOut > 0 ? $"the {outcome.Fitted} recordings that were fitted" : "the recording", outcome.FittedDeviation);
        if (outcome.LeftOut > 0) Deviation($"the {outcome.LeftOut} recordings that were left out, predicted over their whole length", outcome.LeftOutDeviation);
        foreach (string warning in outcome.Warnings) AnsiConsole.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        AnsiConsole.MarkupLineInterpolated($"report: {Path.Combine(folder, "report.html")}");
    }

    private static void Starts(TuneOutcome outcome)
    {
        if (outcome.Result.Starts.Count == 1) return;
        var table = new Table().AddColumns("start", "loss", "to").AddColumns(outcome.Parameters.Parameters.Take(MostStartColumns).Select(p => Markup.Escape(p.Name)).ToArray());
        for (int s = 0; s < outcome.Result.Starts.Count; s++)
        {
            StartResult start = outcome.Result.Starts[s];
            table.AddRow([(s + 1).ToString(CultureInfo.InvariantCulture) + (s == outcome.Result.BestStart ? " (best)" : ""), Text(start.InitialLoss), Text(start.Loss), .. start.Parameters.Take(MostStartColumns).Select(Text)]);
        }
        AnsiConsole.Write(table);
    }

    private static void Deviation(string what, IReadOnlyList<RecordingDeviation> deviations)
    {
        if (double.IsNaN(deviations[0].Position)) return;
        string turn = double.IsNaN(deviations[0].Rotation) ? "" : $", {Text(deviations[0].Rotation * 180 / Math.PI)} -> {Text(deviations[1].Rotation * 180 / Math.PI)} degrees";
        AnsiConsole.MarkupLineInterpolated($"mean distance from {what}: {Text(1000 * deviations[0].Position)} -> {Text(1000 * deviations[1].Position)} mm{turn}");
    }

    private static string Text(double value) => value.ToString("g6", CultureInfo.InvariantCulture);
}
