using System;
using BenchmarkDotNet.Attributes;
using DiffPhysics.Autodiff;

// The package's Buffer, not the one of System.
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks.Lowering;

/// <summary>Time for one element of a function of each family, lowered and compiled, with data in cache.</summary>
public class Transcendentals
{
    const int Elements = 4096;

    static readonly (string Name, Func<Real, Real, Real> Formula)[] Functions =
    [
        ("exp", (x, _) => Real.Exp(x)),
        ("log", (x, _) => Real.Log(x)),
        ("pow", Real.Pow),
        ("sin and cos", (x, _) => Real.Sin(x) + Real.Cos(x)),
        ("atan2", Real.Atan2),
        ("tanh", (x, _) => Real.Tanh(x)),
        ("hypot", (x, y) => Real.Hypot(x, y)),
    ];

    readonly Executor executor = Executor.CreateDefault();
    Launch launch;
    Buffer x, y, result;

    public static string[] Names => Array.ConvertAll(Functions, f => f.Name);

    [ParamsSource(nameof(Names))]
    public string Function { get; set; }

    [Params(Precision.Float, Precision.Double)]
    public Precision Precision { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Func<Real, Real, Real> formula = Array.Find(Functions, f => f.Name == Function).Formula;
        Kernel kernel = Kernel.Define(Function, k => k.Store("result", formula(k.Lane("x"), k.Lane("y"))));
        x = new Buffer("x", Elements, 1, Precision);
        y = new Buffer("y", Elements, 1, Precision);
        result = new Buffer("result", Elements, 1, Precision);
        var random = new Random(1);
        for (int n = 0; n < Elements; n++) (x[n], y[n]) = (0.05 + 0.9 * random.NextDouble(), 0.05 + 0.9 * random.NextDouble());
        launch = new Launch(kernel, Elements).Bind("x", x).Bind("y", y).Bind("result", result).Prepare(executor);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        x.Dispose();
        y.Dispose();
        result.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Elements)]
    public void Run() => launch.Run(executor);
}
