using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;

namespace DiffPhysics.Package.Tests;

/// <summary>Each .asmdef and the .csproj beside it describe one assembly (Unity Manual, "Assembly Definition properties").</summary>
public sealed class AssemblyDefinitionTests
{
    static readonly string[] TestRunner = ["UnityEngine.TestRunner", "UnityEditor.TestRunner"];

    static IEnumerable<string> All() => Repository.AssemblyDefinitions();

    static IEnumerable<string> OfRuntime() => All().Where(path => path.StartsWith("Runtime/", StringComparison.Ordinal));

    static IEnumerable<string> OfEditor() => All().Where(path => path.StartsWith("Editor/", StringComparison.Ordinal));

    static IEnumerable<string> OfTests() => All().Where(path => path.StartsWith("Tests/", StringComparison.Ordinal));

    [Test]
    public void Stand_beside_every_project_that_unity_sees()
    {
        string[] projects = Repository.Projects().Where(Repository.IsVisible).ToArray();

        Assert.That(projects.Select(path => Path.ChangeExtension(path, ".asmdef")), Is.SubsetOf(All()));
        Assert.That(All().Where(Repository.IsVisible).Select(path => Path.ChangeExtension(path, ".csproj")), Is.SubsetOf(projects));
    }

    [Test]
    public void Cover_every_source_file_that_unity_sees()
    {
        string[] folders = All().Select(path => Path.GetDirectoryName(path) + "/").ToArray();
        var sources = Repository.Files().Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && Repository.IsVisible(path));

        Assert.That(sources.Where(path => !folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))), Is.Empty);
    }

    [TestCaseSource(nameof(All))]
    public void Carry_the_name_of_their_file(string path)
    {
        Assert.That(Read(path).GetProperty("name").GetString(), Is.EqualTo(Path.GetFileNameWithoutExtension(path)));
    }

    [TestCaseSource(nameof(All))]
    public void Allow_unsafe_code(string path)
    {
        Assert.That(Read(path).GetProperty("allowUnsafeCode").GetBoolean(), Is.True);
    }

    [TestCaseSource(nameof(All))]
    public void Reference_what_the_project_references(string path)
    {
        string project = Path.ChangeExtension(path, ".csproj");
        string[] references = List(path, "references").Except(TestRunner).ToArray();

        if (File.Exists(Repository.Full(project)))
        {
            Assert.That(references, Is.EquivalentTo(ProjectReferences(project)));
        }
        else
        {
            Assert.That(references, Is.SubsetOf(All().Select(Path.GetFileNameWithoutExtension)));
        }
    }

    [TestCaseSource(nameof(OfRuntime))]
    public void Of_runtime_are_free_of_the_engine_and_for_every_platform(string path)
    {
        Assert.That(Read(path).GetProperty("noEngineReferences").GetBoolean(), Is.True);
        Assert.That(List(path, "includePlatforms").Concat(List(path, "excludePlatforms")), Is.Empty);
        Assert.That(List(path, "defineConstraints").Concat(List(path, "precompiledReferences")), Is.Empty);
        Assert.That(Read(path).GetProperty("autoReferenced").GetBoolean(), Is.True);
    }

    [TestCaseSource(nameof(OfEditor))]
    public void Of_the_editor_are_free_of_the_engine_and_for_the_editor_alone(string path)
    {
        Assert.That(Read(path).GetProperty("noEngineReferences").GetBoolean(), Is.True);
        Assert.That(List(path, "includePlatforms"), Is.EqualTo(new[] { "Editor" }));
    }

    [TestCaseSource(nameof(OfTests))]
    public void Of_tests_exist_only_for_the_test_runner(string path)
    {
        Assert.That(List(path, "includePlatforms"), Is.EqualTo(new[] { "Editor" }));
        Assert.That(List(path, "defineConstraints"), Is.EqualTo(new[] { "UNITY_INCLUDE_TESTS" }));
        Assert.That(List(path, "references"), Is.SupersetOf(TestRunner));
        Assert.That(Read(path).GetProperty("overrideReferences").GetBoolean(), Is.True);
        Assert.That(List(path, "precompiledReferences"), Is.EqualTo(new[] { "nunit.framework.dll" }));
        Assert.That(Read(path).GetProperty("autoReferenced").GetBoolean(), Is.False);
    }

    static JsonElement Read(string path) => JsonDocument.Parse(Repository.Read(path)).RootElement;

    static string[] List(string path, string key) =>
        Read(path).GetProperty(key).EnumerateArray().Select(item => item.GetString()).ToArray();

    static IEnumerable<string> ProjectReferences(string project) =>
        XDocument.Load(Repository.Full(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include").Value.Replace('\\', '/')));
}
