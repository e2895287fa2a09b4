using System;
using System.CommandLine;
using System.Threading.Tasks;
using DiffPhysics.Scenes;

namespace DiffPhysics.Studio;

/// <summary>The command line: simulates scenes, tunes them and checks their gradients.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Tunes physics scenes by gradient descent. Scenes are JSON files; 'diffphysics schema' prints their schema.")
        {
            RunCommand.Create(),
            TuneCommand.Create(),
            GradcheckCommand.Create(),
            SensitivityCommand.Create(),
            LandscapeCommand.Create(),
            CompareCommand.Create(),
            IkCommand.Create(),
            SchemaCommand.Create(),
            SamplesCommand.Create(),
        };
        try
        {
            ParseResult parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors) Console.Error.WriteLine("error: " + error.Message);
                return ExitCode.BadInput;
            }
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (SceneException error)
        {
            Console.Error.WriteLine("error: " + error.Message);
            return ExitCode.BadInput;
        }
        catch (Exception error) when (error is System.IO.IOException or UnauthorizedAccessException or ArgumentException or Kinematics.SkeletonException)
        {
            Console.Error.WriteLine("error: " + error.Message);
            return ExitCode.BadInput;
        }
    }
}

/// <summary>What scripts can tell apart.</summary>
public static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>It ran, but the wanted loss was not reached, or a gradient does not hold.</summary>
    public const int NotReached = 1;

    /// <summary>The scene, a recording or an option is wrong; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>It was stopped by Ctrl-C; the best so far was kept.</summary>
    public const int Cancelled = 130;
}
