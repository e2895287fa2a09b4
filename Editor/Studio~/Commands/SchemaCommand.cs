using System;
using System.CommandLine;
using DiffPhysics.Scenes;

namespace DiffPhysics.Studio;

internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON Schema of scene files.");
        command.SetAction(_ =>
        {
            Console.Out.Write(SceneFormat.Schema().ToJson());
            return ExitCode.Success;
        });
        return command;
    }
}
