using System;
using BenchmarkDotNet.Attributes;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks
{
    /// <summary>The spring kernel by both executors; divide by <see cref="Elements"/> for time per element.</summary>
    public class SpringBenchmarks
    {
        Launch forward, adjoint, loops;
        Executor jit, loop;

        [Params(512, 8192)] public int Elements;

        [Params(Precision.Float, Precision.Double)] public Precision Precision;

        [GlobalSetup]
        public void Setup()
        {
            jit = new JitExecutor();
            loop = new LoopExecutor();
            forward = SpringKernel.Launch(SpringKernel.Forward, Elements, Precision).Prepare(jit);
            adjoint = SpringKernel.Launch(SpringKernel.Adjoint, Elements, Precision).Prepare(jit);
            loops = SpringKernel.Launch(SpringKernel.Forward, Elements, Precision).Prepare(loop);
        }

        [Benchmark(Baseline = true)] public void Forward() => forward.Run(jit);

        [Benchmark] public void Adjoint() => adjoint.Run(jit);

        [Benchmark] public void ForwardByLoops() => loops.Run(loop);
    }

    /// <summary>From a definition to the first results: trace, simplify, lower, emit, compile, run.</summary>
    public class CompileBenchmarks
    {
        int serial;

        [Params(100, 1000)] public int Operations;

        [Benchmark]
        public void FirstLaunch()
        {
            Kernel kernel = LongKernel.Define(Operations, 1 + 1e-9 * ++serial);
            using var x = new Buffer("x", 64);
            using var y = new Buffer("y", 64);
            new Launch(kernel, 64).Bind("x", x).Bind("y", y).Run(new JitExecutor());
        }
    }

    /// <summary>Time per operation must not grow with the size of a kernel; divide by <see cref="Operations"/>.</summary>
    public class LongKernelBenchmarks
    {
        readonly JitExecutor executor = new JitExecutor();
        Launch launch;

        [Params(500, 5000)] public int Operations;

        [GlobalSetup]
        public void Setup() => launch = new Launch(LongKernel.Define(Operations, 1.01), 1024)
            .Bind("x", new Buffer("x", 1024)).Bind("y", new Buffer("y", 1024)).Prepare(executor);

        [Benchmark] public void Run() => launch.Run(executor);
    }

    static class LongKernel
    {
        /// <summary>A formula of many additions and multiplications, each on results of up to 20 operations ago.</summary>
        public static Kernel Define(int operations, double factor) => Kernel.Define("long", k =>
        {
            var values = new Real[operations + 2];
            (values[0], values[1]) = (k.Lane("x"), factor);
            var random = new Random(3);
            for (int n = 2; n < values.Length; n++)
            {
                Real a = values[n - 1], b = values[random.Next(Math.Max(0, n - 20), n)];
                values[n] = n % 2 == 0 ? a + b * 0.5 : a * 0.5 - b;
            }
            k.Store("y", values[^1]);
        });
    }
}
