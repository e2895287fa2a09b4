using System;
using System.Diagnostics;
using System.IO;
using NUnit.Framework;

namespace DiffPhysics.Net.Tests;

/// <summary>
/// Kernels run where code cannot be made at run time. Here by the switch of the runtime that says so, which a process has
/// from its start; as native code by .ci/aot, which needs a linker.
/// </summary>
public sealed class AheadOfTimeTests
{
    [Test]
    public void Without_dynamic_code_the_loop_executor_is_taken_and_right()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "DiffPhysics.Aot.dll");
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.That(process.ExitCode, Is.Zero, output + errors.Result);
        Assert.That(output, Does.Contain("dynamic code False").And.Contain("LoopExecutor").And.Contain("portable, 0 numbers differ"));
    }
}
