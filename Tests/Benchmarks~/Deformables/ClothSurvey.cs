using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks.Deformables;

/// <summary>
/// The mass-spring cloth of the C++ baseline, 500 symplectic steps in float: forward, and forward with the gradients by all stiffnesses, damping,
/// first velocities and gravity; by one and by two threads, by turns with the baseline's programs. And a cloth by soft constraints, in milliseconds a frame.
/// </summary>
internal static class ClothSurvey
{
    private const int Steps = 500, Rounds = 9;

    /// <param name="baselines">Programs built from the baseline's sources, each run with size, steps and repetitions; none to measure alone.</param>
    public static void Run(params string[] baselines)
    {
        foreach (int side in new[] { 32, 100 })
        {
            using ParticleWorld world = Build(side, out Springs springs);
            for (int k = 0; k < 8; k++) // kernels are compiled in the background, and what is called often once more
            {
                world.Tape.Executor.Threads = 1 + k % 2;
                Forward(world);
                Gradient(world, side);
                System.Threading.Thread.Sleep(150);
            }

            var forward = new[] { new List<double>(), new List<double>() };
            var gradient = new[] { new List<double>(), new List<double>() };
            var theirs = baselines.ToDictionary(b => b, _ => (forward: new List<double>(), gradient: new List<double>()));
            string text = "";
            double loss = 0;
            for (int round = 0; round < Rounds; round++)
            {
                for (int threads = 2; threads >= 1; threads--)
                {
                    world.Tape.Executor.Threads = threads;
                    forward[threads - 1].Add(Time(() => Forward(world)));
                    gradient[threads - 1].Add(Time(() => loss = Gradient(world, side)));
                }

                foreach (string baseline in baselines) text = Baseline(baseline, side, theirs[baseline]);
            }

            Console.WriteLine($"{side} x {side}, {springs.Count} springs, microseconds a step forward / with gradients: {Median(forward[0]):F1} / {Median(gradient[0]):F1}, "
                + $"by two threads {Median(forward[1]):F1} / {Median(gradient[1]):F1}; {world.Tape.Report.PeakBytes / 1024.0 / 1024.0:F1} MiB recorded");
            foreach (string baseline in baselines)
            {
                double f = Median(theirs[baseline].forward), g = Median(theirs[baseline].gradient);
                Console.WriteLine($"  {System.IO.Path.GetFileName(baseline)}: {f:F1} / {g:F1}; ratios {Median(forward[0]) / f:F2} / {Median(gradient[0]) / g:F2}, by two threads {Median(forward[1]) / f:F2} / {Median(gradient[1]) / g:F2}");
            }

            if (text != "") Compare(world, springs, loss, text);
        }
    }

    /// <summary>A cloth by soft constraints that falls into its pins, along one edge or at two corners: time of a frame, and how far its edges stretch.</summary>
    public static void SoftConstraints()
    {
        foreach (bool byEdge in new[] { true, false })
            foreach (bool isTethered in new[] { false, true })
                foreach (int substeps in new[] { 4, 8 }) SoftConstraints(100, substeps, 1, byEdge, isTethered, 90);
        SoftConstraints(100, 8, 30, true, false, 45); // many sweeps, to compare with
    }

    // Beside what the last baseline printed.
    private static void Compare(ParticleWorld world, Springs springs, double loss, string text)
    {
        Buffer stiffness = world.Tape.Gradient(springs.Stiffness), gravity = world.Tape.Gradient(world.Environment);
        double sum = 0;
        for (int s = 0; s < springs.Count; s++) sum += Math.Abs(stiffness[s]);
        Line("loss", loss, @"loss (\S+)");
        Line("by damping", world.Tape.Gradient(springs.Damping)[0], @"dc (\S+)");
        for (int c = 0; c < 3; c++) Line($"by gravity {"xyz"[c]}", gravity[0, c], @"dg" + string.Concat(Enumerable.Repeat(@" \S+", c)) + @" (\S+)");
        Line("sum of |by stiffness|", sum, @"sum\|dk\| (\S+)");

        void Line(string what, double ours, string pattern)
        {
            double theirs = double.Parse(Regex.Match(text, pattern).Groups[1].Value, CultureInfo.InvariantCulture);
            Console.WriteLine($"  {what}: {ours:G7}, C++ {theirs:G7}, relative difference {Math.Abs(ours / theirs - 1):E1}");
        }
    }

