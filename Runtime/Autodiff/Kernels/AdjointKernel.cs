using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The adjoint of a kernel, as a kernel: its slots are those slots of the original that it reads, under their names, and one slot of
    /// cotangents for each slot that the original reads or writes, under the name with a bar (<see cref="Bar"/>).
    /// </summary>
    /// <remarks>
    /// What happens to a slot's cotangents follows from what the kernel did to the slot:
    /// <code>
    /// read                      x            bar(x) += J' bar(y)
    /// stored                    y = f        bar(y) is read, then 0: what stood there before had no influence
    /// read and stored           x = f(x)     bar(x) = J' bar(x)
    /// added to                  y += f       bar(y) is read
    /// read and added to         x += f(x)    bar(x) += J' bar(x)
    /// </code>
    /// Addressing stays: what was gathered is scattered, what was shared is summed, and the reverse.
    /// </remarks>
    sealed class AdjointKernel
    {
        const string BarSuffix = "\u0304"; // a combining macron: x̄

        AdjointKernel(Kernel kernel, Kernel adjoint, int[] valueSlots, int[] barSlots, ulong[] reads, bool[] reaches)
        {
            Kernel = kernel;
            Adjoint = adjoint;
            ValueSlots = valueSlots;
            BarSlots = barSlots;
            Reads = reads;
            Reaches = reaches;
        }

        public Kernel Kernel { get; }

        /// <summary>The adjoint; null if no output depends on any input and none is overwritten.</summary>
        public Kernel Adjoint { get; }

        /// <summary>For each slot of the kernel, the slot of the adjoint that reads its values, or -1.</summary>
        public int[] ValueSlots { get; }

        /// <summary>For each slot of the kernel, the slot of the adjoint with its cotangents, or -1.</summary>
        public int[] BarSlots { get; }

        /// <summary>For each slot of the kernel, which of its components the adjoint reads, as bits.</summary>
        public ulong[] Reads { get; }

        /// <summary>For each slot of the kernel, whether the outputs depend on it.</summary>
        public bool[] Reaches { get; }

        public static string Bar(string slot) => slot + BarSuffix;

        public static AdjointKernel Of(Kernel kernel)
        {
            TracedFunction adjoint = Derivatives.Adjoint(kernel.Function, kernel.ActiveInputs, out bool[] depends);
            int inputs = kernel.Inputs.Count, slots = kernel.Slots.Count;
            bool[] live = adjoint.Live();
            var target = new KernelParts();
            var valueSlots = Filled(slots);
            var barSlots = Filled(slots);
            var reads = new ulong[slots];
            var reaches = new bool[slots];
            for (int k = 0; k < inputs; k++) reaches[kernel.Inputs[k].Slot] |= depends[k];

            // Live inputs of the adjoint become inputs of its kernel: values of the original's inputs, then cotangents of its outputs.
            var ordinal = new int[adjoint.InputCount];
            for (int node = 0; node < adjoint.Graph.Count; node++)
            {
                if (!live[node] || adjoint.Graph.OpOf(node) != Op.Input) continue;
                int k = adjoint.Graph.A(node);
                Channel channel = k < inputs ? kernel.Inputs[k] : kernel.Outputs[k - inputs];
                KernelSlot slot = kernel.Slots[channel.Slot];
                if (k < inputs)
                {
                    reads[channel.Slot] |= Bit(channel.Component);
                    if (valueSlots[channel.Slot] < 0) valueSlots[channel.Slot] = target.AddSlot(slot.Name, slot, slot.IsConstant);
                    ordinal[k] = target.AddInput(new Channel(valueSlots[channel.Slot], channel.Component));
                }
                else
                {
                    if (barSlots[channel.Slot] < 0) barSlots[channel.Slot] = target.AddSlot(Bar(slot.Name), slot);
                    ordinal[k] = target.AddInput(new Channel(barSlots[channel.Slot], channel.Component));
                }
            }
            int[] copy = GraphCopy.Into(target.Graph, adjoint, k => target.Graph.Input(ordinal[k]));
            for (int s = 0; s < slots; s++)
            {
                KernelSlot slot = kernel.Slots[s];
                bool isOverwritten = slot.Writes == Writing.Store;
                if (!isOverwritten && !reaches[s]) continue;
                if (barSlots[s] < 0) barSlots[s] = target.AddSlot(Bar(slot.Name), slot);
                Writing writing = isOverwritten ? Writing.Store : Writing.Accumulate;
                for (int c = 0; c < slot.Components; c++)
                {
                    int k = IndexOf(kernel.Inputs, s, c);
                    if (!isOverwritten && (k < 0 || !depends[k])) continue;
                    int node = k < 0 ? target.Graph.Constant(0.0) : copy[adjoint.Outputs[k]];
                    target.AddOutput(new Channel(barSlots[s], c), node, writing);
                }
            }
            Kernel built = target.Build("adjoint of " + kernel.Name, kernel.Site);
            if (built != null) built.Rounding = kernel.Rounding;
            return new AdjointKernel(kernel, built, valueSlots, barSlots, reads, reaches);
        }

        /// <summary>The bit of a component; beyond 64 components all share the last, which only saves more than needed.</summary>
        public static ulong Bit(int component) => 1ul << Math.Min(component, 63);

        static int IndexOf(IReadOnlyList<Channel> channels, int slot, int component)
        {
            for (int k = 0; k < channels.Count; k++)
                if (channels[k].Slot == slot && channels[k].Component == component) return k;
            return -1;
        }

        static int[] Filled(int count)
        {
            var filled = new int[count];
            for (int k = 0; k < count; k++) filled[k] = -1;
            return filled;
        }
    }

    /// <summary>A kernel that is being put together from a graph rather than traced.</summary>
    sealed class KernelParts
    {
        readonly List<KernelSlot> slots = new List<KernelSlot>();
        readonly List<string> indices = new List<string>();
        readonly List<Channel> inputs = new List<Channel>(), outputs = new List<Channel>();
        readonly List<int> results = new List<int>();

        public Graph Graph { get; } = new Graph();

        /// <summary>Adds a slot that is addressed like another one.</summary>
        public int AddSlot(string name, KernelSlot like, bool isConstant = false)
        {
            slots.Add(new KernelSlot(name, like.Components, like.Addressing, like.Index) { IsConstant = isConstant });
            if (like.Index != null && !indices.Contains(like.Index)) indices.Add(like.Index);
            return slots.Count - 1;
        }

        public int AddInput(Channel channel)
        {
            slots[channel.Slot].Reads = true;
            inputs.Add(channel);
            return inputs.Count - 1;
        }

        public void AddOutput(Channel channel, int node, Writing writing)
        {
            slots[channel.Slot].Writes = writing;
            outputs.Add(channel);
            results.Add(node);
        }

        /// <summary>The kernel; null if it writes nothing.</summary>
        public Kernel Build(string name, string site) => outputs.Count == 0 ? null
            : new Kernel(name, site, slots.ToArray(), indices.ToArray(), new TracedFunction(Graph, inputs.Count, results), inputs.ToArray(), outputs.ToArray());
    }
}
