using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A kernel as a <see cref="Rollout"/> repeats it over a block: where each of its channels stands, and which move on with each repetition.
    /// </summary>
    sealed unsafe class RolloutStage
    {
        enum Kind : byte
        {
            Row,
            Kept,
        }

        readonly RolloutRows rows;
        readonly CompiledKernel compiled;
        readonly Kind[] kinds;
        readonly bool[] moves; // per channel: whether it goes on with each repetition
        readonly int[] places; // row; number among those kept

        RolloutStage(Executor executor, RolloutRows rows, Kernel kernel, Func<Channel, (Kind, int)> placeOf)
        {
            this.rows = rows;
            IsEmpty = kernel == null;
            if (kernel == null) return;
            int inputs = kernel.Inputs.Count, channels = inputs + kernel.Outputs.Count;
            var access = new ChannelAccess[channels];
            kinds = new Kind[channels];
            places = new int[channels];
            moves = new bool[channels];
            for (int k = 0; k < channels; k++)
            {
                Channel channel = k < inputs ? kernel.Inputs[k] : kernel.Outputs[k - inputs];
                access[k] = k < inputs ? ChannelAccess.Contiguous : kernel.SlotArray[channel.Slot].Writes == Writing.Accumulate ? ChannelAccess.Accumulate : ChannelAccess.Store;
                (kinds[k], places[k]) = placeOf(channel);
                moves[k] = kinds[k] == Kind.Kept;
            }
            var group = new int[channels];
            var place = new long[channels];
            for (int k = 0; k < channels; k++) (group[k], place[k]) = ((int)kinds[k], places[k] * (kinds[k] == Kind.Row ? rows.RowBytes : rows.KeptRowBytes));
            compiled = executor.Compiled(kernel.ProgramFor(rows.Step.Precision), access, new ChannelLayout(group, place));
            rows.NeedScratch(compiled.ScratchBytes);
        }

        /// <summary>Whether there is nothing to do.</summary>
        public bool IsEmpty { get; }

        /// <summary>The step itself.</summary>
        public static RolloutStage Plain(Executor executor, RolloutRows rows) =>
            new RolloutStage(executor, rows, rows.Step.Kernel, channel => Value(rows, channel));

        /// <summary>
        /// The step, which leaves what its adjoint will read of the state that it overwrites: what flows goes on to the rows of the next
        /// repetition, what is added to is written down.
        /// </summary>
        public static RolloutStage Saving(Executor executor, RolloutRows rows)
        {
            int slots = rows.Step.Kernel.SlotArray.Length;
            var keptAs = new List<int>(); // for each slot beyond the kernel's
            Kernel saving = WithKept(rows, keptAs);
            return new RolloutStage(executor, rows, saving, channel =>
                channel.Slot >= slots ? (Kind.Kept, keptAs[channel.Slot - slots])
                : rows.Flows(channel.Slot) && rows.KeptRow(channel.Slot, channel.Component) >= 0 ? (Kind.Kept, rows.KeptRow(channel.Slot, channel.Component))
                : Value(rows, channel));
        }

        /// <summary>The adjoint, which finds in the rows of derivatives the cotangents after the step and leaves there those before it.</summary>
        public static RolloutStage Adjoint(Executor executor, RolloutRows rows)
        {
            AdjointKernel adjoint = rows.Step.Kernel.Adjoint;
            return new RolloutStage(executor, rows, adjoint.Adjoint, channel =>
            {
                int value = Array.IndexOf(adjoint.ValueSlots, channel.Slot);
                if (value < 0) return (Kind.Row, rows.DerivativeRow(Array.IndexOf(adjoint.BarSlots, channel.Slot)) + channel.Component);
                return rows.IsState(value) ? (Kind.Kept, rows.KeptRow(value, channel.Component)) : Value(rows, new Channel(value, channel.Component));
            });
        }

        /// <summary>The tangent of the step, to be run before it.</summary>
        public static RolloutStage Tangent(Executor executor, RolloutRows rows)
        {
            TangentKernel tangent = rows.Step.Kernel.Tangent;
            return new RolloutStage(executor, rows, tangent.Tangent, channel =>
            {
                int value = Array.IndexOf(tangent.ValueSlots, channel.Slot);
                return value >= 0 ? Value(rows, new Channel(value, channel.Component))
                    : (Kind.Row, rows.DerivativeRow(Array.IndexOf(tangent.DotSlots, channel.Slot)) + channel.Component);
            });
        }

        /// <summary>Runs repetitions from one (included) to another (excluded), up or down.</summary>
        public void Run(in RolloutBlock block, int from, int to)
        {
            int channels = kinds.Length;
            byte** pointers = stackalloc byte*[channels];
            for (int k = 0; k < channels; k++)
                pointers[k] = kinds[k] == Kind.Row ? block.Memory + places[k] * rows.RowBytes
                    : block.Trajectory + from * rows.KeptBytes + places[k] * rows.KeptRowBytes;
            var arguments = new LaneArguments { Pointers = pointers, Scratch = block.Memory + 2 * rows.Rows * rows.RowBytes };
            long lanes = (block.Lanes + 15) / 16 * 16; // whole vectors: rows are as long
            compiled.Current.Repeat(arguments, lanes, Math.Abs(to - from), moves, from < to ? rows.KeptBytes : -rows.KeptBytes);
        }

        static (Kind, int) Value(RolloutRows rows, Channel channel) => (Kind.Row, rows.ValueRow(channel.Slot) + channel.Component);

        // The kernel with one more slot for each number that is kept: where it flows to, or where it is stored as it was read.
        static Kernel WithKept(RolloutRows rows, List<int> keptAs)
        {
            Kernel kernel = rows.Step.Kernel;
            var parts = new KernelParts();
            foreach (KernelSlot slot in kernel.SlotArray) parts.AddSlot(slot.Name, slot);
            foreach (Channel input in kernel.Inputs) parts.AddInput(input);
            int[] copy = GraphCopy.Into(parts.Graph, kernel.Function);
            for (int k = 0; k < kernel.Outputs.Count; k++)
            {
                Channel output = kernel.Outputs[k];
                int node = copy[kernel.Function.Outputs[k]], kept = rows.KeptRow(output.Slot, output.Component);
                if (kept >= 0 && rows.Flows(output.Slot)) AddKept(output, "next", rows.Kept + kept, node);
                else parts.AddOutput(output, node, kernel.SlotArray[output.Slot].Writes);
            }
            for (int k = 0; k < kernel.Inputs.Count; k++)
            {
                Channel input = kernel.Inputs[k];
                int kept = rows.KeptRow(input.Slot, input.Component);
                if (kept >= 0 && !rows.Flows(input.Slot)) AddKept(input, "kept", kept, parts.Graph.Input(k));
            }
            Kernel saving = parts.Build(kernel.Name, kernel.Site);
            saving.Rounding = kernel.Rounding;
            return saving;

            void AddKept(Channel channel, string name, int row, int node)
            {
                keptAs.Add(row);
                int slot = parts.AddSlot($"{kernel.SlotArray[channel.Slot].Name} {channel.Component} {name}", new KernelSlot("", 1, Addressing.Lane, null));
                parts.AddOutput(new Channel(slot, 0), node, Writing.Store);
            }
        }
    }
}
