using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace DiffPhysics.MetaGenerator;

/// <summary>The files and folders of a package as Unity sees them.</summary>
/// <remarks>
/// Unity ignores names that begin with a dot or end in a tilde (Unity Manual, "Special folder names", hidden assets).
/// <c>Samples~</c> is such a folder, yet what lies in it is copied into a project when the sample is imported, so its
/// content carries meta files. What git ignores is no part of the package.
/// </remarks>
public sealed class PackageTree
{
    const string Samples = "Samples~";

    readonly string root;
    readonly string[] ignored;

    PackageTree(string root)
    {
        this.root = root;
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "package.json")));
        Name = manifest.RootElement.GetProperty("name").GetString();
        string ignore = Path.Combine(root, ".gitignore");
        ignored = File.Exists(ignore)
            ? File.ReadAllLines(ignore).Select(line => line.Trim().Trim('/')).Where(line => line.Length > 0 && line[0] != '#').ToArray()
            : Array.Empty<string>();
        Solution = Directory.EnumerateFiles(root, "*.sln").Select(Path.GetFileName).SingleOrDefault();
    }

    /// <summary>The package's name, from its manifest.</summary>
    public string Name { get; }

    /// <summary>The package that holds a folder: the nearest one upwards with a <c>package.json</c>; null if there is none.</summary>
    public static PackageTree Find(string folder)
    {
        for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at != null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "package.json")))
            {
                return new PackageTree(at.FullName);
            }
        }

        return null;
    }

    /// <summary>Every asset that needs a meta file, as a path inside the package with forward slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Assets() =>
        Entries().Where(path => !IsMeta(path)).OrderBy(path => path, StringComparer.Ordinal).ToList();

    /// <summary>Meta files whose asset does not exist, as paths inside the package.</summary>
    public IReadOnlyList<string> Orphans()
    {
        var assets = new HashSet<string>(Assets());
        return Entries().Where(path => IsMeta(path) && !assets.Contains(path[..^MetaFile.Extension.Length])).ToList();
    }

    /// <summary>The text that the meta file of an asset should have.</summary>
    public string MetaText(string asset) => MetaFile.Text(Name, asset, Directory.Exists(FullPath(asset)));

    /// <summary>The text that the meta file of an asset has; null if there is none.</summary>
    public string ReadMeta(string asset)
    {
        string path = FullPath(asset) + MetaFile.Extension;
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>Whether a path inside the package, or a folder on the way to it, has a name that git ignores.</summary>
    public bool IsIgnored(string path) =>
        path.Split('/').Any(name => ignored.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)));

    /// <summary>The solution file, if the package has one; else null.</summary>
    public string Solution { get; }

    /// <summary>The text that the solution file should have: every project that git does not ignore.</summary>
    public string SolutionText() => SolutionFile.Text(
        from file in Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(root, file).Replace('\\', '/')
        where !IsIgnored(path) && !path.Split('/').Any(name => name[0] == '.')
        select path);

    /// <summary>The text that the solution file has.</summary>
    public string ReadSolution() => File.ReadAllText(FullPath(Solution));

    /// <summary>Writes what is missing or wrong, the solution included, and deletes orphans.</summary>
    /// <returns>The files that changed, each with what was done.</returns>
    public IReadOnlyList<string> Repair()
    {
        var changes = new List<string>();
        foreach (string orphan in Orphans())
        {
            File.Delete(FullPath(orphan));
            changes.Add("deleted " + orphan);
        }

        foreach (string asset in Assets())
        {
            string text = MetaText(asset);
            if (ReadMeta(asset) != text)
            {
                File.WriteAllText(FullPath(asset) + MetaFile.Extension, text);
                changes.Add("wrote " + asset + MetaFile.Extension);
            }
        }

        if (Solution != null && ReadSolution() != SolutionText())
        {
            File.WriteAllText(FullPath(Solution), SolutionText(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            changes.Add("wrote " + Solution);
        }

        return changes;
    }

    static bool IsMeta(string path) => path.EndsWith(MetaFile.Extension, StringComparison.Ordinal);

    string FullPath(string path) => Path.Combine(root, path);

    IEnumerable<string> Entries()
    {
        IEnumerable<string> entries = Below(root);
        string samples = FullPath(Samples);
        return Directory.Exists(samples) ? entries.Concat(Below(samples)) : entries;
    }

    IEnumerable<string> Below(string folder)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
        {
            string name = Path.GetFileName(entry);
            bool isFolder = Directory.Exists(entry);
            if (name[0] == '.' || name[^1] == '~' || IsIgnored(name) || (isFolder && !HoldsFiles(entry)))
            {
                continue;
            }

            yield return Path.GetRelativePath(root, entry).Replace('\\', '/');
            if (isFolder)
            {
                foreach (string inner in Below(entry))
                {
                    yield return inner;
                }
            }
        }
    }

    // git keeps no empty folder, so a clean checkout would have an orphan.
    static bool HoldsFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(file => !IsMeta(file));
}