    /// <summary>A sheet hung at two corners, in three kinds of springs: along, across and over two edges.</summary>
    internal static ParticleWorld Build(int side, out Springs springs)
    {
        var world = new ParticleWorld(new ParticleOptions
        {
            Integrator = ParticleIntegrator.Symplectic, TimeStep = 1e-3, Substeps = 1, ConstantInertia = true, Executor = Executor.CreateDefault(),
        }) { Gravity = new Double3(0, 0, -9.81) };
        double h = 1.0 / (side - 1);
        for (int i = 0; i < side; i++)
            for (int j = 0; j < side; j++)
            {
                int p = i * side + j;
                bool isPinned = p == 0 || p == side - 1;
                var velocity = new Double3(0.1 * Math.Sin(0.1 * p), 0.05 * Math.Cos(0.03 * p), 0.2 * Math.Cos(0.07 * p));
                world.AddParticle(new Double3(j * h, -i * h * Math.Cos(1), i * h * Math.Sin(1)), 0.01, isPinned ? Double3.Zero : velocity);
                if (isPinned) world.Pin(p);
            }

        var pairs = new List<(int, int)>();
        var stiffness = new List<double>();
        foreach ((int di, int dj, double k) in new[] { (0, 1, 200.0), (1, 0, 200), (1, 1, 100), (1, -1, 100), (0, 2, 50), (2, 0, 50) })
            for (int i = 0; i + di < side; i++)
                for (int j = Math.Max(0, -dj); j + Math.Max(0, dj) < side; j++)
                {
                    pairs.Add((i * side + j, (i + di) * side + j + dj));
                    stiffness.Add(k * (1 + 0.1 * Math.Sin(0.37 * stiffness.Count)));
                }

        springs = world.AddSprings(pairs, stiffness.ToArray(), 0.02);
        springs.Elements.HoldConstant("rest length"); // the baseline has no gradient by it
        world.Build();
        return world;
    }

    private static void Forward(ParticleWorld world)
    {
        world.Reset();
        world.Tape.IsRecording = false;
        world.Step(Steps);
    }

    private static double Gradient(ParticleWorld world, int side)
    {
        world.Reset();
        world.Record();
        world.Step(Steps);
        int last = side * side - 1;
        Double3 miss = world.Position(last) - new Double3(0.8, -0.6, 0.5);
        Buffer seed = world.Tape.Seed(world.State);
        for (int c = 0; c < 3; c++) seed[last, c] = 2 * miss[c];
        world.Tape.Backward(retain: false);
        return miss.LengthSquared;
    }

    private static void SoftConstraints(int side, int substeps, int sweeps, bool byEdge, bool isTethered, int count)
    {
        const double size = 2;
        using var world = new ParticleWorld(new ParticleOptions { Integrator = ParticleIntegrator.SoftConstraints, Substeps = substeps, Iterations = sweeps });
        Cloth cloth = world.AddCloth(TriangleMesh.Sheet(side, side, size, size));
        for (int k = 0; k < side; k++)
            if (byEdge || k == 0 || k == side - 1) world.Pin(cloth.Particle(k));
        if (isTethered) world.AddTethers(cloth);
        world.Step(2);
        System.Threading.Thread.Sleep(500);
        world.Reset();
        var frames = new List<double>();
        double most = 0, mean = 0;
        for (int frame = 0; frame < count; frame++)
        {
            frames.Add(Time(() => world.Step()) * Steps / 1000);
            var lengths = new List<double>();
            for (int p = 0; p < world.Count; p++)
            {
                if (p % side < side - 1) lengths.Add(Double3.Distance(world.Position(p), world.Position(p + 1)));
                if (p + side < world.Count) lengths.Add(Double3.Distance(world.Position(p), world.Position(p + side)));
            }

            double atRest = size / (side - 1);
            (most, mean) = (Math.Max(most, lengths.Max() / atRest), Math.Max(mean, lengths.Average() / atRest));
        }

        Console.WriteLine($"cloth {side} x {side} pinned at {(byEdge ? "an edge" : "two corners")}, {(isTethered ? "with tethers, " : "")}{substeps} substeps of {sweeps} sweeps: {Median(frames):F1} ms a frame of 1/60 s, {frames.Max():F1} at most; in {count} frames edges are at most {most:F2} of their length at rest, {mean:F3} in the mean");
    }

    // Prints "primal F us/step ..., primal+gradient G us/step".
    private static string Baseline(string program, int side, (List<double> forward, List<double> gradient) times)
    {
        var start = new ProcessStartInfo(program, $"{side} {Steps} 3") { RedirectStandardOutput = true };
        using Process process = Process.Start(start);
        string text = process.StandardOutput.ReadToEnd();
        Match match = Regex.Match(text, @"primal ([\d.]+) us/step.*?primal\+gradient ([\d.]+) us/step");
        times.forward.Add(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        times.gradient.Add(double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return text;
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return (Stopwatch.GetTimestamp() - start) * 1e6 / Stopwatch.Frequency / Steps;
    }

    private static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = numbers.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
