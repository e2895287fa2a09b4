using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using DiffPhysics.Autodiff;
using DiffPhysics.Kinematics;
using DiffPhysics.Scenes;

namespace DiffPhysics.Studio;

/// <summary>Poses of a skeleton whose tip is at one target, or at each of a file of targets in turn.</summary>
internal static class IkCommand
{
    public static Command Create()
    {
        var skeleton = new Argument<string>("skeleton") { Description = "panda, ur5, humanoid, or a .urdf or .json file." };
        var tip = new Option<string>("--tip") { Description = "The joint that reaches for the target; by default the last one." };
        var position = new Option<string>("--position") { Description = "Where the tip should be: x,y,z in metres." };
        var orientation = new Option<string>("--orientation") { Description = "How the tip should be turned: quaternion x,y,z,w." };
        var targets = new Option<string>("--targets") { Description = "A CSV file with the columns x,y,z or x,y,z,qx,qy,qz,qw, a target a line; each starts from the pose of the one before." };
        var output = new Option<string>("--out") { Description = "Write the poses to this CSV file." };
        Option<bool> json = SceneLoader.JsonOption();
        var command = new Command("ik", "Solves inverse kinematics for a target or a CSV of targets.") { skeleton, tip, position, orientation, targets, output, json };
        command.SetAction(parsed =>
        {
            Skeleton read = Load(parsed.GetValue(skeleton));
            IReadOnlyList<double[]> wanted = Targets(parsed.GetValue(position), parsed.GetValue(orientation), parsed.GetValue(targets));
            return Run(read, parsed.GetValue(tip) ?? read.Joints[^1].Name, wanted, parsed.GetValue(output), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(Skeleton skeleton, string tip, IReadOnlyList<double[]> targets, string output, bool json)
    {
        skeleton.IndexOf(tip);
        var place = new PositionGoal(tip);
        var turn = new OrientationGoal(tip);
        bool turned = targets[0].Length == 7;
        Executor executor = Executor.CreateDefault();
        using var solver = new IkSolver(skeleton, turned ? new Goal[] { place, turn } : [place], executor);
        using var kinematics = new ForwardKinematics(skeleton, executor);
        var csv = new StringBuilder("status,positionError,orientationError").Append(string.Concat(Enumerable.Range(0, skeleton.CoordinateCount).Select(i => "," + Coordinate(skeleton, i)))).Append('\n');
        DocumentNode list = DocumentNode.List();
        int reached = 0;
        foreach (double[] target in targets)
        {
            place.Target = new Vector3d(target[0], target[1], target[2]);
            if (turned) turn.Target = Rotation.FromQuaternion(target[3], target[4], target[5], target[6]);
            IkResult result = solver.Solve();
            if (result.Status == IkStatus.Reached) reached++;
            kinematics.SetPose(solver.Pose);
            kinematics.Evaluate();
            Frame frame = kinematics.FrameOf(tip);
            double away = (frame.Position - place.Target).Length, twisted = turned ? Rotation.Angle(frame.Orientation, turn.Target) : 0;
            double[] pose = solver.Pose.ToArray();
            csv.Append(result.Status).Append(',').Append(Text(away)).Append(',').Append(Text(twisted)).Append(string.Concat(pose.Select(q => "," + Text(q)))).Append('\n');
            list.Add(DocumentNode.Object().Add("status", DocumentNode.Of(result.Status.ToString())).Add("iterations", DocumentNode.Of(result.Iterations))
                .Add("positionError", DocumentNode.Of(away)).Add("orientationError", DocumentNode.Of(twisted)).Add("pose", DocumentNode.Of(pose)));
            if (!json && targets.Count == 1) Describe(skeleton, tip, result, away, twisted, pose);
        }
        if (output != null) File.WriteAllText(output, csv.ToString());
        if (json) Console.Out.Write(DocumentNode.Object().Add("skeleton", DocumentNode.Of(skeleton.Name)).Add("tip", DocumentNode.Of(tip)).Add("solutions", list).ToJson());
        else if (targets.Count > 1) Console.Out.WriteLine($"{skeleton.Name}: {reached} of {targets.Count} targets reached{(output == null ? "" : ", poses in " + output)}");
        return reached == targets.Count ? ExitCode.Success : ExitCode.NotReached;
    }

    private static void Describe(Skeleton skeleton, string tip, IkResult result, double away, double twisted, double[] pose)
    {
        Console.Out.WriteLine(FormattableString.Invariant($"{skeleton.Name}: {result.Status} after {result.Iterations} iterations; {tip} is {away:g2} m and {twisted:g2} rad away"));
        for (int i = 0; i < pose.Length; i++) Console.Out.WriteLine(FormattableString.Invariant($"  {Coordinate(skeleton, i),-24} {pose[i],10:f6}"));
    }

    private static Skeleton Load(string name)
    {
        switch (name.ToLowerInvariant())
        {
            case "panda": return StandardSkeletons.Panda();
            case "ur5": return StandardSkeletons.Ur5();
            case "humanoid": return StandardSkeletons.Humanoid();
        }
        string text = File.ReadAllText(name);
        try
        {
            return Path.GetExtension(name).Equals(".json", StringComparison.OrdinalIgnoreCase) ? SkeletonJson.Read(text) : UrdfReader.Read(text);
        }
        catch (SkeletonException error)
        {
            throw new ArgumentException($"{name}: {error.Message}", error);
        }
    }

    private static IReadOnlyList<double[]> Targets(string position, string orientation, string file)
    {
        if ((position == null) == (file == null)) throw new ArgumentException("Say where with --position or --targets, one of the two.");
        if (position != null)
        {
            double[] place = Numbers(position.Split(','), 3, "--position");
            return [orientation == null ? place : [.. place, .. Numbers(orientation.Split(','), 4, "--orientation")]];
        }
        if (orientation != null) throw new ArgumentException("With --targets, orientations stand in the file.");
        string[] lines = File.ReadAllLines(file);
        string header = lines.Length == 0 ? "" : lines[0].Replace(" ", "");
        if (header != "x,y,z" && header != "x,y,z,qx,qy,qz,qw") throw new ArgumentException($"{file}, line 1: the columns are x,y,z or x,y,z,qx,qy,qz,qw, not '{header}'.");
        int columns = header == "x,y,z" ? 3 : 7;
        var rows = new List<double[]>();
        for (int k = 1; k < lines.Length; k++)
            if (lines[k].Trim().Length > 0) rows.Add(Numbers(lines[k].Split(','), columns, $"{file}, line {k + 1}"));
        return rows.Count > 0 ? rows : throw new ArgumentException($"{file} holds no target.");
    }

    private static double[] Numbers(string[] parts, int count, string where)
    {
        if (parts.Length != count) throw new ArgumentException($"{where}: {count} numbers are wanted, not {parts.Length}.");
        return Array.ConvertAll(parts, part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x) ? x
            : throw new ArgumentException($"{where}: '{part}' is not a finite number."));
    }

    // The joint's name; with the number of the coordinate where a joint has several.
    private static string Coordinate(Skeleton skeleton, int coordinate)
    {
        int joint = skeleton.JointOf(coordinate);
        Joint owner = skeleton.Joints[joint];
        return owner.Limits.Count == 1 ? owner.Name : $"{owner.Name}[{coordinate - skeleton.FirstCoordinateOf(joint)}]";
    }

    private static string Text(double value) => value.ToString("r", CultureInfo.InvariantCulture);
}
