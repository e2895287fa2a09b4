using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using DiffPhysics.Scenes;

namespace DiffPhysics.Studio;

internal static class SamplesCommand
{
    public static Command Create()
    {
        Option<bool> json = SceneLoader.JsonOption();
        var command = new Command("samples", "Lists the sample scenes of this repository.") { json };
        command.SetAction(parsed =>
        {
            string folder = Find() ?? throw new ArgumentException("There is no Samples~ folder here or above.");
            DocumentNode list = DocumentNode.List();
            foreach (string file in Directory.GetFiles(folder, "scene.json", SearchOption.AllDirectories).Order())
            {
                Scene scene = SceneFile.Load(file);
                list.Add(DocumentNode.Object().Add("name", DocumentNode.Of(scene.Name)).Add("description", DocumentNode.Of(scene.Description)).Add("path", DocumentNode.Of(Path.GetRelativePath(".", file))));
            }
            if (parsed.GetValue(json)) Console.Out.Write(list.ToJson());
            else
            {
                foreach (DocumentNode sample in list.Items) Console.Out.WriteLine($"{sample.Find("name").Text,-20} {sample.Find("path").Text}\n    {sample.Find("description").Text}");
            }
            return ExitCode.Success;
        });
        return command;
    }

    private static string Find()
    {
        for (string folder = Path.GetFullPath("."); folder != null; folder = Path.GetDirectoryName(folder))
        {
            string samples = Path.Combine(folder, "Samples~");
            if (Directory.Exists(samples)) return samples;
        }
        return null;
    }
}
