using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks.Dynamics;

/// <summary>Times of steps, forward and with gradient: medians of rounds that take turns, one thread.</summary>
internal static class WorldSurvey
{
    public static void Run(string[] names)
    {
        var scenes = new (string name, Func<Executor, World> make, int warm, int steps, int rounds)[]
        {
            ("stack of 20", BenchmarkScenes.StackOf20, 60, 60, 7),
            ("pyramid of 55", BenchmarkScenes.PyramidOf55, 60, 40, 5),
            ("200 spheres in a box", BenchmarkScenes.SpheresInABox, 90, 30, 5),
            ("1,000 mixed bodies", BenchmarkScenes.MixedThousand, 90, 6, 3),
        };
        Console.WriteLine("scene                  forward us   recorded us   with gradient us   times   replayed us   times   bytes/step   bytes/recorded step   contacts   first gradient ms");
        foreach ((string name, Func<Executor, World> make, int warm, int steps, int rounds) in scenes)
        {
            if (names.Length > 0 && !names.Any(name.Contains)) continue;
            double first = FirstGradient(make);
            using World world = make(Executor.CreateDefault());
            var times = new Dictionary<string, List<double>>();
            void Time(string what, Action run, int divide)
            {
                if (!times.TryGetValue(what, out List<double> list)) times.Add(what, list = new List<double>());
                long start = Stopwatch.GetTimestamp();
                run();
                list.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / divide);
            }

            long plain = 0, recorded = 0;
            for (int round = -1; round < rounds; round++)
            {
                if (round == 0) times.Clear();
                Warm(world, warm);
                long before = GC.GetAllocatedBytesForCurrentThread();
                Time("forward", () => world.Step(steps), steps);
                plain = (GC.GetAllocatedBytesForCurrentThread() - before) / steps;
                foreach (bool replay in new[] { false, true })
                {
                    Warm(world, warm);
                    world.Tape.Options.MemoryBudget = replay ? 0 : 4L << 30;
                    world.Record();
                    before = GC.GetAllocatedBytesForCurrentThread();
                    Time("recorded" + replay, () => world.Step(steps), steps);
                    if (!replay) recorded = (GC.GetAllocatedBytesForCurrentThread() - before) / steps;
                    Time("back" + replay, () => Back(world), steps);
                }
            }

            double Median(string what) => times[what].OrderBy(t => t).ElementAt(times[what].Count / 2);
            double forward = Median("forward"), whole = Median("recordedFalse") + Median("backFalse"), replayed = Median("recordedTrue") + Median("backTrue");
            Console.WriteLine($"{name,-22} {forward,10:F0} {Median("recordedFalse"),13:F0} {whole,18:F0} {whole / forward,7:F2} {replayed,13:F0} {replayed / forward,7:F2} {plain,12} {recorded,21} {"",10} {first,19:F0}");
            world.Tape.Options.MemoryBudget = 1L << 30;
        }
    }

    /// <summary>Time from nothing to the first gradient of scenes whose bodies touch in the first step; one scene in a process, since kernels and code are made once.</summary>
    public static void First(string[] names)
    {
        var scenes = new Dictionary<string, Func<Executor, World>>
        {
            ["stack"] = BenchmarkScenes.StackOf20, ["pyramid"] = BenchmarkScenes.PyramidOf55, ["spheres"] = BenchmarkScenes.SpheresInContact, ["mixed"] = BenchmarkScenes.MixedInContact,
        };
        foreach (string name in names)
        {
            double first = FirstGradient(scenes[name]), again = FirstGradient(scenes[name]);
            Console.WriteLine($"{name}: first gradient after {first:F0} ms in a new process, {again:F0} ms for another world with an executor of its own");
        }
    }

    private static void Warm(World world, int steps)
    {
        world.Reset();
        world.Tape.IsRecording = false;
        world.Step(steps);
    }

    private static void Back(World world)
    {
        Buffer seed = world.Tape.Seed(world.State);
        for (int e = 0; e < seed.Elements; e++) seed[e, 0] = 1;
        world.Tape.Backward(retain: false);
    }

    // From nothing to the gradient of one step, kernels made on the way.
    private static double FirstGradient(Func<Executor, World> make)
    {
        long start = Stopwatch.GetTimestamp();
        using World world = make(Executor.CreateDefault());
        world.Record();
        world.Step();
        Back(world);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
