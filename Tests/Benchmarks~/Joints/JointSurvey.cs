using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Physics.Tests;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks.Joints;

/// <summary>Times of steps of jointed worlds (float, 60 Hz, 4 substeps), forward and with gradient: medians of rounds that take turns.</summary>
internal static class JointSurvey
{
    // Code of both kinds, the runtime's and the kernels', is compiled in the background; rounds before that do not count.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static void Run(string[] names)
    {
        var scenes = new (string name, Func<World> make, int warm, int steps, int rounds)[]
        {
            ("chain of 20 links", Chain, 30, 20, 41),
            ("ragdoll on the ground", () => Ragdolls(1), 60, 10, 15),
            ("vehicle on hills", Vehicle, 60, 20, 15),
            ("1,024 ragdolls, worlds", () => Ragdolls(1024), 2, 1, 5),
        };
        Console.WriteLine("scene                  forward us   with gradient us   times   bytes allocated a step: forward, with gradient");
        foreach ((string name, Func<World> make, int warm, int steps, int rounds) in scenes)
        {
            if (names.Length > 0 && !names.Any(name.Contains)) continue;
            using World world = make();
            var forward = new List<double>();
            var gradient = new List<double>();
            var bytes = new List<(double forward, double gradient)>();
            long start = Stopwatch.GetTimestamp();
            while (forward.Count < rounds)
            {
                Warm(world, warm);
                double plain = Time(() => world.Step(steps), out long plainBytes) / steps;
                Warm(world, warm);
                world.Record();
                double whole = Time(() =>
                {
                    world.Step(steps);
                    Back(world);
                }, out long wholeBytes) / steps;
                if (Stopwatch.GetElapsedTime(start) < WarmUp) continue;
                forward.Add(plain);
                gradient.Add(whole);
                bytes.Add((plainBytes / (double)steps, wholeBytes / (double)steps));
            }

            double f = Median(forward), g = Median(gradient);
            Console.WriteLine($"{name,-22} {f,10:F0} {g,18:F0} {g / f,7:F2}   {Median(bytes.Select(b => b.forward)):F0}, {Median(bytes.Select(b => b.gradient)):F0}");
        }
    }

    private static World Chain()
    {
        var world = new World(new WorldOptions());
        Body before = world.AddStatic();
        for (int k = 0; k < 20; k++)
        {
            Body link = world.AddBody().Weighing(0.05).WithInertia(2e-4, 2e-4, 2e-4).At(0.2 * (k + 0.5), 0, 0);
            world.AddBall(before, link, Double3.UnitX * (0.2 * k));
            before = link;
        }

        return world;
    }

    private static World Ragdolls(int worlds)
    {
        var world = new World(new WorldOptions { Worlds = worlds });
        world.AddStatic(new PlaneShape()).MadeOf(0.7, 0);
        _ = new RagdollScene(world, new Double3(0, 1.2, 0));
        return world;
    }

    private static World Vehicle()
    {
        var world = new World(new WorldOptions());
        VehicleScene.OnHills(world);
        return world;
    }

    private static void Warm(World world, int steps)
    {
        world.Reset();
        world.Tape.IsRecording = false;
        world.Step(steps);
    }

    private static double Time(Action run, out long allocated)
    {
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        run();
        double time = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return time;
    }

    private static void Back(World world)
    {
        Buffer seed = world.Tape.Seed(world.State);
        for (int e = 0; e < seed.Elements; e++) seed[e, 0] = 1;
        world.Tape.Backward(retain: false);
    }

    private static double Median(IEnumerable<double> values) => values.OrderBy(t => t).ElementAt(values.Count() / 2);
}
