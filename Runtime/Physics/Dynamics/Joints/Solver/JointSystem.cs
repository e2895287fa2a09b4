using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The linear system of all joints' impulses: (S + B K) x = b, factored once for the modes of its rows and solved for as many right
    /// sides as wanted. There is one that is run on the tape, and one on which modes are tried.
    /// </summary>
    internal sealed class JointSystem
    {
        private readonly Dictionary<string, Buffer> bySlot = new Dictionary<string, Buffer>();
        private readonly BlockMatrix matrix;
        private readonly BlockFactorization factor;
        private readonly BlockSolve solve;
        private readonly bool hasLoops, isOnTape;
        private readonly FrameTape tape;
        private readonly Launch weigh, spread, lack, refine, apply, applyPush, begin, judge;

        public JointSystem(JointKernelLibrary kernels, JointBuffers joints, BodyBuffers bodies, EliminationOrder order, (int a, int b)[] ends, Buffer impulse, FrameTape tape, bool isOnTape)
        {
            this.tape = tape;
            this.isOnTape = isOnTape;
            int size = kernels.Size, count = order.JointCount, worlds = bodies.Worlds;
            Precision precision = joints.Rows.Precision;
            matrix = new BlockMatrix(kernels.Blocks, order, worlds, precision, tape.Executor);
            bySlot.Add("blocks", matrix.Blocks);
            Modes = New("modes", count, RowLaw.ModeSize * size);
            Laws = New("laws", count, RowLaw.Size * size);
            Right = New("right", count, size);
            Step = New("step", count, size);
            Total = New("total", count, size);
            Pushes = New("pushes", count, size);
            Judged = New("judged", count, JointKernels.JudgedPerRow * size);
            bySlot.Add("impulse", impulse);

            JointLanes all = new JointLanes(count, worlds).With("a", lane => ends[lane].a).With("b", lane => ends[lane].b);
            begin = all.Launch(kernels.Begin, bodies, Find);
            lack = all.Launch(kernels.Lack, bodies, Find);
            refine = all.Launch(kernels.Refine, bodies, Find);
            hasLoops = order.HasLoops;
            apply = all.Launch(kernels.Apply, bodies, Find);
            applyPush = all.Launch(kernels.Apply, bodies, slot => slot.StartsWith("impulse", StringComparison.Ordinal) ? bodies.Push : slot == "total" ? Pushes : Find(slot));
            judge = all.Launch(kernels.Judge, bodies, Find);
            weigh = all.Launch(kernels.Weigh, bodies, Find);
            if (order.Pairs.Count > 0)
            {
                spread = new JointLanes(order.Pairs.Count, worlds).With("first", l => order.Pairs[l].first).With("second", l => order.Pairs[l].second)
                    .With("upper", l => order.Pairs[l].upper).With("lower", l => order.Pairs[l].lower)
                    .Launch(kernels.Spread, bodies, slot => slot == "upper" || slot == "lower" ? matrix.Blocks : slot.StartsWith("laws", StringComparison.Ordinal) ? Laws : Find(slot));
                spread.Disjoint = true; // blocks above and below the diagonal
            }

            factor = new BlockFactorization(matrix);
            solve = new BlockSolve(matrix, Right, Step);

            Buffer New(string name, int elements, int components)
            {
                var buffer = new Buffer("joint " + name, elements * worlds, components, precision);
                bySlot.Add(name, buffer);
                return buffer;
            }

            Buffer Find(string slot) => bySlot.TryGetValue(slot, out Buffer buffer) || bySlot.TryGetValue(slot.TrimEnd('A', 'B'), out buffer)
                ? buffer : joints.Find(slot);
        }

        public Buffer Modes { get; }

        public Buffer Laws { get; }

        public Buffer Right { get; }

        public Buffer Step { get; }

        public Buffer Total { get; }

        public Buffer Pushes { get; }

        public Buffer Judged { get; }

        /// <summary>Sets out from the impulses of the substep before.</summary>
        public void Begin() => Run(begin);

        /// <summary>Laws and factors for the modes that are set.</summary>
        public void Factor()
        {
            Run(weigh);
            if (spread != null) Run(spread);
            Run(factor);
        }

        /// <summary>Finds what impulses the laws lack, and gives them to the bodies.</summary>
        public void SolveVelocities()
        {
            Run(lack);
            Run(solve);
            Run(apply);
            if (!hasLoops) return;
            Run(refine);
            Run(solve);
            Run(apply);
        }

        /// <summary>Solves for the pushes that bring hard rows to where they are held; the right side has been written.</summary>
        public void SolvePositions()
        {
            Run(solve);
            Run(applyPush);
        }

        /// <summary>Writes what modes are picked from, which no recording needs.</summary>
        public void Judge() => judge.Run(tape.Executor);

        public void Dispose()
        {
            foreach (KeyValuePair<string, Buffer> pair in bySlot)
                if (pair.Key != "impulse" && pair.Key != "blocks") pair.Value.Dispose();
            matrix.Dispose();
        }

        private void Run(Launch launch)
        {
            if (isOnTape) tape.Run(launch);
            else launch.Run(tape.Executor);
        }

        private void Run(TapeOperation operation)
        {
            if (isOnTape) tape.Run(operation);
            else operation.Forward();
        }
    }
}
