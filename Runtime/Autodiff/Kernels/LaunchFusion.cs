using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Joins two launches into one that does both in one loop: what the first stores and the second reads, lane by lane, stays in
    /// registers. Every buffer ends up with the same bits as by the two in turn.
    /// </summary>
    /// <remarks>
    /// Lanes run side by side, so joining is right only where no lane of the second reads what another lane of the first wrote. Buffers
    /// that both use and one writes must therefore be addressed by lane in both; and the first may not add to what the second reads.
    /// </remarks>
    sealed class LaunchFusion
    {
        readonly KernelParts parts = new KernelParts();
        readonly List<KernelSlot> like = new List<KernelSlot>();
        readonly List<(Buffer buffer, int first)> bindings = new List<(Buffer, int)>();
        readonly List<string> indexNames = new List<string>();
        readonly List<IndexBuffer> indices = new List<IndexBuffer>();
        readonly Dictionary<(int slot, int component), int> inputs = new Dictionary<(int, int), int>();
        readonly Dictionary<(int slot, int component), int> stored = new Dictionary<(int, int), int>();
        readonly SortedDictionary<(int slot, int component), (int node, Writing writing)> outputs = new SortedDictionary<(int, int), (int, Writing)>();

        /// <summary>The joint launch; null where the two must run in turn.</summary>
        public static Launch TryFuse(Launch first, Launch second)
        {
            if (first.Elements != second.Elements || first.Prefix != second.Prefix || first.Worlds != second.Worlds) return null;
            if (first.Precision != second.Precision || first.Kernel.Rounding != second.Kernel.Rounding) return null;
            return CanFuse(first, second) ? new LaunchFusion().Fuse(first, second) : null;
        }

        static bool CanFuse(Launch first, Launch second)
        {
            for (int s = 0; s < first.Kernel.Slots.Count; s++)
                for (int t = 0; t < second.Kernel.Slots.Count; t++)
                {
                    KernelSlot a = first.Kernel.Slots[s], b = second.Kernel.Slots[t];
                    if (first.BufferOf(s) != second.BufferOf(t) || a.Writes == Writing.None && b.Writes == Writing.None) continue;
                    int from = first.FirstComponentOf(s), other = second.FirstComponentOf(t);
                    if (from + a.Components <= other || other + b.Components <= from) continue;
                    bool alike = from == other && a.Components == b.Components && a.Addressing == Addressing.Lane && b.Addressing == Addressing.Lane;
                    if (!alike || a.Writes == Writing.Accumulate || b.Writes == Writing.Accumulate) return false;
                }
            return true;
        }

        Launch Fuse(Launch first, Launch second)
        {
            Add(first);
            Add(second);
            foreach (KeyValuePair<(int slot, int component), (int node, Writing writing)> output in outputs)
                parts.AddOutput(new Channel(output.Key.slot, output.Key.component), output.Value.node, output.Value.writing);
            Kernel kernel = parts.Build($"{first.Kernel.Name}, {second.Kernel.Name}", $"{first.Kernel.Site}, {second.Kernel.Site}");
            kernel.Rounding = first.Kernel.Rounding;
            var launch = new Launch(kernel, first.Elements, $"{first.Site}, {second.Site}", 0) { Prefix = first.Prefix };
            for (int s = 0; s < bindings.Count; s++) launch.Bind(s, bindings[s].buffer, bindings[s].first);
            for (int k = 0; k < indices.Count; k++) launch.BindIndex(indexNames[k], indices[k]);
            return launch;
        }

        void Add(Launch launch)
        {
            Kernel kernel = launch.Kernel;
            var slots = new int[kernel.Slots.Count];
            for (int s = 0; s < slots.Length; s++) slots[s] = SlotFor(launch, s);
            int Input(int ordinal)
            {
                Channel channel = kernel.Inputs[ordinal];
                (int, int) place = (slots[channel.Slot], channel.Component);
                if (stored.TryGetValue(place, out int node)) return node;
                if (!inputs.TryGetValue(place, out int input)) inputs[place] = input = parts.AddInput(new Channel(place.Item1, place.Item2));
                return parts.Graph.Input(input);
            }
            int[] copy = GraphCopy.Into(parts.Graph, kernel.Function, Input);
            for (int k = 0; k < kernel.Outputs.Count; k++)
            {
                Channel channel = kernel.Outputs[k];
                (int, int) place = (slots[channel.Slot], channel.Component);
                Writing writing = kernel.Slots[channel.Slot].Writes;
                outputs[place] = (copy[kernel.Function.Outputs[k]], writing);
            }
            foreach (KeyValuePair<(int, int), (int node, Writing writing)> output in outputs)
                if (output.Value.writing == Writing.Store) stored[output.Key] = output.Value.node;
        }

        // The joint slot for a buffer as one of the launches addresses it; two ways of addressing one buffer are two slots.
        int SlotFor(Launch launch, int s)
        {
            KernelSlot slot = launch.Kernel.Slots[s];
            string index = slot.Index == null ? null : IndexFor(launch.IndexOf(launch.Kernel.IndexOf(slot.Index)), slot.Index);
            for (int known = 0; known < bindings.Count; known++)
                if (bindings[known] == (launch.BufferOf(s), launch.FirstComponentOf(s)) && like[known].Components == slot.Components
                    && like[known].Addressing == slot.Addressing && like[known].Index == index && like[known].IsConstant == slot.IsConstant) return known;
            string name = slot.Name;
            while (like.Exists(other => other.Name == name)) name += "'";
            var joint = new KernelSlot(name, slot.Components, slot.Addressing, index) { IsConstant = slot.IsConstant };
            like.Add(joint);
            bindings.Add((launch.BufferOf(s), launch.FirstComponentOf(s)));
            return parts.AddSlot(name, joint, joint.IsConstant);
        }

        string IndexFor(IndexBuffer buffer, string name)
        {
            int known = indices.IndexOf(buffer);
            if (known >= 0) return indexNames[known];
            while (indexNames.Contains(name)) name += "'";
            indices.Add(buffer);
            indexNames.Add(name);
            return name;
        }
    }
}
