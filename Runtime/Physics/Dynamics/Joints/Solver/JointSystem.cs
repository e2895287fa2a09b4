using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The linear system of all joints' impulses: (S + B K) x = b, factored once for the modes of its rows and solved for as many right
    /// sides as wanted. There is one that the tape records, and one on which modes are tried.
    /// </summary>
    internal sealed class JointSystem
    {
        private readonly Dictionary<string, Buffer> bySlot = new Dictionary<string, Buffer>();
        private readonly List<Launch> factor = new List<Launch>(), solve = new List<Launch>();
        private readonly bool hasLoops;
        private readonly Launch zeroBlocks, lack, refine, apply, applyPush, begin, judge;

        public JointSystem(JointKernelLibrary kernels, JointBuffers joints, BodyBuffers bodies, EliminationOrder order, (int a, int b)[] ends, Buffer impulse)
        {
            int size = kernels.Size, count = ends.Length, worlds = bodies.Worlds;
            Precision precision = joints.Rows.Precision;
            Modes = New("modes", count, RowLaw.ModeSize * size);
            Laws = New("laws", count, RowLaw.Size * size);
            Blocks = New("blocks", order.BlockCount, size * size);
            New("inverses", count, size * size);
            New("scaled", order.BlockCount, size * size);
            New("aside", order.BlockCount, size * size);
            New("half", count, size);
            Right = New("right", count, size);
            Step = New("step", count, size);
            Total = New("total", count, size);
            Pushes = New("pushes", count, size);
            Judged = New("judged", count, JointKernels.JudgedPerRow * size);
            bySlot.Add("impulse", impulse);

            JointLanes all = new JointLanes(count, worlds).With("a", lane => ends[lane].a).With("b", lane => ends[lane].b);
            zeroBlocks = new JointLanes(order.BlockCount, worlds).Launch(kernels.Zero(size * size), bodies, _ => Blocks);
            begin = all.Launch(kernels.Begin, bodies, Find);
            lack = all.Launch(kernels.Lack, bodies, Find);
            refine = all.Launch(kernels.Refine, bodies, Find);
            hasLoops = order.HasLoops;
            apply = all.Launch(kernels.Apply, bodies, Find);
            applyPush = all.Launch(kernels.Apply, bodies, slot => slot.StartsWith("impulse", StringComparison.Ordinal) ? bodies.Push : slot == "total" ? Pushes : Find(slot));
            judge = all.Launch(kernels.Judge, bodies, Find);
            Factor();
            Substitute();

            Buffer New(string name, int elements, int components)
            {
                var buffer = new Buffer("joint " + name, elements * worlds, components, precision);
                bySlot.Add(name, buffer);
                return buffer;
            }

            Buffer Find(string slot) => bySlot.TryGetValue(slot, out Buffer buffer) || bySlot.TryGetValue(slot.TrimEnd('A', 'B'), out buffer)
                ? buffer : joints.Find(slot);

            void Factor()
            {
                factor.Add(all.Launch(kernels.Weigh, bodies, Find));
                var seen = new HashSet<int>();
                List<Coupling> couplings = order.Couplings.FindAll(c => seen.Add(c.Block));
                if (couplings.Count > 0)
                    factor.Add(new JointLanes(couplings.Count, worlds).With("first", l => couplings[l].First).With("block", l => couplings[l].Block)
                        .With("coupling", l => couplings[l].Block - count).Launch(kernels.Spread, bodies, Find));
                foreach (EliminationLevel level in order.Levels)
                {
                    factor.Add(new JointLanes(level.Pivots.Count, worlds).With("pivot", l => level.Pivots[l]).Launch(kernels.Invert, bodies, Find));
                    if (level.Edges.Count == 0) continue;
                    factor.Add(new JointLanes(level.Edges.Count, worlds).With("pivot", l => level.Edges[l].pivot).With("lower", l => level.Edges[l].lower)
                        .With("upper", l => level.Edges[l].upper).Launch(kernels.Scale, bodies, slot => slot == "below" ? Blocks : Find(slot)));
                    factor.Add(new JointLanes(level.Updates.Count, worlds).With("lower", l => level.Updates[l].lower).With("upper", l => level.Updates[l].upper)
                        .With("target", l => level.Updates[l].target).Launch(kernels.Eliminate, bodies, Find));
                }
            }

            void Substitute()
            {
                var back = new List<Launch>();
                foreach (EliminationLevel level in order.Levels)
                {
                    JointLanes pivots = new JointLanes(level.Pivots.Count, worlds).With("pivot", l => level.Pivots[l]);
                    solve.Add(pivots.Launch(kernels.Solve, bodies, Find));
                    back.Insert(0, pivots.Launch(kernels.Finish, bodies, Find));
                    if (level.Edges.Count == 0) continue;
                    JointLanes edges = new JointLanes(level.Edges.Count, worlds).With("pivot", l => level.Edges[l].pivot).With("target", l => level.Edges[l].other)
                        .With("lower", l => level.Edges[l].lower).With("upper", l => level.Edges[l].upper);
                    solve.Add(edges.Launch(kernels.Forward, bodies, Find));
                    back.Insert(0, edges.Launch(kernels.Back, bodies, Find));
                }

                solve.AddRange(back);
            }
        }

        public Buffer Modes { get; }

        public Buffer Laws { get; }

        public Buffer Blocks { get; }

        public Buffer Right { get; }

        public Buffer Step { get; }

        public Buffer Total { get; }

        public Buffer Pushes { get; }

        public Buffer Judged { get; }

        /// <summary>Sets out from the impulses of the substep before.</summary>
        public void Begin(Action<Launch> run) => run(begin);

        /// <summary>Laws and factors for the modes that are set.</summary>
        public void Factor(Action<Launch> run)
        {
            run(zeroBlocks);
            foreach (Launch launch in factor) run(launch);
        }

        /// <summary>Finds what impulses the laws lack, and gives them to the bodies.</summary>
        public void SolveVelocities(Action<Launch> run)
        {
            run(lack);
            foreach (Launch launch in solve) run(launch);
            run(apply);
            if (!hasLoops) return;
            run(refine);
            foreach (Launch launch in solve) run(launch);
            run(apply);
        }

        /// <summary>Solves for the pushes that bring hard rows to where they are held; the right side has been written.</summary>
        public void SolvePositions(Action<Launch> run)
        {
            foreach (Launch launch in solve) run(launch);
            run(applyPush);
        }

        /// <summary>Writes what modes are picked from.</summary>
        public void Judge(Action<Launch> run) => run(judge);

        public void Dispose()
        {
            foreach (KeyValuePair<string, Buffer> pair in bySlot)
                if (pair.Key != "impulse") pair.Value.Dispose();
        }
    }
}
