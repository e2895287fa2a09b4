using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using DiffPhysics.Autodiff;
using DiffPhysics.Kinematics;
using DiffPhysics.Samples.InverseKinematics;
using DiffPhysics.Scenes;
using NUnit.Framework;

namespace DiffPhysics.Studio.Tests;

[NonParallelizable]
public sealed class IkCommandTests
{
    const string Door = """
        {
          "name": "door",
          "joints": [
            { "name": "hinge", "kind": "hinge", "position": [0, 0, 1], "axis": [0, 1, 0], "limits": [[0, 2]] },
            { "name": "handle", "kind": "fixed", "parent": "hinge", "position": [1, 0, 0] }
          ]
        }
        """;

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
    public async Task ATargetIsSolved()
    {
        (int code, string text, _) = await Run("ik", "panda", "--position", "0.4,0.1,0.5", "--orientation", "1,0,0,0", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Success));
        DocumentNode solution = SceneFile.ParseDocument(text).Find("solutions").Items[0];
        using var kinematics = new ForwardKinematics(StandardSkeletons.Panda(), Executor.CreateDefault());
        kinematics.SetPose(solution.Find("pose").Items.Select(q => q.Number).ToArray());
        kinematics.Evaluate();
        Frame flange = kinematics.FrameOf("panda_flange");
        Assert.That((flange.Position - new Vector3d(0.4, 0.1, 0.5)).Length, Is.LessThan(1.1e-5));
        Assert.That(Rotation.Angle(flange.Orientation, Rotation.FromQuaternion(1, 0, 0, 0)), Is.LessThan(1.1e-5));
    }

    [Test]
    public async Task AFileOfTargetsGivesAFileOfPoses()
    {
        string skeleton = Write("door.json", Door), output = Path.Combine(_folder, "poses.csv");
        string targets = Write("targets.csv", "x,y,z\n1,0,1\n0.8,0,0.4\n-1,0,1\n");
        (int code, _, _) = await Run("ik", skeleton, "--targets", targets, "--out", output);

        Assert.That(code, Is.EqualTo(ExitCode.NotReached));
        string[] lines = File.ReadAllLines(output);
        Assert.That(lines[0], Is.EqualTo("status,positionError,orientationError,hinge"));
        // sin = 0.6 and cos = 0.8; the last target lies behind the limit of 2 radians.
        Assert.That(double.Parse(lines[2].Split(',')[3]), Is.EqualTo(Math.Asin(0.6)).Within(1e-5));
        Assert.That(lines[3], Does.StartWith("AtLimit,").And.EndsWith(",2"));
    }

    [TestCase("\"limits\": [[0, 2]]", "\"limits\": [[2, 0]]", "'hinge'")]
    [TestCase("\"kind\": \"hinge\"", "\"kind\": \"spring\"", "'spring'")]
    [TestCase("\"axis\"", "\"axes\"", "'axes'")]
    [TestCase("\"parent\": \"hinge\"", "\"parent\": \"handle\"", "circle")]
    [TestCase("\"limits\"", "limits", "Line 4")]
    public async Task AWrongSkeletonEndsWithTwoAndOneError(string text, string replacement, string named)
    {
        (int code, string output, string error) = await Run("ik", Write("door.json", Door.Replace(text, replacement)), "--position", "1,0,1");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.StartWith("error: ").And.Contain("door.json").And.Contain(named));
    }

    [TestCase("x,y,z\n1,2\n", "line 2")]
    [TestCase("x,y,z\n1,2,NaN\n", "NaN")]
    [TestCase("a,b\n1,2\n", "line 1")]
    public async Task AWrongFileOfTargetsNamesTheLine(string csv, string named)
    {
        (int code, _, string error) = await Run("ik", "ur5", "--targets", Write("targets.csv", csv));

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(error, Does.Contain(named));
    }

    [Test]
    public void TheSamplesReachTheirTargetsInEveryFrame()
    {
        Executor executor = Executor.CreateDefault();
        using ArmTracking panda = ArmTracking.Panda(executor), ur5 = ArmTracking.Ur5(executor);
        using var person = new CharacterReach(executor);
        for (int frame = 0; frame < 600; frame++)
        {
            Assert.That(panda.Follow(frame / 60.0).Status, Is.EqualTo(IkStatus.Reached), $"panda, frame {frame}");
            Assert.That(ur5.Follow(frame / 60.0).Status, Is.EqualTo(IkStatus.Reached), $"ur5, frame {frame}");
            Assert.That(person.Follow(frame / 60.0).Status, Is.EqualTo(IkStatus.Reached), $"person, frame {frame}");
        }
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int code, string output, string error)> Run(params string[] args)
    {
        TextWriter oldOutput = Console.Out, oldError = Console.Error;
        using var output = new StringWriter();
        using var error = new StringWriter();
        try
        {
            Console.SetOut(output);
            Console.SetError(error);
            return (await Program.Main(args), output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetOut(oldOutput);
            Console.SetError(oldError);
        }
    }
}
