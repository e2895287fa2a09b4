using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The kernels of a world, traced when first needed.</summary>
    internal sealed class KernelLibrary
    {
        // A manifold alone should come out settled: its points pull at each other more than at other manifolds, and this costs no launch.
        private const int SweepsPerLaunch = 6;
        private readonly Dictionary<(string, ManifoldSignature), Kernel> bySignature = new Dictionary<(string, ManifoldSignature), Kernel>();
        private readonly Dictionary<(string, int), Kernel> byPoints = new Dictionary<(string, int), Kernel>();
        private readonly MaterialRules rules;
        private readonly double pushOut, slop;

        public KernelLibrary(WorldOptions options, bool jointed)
        {
            rules = new MaterialRules(options.FrictionRule, options.RestitutionRule);
            pushOut = options.PushOut;
            slop = options.AllowedOverlap;
            Flight = FlightKernel.Trace(options.Symplectic, jointed);
        }

        public Kernel Flight { get; }

        public Kernel GivenForces { get; } = FlightKernel.Given();

        public Kernel BeginLasting { get; } = LastingKernels.Begin();

        public Kernel ApplyImpacts { get; } = EventKernels.Apply();

        public Kernel GatherImpulses { get; } = LastingKernels.Gather();

        public Kernel FinishLasting { get; } = LastingKernels.Finish();

        public Kernel Finish { get; } = FlightKernel.Finish();

        public Kernel Probe(ManifoldSignature s) => Get("probe", s, EventKernels.Probe);

        public Kernel Weigh(ManifoldSignature s) => Get("weigh", s, x => EventKernels.Weigh(x, rules));

        public Kernel Impact(ManifoldSignature s) => Get("impact", s, x => EventKernels.Impact(x, rules));

        public Kernel Prepare(ManifoldSignature s) => Get("prepare", s, x => LastingKernels.Prepare(x, rules));

        public Kernel Velocity(int points) => Get("velocity", points, p => LastingKernels.Velocity(p, SweepsPerLaunch));

        public Kernel Shift(int points) => Get("shift", points, LastingKernels.Shift);

        public Kernel Target(int points) => Get("target", points, p => LastingKernels.Target(p, pushOut, slop));

        public Kernel Position(int points) => Get("position", points, p => LastingKernels.Position(p, SweepsPerLaunch));

        public Kernel Keep(int points) => Get("keep", points, LastingKernels.Keep);

        /// <summary>Sets a buffer to zero.</summary>
        public Kernel Zero(int components) => Get("zero", components, n => Kernel.Define("zero", k => k.Store("target", Zeros(n))));

        private static Real[] Zeros(int count)
        {
            var zeros = new Real[count];
            for (int c = 0; c < count; c++) zeros[c] = 0;
            return zeros;
        }

        private Kernel Get(string name, ManifoldSignature signature, Func<ManifoldSignature, Kernel> trace)
        {
            if (!bySignature.TryGetValue((name, signature), out Kernel kernel)) bySignature.Add((name, signature), kernel = trace(signature));
            return kernel;
        }

        private Kernel Get(string name, int points, Func<int, Kernel> trace)
        {
            if (!byPoints.TryGetValue((name, points), out Kernel kernel)) byPoints.Add((name, points), kernel = trace(points));
            return kernel;
        }
    }
}
