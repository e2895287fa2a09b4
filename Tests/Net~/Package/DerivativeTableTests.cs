using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Package.Tests;

/// <summary>The manual's table of derivatives is the one that the rules stand in.</summary>
public sealed class DerivativeTableTests
{
    const string Page = "Documentation~/derivatives.md", Start = "<!-- table -->\n", End = "<!-- end of table -->";

    [Test]
    public void The_manual_holds_the_table_as_it_is()
    {
        string page = Repository.Read(Page).ReplaceLineEndings("\n");
        int start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        string printed = page[start..page.IndexOf(End, StringComparison.Ordinal)];

        Assert.That(printed, Is.EqualTo(Table()), $"Put this between the marks of {Page}:\n{Table()}");
    }

    static string Table()
    {
        var text = new StringBuilder("\n| operation | value | by a | by b | by c | special points |\n|---|---|---|---|---|---|\n");
        foreach (DerivativeRule rule in DerivativeRules.All.Where(rule => rule.Op.Arity() > 0 && !rule.Op.IsCondition()))
        {
            IEnumerable<string> cells = Enumerable.Range(0, 3).Select(k => k >= rule.Op.Arity() ? "" : rule.DependsOn(k) ? rule.Partials[k].Formula : "0");
            string points = string.Join("; ", rule.SpecialPoints.Select(Describe));
            text.Append($"| {rule.Op} | {Escape(rule.Value)} | {string.Join(" | ", cells)} | {points} |\n");
        }
        return text.Append('\n').ToString();
    }

    static string Escape(string formula) => formula.Replace("|", "\\|");

    static string Describe(SpecialPoint special) =>
        $"at {List(special.Point)}: {Number(special.Value)}, gradient {List(special.Gradient)}";

    static string List(IReadOnlyList<double> x) => x.Count == 1 ? Number(x[0]) : $"({string.Join(", ", x.Select(Number))})";

    static string Number(double x) => double.IsInfinity(x) ? (x > 0 ? "inf" : "-inf") : x.ToString("G4", CultureInfo.InvariantCulture);
}
