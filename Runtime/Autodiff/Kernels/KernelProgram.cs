using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The formula of a kernel as straight-line code of basic operations: the lowered graph, whose nodes are the values in order
    /// of computation. Equal content means equal machine code, so programs are the keys of the executors' caches.
    /// </summary>
    sealed class KernelProgram : IEquatable<KernelProgram>
    {
        readonly TracedFunction function;
        readonly int[] inPlace, indices;
        readonly int hash;

        /// <summary>A program from a lowered formula.</summary>
        /// <param name="lowered">Basic operations only.</param>
        /// <param name="precision">The number format.</param>
        /// <param name="inPlace">For each output, the input that stands in the same place of the same buffer, or -1.</param>
        /// <param name="indices">For each input, the number of the index that names its elements, or -1.</param>
        public KernelProgram(TracedFunction lowered, Precision precision, int[] inPlace, int[] indices)
        {
            function = lowered;
            this.inPlace = inPlace;
            this.indices = indices;
            Precision = precision;
            Graph g = Graph;
            LastUse = new int[g.Count];
            var seed = new HashMixer();
            seed.Add((int)precision);
            for (int node = 0; node < g.Count; node++)
            {
                LastUse[node] = node;
                for (int k = 0; k < g.OpOf(node).Arity(); k++) LastUse[g.Operand(node, k)] = node;
                seed.Add((int)g.OpOf(node));
                seed.Add(g.A(node));
                seed.Add(g.B(node));
                seed.Add(g.C(node));
                seed.Add(BitConverter.DoubleToInt64Bits(g.ValueOf(node)));
            }
            foreach (int output in lowered.Outputs)
            {
                LastUse[output] = g.Count; // lives to the end, where results are stored
                seed.Add(output);
            }
            foreach (int input in inPlace) seed.Add(input);
            foreach (int index in indices) seed.Add(index);
            hash = seed.Value;
        }

        /// <summary>A program whose outputs overwrite none of its inputs, which are not gathered.</summary>
        public static KernelProgram NotInPlace(TracedFunction lowered, Precision precision)
        {
            int[] inPlace = new int[lowered.Outputs.Count], indices = new int[lowered.InputCount];
            Array.Fill(inPlace, -1);
            Array.Fill(indices, -1);
            return new KernelProgram(lowered, precision, inPlace, indices);
        }

        public Precision Precision { get; }

        public Graph Graph => function.Graph;

        public int Count => Graph.Count;

        public int InputCount => function.InputCount;

        public int OutputCount => function.Outputs.Count;

        /// <summary>Inputs and outputs together, in the order of an executor's channel arrays.</summary>
        public int ChannelCount => InputCount + OutputCount;

        public int Output(int k) => function.Outputs[k];

        /// <summary>The input that an output overwrites, or -1: it has to be read first.</summary>
        public int InPlaceOf(int k) => inPlace[k];

        /// <summary>The number of the index through which an input is gathered, or -1. Inputs of one number share an index.</summary>
        public int IndexOf(int input) => indices[input];

        /// <summary>For each value, the last one that reads it; <see cref="Count"/> for results.</summary>
        public int[] LastUse { get; }

        public bool Equals(KernelProgram other)
        {
            if (other == null || other.hash != hash || other.Precision != Precision || other.Count != Count
                || other.InputCount != InputCount || other.OutputCount != OutputCount) return false;
            Graph g = Graph, h = other.Graph;
            for (int node = 0; node < Count; node++)
            {
                if (g.OpOf(node) != h.OpOf(node) || g.A(node) != h.A(node) || g.B(node) != h.B(node) || g.C(node) != h.C(node)
                    || BitConverter.DoubleToInt64Bits(g.ValueOf(node)) != BitConverter.DoubleToInt64Bits(h.ValueOf(node))) return false;
            }
            for (int k = 0; k < OutputCount; k++)
                if (Output(k) != other.Output(k) || inPlace[k] != other.inPlace[k]) return false;
            return indices.AsSpan().SequenceEqual(other.indices);
        }

        public override bool Equals(object obj) => Equals(obj as KernelProgram);

        public override int GetHashCode() => hash;
    }

    /// <summary>Mixes integers into a hash; only spread matters.</summary>
    struct HashMixer
    {
        ulong state;

        public int Value => (int)(state >> 32);

        public void Add(long value) => state = ((state ^ (ulong)value) + 0x9E3779B97F4A7C15ul) * 0xFF51AFD7ED558CCDul ^ state >> 31;
    }
}
