namespace DiffPhysics.Autodiff
{
    /// <summary>How the lanes of a kernel find their element in a slot's buffer.</summary>
    public enum Addressing : byte
    {
        /// <summary>Lane i uses element i.</summary>
        Lane,
        /// <summary>Lane i uses element index[i].</summary>
        Indexed,
        /// <summary>All lanes use element 0.</summary>
        Shared,
    }

    /// <summary>What a kernel does to a slot's buffer.</summary>
    public enum Writing : byte
    {
        /// <summary>Nothing: the slot is only read.</summary>
        None,
        /// <summary>The element is replaced. Indexed lanes must use different elements.</summary>
        Store,
        /// <summary>
        /// The result is added to the element. Lanes that share an element all count, in a fixed order; a slot that is also read
        /// must be indexed without repetition.
        /// </summary>
        Accumulate,
    }

    /// <summary>
    /// A buffer that a kernel wants: one name, one way of addressing, read or written or both (in place).
    /// </summary>
    public sealed class KernelSlot
    {
        internal KernelSlot(string name, int components, Addressing addressing, string index)
        {
            Name = name;
            Components = components;
            Addressing = addressing;
            Index = index;
        }

        /// <summary>The name by which a buffer is bound.</summary>
        public string Name { get; }

        /// <summary>Scalars per element.</summary>
        public int Components { get; }

        /// <summary>How lanes find their element.</summary>
        public Addressing Addressing { get; }

        /// <summary>The name of the index, for <see cref="Addressing.Indexed"/>; else null.</summary>
        public string Index { get; }

        /// <summary>Whether the kernel reads the buffer.</summary>
        public bool Reads { get; internal set; }

        /// <summary>What the kernel does to the buffer.</summary>
        public Writing Writes { get; internal set; }

        /// <summary>Whether the numbers count as constants: they have neither cotangents nor tangents.</summary>
        public bool IsConstant { get; internal set; }

        /// <inheritdoc/>
        public override string ToString() => $"{Name} ({Components} components, {Addressing}{(Index == null ? "" : $" by {Index}")}{(Reads ? ", read" : "")}{(Writes == Writing.None ? "" : $", {Writes}")})";
    }

    /// <summary>One scalar of a slot.</summary>
    public readonly struct Channel
    {
        /// <summary>A scalar of a slot.</summary>
        public Channel(int slot, int component)
        {
            Slot = slot;
            Component = component;
        }

        /// <summary>The slot's position in its kernel.</summary>
        public int Slot { get; }

        /// <summary>The component of the slot.</summary>
        public int Component { get; }
    }
}
