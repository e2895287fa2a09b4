using System;
using System.Diagnostics;
using DiffPhysics.Autodiff;
using DiffPhysics.Kinematics;

namespace DiffPhysics.Benchmarks.Kinematics;

/// <summary>
/// How many of many random reachable poses are solved, how closely and how fast: rates and percentiles, which a mean does not tell.
/// Solves repeat exactly, so each pose is timed three times and its best counts: what a busy machine adds is not the solver's.
/// Run by <c>ik-survey [poses]</c>.
/// </summary>
static class IkSurvey
{
    public static void Run(int count)
    {
        Survey(StandardSkeletons.Panda(), count);
        Survey(StandardSkeletons.Ur5(), count);
        foreach (string arm in new[] { "panda", "ur5" })
        {
            var tracking = new Ik { Arm = arm };
            tracking.Setup();
            Frames($"{arm}, tracking", 20 * Ik.Frames, frame => tracking.Track(frame % Ik.Frames));
        }
        var characters = new IkCharacters();
        characters.Setup();
        Frames("person", 5000, characters.PersonFrame);
        Frames("1,000 persons", 200, _ => characters.Thousand(), _ => characters.AimCrowd());
    }

    static void Frames(string name, int count, Action<int> frame, Action<int> prepare = null)
    {
        var times = new double[count];
        for (int k = 0; k < count; k++)
        {
            prepare?.Invoke(k);
            long start = Stopwatch.GetTimestamp();
            frame(k);
            times[k] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        times = times[(count / 2)..]; // compiled at full speed by then
        Array.Sort(times);
        Console.WriteLine(FormattableString.Invariant($"{name}: {times[times.Length / 10]:f2} us 10th percentile, {times[times.Length / 2]:f2} us median of {times.Length} frames"));
    }

    static void Survey(Skeleton skeleton, int count)
    {
        string tip = skeleton.Joints[^1].Name;
        var position = new PositionGoal(tip);
        var orientation = new OrientationGoal(tip);
        Executor executor = Executor.CreateDefault();
        using var solver = new IkSolver(skeleton, [position, orientation], executor);
        using var kinematics = new ForwardKinematics(skeleton, executor);
        Frame[] targets = ReachableFrames.Random(skeleton, tip, count, executor);
        for (int k = 0; k < Math.Min(count, 3000); k++) Solve(targets[k]);

        var times = new double[count];
        int coarse = 0, fine = 0, inTime = 0, outside = 0, mostIterations = 0;
        for (int k = 0; k < count; k++)
        {
            IkResult result = default;
            times[k] = double.PositiveInfinity;
            for (int repeat = 0; repeat < 3; repeat++)
            {
                long start = Stopwatch.GetTimestamp();
                result = Solve(targets[k]);
                times[k] = Math.Min(times[k], Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
            mostIterations = Math.Max(mostIterations, result.Iterations);
            kinematics.SetPose(solver.Pose);
            kinematics.Evaluate();
            Frame found = kinematics.FrameOf(tip);
            double away = (found.Position - targets[k].Position).Length, twisted = Rotation.Angle(found.Orientation, targets[k].Orientation);
            bool close = away <= 1e-3 && twisted <= 1e-3;
            if (close) coarse++;
            if (close && times[k] <= 1000) inTime++;
            if (away <= 1e-5 && twisted <= 1e-5) fine++;
            for (int i = 0; i < skeleton.CoordinateCount; i++)
                if (!(solver.Pose[i] >= skeleton.LimitOf(i).Lower && solver.Pose[i] <= skeleton.LimitOf(i).Upper)) outside++;
        }
        Array.Sort(times);
        Console.WriteLine(FormattableString.Invariant($"{skeleton.Name}: {100.0 * coarse / count:f2} % to 1e-3 ({100.0 * inTime / count:f2} % within 1 ms), {100.0 * fine / count:f2} % to 1e-5, {outside} limits broken; ")
            + FormattableString.Invariant($"{times[count / 2]:f1} us median, {times[count * 99 / 100]:f1} us 99th percentile, {times[^1]:f0} us most; {mostIterations} iterations most"));

        IkResult Solve(Frame target)
        {
            (position.Target, orientation.Target) = (target.Position, target.Orientation);
            solver.Reset();
            return solver.Solve();
        }
    }
}

/// <summary>Poses that a skeleton can reach, because they are those of joint values within its limits.</summary>
static class ReachableFrames
{
    public static Frame[] Random(Skeleton skeleton, string tip, int count, Executor executor)
    {
        var random = new Random(12345);
        var frames = new Frame[count];
        using var kinematics = new ForwardKinematics(skeleton, executor);
        var pose = new double[skeleton.CoordinateCount];
        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < pose.Length; i++) pose[i] = skeleton.LimitOf(i).Lower + (skeleton.LimitOf(i).Upper - skeleton.LimitOf(i).Lower) * random.NextDouble();
            kinematics.SetPose(pose);
            kinematics.Evaluate();
            frames[k] = kinematics.FrameOf(tip);
        }
        return frames;
    }

    public static Frame At(Skeleton skeleton, string tip, double[] pose, Executor executor)
    {
        using var kinematics = new ForwardKinematics(skeleton, executor);
        kinematics.SetPose(pose);
        kinematics.Evaluate();
        return kinematics.FrameOf(tip);
    }
}
