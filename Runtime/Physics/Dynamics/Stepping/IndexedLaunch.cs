using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Lists of indices by name, filled lane by lane, for launches over some of the elements of their buffers.</summary>
    internal sealed class IndexLists
    {
        private readonly Dictionary<string, IndexBuffer> lists = new Dictionary<string, IndexBuffer>();
        private readonly IndexBuffer manifold, feature, row, world, a, b, shapeOfA, shapeOfB;
        private readonly int capacity;

        public IndexLists(int capacity)
        {
            this.capacity = capacity;
            (manifold, feature, row, world) = (this["manifold"], this["feature"], this["row"], this["world"]);
            (a, b, shapeOfA, shapeOfB) = (this["a"], this["b"], this["shapeOfA"], this["shapeOfB"]);
        }

        /// <summary>Number of lanes.</summary>
        public int Count { get; set; }

        public IndexBuffer this[string name]
        {
            get
            {
                if (!lists.TryGetValue(name, out IndexBuffer list)) lists.Add(name, list = new IndexBuffer(name, capacity));
                return list;
            }
        }

        /// <summary>Lists with the name and the number of a point.</summary>
        public IndexBuffer[] ForPoints(string name, int points)
        {
            var found = new IndexBuffer[points];
            for (int p = 0; p < points; p++) found[p] = this[name + p];
            return found;
        }

        /// <summary>Sets the bodies, shapes and number of the last lane, which is opened by this.</summary>
        public void Add(Manifold m)
        {
            int lane = Count++;
            manifold.Indices[lane] = m.Index;
            feature.Indices[lane] = m.Feature;
            row.Indices[lane] = m.Row;
            world.Indices[lane] = m.World;
            a.Indices[lane] = m.A;
            b.Indices[lane] = m.B;
            shapeOfA.Indices[lane] = m.ShapeA;
            shapeOfB.Indices[lane] = m.ShapeB;
        }

        /// <summary>A launch of a kernel over these lanes, its slots bound by name.</summary>
        /// <param name="kernel">The kernel.</param>
        /// <param name="bodies">The buffers for slots that are named like them.</param>
        /// <param name="bufferOf">The buffer for the name of any other slot, or null.</param>
        public Launch Launch(Kernel kernel, BodyBuffers bodies, Func<string, DiffPhysics.Autodiff.Buffer> bufferOf = null)
        {
            var launch = new Launch(kernel, 0) { Prefix = true };
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                string slot = kernel.Slots[s].Name;
                if (bufferOf?.Invoke(slot) is DiffPhysics.Autodiff.Buffer buffer) launch.Bind(s, buffer);
                else if (!bodies.TryBind(launch, s)) throw new InvalidOperationException($"{kernel} has a slot '{slot}' that the stepper has no buffer for.");
            }

            foreach (string index in kernel.Indices) launch.BindIndex(index, this[index]);
            return launch;
        }
    }
}
