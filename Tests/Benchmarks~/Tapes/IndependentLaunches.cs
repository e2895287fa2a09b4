using System;
using System.Diagnostics;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks
{
    /// <summary>
    /// Frames of parts that do not touch one another: rings of springs, whose forces are scattered, and controllers of small matrix
    /// products. By one thread, by two that divide each launch that is large enough, and by two that run parts side by side too.
    /// Milliseconds, the median of runs that alternate.
    /// </summary>
    static class IndependentLaunches
    {
        const int Frames = 40, Runs = 15;

        public static void Run()
        {
            foreach ((int rings, int springs, int controllers, int size) in new[] { (2, 500, 0, 0), (2, 2_000, 0, 0), (2, 10_000, 0, 0), (8, 1_000, 0, 0), (0, 0, 4, 24), (2, 1_000, 2, 24) })
            {
                Console.WriteLine($"{rings} rings of {springs} springs, {controllers} controllers of {size} x {size}");
                Console.WriteLine($"{"",-34}{"1 thread",10}{"2, divided",14}{"2, together",14}");
                foreach ((string what, bool records, bool sweeps, long budget) in new[]
                {
                    ("forward, not recorded", false, false, 0L), ("forward, recorded", true, false, long.MaxValue),
                    ("with gradient, whole", true, true, long.MaxValue), ("with gradient, replayed", true, true, 0L),
                })
                {
                    using var one = new Parts(rings, springs, controllers, size, 1, false, records, sweeps, budget);
                    using var divided = new Parts(rings, springs, controllers, size, 2, false, records, sweeps, budget);
                    using var together = new Parts(rings, springs, controllers, size, 2, true, records, sweeps, budget);
                    Parts[] all = { one, divided, together };
                    var times = new double[3][];
                    for (int k = 0; k < 3; k++) times[k] = new double[Runs];
                    for (int warm = 0; warm < 3; warm++)
                        foreach (Parts parts in all) parts.Time(Frames);
                    for (int run = 0; run < Runs; run++)
                        for (int k = 0; k < 3; k++) times[k][run] = all[k].Time(Frames);
                    foreach (double[] each in times) Array.Sort(each);
                    double first = times[0][Runs / 2];
                    Console.WriteLine($"{what,-34}{first,7:F2} ms{times[1][Runs / 2],7:F2} = {times[1][Runs / 2] / first:F2}{times[2][Runs / 2],7:F2} = {times[2][Runs / 2] / first:F2}");
                }
            }
        }

        sealed class Parts : IDisposable
        {
            readonly FrameTape tape;
            readonly Launch[] launches;
            readonly TapeOperation[] operations;
            readonly Buffer[] positions, velocities;
            readonly Buffer loss;
            readonly bool together, sweeps;

            public Parts(int rings, int springs, int controllers, int size, int threads, bool together, bool records, bool sweeps, long budget)
            {
                (this.together, this.sweeps) = (together, sweeps);
                tape = new FrameTape(new JitExecutor { Threads = threads }, new TapeOptions { MemoryBudget = budget, LogBudget = long.MaxValue }) { IsRecording = records };
                launches = new Launch[3 * rings];
                operations = new TapeOperation[3 * controllers];
                (positions, velocities) = (new Buffer[rings], new Buffer[rings]);
                loss = new Buffer("loss", 1);
                for (int r = 0; r < rings; r++)
                {
                    Buffer x = positions[r] = new Buffer("x", springs, 2), v = velocities[r] = new Buffer("v", springs, 2), f = new Buffer("f", springs, 2);
                    Buffer stiffness = new Buffer("stiffness", springs), damping = new Buffer("damping", 1);
                    damping[0] = 0.2;
                    IndexBuffer a = new IndexBuffer("a", springs), b = new IndexBuffer("b", springs);
                    for (int e = 0; e < springs; e++) (a.Indices[e], b.Indices[e], stiffness[e]) = (e, (e + 1) % springs, 30 + e % 7);
                    launches[3 * r] = new Launch(TapeSurvey.ClearForce, springs).Bind("force", f);
                    launches[3 * r + 1] = new Launch(TapeSurvey.SpringForce, springs).Bind("xa", x).Bind("xb", x).Bind("va", v).Bind("vb", v).Bind("stiffness", stiffness).Bind("damping", damping)
                        .Bind("fa", f).Bind("fb", f).BindIndex("a", a).BindIndex("b", b);
                    launches[3 * r + 2] = new Launch(TapeSurvey.Move, springs).Bind("x", x).Bind("v", v).Bind("f", f);
                }
                for (int c = 0; c < controllers; c++)
                {
                    var m = new Buffer[4];
                    for (int k = 0; k < 4; k++) m[k] = new Buffer("m", size, size);
                    for (int e = 0; e < size; e++) m[0][e, e] = m[1][e, size - 1 - e] = 1;
                    for (int k = 0; k < 3; k++) operations[3 * c + k] = new MatrixProduct(m[k], m[(k + 1) % 4], m[(k + 2) % 4]);
                }
            }

            public double Time(int frames)
            {
                tape.Clear();
                tape.ZeroGradients();
                for (int r = 0; r < positions.Length; r++)
                {
                    int springs = positions[r].Elements;
                    velocities[r].Clear();
                    for (int e = 0; e < springs; e++)
                    {
                        positions[r][e, 0] = Math.Cos(2 * Math.PI * e / springs) * springs / 12;
                        positions[r][e, 1] = Math.Sin(2 * Math.PI * e / springs) * springs / 12;
                    }
                }
                long start = Stopwatch.GetTimestamp();
                for (int f = 0; f < frames; f++)
                {
                    tape.BeginFrame();
                    if (together)
                        using (tape.Together()) RunAll();
                    else RunAll();
                    tape.EndFrame();
                }
                if (sweeps)
                {
                    foreach (Buffer x in positions) tape.Seed(x)[0, 0] = 1;
                    foreach (TapeOperation operation in operations) tape.Seed(operation.Writes[0])[0, 0] = 1;
                    tape.Backward(false);
                }
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            // Part after part, as whoever steps each in turn does.
            void RunAll()
            {
                foreach (Launch launch in launches) tape.Run(launch);
                foreach (TapeOperation operation in operations) tape.Run(operation);
            }

            public void Dispose()
            {
                tape.Executor.Threads = 1;
                tape.Dispose();
                loss.Dispose();
            }
        }
    }
}
