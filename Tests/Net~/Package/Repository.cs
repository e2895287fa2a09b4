using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DiffPhysics.MetaGenerator;

namespace DiffPhysics.Package.Tests;

/// <summary>The working tree that the tests were built from, and its assemblies as they stand in project files.</summary>
static class Repository
{
    /// <summary>The layers of Runtime, each with the layers above it, which are all it may use.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Layers = new Dictionary<string, string[]>
    {
        ["Autodiff"] = [],
        ["Physics"] = ["Autodiff"],
        ["Kinematics"] = ["Autodiff"],
        ["Tuning"] = ["Autodiff", "Physics", "Kinematics"],
        ["Scenes"] = ["Autodiff", "Physics", "Kinematics", "Tuning"],
    };

    public static readonly string Root = FindRoot();

    static readonly PackageTree Ignoring = PackageTree.Find(Root);

    public static PackageTree Package => PackageTree.Find(Root);

    public static string Full(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(Full(path));

    /// <summary>Every file of the working tree, folders ending in ~ included; not what git ignores, nor names with a dot.</summary>
    public static IEnumerable<string> Files(string folder = "") =>
        from file in Directory.EnumerateFiles(Full(folder), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Split('/').Any(name => name[0] == '.') && !Ignoring.IsIgnored(path)
        select path;

    /// <summary>Whether Unity imports a file where it lies: no part of its path is hidden.</summary>
    public static bool IsVisible(string path) => !path.Split('/').Any(name => name[0] == '.' || name[^1] == '~');

    public static IEnumerable<string> AssemblyDefinitions() => Files().Where(path => path.EndsWith(".asmdef", StringComparison.Ordinal));

    public static IEnumerable<string> Projects() => Files().Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>The projects of one part of the package that Unity compiles as well.</summary>
    public static IEnumerable<string> VisibleProjects(string part) =>
        Projects().Where(path => IsVisible(path) && path.StartsWith(part + "/", StringComparison.Ordinal));

    static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at != null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "DiffPhysics.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No DiffPhysics.sln above '{AppContext.BaseDirectory}'.");
    }
}
