using System.Globalization;
using System.IO;
using System.Linq;
using DiffPhysics.Tuning;
using Spectre.Console;

namespace DiffPhysics.Studio;

/// <summary>What a person reads at the end of a tune.</summary>
internal static class Summary
{
    public static void Print(TuneOutcome outcome, string folder)
    {
        StartResult best = outcome.Result.Best;
        var table = new Table().AddColumns("parameter", "from", "to", "unit");
        for (int p = 0; p < outcome.Parameters.Count; p++)
        {
            Parameter parameter = outcome.Parameters.Parameters[p];
            bool atBound = outcome.Result.AtBound.Contains(parameter.Name);
            table.AddRow(Markup.Escape(parameter.Name), Text(outcome.From[p]), Text(best.Parameters[p]) + (atBound ? " (at bound)" : ""), parameter.Unit);
        }
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"loss {Text(outcome.TermsBefore.Sum())} -> [bold]{Text(best.Loss)}[/] in {best.Iterations} iterations, {outcome.Simulations} simulations, {outcome.Result.Seconds:0.00} s; stopped because {best.ReasonText}");
        int agreeing = outcome.CheckAtEnd.Count(s => s.Verdict is SpotVerdict.Agrees);
        AnsiConsole.MarkupLineInterpolated($"gradient check: {agreeing} of {outcome.CheckAtEnd.Count} derivatives agree with differences at the tuned values; {outcome.After.Events[0]} impacts, {outcome.Result.AtBound.Count} parameters at a bound");
        foreach (string warning in Warnings.Of(outcome)) AnsiConsole.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        AnsiConsole.MarkupLineInterpolated($"report: {Path.Combine(folder, "report.html")}");
    }

    private static string Text(double value) => value.ToString("g6", CultureInfo.InvariantCulture);
}
