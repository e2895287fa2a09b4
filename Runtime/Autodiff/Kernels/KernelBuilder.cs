using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// What a kernel's formula asks for its inputs and hands its outputs. A slot is named once or more: reading and writing one name
    /// works on one buffer in place.
    /// </summary>
    public sealed partial class KernelBuilder
    {
        readonly string name;
        readonly List<KernelSlot> slots = new List<KernelSlot>();
        readonly List<string> indices = new List<string>();
        readonly List<Channel> inputs = new List<Channel>(), outputs = new List<Channel>();
        readonly List<int> results = new List<int>();
        readonly Dictionary<(int slot, int component), Real> read = new Dictionary<(int, int), Real>();

        internal KernelBuilder(string name) => this.name = name;

        /// <summary>The graph being traced.</summary>
        public Graph Graph { get; } = new Graph();

        /// <summary>Reads one number per lane.</summary>
        public Real Lane(string slot) => Read(slot, 1, Addressing.Lane, null)[0];

        /// <summary>Reads several numbers per lane.</summary>
        public Real[] Lane(string slot, int components) => Read(slot, components, Addressing.Lane, null);

        /// <summary>Reads one number of the element that an index names.</summary>
        public Real Gather(string slot, string index) => Read(slot, 1, Addressing.Indexed, index)[0];

        /// <summary>Reads several numbers of the element that an index names.</summary>
        public Real[] Gather(string slot, string index, int components) => Read(slot, components, Addressing.Indexed, index);

        /// <summary>Reads one number that all lanes share (each world its own, if the buffer has worlds).</summary>
        public Real Shared(string slot) => Read(slot, 1, Addressing.Shared, null)[0];

        /// <summary>Reads several numbers that all lanes share.</summary>
        public Real[] Shared(string slot, int components) => Read(slot, components, Addressing.Shared, null);

        /// <summary>Replaces the lane's element.</summary>
        public void Store(string slot, params Real[] values) => Write(slot, Addressing.Lane, null, Writing.Store, values);

        /// <summary>Replaces the element that an index names; no two lanes may name the same.</summary>
        public void StoreAt(string slot, string index, params Real[] values) => Write(slot, Addressing.Indexed, index, Writing.Store, values);

        /// <summary>Adds to the lane's element.</summary>
        public void Accumulate(string slot, params Real[] values) => Write(slot, Addressing.Lane, null, Writing.Accumulate, values);

        /// <summary>Adds to the element that an index names; lanes that name the same all count, in lane order.</summary>
        public void AccumulateAt(string slot, string index, params Real[] values) => Write(slot, Addressing.Indexed, index, Writing.Accumulate, values);

        /// <summary>Adds the sum over all lanes to the one shared element, in a fixed order (<see cref="FixedSum"/>).</summary>
        public void Sum(string slot, params Real[] values) => Write(slot, Addressing.Shared, null, Writing.Accumulate, values);

        /// <summary>
        /// Says that the numbers of slots are constants, such as choices that were made elsewhere: derivatives by them are not made, and
        /// a gradient by their buffers does not exist.
        /// </summary>
        /// <param name="names">Slots that the kernel reads.</param>
        /// <exception cref="ArgumentException">The kernel has not read such a slot.</exception>
        public void Constant(params string[] names)
        {
            foreach (string slot in names)
            {
                KernelSlot known = slots.Find(s => s.Name == slot && s.Reads);
                (known ?? throw new ArgumentException($"Kernel '{name}' has not read a slot '{slot}' that could be constant.", nameof(names))).IsConstant = true;
            }
        }

        internal Real[] Read(string slot, int components, Addressing addressing, string index)
        {
            int position = Slot(slot, components, addressing, index);
            slots[position].Reads = true;
            var values = new Real[components];
            for (int c = 0; c < components; c++)
            {
                if (!read.TryGetValue((position, c), out values[c]))
                {
                    read[(position, c)] = values[c] = Real.Input(Graph);
                    inputs.Add(new Channel(position, c));
                }
            }
            return values;
        }

        internal void Write(string slot, Addressing addressing, string index, Writing writing, Real[] values)
        {
            int position = Slot(slot, values.Length, addressing, index);
            if (slots[position].Writes != Writing.None)
                throw new ArgumentException($"Kernel '{name}' writes slot '{slot}' twice; add the values up first.", nameof(slot));
            slots[position].Writes = writing;
            for (int c = 0; c < values.Length; c++)
            {
                outputs.Add(new Channel(position, c));
                results.Add(values[c].NodeIn(Graph));
            }
        }

        int Slot(string slot, int components, Addressing addressing, string index)
        {
            if (components < 1) throw new ArgumentException($"Slot '{slot}' of kernel '{name}' needs at least one component.");
            int position = slots.FindIndex(s => s.Name == slot);
            if (position < 0)
            {
                slots.Add(new KernelSlot(slot, components, addressing, index));
                if (index != null && !indices.Contains(index)) indices.Add(index);
                return slots.Count - 1;
            }
            KernelSlot known = slots[position];
            if (known.Components != components || known.Addressing != addressing || known.Index != index)
                throw new ArgumentException(
                    $"Kernel '{name}' uses slot '{slot}' as {known} and again with {components} components, {addressing}{(index == null ? "" : $" by {index}")}. One slot has one shape and one addressing.");
            return position;
        }

        internal Kernel Build(string site)
        {
            if (outputs.Count == 0) throw new ArgumentException($"Kernel '{name}' writes nothing.");
            foreach (KernelSlot slot in slots)
            {
                if (slot.IsConstant && slot.Writes != Writing.None)
                    throw new ArgumentException($"Kernel '{name}' writes slot '{slot.Name}', which it calls constant.");
                if (slot.Addressing == Addressing.Shared && slot.Reads && slot.Writes != Writing.None)
                    throw new ArgumentException($"Kernel '{name}' reads and sums into shared slot '{slot.Name}'; use two buffers.");
            }

            var function = new TracedFunction(Graph, inputs.Count, results);
            return new Kernel(name, site, slots.ToArray(), indices.ToArray(), function, inputs.ToArray(), outputs.ToArray());
        }
    }
}
