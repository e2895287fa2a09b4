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
        private readonly Dictionary<(string, LastingLayout), Kernel> byLayout = new Dictionary<(string, LastingLayout), Kernel>();
        private readonly Dictionary<int, Kernel> zeros = new Dictionary<int, Kernel>();
        private readonly MaterialRules rules;
        private readonly double errorReduction, slop, part;

        public KernelLibrary(WorldOptions options, bool jointed)
        {
            rules = new MaterialRules(options.FrictionRule, options.RestitutionRule, options.ResistanceRule);
            errorReduction = options.ErrorReduction;
            slop = options.LinearSlop;
            part = options.Symplectic ? 1 : 0.5;
            Flight = FlightKernel.Trace(options.Symplectic, jointed);
            BeginLasting = LastingKernels.Begin(jointed);
        }

        public Kernel Flight { get; }

        public Kernel GivenForces { get; } = FlightKernel.Given();

        public Kernel BeginLasting { get; }

        public Kernel ApplyImpacts { get; } = EventKernels.Apply();

        public Kernel GatherImpulses { get; } = LastingKernels.Gather();

        public Kernel FinishLasting { get; } = LastingKernels.Finish();

        public Kernel Finish { get; } = FlightKernel.Finish();

        public Kernel Probe(ManifoldSignature s) => Get("probe", s.Bare, EventKernels.Probe);

        public Kernel Weigh(ManifoldSignature s) => Get("weigh", s.Hard, x => EventKernels.Weigh(x, rules));

        public Kernel Impact(ManifoldSignature s) => Get("impact", s.Hard, x => EventKernels.Impact(x, rules));

        public Kernel Prepare(ManifoldSignature s) => Get("prepare", s, x => LastingKernels.Prepare(x, rules));

        public Kernel Velocity(LastingLayout layout) => Get("velocity", layout, x => LastingKernels.Velocity(x, SweepsPerLaunch, part));

        public Kernel Shift(LastingLayout layout) => Get("shift", layout, x => LastingKernels.Shift(x, part));

        public Kernel Target(LastingLayout layout) => Get("target", layout, x => LastingKernels.Target(x, errorReduction, slop, part));

        public Kernel Position(LastingLayout layout) => Get("position", layout, x => LastingKernels.Position(x, SweepsPerLaunch));

        public Kernel Keep(LastingLayout layout) => Get("keep", layout, LastingKernels.Keep);

        /// <summary>Sets a buffer to zero.</summary>
        public Kernel Zero(int components)
        {
            if (!zeros.TryGetValue(components, out Kernel kernel)) zeros.Add(components, kernel = Kernel.Define("zero", k => k.Store("target", Zeros(components))));
            return kernel;
        }

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

        private Kernel Get(string name, LastingLayout layout, Func<LastingLayout, Kernel> trace)
        {
            if (!byLayout.TryGetValue((name, layout), out Kernel kernel)) byLayout.Add((name, layout), kernel = trace(layout));
            return kernel;
        }
    }
}
