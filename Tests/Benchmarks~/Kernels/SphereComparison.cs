using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks
{
    /// <summary>
    /// 4,096 worlds of a sphere with penalty contact, 1,000 steps: the step as one kernel on the frame tape beside hand-written C++
    /// (spheres.cpp, a shared library), by turns in one process. Worlds go in blocks, each through the whole rollout and back.
    /// </summary>
    static unsafe class SphereComparison
    {
        const int Worlds = 4096, Steps = 1000, Rounds = 31;
        const double Radius = 0.1, Mass = 1, Inertia = 0.4 * Mass * Radius * Radius, Gravity = 9.81, Dt = 1e-3, Damping = 5, Slip = 0.5;
        static readonly double[] Weights = { 1, 0.5, 0.25 };

        // pen = r - z, fn = max(0, k pen - c vz) while pen > 0; the force at the contact is (-h t, fn), h = mu fn / sqrt(t.t + eps^2).
        static readonly Kernel Step = Kernel.Define("sphere step", k =>
        {
            Real3 x = k.Lane3("x"), v = k.Lane3("v");
            Real2 w = k.Lane2("w");
            Real stiffness = k.Lane("stiffness"), friction = k.Lane("friction");
            Real depth = Radius - x.Z, push = stiffness * depth - Damping * v.Z;
            Real fn = Real.Select(depth > 0 & push > 0, push, 0);
            Real tx = v.X - Radius * w.Y, ty = v.Y + Radius * w.X;
            Real h = friction * fn * (1 / Real.Sqrt(tx * tx + ty * ty + Slip * Slip));
            Real fx = -h * tx, fy = -h * ty;
            v = new Real3(v.X + Dt / Mass * fx, v.Y + Dt / Mass * fy, v.Z + Dt * (fn / Mass - Gravity));
            k.Store("x", x.X + Dt * v.X, x.Y + Dt * v.Y, x.Z + Dt * v.Z);
            k.Store("v", v.X, v.Y, v.Z);
            k.Store("w", w.X + Dt / Inertia * Radius * fy, w.Y - Dt / Inertia * Radius * fx);
        }, KernelRounding.FuseMultiplyAdd);

        /// <summary>Prints medians and ratios; the arguments are the libraries for float and for double.</summary>
        public static void Run(string floatLibrary, string doubleLibrary)
        {
            Console.WriteLine($"{"",-38}{"C++",10}{"ours",10}{"ratio",10}   ns per sphere and step, medians of {Rounds} rounds by turns");
            foreach (Precision precision in new[] { Precision.Float, Precision.Double })
                foreach (int block in new[] { 64, 128 }) Compare(precision, precision == Precision.Float ? floatLibrary : doubleLibrary, block);
        }

        static void Compare(Precision precision, string library, int block)
        {
            IntPtr handle = NativeLibrary.Load(library);
            ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(handle, "prepare"))(Steps);
            var forward = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(handle, "forward");
            var gradient = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(handle, "gradient");
            using var ours = new Spheres(precision, block);
            int[] blocks = { 32, 64, 128 }; // of the C++, whose best counts
            var theirs = new[] { new Times(), new Times(), new Times(), new Times(), new Times(), new Times() };
            Times ourForward = new Times(), ourGradient = new Times();
            for (int k = 0; k < 6; k++) // the runtime compiles what is called often once more, in the background, after a pause
            {
                for (int run = 0; run < 4; run++) ours.Run(run % 2 == 0);
                System.Threading.Thread.Sleep(120);
            }
            for (int round = 0; round < Rounds; round++)
            {
                for (int k = 0; k < 3; k++) theirs[k].Add(() => forward(blocks[k]));
                ourForward.Add(() => ours.Run(false));
                for (int k = 0; k < 3; k++) theirs[3 + k].Add(() => gradient(blocks[k]));
                ourGradient.Add(() => ours.Run(true));
            }
            Print($"{precision}, {block} worlds a block, forward", theirs.AsSpan(0, 3), ourForward);
            Print($"{precision}, {block} worlds a block, gradient", theirs.AsSpan(3, 3), ourGradient);
            double[] by = new double[3];
            fixed (double* sums = by) ((delegate* unmanaged<double*, void>)NativeLibrary.GetExport(handle, "sums"))(sums);
            ours.Run(true);
            Console.WriteLine($"   gradient sums by v0, stiffness, friction: C++ {string.Join(" ", by)}, ours {string.Join(" ", ours.Sums)}; allocated {ours.Allocated} bytes");
        }

        static void Print(string what, ReadOnlySpan<Times> theirs, Times ours)
        {
            double best = double.MaxValue;
            foreach (Times each in theirs) best = Math.Min(best, each.Median);
            Console.WriteLine($"{what,-38}{best,10:F3}{ours.Median,10:F3}{ours.Median / best,10:F2}");
        }

        /// <summary>Times per sphere and step, in nanoseconds.</summary>
        sealed class Times
        {
            readonly List<double> times = new List<double>();

            public void Add(Action action)
            {
                long start = Stopwatch.GetTimestamp();
                action();
                times.Add((Stopwatch.GetTimestamp() - start) * 1e9 / Stopwatch.Frequency / Steps / Worlds);
            }

            public double Median
            {
                get
                {
                    times.Sort();
                    return times[times.Count / 2];
                }
            }
        }

        /// <summary>All spheres, a block of worlds at a time on one tape.</summary>
        sealed class Spheres : IDisposable
        {
            readonly double[][] initial = new double[10][];
            readonly FrameTape tape = new FrameTape(new JitExecutor());
            readonly Buffer x0, v0, w0, x, v, w, stiffness, friction;
            readonly Rollout rollout;
            readonly int block;
            readonly double[] numbers;

            public double[] Sums { get; } = new double[3];

            public long Allocated { get; private set; }

            public Spheres(Precision precision, int block)
            {
                this.block = block;
                numbers = new double[block];
                Buffer State(string name, int components) => new Buffer(name, 1, components, precision, block);
                (x0, v0, w0, x, v, w) = (State("x0", 3), State("v0", 3), State("w0", 2), State("x", 3), State("v", 3), State("w", 2));
                (stiffness, friction) = (State("stiffness", 1), State("friction", 1));
                Launch step = new Launch(Step, 1).Bind("x", x).Bind("v", v).Bind("w", w).Bind("stiffness", stiffness).Bind("friction", friction);
                rollout = new Rollout(tape.Executor, step, Steps).Start("x", x0).Start("v", v0).Start("w", w0);
                for (int k = 0; k < initial.Length; k++) initial[k] = new double[Worlds];
                for (int b = 0; b < Worlds; b++)
                {
                    double u = Fraction(0.6180339887 * (b + 1)), r = Fraction(0.7548776662 * (b + 1)), q = Fraction(0.5698402910 * (b + 1));
                    double[] values = { 0, 0, 0.3 + 0.2 * u, 1 + 2 * r, q - 0.5, -1 - u, 5 * (r - 0.5), 5 * (q - 0.5), 2000 * (0.8 + 0.4 * q), 0.3 + 0.4 * r };
                    for (int k = 0; k < values.Length; k++) initial[k][b] = values[k];
                }
            }

            public void Run(bool sweeps)
            {
                Array.Clear(Sums);
                long before = GC.GetAllocatedBytesForCurrentThread();
                tape.IsRecording = sweeps;
                for (int from = 0; from < Worlds; from += block)
                {
                    int k = 0;
                    foreach (Buffer buffer in new[] { x0, v0, w0, stiffness, friction })
                        for (int c = 0; c < buffer.Components; c++) buffer.CopyFrom(initial[k++].AsSpan(from, block), c);
                    if (!sweeps)
                    {
                        tape.Run(rollout);
                        continue;
                    }
                    tape.Clear();
                    tape.ZeroGradients();
                    tape.BeginFrame();
                    tape.Run(rollout);
                    tape.EndFrame();
                    Buffer seed = tape.Seed(x);
                    for (int c = 0; c < 3; c++)
                        for (int world = 0; world < block; world++) seed[0, c, world] = Weights[c];
                    tape.Backward(false);
                    Add(0, tape.Gradient(v0));
                    Add(1, tape.Gradient(stiffness));
                    Add(2, tape.Gradient(friction));
                }
                Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            void Add(int sum, Buffer gradient)
            {
                for (int c = 0; c < gradient.Components; c++)
                {
                    gradient.CopyTo(numbers, c);
                    foreach (double number in numbers) Sums[sum] += number;
                }
            }

            static double Fraction(double a) => a - Math.Floor(a);

            public void Dispose()
            {
                tape.Dispose();
                rollout.Dispose();
                foreach (Buffer buffer in new[] { x0, v0, w0, x, v, w, stiffness, friction }) buffer.Dispose();
            }
        }
    }
}
