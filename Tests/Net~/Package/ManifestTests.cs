using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;

namespace DiffPhysics.Package.Tests;

/// <summary>package.json as Unity's package manager wants it (Unity Manual, "Package manifest").</summary>
public sealed class ManifestTests
{
    static readonly string[] Known =
    [
        "name", "version", "displayName", "description", "unity", "unityRelease", "keywords", "license", "author",
        "dependencies", "samples", "documentationUrl", "changelogUrl", "licensesUrl", "hideInEditor", "type",
    ];

    readonly JsonElement manifest = JsonDocument.Parse(Repository.Read("package.json")).RootElement;

    [Test]
    public void Names_the_package()
    {
        Assert.That(Text("name"), Is.EqualTo("com.diffphysics"));
        Assert.That(Text("displayName"), Is.EqualTo("DiffPhysics"));
        Assert.That(Text("description"), Is.Not.Empty);
    }

    [Test]
    public void Version_is_semantic_and_heads_the_changelog()
    {
        Assert.That(Text("version"), Does.Match(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$"));
        Assert.That(Repository.Read("CHANGELOG.md"), Does.Contain($"## [{Text("version")}]"));
    }

    [Test]
    public void Asks_for_unity_6()
    {
        Assert.That(Text("unity"), Is.EqualTo("6000.0"));
    }

    [Test]
    public void Has_only_keys_that_unity_knows()
    {
        Assert.That(manifest.EnumerateObject().Select(property => property.Name).Except(Known), Is.Empty);
    }

    [Test]
    public void Depends_on_no_other_package()
    {
        Assert.That(manifest.GetProperty("dependencies").EnumerateObject(), Is.Empty);
    }

    [Test]
    public void Samples_are_the_folders_of_samples()
    {
        string folder = Repository.Full("Samples~");
        string[] folders = Directory.Exists(folder)
            ? Directory.GetDirectories(folder)
                .Where(sample => Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories).Any())
                .Select(sample => "Samples~/" + Path.GetFileName(sample)).ToArray()
            : [];

        Assert.That(Samples().Select(sample => sample.GetProperty("path").GetString()), Is.EquivalentTo(folders));
    }

    [Test]
    public void Samples_are_described_and_hold_an_assembly_and_a_readme()
    {
        foreach (JsonElement sample in Samples())
        {
            string path = sample.GetProperty("path").GetString();

            Assert.That(sample.GetProperty("displayName").GetString(), Is.Not.Empty, path);
            Assert.That(sample.GetProperty("description").GetString(), Is.Not.Empty, path);
            Assert.That(Directory.GetFiles(Repository.Full(path), "*.asmdef"), Has.Length.EqualTo(1), path);
            Assert.That(Path.Combine(Repository.Full(path), "README.md"), Does.Exist, path);
        }
    }

    [TestCase("README.md")]
    [TestCase("CHANGELOG.md")]
    [TestCase("LICENSE.md")]
    [TestCase("Third Party Notices.md")]
    [TestCase("Documentation~/index.md")]
    public void Has_the_documents_of_a_package(string path)
    {
        Assert.That(Repository.Full(path), Does.Exist);
    }

    [Test]
    public void Notices_name_every_nuget_package()
    {
        var versions = XDocument.Load(Repository.Full("Directory.Packages.props"));
        string notices = Repository.Read("Third Party Notices.md");

        foreach (string name in versions.Descendants("PackageVersion").Select(element => element.Attribute("Include").Value))
        {
            Assert.That(notices, Does.Contain("| " + name + " |"));
        }
    }

    string Text(string key) => manifest.GetProperty(key).GetString();

    JsonElement[] Samples() => manifest.GetProperty("samples").EnumerateArray().ToArray();
}
