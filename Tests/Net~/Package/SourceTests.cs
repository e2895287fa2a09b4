using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace DiffPhysics.Package.Tests;

/// <summary>What every source file keeps to and no compiler checks.</summary>
public sealed class SourceTests
{
    const int LongestFile = 500;

    static IEnumerable<string> Sources(string folder) =>
        Repository.Files(folder).Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    [Test]
    public void Runtime_files_are_short_enough_to_read()
    {
        var longer = Sources("Runtime").Where(path => File.ReadLines(Repository.Full(path)).Count() > LongestFile);

        Assert.That(longer, Is.Empty);
    }

    [Test]
    public void Files_for_net10_are_guarded()
    {
        var unguarded =
            from path in Sources("")
            where Repository.IsVisible(path) && path.Split('/').Contains("Net10")
            let lines = File.ReadLines(Repository.Full(path)).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray()
            where lines[0] != "#if NET10_0_OR_GREATER" || lines[^1] != "#endif"
            select path;

        Assert.That(unguarded, Is.Empty);
    }

    // What the tests against the netstandard2.1 build leave out rests on this: see their project file.
    [Test]
    public void Only_the_calculus_differs_between_builds()
    {
        var conditional =
            from path in Sources("Runtime").Concat(Sources("Editor"))
            where Repository.IsVisible(path) && !path.StartsWith("Runtime/Autodiff/", StringComparison.Ordinal) && !path.Split('/').Contains("Net10")
            where Regex.IsMatch(Repository.Read(path), @"^\s*#\s*(if|elif)\b", RegexOptions.Multiline)
            select path;

        Assert.That(conditional, Is.Empty);
    }

    [Test]
    public void Documentation_warnings_are_never_silenced()
    {
        var silent = Sources("Runtime").Where(path => Regex.IsMatch(Repository.Read(path), @"#pragma\s+warning\s+disable.*1591"));

        Assert.That(silent, Is.Empty);
    }

    [Test]
    public void Namespaces_are_those_of_the_assembly()
    {
        var foreign =
            from path in Sources("Runtime").Concat(Sources("Tests"))
            where Repository.IsVisible(path)
            let parts = path.Split('/')
            let expected = $"DiffPhysics.{parts[1]}" + (parts[0] == "Tests" ? ".Tests" : "")
            from Match match in Regex.Matches(Repository.Read(path), @"^namespace ([\w.]+)", RegexOptions.Multiline)
            where match.Groups[1].Value != expected
            select $"{path}: {match.Groups[1].Value}";

        Assert.That(foreign, Is.Empty);
    }

    // Unity's test framework carries an older NUnit: Assert.That is what both have.
    [Test]
    public void Tests_assert_by_assert_that_alone()
    {
        var other =
            from path in Sources("Tests")
            from Match match in Regex.Matches(Repository.Read(path), @"\b(Classic|Collection|String|File|Directory)?Assert\.(?!That\b)\w+")
            select $"{path}: {match.Value}";

        Assert.That(other, Is.Empty);
    }

    [Test]
    public void No_file_names_a_place_on_one_machine()
    {
        string[] roots = ["/home" + "/", "/root" + "/", "/work" + "/", "C:" + "\\"];
        string[] kinds = [".cs", ".md", ".json", ".csproj", ".props", ".targets", ".asmdef", ".sln"];
        var placed =
            from path in Repository.Files()
            where kinds.Contains(Path.GetExtension(path))
            let text = Repository.Read(path)
            where roots.Any(root => text.Contains(root, StringComparison.Ordinal))
            select path;

        Assert.That(placed, Is.Empty);
    }
}
