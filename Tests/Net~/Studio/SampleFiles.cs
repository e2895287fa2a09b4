using System.IO;

namespace DiffPhysics.Studio.Tests;

internal static class SampleFiles
{
    public static string Folder(string sample)
    {
        string folder = TestContextFolder();
        while (!Directory.Exists(Path.Combine(folder, "Samples~"))) folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder, "Samples~", sample);
    }

    public static string Scene(string sample) => Path.Combine(Folder(sample), "scene.json");

    private static string TestContextFolder() => NUnit.Framework.TestContext.CurrentContext.TestDirectory;
}
