using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>The arguments and options that several commands share, and how a scene becomes an objective.</summary>
internal static class SceneLoader
{
    public static Argument<string> SceneArgument() => new("scene") { Description = "The scene file." };

    public static Option<bool> JsonOption() => new("--json") { Description = "Print one JSON document and nothing else." };

    // Everything that can be wrong with a scene and its recordings is found here, before anything is written.
    public static SceneObjective Objective(Scene scene)
    {
        var objective = new SceneObjective(scene, recording => Load(scene, recording));
        objective.CheckStart();
        return objective;
    }

    public static SceneRecordings Recordings(Scene scene) => new(scene, recording => Load(scene, recording));

    // Several files come in the order of their names.
    private static IReadOnlyList<Recording> Load(Scene scene, SceneRecording recording)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(scene.File)) ?? "";
        string path = Path.Combine(folder, recording.Path);
        string place = Path.GetDirectoryName(path) ?? "";
        string[] files = recording.IsSeveral && Directory.Exists(place) ? Directory.GetFiles(place, Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray() : File.Exists(path) ? [path] : [];
        if (files.Length == 0) throw new SceneException(scene.File, 0, $"recordings.{recording.Name}.path", $"there is no file '{recording.Path}' in {folder}");
        if (recording.IsOfParticles) return CsvRecording.ParseParticles(File.ReadAllText(files[0]), files[0], recording);
        return files.Select(file => CsvRecording.Parse(File.ReadAllText(file), file, recording)).ToArray();
    }
}
