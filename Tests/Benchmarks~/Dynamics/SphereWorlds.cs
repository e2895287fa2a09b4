using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks.Dynamics;

/// <summary>
/// 4,096 worlds of a thrown sphere that bounces, slides and rolls on the ground: the World with its contact, in blocks of 64 that go
/// through the rollout and back, one thread.
/// </summary>
internal static class SphereWorlds
{
    private const int Worlds = 4096, Block = 64, Steps = 60;

    public static void Run()
    {
        Executor executor = Executor.CreateDefault();
        using var batch = new WorldBatch(Block, worlds => Make(worlds, executor));
        var forward = new List<double>();
        var both = new List<double>();
        for (int round = -1; round < 3; round++)
        {
            double plain = Time(() => batch.Run(Worlds, block => Throw(block, false))), gradient = Time(() => batch.Run(Worlds, block => Throw(block, true)));
            if (round < 0) continue;
            forward.Add(plain);
            both.Add(gradient);
        }

        double Median(List<double> times) => times.OrderBy(t => t).ElementAt(times.Count / 2);
        Console.WriteLine($"{Worlds} worlds, {Steps} steps: forward {Median(forward):F0} us a step of all, {1000 * Median(forward) / Worlds:F0} ns a sphere; with gradient {Median(both):F0} us, {1000 * Median(both) / Worlds:F0} ns, {Median(both) / Median(forward):F2} times");
    }

    private static World Make(int worlds, Executor executor)
    {
        var world = new World(new WorldOptions { Worlds = worlds, Substeps = 1, Executor = executor });
        world.AddStatic(new PlaneShape()).MadeOf(0.5, 0);
        world.AddBody(new SphereShape(0.1)).MadeOf(0.5, 0.6).Weighing(1);
        return world;
    }

    private static void Throw(WorldBlock block, bool record)
    {
        World world = block.World;
        world.Tape.IsRecording = false;
        for (int w = 0; w < block.Count; w++)
        {
            double u = Fraction(0.6180339887 * (block.First + w + 1)), v = Fraction(0.7548776662 * (block.First + w + 1)), q = Fraction(0.5698402910 * (block.First + w + 1));
            world.Bodies[1].In(w).At(0, 0.3 + 0.2 * u, 0).Moving(1 + 2 * v, -1 - u, q - 0.5).Spinning(5 * (v - 0.5), 0, 5 * (q - 0.5));
        }

        if (record) world.Record();
        world.Step(Steps);
        if (!record) return;
        Buffer seed = world.Tape.Seed(world.State);
        for (int w = 0; w < Block; w++) (seed[Block + w, 0], seed[Block + w, 1], seed[Block + w, 2]) = (1, 0.25, 0.5);
        world.Tape.Backward(retain: false);
    }

    private static double Fraction(double x) => x - Math.Floor(x);

    private static double Time(Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Steps;
    }
}
