using System.IO;
using DiffPhysics.MetaGenerator;
using NUnit.Framework;

namespace DiffPhysics.Package.Tests;

/// <summary>The generator on a small package of its own.</summary>
public sealed class MetaGeneratorTests
{
    string root;

    [SetUp]
    public void Create_package()
    {
        root = Directory.CreateTempSubdirectory("meta-generator").FullName;
        Write("package.json", """{ "name": "com.example" }""");
        Write(".gitignore", "Build/\n*.user\n");
    }

    [TearDown]
    public void Delete_package() => Directory.Delete(root, recursive: true);

    [Test]
    public void Sees_what_unity_sees_and_the_content_of_samples()
    {
        Write("Runtime/A.cs");
        Write("Runtime/.hidden/B.cs");
        Write("Editor/Tool~/C.cs");
        Write("Samples~/Ball/Ball.cs");
        Write("Samples~/Ball/Run~/Program.cs");
        Write("Documentation~/index.md");
        Write("Build/D.cs");
        Write("Runtime/A.user");
        Directory.CreateDirectory(Path.Combine(root, "Empty"));

        Assert.That(PackageTree.Find(root).Assets(), Is.EqualTo(new[]
        {
            "Editor", "Runtime", "Runtime/A.cs", "Samples~/Ball", "Samples~/Ball/Ball.cs", "package.json",
        }));
    }

    [Test]
    public void Repair_writes_what_is_missing_or_wrong_and_deletes_orphans()
    {
        Write("A.cs");
        Write("B.cs");
        Write("B.cs.meta", "wrong");
        Write("Gone.cs.meta");
        Write("Folder/Gone.cs.meta");
        Write("Folder.meta");
        PackageTree package = PackageTree.Find(root);

        package.Repair();

        Assert.That(package.Orphans(), Is.Empty);
        Assert.That(package.ReadMeta("A.cs"), Is.EqualTo(package.MetaText("A.cs")));
        Assert.That(package.ReadMeta("B.cs"), Is.EqualTo(package.MetaText("B.cs")));
        Assert.That(package.Repair(), Is.Empty);
    }

    [Test]
    public void Guids_differ_by_path_and_by_package_and_by_nothing_else()
    {
        string guid = MetaFile.Guid("com.example", "A.cs");

        Assert.That(MetaFile.Guid("com.example", "A.cs"), Is.EqualTo(guid));
        Assert.That(MetaFile.Guid("com.example", "B.cs"), Is.Not.EqualTo(guid));
        Assert.That(MetaFile.Guid("com.other", "A.cs"), Is.Not.EqualTo(guid));
    }

    [Test]
    public void Guid_of_a_path_is_fixed_for_all_time()
    {
        // printf com.example/A.cs | sha256sum | cut -c1-32
        Assert.That(MetaFile.Guid("com.example", "A.cs"), Is.EqualTo("2917a1e119ec8c8ffbf2d63e00cd87cc"));
    }

    [TestCase("A.cs", "MonoImporter:")]
    [TestCase("A.asmdef", "AssemblyDefinitionImporter:")]
    [TestCase("package.json", "PackageManifestImporter:")]
    [TestCase("Scenes/ball.json", "TextScriptImporter:")]
    [TestCase("README.md", "TextScriptImporter:")]
    [TestCase("A.csproj", "DefaultImporter:")]
    public void Importer_follows_the_kind_of_file(string path, string importer)
    {
        Assert.That(MetaFile.Text("com.example", path, isFolder: false).Split('\n')[2], Is.EqualTo(importer));
    }

    [Test]
    public void Folders_say_that_they_are()
    {
        Assert.That(MetaFile.Text("com.example", "Runtime", isFolder: true), Does.Contain("\nfolderAsset: yes\nDefaultImporter:\n"));
    }

    [Test]
    public void Solution_holds_the_projects_that_are_there_in_whatever_order_they_came()
    {
        Write("Example.sln");
        Write("Tests/Tool~/B.csproj");
        Write("Runtime/A.csproj");
        Write(".hidden/C.csproj");
        PackageTree package = PackageTree.Find(root);

        package.Repair();

        Assert.That(package.ReadSolution(), Does.Contain("\"Runtime\\A.csproj\"").And.Contain("\"Tests\\Tool~\\B.csproj\"").And.Not.Contain("C.csproj"));
        Assert.That(SolutionFile.Text(["b/B.csproj", "a/A.csproj"]), Is.EqualTo(SolutionFile.Text(["a/A.csproj", "b/B.csproj"])));
    }

    void Write(string path, string text = "")
    {
        string full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full));
        File.WriteAllText(full, text);
    }
}
