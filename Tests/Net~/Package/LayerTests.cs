using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using NUnit.Framework;

namespace DiffPhysics.Package.Tests;

/// <summary>The layers and the projects: who may use whom, and what each is compiled as.</summary>
public sealed class LayerTests
{
    static IEnumerable<string> Layers() => Repository.Layers.Keys;

    static IEnumerable<string> RuntimeProjects() => Repository.VisibleProjects("Runtime");

    static IEnumerable<string> SharedTestProjects() => Repository.VisibleProjects("Tests");

    [Test]
    public void Are_the_folders_of_runtime()
    {
        var folders = Repository.Files("Runtime").Select(path => path.Split('/')).Where(parts => parts.Length > 2).Select(parts => parts[1]);

        Assert.That(folders.Distinct(), Is.EquivalentTo(Layers()));
    }

    [TestCaseSource(nameof(Layers))]
    public void Reference_only_layers_above(string layer)
    {
        string project = $"Runtime/{layer}/DiffPhysics.{layer}.csproj";
        var allowed = Repository.Layers[layer].Select(above => $"../{above}/DiffPhysics.{above}.csproj");

        Assert.That(Includes(project, "ProjectReference"), Is.SubsetOf(allowed));
    }

    [TestCaseSource(nameof(Layers))]
    public void Use_only_layers_above(string layer)
    {
        var allowed = Repository.Layers[layer].Select(above => "DiffPhysics." + above);
        var used = Assembly.Load("DiffPhysics." + layer).GetReferencedAssemblies()
            .Select(reference => reference.Name)
            .Where(name => name.StartsWith("DiffPhysics.", StringComparison.Ordinal));

        Assert.That(used, Is.SubsetOf(allowed));
    }

    [Test]
    public void Are_compiled_for_netstandard_as_unity_does_and_documented()
    {
        XDocument shared = XDocument.Load(Repository.Full("Runtime/Directory.Build.props"));

        Assert.That(Property(shared, "TargetFrameworks"), Is.EqualTo("netstandard2.1;net10.0"));
        Assert.That(Property(shared, "LangVersion"), Is.EqualTo("9.0"));
        Assert.That(Property(shared, "GenerateDocumentationFile"), Is.EqualTo("true"));
        Assert.That(Property(shared, "DisableTransitiveProjectReferences"), Is.EqualTo("true"));
        Assert.That(Property(XDocument.Load(Repository.Full("Directory.Build.props")), "TreatWarningsAsErrors"), Is.EqualTo("true"));
    }

    [TestCaseSource(nameof(RuntimeProjects))]
    public void Leave_the_common_settings_alone(string project)
    {
        string[] common =
        [
            "TargetFramework", "TargetFrameworks", "LangVersion", "NoWarn", "WarningsNotAsErrors", "TreatWarningsAsErrors",
            "GenerateDocumentationFile", "DisableTransitiveProjectReferences", "DefineConstants", "InternalsVisibleTo", "Using",
        ];

        Assert.That(XDocument.Load(Repository.Full(project)).Descendants().Select(element => element.Name.LocalName).Intersect(common), Is.Empty);
    }

    [TestCaseSource(nameof(RuntimeProjects))]
    public void Use_nuget_packages_for_net10_alone(string project)
    {
        var packages = XDocument.Load(Repository.Full(project)).Descendants("PackageReference");

        foreach (XElement package in packages)
        {
            var conditions = package.AncestorsAndSelf().Select(element => (string)element.Attribute("Condition"));
            Assert.That(conditions, Does.Contain("'$(TargetFramework)' == 'net10.0'"), package.ToString());
        }
    }

    [Test]
    public void Pin_the_packages_that_some_project_uses_and_no_other()
    {
        var used = Repository.Projects().Append("Tests/Directory.Build.targets").SelectMany(project => Includes(project, "PackageReference"));

        Assert.That(Includes("Directory.Packages.props", "PackageVersion"), Is.EquivalentTo(used.Distinct()));
    }

    [TestCaseSource(nameof(SharedTestProjects))]
    public void Have_tests_that_unity_could_compile(string project)
    {
        XDocument document = XDocument.Load(Repository.Full(project));

        Assert.That(Property(document, "LangVersion"), Is.EqualTo("9.0"));
        Assert.That(document.Descendants("PackageReference"), Is.Empty);
    }

    [Test]
    public void Solution_holds_every_project_and_no_other()
    {
        var listed = Repository.Read("DiffPhysics.sln").Split('"')
            .Where(word => word.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(path => path.Replace('\\', '/'));

        Assert.That(listed, Is.EquivalentTo(Repository.Projects()));
    }

    [Test]
    public void Solution_is_as_the_generator_writes_it()
    {
        Assert.That(Repository.Package.ReadSolution().Replace("\r\n", "\n"), Is.EqualTo(Repository.Package.SolutionText()));
    }

    [Test]
    public void Top_level_holds_the_parts_of_the_package_alone()
    {
        string[] parts =
        [
            "Runtime", "Editor", "Tests", "Samples~", "Documentation~", "package.json", "DiffPhysics.sln", "README.md",
            "CHANGELOG.md", "LICENSE.md", "Third Party Notices.md", "Directory.Build.props", "Directory.Packages.props", "global.json",
        ];

        var names = Repository.Files().Select(path => path.Split('/')[0]).Distinct();

        Assert.That(names.Where(name => !name.EndsWith(".meta", StringComparison.Ordinal)).Except(parts), Is.Empty);
    }

    [Test]
    public void Folders_for_dotnet_alone_are_hidden_from_unity()
    {
        string[] shared = ["Runtime", "Editor", "Tests"];
        var visible = Repository.Files()
            .Where(path => shared.Contains(path.Split('/')[0]) && Repository.IsVisible(path))
            .Select(path => path.Split('/'));

        Assert.That(visible.Where(parts => parts.Any(name => name is "bin" or "obj" or "TestResults" or "Net" or "Benchmarks" or "Studio")), Is.Empty);
    }

    static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Repository.Full(project)).Descendants(item).Select(element => element.Attribute("Include").Value.Replace('\\', '/'));

    static string Property(XDocument project, string name) => project.Descendants(name).Select(element => element.Value).SingleOrDefault();
}
