using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DiffPhysics.Scenes;
using NUnit.Framework;
using Spectre.Console;

namespace DiffPhysics.Studio.Tests;

[NonParallelizable]
public sealed class CommandLineTests
{
    private string _folder;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Path.Combine(Path.GetTempPath(), "diffphysics-" + Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(_folder);
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, true);

    [Test]
    public async Task TuneWritesResultTunedSceneHistoryAndReport()
    {
        string output = Path.Combine(_folder, "out");
        (int code, string text, _) = await Run("tune", SampleFiles.Scene("BouncePass"), "--out", output, "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Success));
        DocumentNode result = SceneFile.ParseDocument(text);
        Assert.That(result.Find("lossEnd").Number, Is.LessThan(1e-6));
        Assert.That(result.Find("stopReason").Text, Is.EqualTo("LossReached"));
        Assert.That(result.Find("gradientCheckAtEnd").Items.Select(i => i.Find("verdict").Text), Is.All.EqualTo("agrees"));
        Assert.That(File.ReadAllText(Path.Combine(output, "result.json")), Is.EqualTo(text));
        Assert.That(SceneFile.Load(Path.Combine(output, "tuned.json")).Bodies[2].Velocity[0], Is.EqualTo(10.1957).Within(1e-4));
        string[] history = File.ReadAllLines(Path.Combine(output, "history.csv"));
        Assert.That(history.Length, Is.EqualTo(result.Find("iterations").Number + 2));
        Assert.That(history[0], Does.EndWith(",term:point,bodies.ball.velocity.x,bodies.ball.velocity.y"));
    }

    [Test]
    public async Task TheReportNeedsNothingButItself()
    {
        string output = Path.Combine(_folder, "out");
        await Run("tune", SampleFiles.Scene("BouncePass"), "--out", output, "--json");
        string page = File.ReadAllText(Path.Combine(output, "report.html"));

        Assert.That(page, Does.Not.Contain("src=").And.Not.Contain("<link").And.Not.Contain("__"));
        string data = page.Split("type=\"application/json\">")[1].Split("</script>")[0];
        DocumentNode parsed = SceneFile.ParseDocument(data);
        Assert.That(parsed.Find("after").Items[2].Items.Count, Is.EqualTo(37));
    }

    [TestCase("run")]
    [TestCase("tune")]
    [TestCase("gradcheck")]
    public async Task ASceneThatDivergesIsNamedAndNothingIsWritten(string command)
    {
        string scene = Glide(mass: 0.01);
        (int code, _, string error) = await Run([command, scene, .. command == "tune" ? new[] { "--out", Path.Combine(_folder, "out") } : []]);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(error, Does.Contain("diverged in frame").And.Contain("body 'puck'").And.Contain("force"));
        Assert.That(Directory.Exists(Path.Combine(_folder, "out")), Is.False);
    }

    [Test]
    public async Task ASearchThatDivergesOnItsWayGoesOnAndSaysSo()
    {
        (int code, string text, _) = await Run("tune", Glide(mass: 40), "--out", Path.Combine(_folder, "out"), "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Success));
        DocumentNode result = SceneFile.ParseDocument(text);
        Assert.That(result.Find("lossEnd").Number, Is.LessThan(1e-9));
        Assert.That(result.Find("warnings").Items.Select(w => w.Text), Has.Some.Match("[0-9]+ of [0-9]+ points .* infinitely bad. The first: .* frame [0-9]+: body 'puck'"));
    }

    // Drag on a light puck grows beyond all numbers; a heavy one comes far, and the first step of the search is too long.
    private string Glide(double mass)
    {
        string scene = Path.Combine(_folder, "glide.json");
        File.WriteAllText(scene, """
            { "version": 1, "name": "glide", "gravity": [0, 0, 0], "simulation": { "duration": 1, "frameRate": 60 },
              "bodies": { "puck": { "shape": { "type": "sphere", "radius": 0.1 }, "mass": MASS, "velocity": [30, 0, 0] } },
              "forces": { "air": { "type": "drag", "quadratic": 0.5 } },
              "parameters": [ { "paths": ["bodies.puck.mass"], "min": 0.001, "max": 100 } ],
              "losses": [ { "type": "point", "body": "puck", "target": [12, 0, 0], "axes": "x" } ],
              "tuning": { "optimiser": { "method": "levenberg-marquardt" }, "stopping": { "loss": 1e-10 } } }
            """.Replace("MASS", mass.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return scene;
    }

    [Test]
    public async Task TheReportKnowsWhereJointsWereBeforeAndAfter()
    {
        // A bob on a rod whose upper end is tuned.
        string scene = Path.Combine(_folder, "rod.json"), output = Path.Combine(_folder, "out");
        File.WriteAllText(scene, """
            { "version": 1, "name": "rod", "simulation": { "duration": 0.3, "frameRate": 60 },
              "bodies": { "bob": { "shape": { "type": "sphere", "radius": 0.1 }, "mass": 1, "position": [0, -1, 0], "rotation": [0, 0, 1, 0] } },
              "joints": { "rod": { "type": "distance", "b": "bob", "anchor": [0.2, 0, 0], "anchorB": [0, -0.9, 0] } },
              "parameters": [ { "paths": ["joints.rod.anchor.x"], "min": -1, "max": 1 } ],
              "losses": [ { "type": "point", "body": "bob", "target": [-0.1, -1, 0], "axes": "x" } ] }
            """);
        (int code, string result, _) = await Run("tune", scene, "--out", output, "--json");
        Assert.That(code, Is.EqualTo(ExitCode.Success));
        double tuned = SceneFile.ParseDocument(result).Find("parameters").Items[0].Find("tuned").Number;
        DocumentNode data = SceneFile.ParseDocument(File.ReadAllText(Path.Combine(output, "report.html")).Split("type=\"application/json\">")[1].Split("</script>")[0]);

        Assert.That(data.Find("joints").Items[0].Find("type").Text, Is.EqualTo("distance"));
        Assert.That((data.Find("joints").Items[0].Find("a").Number, data.Find("joints").Items[0].Find("b").Number), Is.EqualTo((-1.0, 0.0)));
        Assert.That(tuned, Is.LessThan(0));
        foreach ((string motion, double x) in new[] { ("before", 0.2), ("after", tuned) })
        {
            double[][] rows = data.Find(motion + "Joints").Items[0].Find("rows").Items.Select(r => r.Items.Select(v => v.Number).ToArray()).ToArray();
            Assert.That(rows, Has.Length.EqualTo(data.Find(motion).Items[0].Items.Count));
            double length = Math.Sqrt(x * x + 0.81);
            foreach (double[] row in rows)
            {
                Assert.That(row[..3], Is.EqualTo(new[] { x, 0, 0 }).Within(1e-5));
                Assert.That(Math.Sqrt((row[3] - row[0]) * (row[3] - row[0]) + (row[4] - row[1]) * (row[4] - row[1])), Is.EqualTo(length).Within(1e-4), "rod");
            }

            Assert.That(rows[0][3..6], Is.EqualTo(new[] { 0, -0.9, 0 }).Within(1e-5));
            Assert.That(Math.Abs(rows[^1][3]), Is.GreaterThan(0.01), "it swings");
        }
    }

    [Test]
    public async Task AMalformedSceneEndsWithTwoOneErrorAndNoOutput()
    {
        string scene = Path.Combine(_folder, "bad.json");
        File.WriteAllText(scene, File.ReadAllText(SampleFiles.Scene("BouncePass")).Replace("\"mass\": 1", "\"mass\": -1"));
        string output = Path.Combine(_folder, "out");
        (int code, string text, string error) = await Run("tune", scene, "--out", output);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(text, Is.Empty);
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain("bodies.ball.mass").And.Contain("positive"));
        Assert.That(Directory.Exists(output), Is.False);
    }

    [TestCase("tune")]
    [TestCase("fly", "scene.json")]
    [TestCase("run", "no-such-file.json")]
    [TestCase("tune", "BouncePass", "--method", "guess")]
    [TestCase("landscape", "BouncePass", "--x", "bodies.bal.velocity.x")]
    public async Task WrongArgumentsEndWithTwo(params string[] arguments)
    {
        (int code, _, string error) = await Run(arguments.Select(a => a == "BouncePass" ? SampleFiles.Scene(a) : a).ToArray());

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(error, Does.StartWith("error: "));
    }

    [Test]
    public async Task ALossThatIsNotReachedEndsWithOne()
    {
        (int code, _, _) = await Run("tune", SampleFiles.Scene("BouncePass"), "--out", _folder, "--json", "--iterations", "2");

        Assert.That(code, Is.EqualTo(ExitCode.NotReached));
    }

    [Test]
    public async Task AnInterruptedTuneResumesToTheSameResult()
    {
        string whole = Path.Combine(_folder, "whole");
        string parts = Path.Combine(_folder, "parts");
        await Run("tune", SampleFiles.Scene("BouncePass"), "--out", whole, "--json");
        await Run("tune", SampleFiles.Scene("BouncePass"), "--out", parts, "--json", "--method", "lbfgs");
        string journal = Path.Combine(parts, "journal.jsonl");
        string[] lines = File.ReadAllLines(journal);
        // As a crash leaves it: three whole checkpoints and half of another.
        File.WriteAllText(journal, string.Join("\n", lines.Take(4)) + "\n" + lines[4][..(lines[4].Length / 2)]);
        (int code, string text, _) = await Run("tune", SampleFiles.Scene("BouncePass"), "--out", parts, "--json", "--resume");

        Assert.That(code, Is.EqualTo(ExitCode.Success));
        DocumentNode expected = SceneFile.ParseDocument(File.ReadAllText(Path.Combine(whole, "result.json")));
        DocumentNode found = SceneFile.ParseDocument(text);
        Assert.That(found.Find("lossEnd").Number, Is.EqualTo(expected.Find("lossEnd").Number));
        Assert.That(found.Find("evaluations").Number, Is.EqualTo(expected.Find("evaluations").Number));
    }

    [Test]
    public async Task AJournalOfAnotherRunIsRefused()
    {
        await Run("tune", SampleFiles.Scene("BouncePass"), "--out", _folder, "--json");
        (int code, _, string error) = await Run("tune", SampleFiles.Scene("BouncePass"), "--out", _folder, "--json", "--resume", "--seed", "5");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(error, Does.Contain("another scene"));
    }

    [Test]
    public async Task GradcheckSensitivityRunLandscapeSchemaAndSamplesAnswer()
    {
        string scene = SampleFiles.Scene("BouncePass");
        Assert.That(SceneFile.ParseDocument((await Run("gradcheck", scene, "--json")).Text).Find("holds").Boolean, Is.True);
        Assert.That(SceneFile.ParseDocument((await Run("sensitivity", scene, "--json")).Text).Find("sensitivities").Items[0].Find("effect").Number, Is.EqualTo(126.65).Within(0.1));
        Assert.That(SceneFile.ParseDocument((await Run("run", scene, "--json")).Text).Find("impacts").Number, Is.EqualTo(2));
        Assert.That(SceneFile.ParseDocument((await Run("schema")).Text).Find("title").Text, Does.Contain("DiffPhysics"));
        string picture = Path.Combine(_folder, "landscape.svg");
        await Run("landscape", scene, "--y", "bodies.ball.velocity.y", "--points", "9", "--out", picture);
        Assert.That(File.ReadAllText(picture), Does.StartWith("<svg"));
    }

    [Test]
    public async Task DeformablesAreTunedCheckedRunAndReported()
    {
        string scene = SampleFiles.Scene("SpringCage"), output = Path.Combine(_folder, "out"), csv = Path.Combine(_folder, "motion.csv");
        (int code, string text, _) = await Run("tune", scene, "--out", output, "--json");
        Assert.That(code, Is.EqualTo(ExitCode.Success));
        Assert.That(SceneFile.ParseDocument(text).Find("parameters").Items.Select(p => p.Find("name").Text), Is.All.StartsWith("deformables.cage.restLength."));
        Assert.That(SceneFile.Load(Path.Combine(output, "tuned.json")).Deformables[0]["restLength"][0], Is.EqualTo(1.32596).Within(1e-4));
        string page = File.ReadAllText(Path.Combine(output, "report.html"));
        DocumentNode data = SceneFile.ParseDocument(page.Split("type=\"application/json\">")[1].Split("</script>")[0]);
        Assert.That(data.Find("deformables").Items[0].Find("edges").Items, Has.Count.EqualTo(16));
        Assert.That(data.Find("afterParticles").Items[0].Find("rows").Items, Has.Count.EqualTo(31));
        Assert.That(data.Find("afterParticles").Items[0].Find("rows").Items[30].Items.Take(3).Select(v => v.Number), Is.EqualTo(new[] { 0.375, 0.125, 0.25 }).Within(2e-4));

        Assert.That(SceneFile.ParseDocument((await Run("gradcheck", scene, "--json")).Text).Find("holds").Boolean, Is.True);
        Assert.That(SceneFile.ParseDocument((await Run("sensitivity", scene, "--json")).Text).Find("sensitivities").Items, Has.Count.EqualTo(8));
        DocumentNode run = SceneFile.ParseDocument((await Run("run", Path.Combine(output, "tuned.json"), "--json", "--csv", csv)).Text);
        Assert.That(run.Find("deformables").Find("cage").Find("position").Items[0].Number, Is.EqualTo(0.375 / 9).Within(1e-4));
        Assert.That(File.ReadAllLines(csv).Count(l => l.StartsWith("cage.3,", StringComparison.Ordinal)), Is.EqualTo(31));
    }

    [TestCase("\"damping\": 10", "\"dampng\": 10", "deformables.cage.dampng")]
    [TestCase("\"particle\": 0", "\"particle\": 9", "losses[0].particle")]
    [TestCase("\"integrator\": \"symplectic\"", "\"integrator\": \"euler\"", "simulation.integrator")]
    public async Task AMalformedDeformableEndsWithTwoOneErrorAndNoOutput(string right, string wrong, string path)
    {
        string scene = Path.Combine(_folder, "bad.json"), output = Path.Combine(_folder, "out");
        File.WriteAllText(scene, File.ReadAllText(SampleFiles.Scene("SpringCage")).Replace(right, wrong));
        (int code, string text, string error) = await Run("tune", scene, "--out", output);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(text, Is.Empty);
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain(path));
        Assert.That(Directory.Exists(output), Is.False);
    }

    [TestCase("run")]
    [TestCase("tune")]
    [TestCase("gradcheck")]
    [TestCase("sensitivity")]
    public async Task ASceneThatDivergesIsToldWithWhatAndWhenAndLeavesNoOutput(string command)
    {
        string scene = Path.Combine(_folder, "stiff.json"), output = Path.Combine(_folder, "out");
        File.WriteAllText(scene, File.ReadAllText(SampleFiles.Scene("SpringCage")).Replace("\"stiffness\": 100", "\"stiffness\": 1e14").Replace("[0, 0, 0],\n", "[0.1, 0, 0],\n"));
        string[] arguments = command == "tune" ? [command, scene, "--out", output] : [command, scene];
        (int code, string text, string error) = await Run(arguments);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(text, Is.Empty);
        Assert.That(error, Does.Contain("diverged in frame").And.Contain("cage").And.Contain("shorten the time step"));
        Assert.That(Directory.Exists(output), Is.False);
    }

    [Test]
    public void ThePublishedSchemaIsThatOfTheProgram()
    {
        string file = Path.Combine(SampleFiles.Folder(".."), "Documentation~", "scene.schema.json");

        Assert.That(File.ReadAllText(file), Is.EqualTo(SceneFormat.Schema().ToJson()), "write it anew: diffphysics schema > Documentation~/scene.schema.json");
    }

    [Test]
    public async Task ALandscapeAlongOneParameterHasItsSlices()
    {
        string picture = Path.Combine(_folder, "slice.svg");
        (int code, _, _) = await Run("landscape", SampleFiles.Scene("BouncePass"), "--x", "bodies.ball.velocity.x", "--points", "21", "--out", picture);

        Assert.That(code, Is.EqualTo(ExitCode.Success));
        Assert.That(File.ReadAllText(picture), Does.StartWith("<svg").And.Contain("velocity.x"));
    }

    [Test]
    public async Task ATuneShowsLossGradientAndCurveAsItGoes()
    {
        (_, string text, _) = await Run("tune", SampleFiles.Scene("SpringCage"), "--out", _folder);

        Assert.That(text, Does.Contain("loss 2.188e-01").And.Contain("gradient 5.728e-01").And.Contain("█▇▅▃▂▁"));
    }

    // What a shell starts in the background ignores interrupts, and so do the processes that it starts; then "env" takes that back.
    private static bool IsInterruptIgnored()
    {
        const string name = "SigIgn:";
        string ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];
        return (ulong.Parse(ignored, NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) & 1 << 1) != 0;
    }

    [Test]
    public void CtrlCStopsATuneCleanlyAndKeepsTheBestSoFar()
    {
        Assume.That(OperatingSystem.IsLinux(), "signals are sent by kill");
        string output = Path.Combine(_folder, "out"), journal = Path.Combine(output, "journal.jsonl"), scene = Path.Combine(_folder, "long.json");
        File.WriteAllText(scene, File.ReadAllText(SampleFiles.Scene("SpringCage")).Replace("\"learningRate\": 0.5", "\"learningRate\": 1e-6").Replace("\"iterations\": 25", "\"iterations\": 1000000"));
        string[] command = ["dotnet", typeof(Program).Assembly.Location, "tune", scene, "--out", output, "--json"];
        if (IsInterruptIgnored()) command = ["env", "--default-signal=INT", .. command];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true });
        try
        {
            Assert.That(SpinWait.SpinUntil(() => process.HasExited || File.Exists(journal) && File.ReadAllText(journal).Count(c => c == '\n') > 5, 60_000), "it did not begin");
            using Process signal = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            signal.WaitForExit();
            Task<string> text = process.StandardOutput.ReadToEndAsync();
            Assert.That(process.WaitForExit(60_000), "it went on");

            Assert.That(process.ExitCode, Is.EqualTo(ExitCode.Cancelled));
            DocumentNode result = SceneFile.ParseDocument(text.Result);
            Assert.That(result.Find("stopReason").Text, Is.EqualTo("Cancelled"));
            Assert.That(result.Find("lossEnd").Number, Is.LessThan(result.Find("lossStart").Number));
            foreach (string file in new[] { "result.json", "tuned.json", "history.csv", "report.html" }) Assert.That(File.Exists(Path.Combine(output, file)), file);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static async Task<(int Code, string Text, string Error)> Run(params string[] arguments)
    {
        TextWriter text = Console.Out;
        TextWriter error = Console.Error;
        using var capturedText = new StringWriter();
        using var capturedError = new StringWriter();
        Console.SetOut(capturedText);
        Console.SetError(capturedError);
        // It keeps the writer that it found first.
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(capturedText) });
        try
        {
            int code = await Program.Main(arguments);
            return (code, capturedText.ToString(), capturedError.ToString());
        }
        finally
        {
            Console.SetOut(text);
            Console.SetError(error);
        }
    }
}
