using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using DiffPhysics.MetaGenerator;
using NUnit.Framework;

namespace DiffPhysics.Package.Tests;

/// <summary>
/// Every asset that Unity sees has the meta file that the generator writes. To mend a failure:
/// <c>dotnet run --project Editor/MetaGenerator~</c>.
/// </summary>
public sealed class MetaTests
{
    readonly PackageTree package = Repository.Package;

    [Test]
    public void None_is_missing()
    {
        Assert.That(package.Assets().Where(asset => package.ReadMeta(asset) == null), Is.Empty);
    }

    [Test]
    public void None_is_orphaned()
    {
        Assert.That(package.Orphans(), Is.Empty);
    }

    [Test]
    public void All_are_as_the_generator_writes_them()
    {
        var written = package.Assets().Where(asset => package.ReadMeta(asset) != null);

        Assert.That(written.Where(asset => package.ReadMeta(asset).Replace("\r\n", "\n") != package.MetaText(asset)), Is.Empty);
    }

    [Test]
    public void Guids_are_unique()
    {
        IEnumerable<string> guids = package.Assets()
            .Select(package.ReadMeta)
            .Where(text => text != null)
            .Select(text => Regex.Match(text, "^guid: ([0-9a-f]{32})$", RegexOptions.Multiline).Groups[1].Value);

        Assert.That(guids, Is.Unique.And.None.Empty);
    }

    [Test]
    public void Both_kinds_of_tilde_folder_are_told_apart()
    {
        IReadOnlyList<string> assets = package.Assets();

        Assert.That(assets, Does.Contain("Runtime/Autodiff/AssemblyInfo.cs"));
        Assert.That(assets.Where(path => path.Split('/').Skip(1).Any(name => name.EndsWith('~'))), Is.Empty);
        Assert.That(assets.Where(path => path.EndsWith('~') || path.StartsWith("Documentation~", StringComparison.Ordinal)), Is.Empty);
    }
}
