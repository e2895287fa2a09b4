using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>Lists of indices that stay as they are, and launches over them.</summary>
    internal sealed class JointLanes
    {
        private readonly Dictionary<string, IndexBuffer> lists = new Dictionary<string, IndexBuffer>();
        private readonly int count, worlds;

        /// <param name="count">Number of things.</param>
        /// <param name="worlds">Number of worlds; each thing is there in all of them, side by side.</param>
        public JointLanes(int count, int worlds)
        {
            this.count = count;
            this.worlds = worlds;
            var world = new int[count * worlds];
            for (int lane = 0; lane < world.Length; lane++) world[lane] = lane % worlds;
            lists.Add("world", new IndexBuffer("world", world));
        }

        /// <summary>Adds a list: what each thing's index is, in a world alone.</summary>
        public JointLanes With(string name, Func<int, int> indexOf)
        {
            var indices = new int[count * worlds];
            for (int lane = 0; lane < indices.Length; lane++) indices[lane] = indexOf(lane / worlds) * worlds + lane % worlds;
            lists.Add(name, new IndexBuffer(name, indices));
            return this;
        }

        /// <summary>A launch of a kernel over these lanes, its slots bound by name.</summary>
        public Launch Launch(Kernel kernel, BodyBuffers bodies, Func<string, Buffer> bufferOf)
        {
            Launch launch = Launch(kernel);
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                string slot = kernel.Slots[s].Name;
                if (bufferOf(slot) is Buffer buffer) launch.Bind(s, buffer);
                else if (!bodies.TryBind(launch, s)) throw new InvalidOperationException($"{kernel} has a slot '{slot}' that the joints have no buffer for.");
            }

            return launch;
        }

        /// <summary>A launch of a kernel over these lanes, its slots to be bound.</summary>
        public Launch Launch(Kernel kernel)
        {
            var launch = new Launch(kernel, count * worlds) { Prefix = true };
            foreach (string index in kernel.Indices) launch.BindIndex(index, lists[index]);
            return launch;
        }
    }
}
