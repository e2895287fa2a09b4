using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The tangent of a kernel, as a kernel: it reads the values that the original reads, under their names, and their tangents, under the
    /// name with a dot (<see cref="Dot"/>), and does to the tangents of what the original writes as the original does to the values.
    /// Values it does not write: it runs before the original.
    /// </summary>
    /// <remarks>
    /// <code>
    /// stored     y = f(x)      dot(y) = J dot(x)
    /// added to   y += f(x)     dot(y) += J dot(x)
    /// </code>
    /// </remarks>
    sealed class TangentKernel
    {
        const string DotSuffix = "\u0307"; // a combining dot: ẋ

        TangentKernel(Kernel tangent, int[] valueSlots, int[] dotSlots)
        {
            Tangent = tangent;
            ValueSlots = valueSlots;
            DotSlots = dotSlots;
        }

        /// <summary>The tangent; null if the kernel only adds, and nothing that depends on what it reads.</summary>
        public Kernel Tangent { get; }

        /// <summary>For each slot of the kernel, the slot of the tangent that reads its values, or -1.</summary>
        public int[] ValueSlots { get; }

        /// <summary>For each slot of the kernel, the slot of the tangent with its tangents, or -1.</summary>
        public int[] DotSlots { get; }

        public static string Dot(string slot) => slot + DotSuffix;

        public static TangentKernel Of(Kernel kernel)
        {
            TracedFunction both = Derivatives.Tangent(kernel.Function, kernel.ActiveInputs, out bool[] depends);
            int inputs = kernel.Inputs.Count, outputs = kernel.Outputs.Count;
            var results = new int[outputs];
            for (int k = 0; k < outputs; k++) results[k] = both.Outputs[outputs + k];
            TracedFunction tangent = new TracedFunction(both.Graph, both.InputCount, results);
            bool[] live = tangent.Live();
            var target = new KernelParts();
            var valueSlots = new int[kernel.Slots.Count];
            var dotSlots = new int[kernel.Slots.Count];
            Array.Fill(valueSlots, -1);
            Array.Fill(dotSlots, -1);
            var ordinal = new int[tangent.InputCount];
            for (int node = 0; node < tangent.Graph.Count; node++)
            {
                if (!live[node] || tangent.Graph.OpOf(node) != Op.Input) continue;
                int k = tangent.Graph.A(node);
                Channel channel = kernel.Inputs[k % inputs];
                KernelSlot slot = kernel.Slots[channel.Slot];
                int[] slots = k < inputs ? valueSlots : dotSlots;
                if (slots[channel.Slot] < 0) slots[channel.Slot] = target.AddSlot(k < inputs ? slot.Name : Dot(slot.Name), slot, slot.IsConstant);
                ordinal[k] = target.AddInput(new Channel(slots[channel.Slot], channel.Component));
            }
            int[] copy = GraphCopy.Into(target.Graph, tangent, k => target.Graph.Input(ordinal[k]));
            for (int k = 0; k < outputs; k++)
            {
                Channel channel = kernel.Outputs[k];
                KernelSlot slot = kernel.Slots[channel.Slot];
                if (slot.Writes == Writing.Accumulate && !depends[k]) continue;
                if (dotSlots[channel.Slot] < 0) dotSlots[channel.Slot] = target.AddSlot(Dot(slot.Name), slot);
                target.AddOutput(new Channel(dotSlots[channel.Slot], channel.Component), copy[results[k]], slot.Writes);
            }
            Kernel built = target.Build("tangent of " + kernel.Name, kernel.Site);
            if (built != null) built.Rounding = kernel.Rounding;
            return new TangentKernel(built, valueSlots, dotSlots);
        }
    }
}
