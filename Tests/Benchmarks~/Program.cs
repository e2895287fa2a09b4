using BenchmarkDotNet.Running;
using DiffPhysics.Benchmarks;
using DiffPhysics.Benchmarks.Deformables;
using DiffPhysics.Benchmarks.Dynamics;
using DiffPhysics.Benchmarks.Joints;
using DiffPhysics.Benchmarks.Kinematics;

if (args.Length == 3 && args[0] == "compare-spring") SpringComparison.Run(args[1], args[2]);
else if (args.Length == 3 && args[0] == "compare-spheres") SphereComparison.Run(args[1], args[2]);
else if (args.Length > 0 && args[0] == "ik-survey") IkSurvey.Run(args.Length > 1 ? int.Parse(args[1]) : 10_000);
else if (args.Length > 0 && args[0] == "tape-survey") TapeSurvey.Run(1000, 10_000, args.Length > 1 && args[1] == "double" ? DiffPhysics.Autodiff.Precision.Double : DiffPhysics.Autodiff.Precision.Float);
else if (args.Length > 0 && args[0] == "launch-overhead") LaunchOverhead.Run();
else if (args.Length > 0 && args[0] == "independent-launches") IndependentLaunches.Run();
else if (args.Length > 0 && args[0] == "world-survey") WorldSurvey.Run(args[1..]);
else if (args.Length > 0 && args[0] == "sphere-worlds") SphereWorlds.Run();
else if (args.Length > 0 && args[0] == "cloth-survey") ClothSurvey.Run(args[1..]);
else if (args.Length > 0 && args[0] == "joint-survey") JointSurvey.Run(args[1..]);
else if (args.Length > 0 && args[0] == "heap") HeapAtRest.Run(args.Length > 1 ? int.Parse(args[1]) : 1000, args.Length > 2 ? double.Parse(args[2]) : 10, 0.005, 0.002);
else BenchmarkSwitcher.FromAssembly(typeof(SpringBenchmarks).Assembly).Run(args);
