using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace DiffPhysics.MetaGenerator;

/// <summary>
/// The text of a classic solution file that holds every project of the package, in a solution folder for each part. Written
/// from scratch in a fixed order, so that two branches that each add a project merge by generating it again.
/// </summary>
public static class SolutionFile
{
    const string FolderKind = "{2150E333-8FDC-42A3-9474-1A3956D46DE8}";
    const string ProjectKind = "{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}";

    static readonly string[] Configurations = ["Debug", "Release"];

    /// <summary>The text of the solution.</summary>
    /// <param name="projects">Paths of the projects inside the package, with forward slashes.</param>
    public static string Text(IEnumerable<string> projects)
    {
        string[] sorted = projects.OrderBy(path => path, StringComparer.Ordinal).ToArray();
        string[] parts = sorted.Select(Part).Distinct().ToArray();

        var text = new StringBuilder("\nMicrosoft Visual Studio Solution File, Format Version 12.00\n");
        text.Append("# Visual Studio Version 17\nVisualStudioVersion = 17.0.31903.59\nMinimumVisualStudioVersion = 10.0.40219.1\n");
        foreach (string part in parts)
        {
            Project(text, FolderKind, part, part);
        }

        foreach (string path in sorted)
        {
            Project(text, ProjectKind, Path.GetFileNameWithoutExtension(path), path);
        }

        text.Append("Global\n");
        Section(text, "SolutionConfigurationPlatforms", "preSolution", Configurations.Select(c => $"{c}|Any CPU = {c}|Any CPU"));
        Section(text, "ProjectConfigurationPlatforms", "postSolution",
            from path in sorted
            from c in Configurations
            from setting in new[] { "ActiveCfg", "Build.0" }
            select $"{Guid(path)}.{c}|Any CPU.{setting} = {c}|Any CPU");
        Section(text, "SolutionProperties", "preSolution", ["HideSolutionNode = FALSE"]);
        Section(text, "NestedProjects", "preSolution", sorted.Select(path => $"{Guid(path)} = {Guid(Part(path))}"));
        return text.Append("EndGlobal\n").ToString();
    }

    static string Part(string path) => path.Split('/')[0];

    static void Project(StringBuilder text, string kind, string name, string path) =>
        text.Append($"Project(\"{kind}\") = \"{name}\", \"{path.Replace('/', '\\')}\", \"{Guid(path)}\"\nEndProject\n");

    static void Section(StringBuilder text, string name, string when, IEnumerable<string> lines)
    {
        text.Append($"\tGlobalSection({name}) = {when}\n");
        foreach (string line in lines)
        {
            text.Append($"\t\t{line}\n");
        }

        text.Append("\tEndGlobalSection\n");
    }

    static string Guid(string path) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 16)).ToString("B").ToUpperInvariant();
}
