using System.IO;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Studio.Tests;

internal static class SampleFiles
{
    /// <summary>One for all tests, so that kernels that samples have in common are compiled once.</summary>
    public static readonly Executor Executor = Executor.CreateDefault();

    public static string Folder(string sample)
    {
        string folder = TestContextFolder();
        while (!Directory.Exists(Path.Combine(folder, "Samples~"))) folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder, "Samples~", sample);
    }

    public static string Scene(string sample) => Path.Combine(Folder(sample), "scene.json");

    private static string TestContextFolder() => NUnit.Framework.TestContext.CurrentContext.TestDirectory;
}
