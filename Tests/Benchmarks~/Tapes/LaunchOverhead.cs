using System;
using System.Diagnostics;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks
{
    /// <summary>
    /// What a tiny launch costs, as a step of a few rigid bodies makes many: not recorded, recorded, swept back. Nanoseconds per launch, the
    /// best of many runs by a stopwatch. The indexed launches change their number of elements and rewrite their index lists each step.
    /// </summary>
    static class LaunchOverhead
    {
        const int Frames = 50, LaunchesPerFrame = 20, Runs = 150, Capacity = 64;

        static readonly Kernel Lane = Kernel.Define("lane", k =>
        {
            Real[] x = k.Lane("x", 2), v = k.Lane("v", 2);
            k.Store("x", x[0] + 0.01 * v[0] * x[1], x[1] + 0.01 * v[1]);
        });

        static readonly Kernel Indexed = Kernel.Define("indexed", k =>
        {
            Real[] a = k.Gather("va", "a", 3), b = k.Gather("vb", "b", 3);
            Real[] rows = k.Lane("rows", 3), j = k.Lane("impulse", 3);
            Real n = j[0] + 0.1 * (rows[0] * (b[0] - a[0]) + rows[1] * (b[1] - a[1]) + rows[2] * (b[2] - a[2]));
            k.Store("impulse", n, j[1] + 0.01 * n, j[2] - 0.01 * n * n);
        });

        // As wide as a row of a contact manifold: 48 numbers read, 6 of them gathered through each of two lists, 8 overwritten.
        static readonly Kernel Wide = Kernel.Define("wide", k =>
        {
            Real[] a = k.Gather("va", "a", 6), b = k.Gather("vb", "b", 6), rows = k.Lane("rows", 36), j = k.Lane("impulse", 8);
            var next = new Real[8];
            for (int n = 0; n < 8; n++)
            {
                next[n] = j[n];
                for (int c = 0; c < 6; c++) next[n] += rows[(4 * n + c) % 36] * (b[c] - a[c]);
            }
            k.Store("impulse", next);
        });

        static readonly Kernel Scatter = Kernel.Define("scatter", k =>
        {
            Real[] j = k.Lane("impulse", 3), m = k.Gather("mass", "a", 1);
            k.AccumulateAt("v", "a", j[0] * m[0], j[1] * m[0], j[2] * m[0]);
        });

        public static void Run()
        {
            Measure("(warming up)", 8, Precision.Float, Shape.Indexed);
            foreach (Precision precision in new[] { Precision.Float, Precision.Double })
                foreach (int lanes in new[] { 4, 32 })
                {
                    Measure($"by lane, {lanes} lanes, {precision}", lanes, precision, Shape.Lane);
                    Measure($"indexed, {lanes} lanes, {precision}", lanes, precision, Shape.Indexed);
                    Measure($"wide, indexed, {lanes} lanes, {precision}", lanes, precision, Shape.Wide);
                }
        }

        enum Shape
        {
            Lane,
            Indexed,
            Wide,
        }

        static void Measure(string what, int lanes, Precision precision, Shape shape)
        {
            var executor = new JitExecutor();
            using var tape = new FrameTape(executor);
            using Buffer x = new Buffer("x", lanes, 2, precision), y = new Buffer("y", lanes, 2, precision);
            using Buffer v = new Buffer("v", Capacity, 6, precision), mass = new Buffer("mass", Capacity, 1, precision);
            using Buffer rows = new Buffer("rows", Capacity, 36, precision), impulse = new Buffer("impulse", Capacity, 8, precision);
            using IndexBuffer a = new IndexBuffer("a", Capacity), b = new IndexBuffer("b", Capacity);
            var lane = new Launch(Lane, lanes).Bind("x", x).Bind("v", y);
            Launch solve = new Launch(shape == Shape.Wide ? Wide : Indexed, 0) { Prefix = true }.Bind("va", v).Bind("vb", v).Bind("rows", rows).Bind("impulse", impulse).BindIndex("a", a).BindIndex("b", b);
            Launch apply = new Launch(Scatter, 0) { Prefix = true }.Bind("v", v).Bind("mass", mass).Bind("impulse", impulse).BindIndex("a", a);
            double plain = double.MaxValue, recorded = double.MaxValue, swept = double.MaxValue;
            long allocated = 0;
            Buffer loss = shape == Shape.Lane ? x : v;
            void Simulate()
            {
                tape.Clear();
                for (int e = 0; e < Capacity; e++) v[e, 0] = mass[e] = rows[e, 1] = 1;
                for (int e = 0; e < lanes; e++) x[e, 0] = y[e, 1] = 1;
                impulse.Clear();
                for (int f = 0; f < Frames; f++)
                {
                    tape.BeginFrame();
                    if (shape != Shape.Lane)
                    {
                        for (int n = 0; n < LaunchesPerFrame / 4; n++)
                        {
                            int count = lanes - n % 2;
                            Span<int> first = a.Indices, second = b.Indices;
                            for (int k = 0; k < count; k++) (first[k], second[k]) = (k, (k + f) % Capacity);
                            solve.Elements = apply.Elements = count;
                            for (int twice = 0; twice < 2; twice++)
                            {
                                tape.Run(solve);
                                tape.Run(apply);
                            }
                        }
                    }
                    else for (int n = 0; n < LaunchesPerFrame; n++) tape.Run(lane);
                    tape.EndFrame();
                }
            }

            for (int run = 0; run < Runs; run++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                tape.IsRecording = false;
                long start = Stopwatch.GetTimestamp();
                Simulate();
                plain = Math.Min(plain, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
                tape.IsRecording = true;
                start = Stopwatch.GetTimestamp();
                Simulate();
                recorded = Math.Min(recorded, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
                tape.Seed(loss)[0, 0] = 1;
                start = Stopwatch.GetTimestamp();
                tape.Backward(false);
                swept = Math.Min(swept, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            const double Launches = Frames * LaunchesPerFrame;
            Console.WriteLine($"{what,-36} not recorded {plain / Launches,7:F0} ns   recorded {recorded / Launches,7:F0} ns   sweep {swept / Launches,7:F0} ns   {allocated} bytes allocated");
        }
    }
}
