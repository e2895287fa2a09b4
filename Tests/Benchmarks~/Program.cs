using BenchmarkDotNet.Running;
using DiffPhysics.Benchmarks;

if (args.Length == 3 && args[0] == "compare-spring") SpringComparison.Run(args[1], args[2]);
else BenchmarkSwitcher.FromAssembly(typeof(SpringBenchmarks).Assembly).Run(args);
