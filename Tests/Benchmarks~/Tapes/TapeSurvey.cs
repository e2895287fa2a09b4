using System;
using System.Diagnostics;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks
{
    /// <summary>
    /// A recording of many frames of a chain of springs, four kernels a frame: forces cleared, springs gathered and scattered, motion, a
    /// sum. Best of several runs by a stopwatch, since one run takes too long for many.
    /// </summary>
    static class TapeSurvey
    {
        internal static readonly Kernel ClearForce = Kernel.Define("clear force", k => k.Store("force", 0, 0));

        internal static readonly Kernel SpringForce = Kernel.Define("spring force", k =>
        {
            Real[] xa = k.Gather("xa", "a", 2), xb = k.Gather("xb", "b", 2), va = k.Gather("va", "a", 2), vb = k.Gather("vb", "b", 2);
            Real stiffness = k.Lane("stiffness"), damping = k.Shared("damping");
            Real dx = xb[0] - xa[0], dy = xb[1] - xa[1], length = Real.Sqrt(dx * dx + dy * dy);
            Real nx = dx / length, ny = dy / length;
            Real f = stiffness * (length - 0.5) + damping * ((vb[0] - va[0]) * nx + (vb[1] - va[1]) * ny);
            k.AccumulateAt("fa", "a", f * nx, f * ny);
            k.AccumulateAt("fb", "b", -f * nx, -f * ny);
        });

        internal static readonly Kernel Move = Kernel.Define("move", k =>
        {
            Real[] x = k.Lane("x", 2), v = k.Lane("v", 2), f = k.Lane("f", 2);
            Real vx = v[0] + 0.002 * f[0], vy = v[1] + 0.002 * (f[1] - 9.81);
            k.Store("v", vx, vy);
            k.Store("x", x[0] + 0.002 * vx, x[1] + 0.002 * vy);
        });

        internal static readonly Kernel Measure = Kernel.Define("measure", k =>
        {
            Real[] x = k.Lane("x", 2);
            k.Sum("loss", x[0] * x[0] + x[1] * x[1]);
        });

        public static void Run(int frames, int elements, Precision precision)
        {
            Console.WriteLine($"{frames} frames, {elements} elements, {precision}");
            double plain = Time("forward, not recorded", new TapeOptions(), frames, elements, precision, false, false, 0);
            Time("recorded whole", new TapeOptions { MemoryBudget = long.MaxValue }, frames, elements, precision, true, false, plain);
            Time("recorded whole, gradient", new TapeOptions { MemoryBudget = long.MaxValue }, frames, elements, precision, true, true, plain);
            Time("logged, gradient by replay", new TapeOptions { MemoryBudget = 0, LogBudget = long.MaxValue }, frames, elements, precision, true, true, plain);
            Time("32 snapshots, gradient", new TapeOptions { MemoryBudget = 0, LogBudget = 0 }, frames, elements, precision, true, true, plain);
        }

        static double Time(string what, TapeOptions options, int frames, int elements, Precision precision, bool records, bool sweeps, double plain)
        {
            using var tape = new FrameTape(Executor.CreateDefault(), options) { IsRecording = records };
            using Buffer x = new Buffer("position", elements, 2, precision), v = new Buffer("velocity", elements, 2, precision), force = new Buffer("force", elements, 2, precision);
            using Buffer stiffness = new Buffer("stiffness", elements, 1, precision), damping = new Buffer("damping", 1, 1, precision), loss = new Buffer("loss", 1, 1, precision);
            using IndexBuffer first = new IndexBuffer("first", elements), second = new IndexBuffer("second", elements);
            Span<int> a = first.Indices, b = second.Indices;
            for (int e = 0; e < elements; e++) (a[e], b[e]) = (e, (e + 1) % elements);
            Launch[] step =
            {
                new Launch(ClearForce, elements).Bind("force", force),
                new Launch(SpringForce, elements).Bind("xa", x).Bind("xb", x).Bind("va", v).Bind("vb", v).Bind("stiffness", stiffness).Bind("damping", damping)
                    .Bind("fa", force).Bind("fb", force).BindIndex("a", first).BindIndex("b", second),
                new Launch(Move, elements).Bind("x", x).Bind("v", v).Bind("f", force),
                new Launch(Measure, elements).Bind("x", x).Bind("loss", loss),
            };
            double best = double.MaxValue;
            long allocated = 0;
            for (int run = 0; run < 5; run++)
            {
                tape.Clear();
                tape.ZeroGradients();
                loss.Clear();
                v.Clear();
                damping[0] = 0.2;
                for (int e = 0; e < elements; e++)
                {
                    x[e, 0] = Math.Cos(2 * Math.PI * e / elements) * elements / 12;
                    x[e, 1] = Math.Sin(2 * Math.PI * e / elements) * elements / 12;
                    stiffness[e] = 30 + e % 7;
                }
                long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
                for (int f = 0; f < frames; f++)
                {
                    tape.BeginFrame();
                    foreach (Launch launch in step) tape.Run(launch);
                    tape.EndFrame();
                }
                if (sweeps) tape.Backward(loss);
                double time = (Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency;
                best = Math.Min(best, time);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            string ratio = plain > 0 ? $"{best / plain,6:F2} x" : "        ";
            Console.WriteLine($"{what,-28} {best * 1e3,9:F1} ms {ratio}  {allocated} bytes allocated; {(records ? tape.Report.ToString() : "")}");
            return best;
        }
    }
}
