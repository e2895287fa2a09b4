using System;
using BenchmarkDotNet.Attributes;
using DiffPhysics.Autodiff;
using DiffPhysics.Kinematics;

namespace DiffPhysics.Benchmarks.Kinematics;

/// <summary>Cold solves of random reachable poses, each from mid-range, and frames of a dense path, each from the last.</summary>
[MemoryDiagnoser]
public class Ik
{
    const int Poses = 1000;
    internal const int Frames = 1000;

    [Params("panda", "ur5")]
    public string Arm { get; set; }

    IkSolver solver;
    PositionGoal position;
    OrientationGoal orientation;
    Frame[] targets;
    Frame home;
    double[] ready;

    [GlobalSetup]
    public void Setup()
    {
        Skeleton skeleton = Arm == "panda" ? StandardSkeletons.Panda() : StandardSkeletons.Ur5();
        ready = Arm == "panda" ? [0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4] : [0.3, -1.1, 1.4, -0.4, 1.2, 0.5];
        string tip = skeleton.Joints[^1].Name;
        (position, orientation) = (new PositionGoal(tip), new OrientationGoal(tip));
        Executor executor = Executor.CreateDefault();
        solver = new IkSolver(skeleton, [position, orientation], executor);
        targets = ReachableFrames.Random(skeleton, tip, Poses, executor);
        home = ReachableFrames.At(skeleton, tip, ready, executor);
    }

    /// <summary>The mean over the poses; its percentiles: see <see cref="IkSurvey"/>.</summary>
    [Benchmark(OperationsPerInvoke = Poses)]
    public void Cold()
    {
        foreach (Frame target in targets)
        {
            (position.Target, orientation.Target) = (target.Position, target.Orientation);
            solver.Reset();
            solver.Solve();
        }
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public void Tracking()
    {
        for (int frame = 0; frame < Frames; frame++) Track(frame);
    }

    internal void Track(int frame)
    {
        if (frame == 0) solver.Continue(ready);
        double a = frame * (2 * Math.PI / Frames);
        position.Target = home.Position + new Vector3d(0.1 * Math.Sin(a), 0.1 * (Math.Cos(a) - 1), 0.05 * Math.Sin(2 * a));
        orientation.Target = Rotation.AxisAngle(Vector3d.UnitX, 0.2 * Math.Sin(a)) * home.Orientation;
        solver.Solve();
    }
}

/// <summary>A person's frame with two hands, two feet, a gaze, limits and a rest pose; and a thousand persons' on two threads.</summary>
[MemoryDiagnoser]
public class IkCharacters
{
    const int Crowd = 1000, Frames = 240;

    readonly PositionGoal leftHand = new("hand_left"), rightHand = new("hand_right"), leftFoot = new("foot_left"), rightFoot = new("foot_right");
    readonly LookAtGoal gaze = new("head", Vector3d.UnitZ, new Vector3d(0, 0.1, 0));
    IkSolver solver;
    IkCrowd crowd;
    int frame;

    [GlobalSetup]
    public void Setup()
    {
        Skeleton person = StandardSkeletons.Humanoid();
        Goal[] goals = [leftHand, rightHand, leftFoot, rightFoot, gaze, new RestPoseGoal(person)];
        for (int g = 0; g < 5; g++) goals[g].Tolerance = 2e-3;
        Executor executor = Executor.CreateDefault();
        solver = new IkSolver(person, goals, executor, new IkOptions { Starts = 1 });
        solver.Reset(person.RestPose());
        crowd = new IkCrowd(person, goals, executor, Crowd, 2);
        AimCrowd();
        crowd.Solve(40);
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public void Person()
    {
        for (int k = 0; k < Frames; k++) PersonFrame(k);
    }

    internal void PersonFrame(int k)
    {
        Aim(k / 60.0, 0);
        solver.Solve();
    }

    [IterationSetup(Target = nameof(Thousand))]
    public void AimCrowd()
    {
        frame++;
        for (int c = 0; c < Crowd; c++)
        {
            Aim(frame / 60.0, c);
            crowd.Capture(c);
        }
    }

    /// <summary>One frame of a thousand persons: three iterations each, which tracks them within millimetres.</summary>
    [Benchmark]
    public void Thousand() => crowd.Solve(3);

    void Aim(double time, int person)
    {
        double a = 2 * time + 0.7 * person;
        leftHand.Target = new Vector3d(0.3 + 0.1 * Math.Sin(a), 1.2 + 0.15 * Math.Cos(a), 0.35);
        rightHand.Target = new Vector3d(-0.35, 1.1 + 0.1 * Math.Sin(1.3 * a), 0.3 + 0.1 * Math.Cos(a));
        leftFoot.Target = new Vector3d(0.12, 0.09 + 0.04 * (1 + Math.Sin(a)), 0.05 * Math.Cos(a));
        rightFoot.Target = new Vector3d(-0.12, 0.09, 0);
        gaze.Target = new Vector3d(0.6 * Math.Sin(0.8 * a), 1.6, 2.5);
    }
}
