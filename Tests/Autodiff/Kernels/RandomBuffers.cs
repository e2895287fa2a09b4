using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>A launch of any kernel over buffers of random numbers.</summary>
    sealed class RandomBuffers : IDisposable
    {
        readonly List<Buffer> buffers = new List<Buffer>();
        readonly List<IndexBuffer> indices = new List<IndexBuffer>();

        /// <summary>Buffers for a kernel; if another set is given, its numbers in one world.</summary>
        public RandomBuffers(Kernel kernel, Precision precision, int worlds, int elements, int seed, RandomBuffers source = null, int sourceWorld = 0)
        {
            var random = new Random(seed);
            Launch = new Launch(kernel, elements);
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                KernelSlot slot = kernel.Slots[s];
                int count = slot.Addressing == Addressing.Shared ? 1 : slot.Addressing == Addressing.Lane ? elements : elements + 3;
                var buffer = new Buffer(slot.Name, count, slot.Components, precision, worlds);
                for (int c = 0; c < buffer.Components; c++)
                    for (int e = 0; e < count; e++)
                        for (int w = 0; w < worlds; w++)
                            buffer[e, c, w] = source != null ? source.buffers[s][e, c, sourceWorld] : random.NextDouble() * 4 - 1.5;
                buffers.Add(buffer);
                Launch.Bind(slot.Name, buffer);
            }
            random = new Random(seed + 1);
            foreach (string name in kernel.Indices)
            {
                var index = new IndexBuffer(name, elements);
                for (int e = 0; e < elements; e++) index.Indices[e] = name == "once" ? elements + 2 - e : random.Next(elements + 3);
                indices.Add(index);
                Launch.BindIndex(name, index);
            }
        }

        public Launch Launch { get; }

        public void Run(Executor executor) => Launch.Run(executor);

        public double[] Contents(int world)
        {
            var all = new List<double>();
            foreach (Buffer buffer in buffers)
                for (int c = 0; c < buffer.Components; c++)
                    for (int e = 0; e < buffer.Elements; e++) all.Add(buffer[e, c, world]);
            return all.ToArray();
        }

        public void Dispose()
        {
            foreach (Buffer buffer in buffers) buffer.Dispose();
            foreach (IndexBuffer index in indices) index.Dispose();
        }
    }
}
