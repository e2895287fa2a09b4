using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Lanes over some contacts of particles with bodies, with what they work on, and the launches over them and their bodies. One set is recorded;
    /// another tries choices out.
    /// </summary>
    internal sealed unsafe class BodyContactLanes
    {
        public readonly Launch Look, Probe, Impact, Rest, Answer, Impulses, Push, Move;

        /// <summary>What finds out impulses of impacts, or of lasting contacts.</summary>
        public readonly Launch[] ImpactTrial, RestTrial;

        /// <summary>What probes find, and impulses; a row for each lane.</summary>
        public readonly HostNumbers Found, Impulse, Row;

        public readonly Buffer EventTime;
        private readonly Dictionary<string, IndexBuffer> indices = new Dictionary<string, IndexBuffer>();
        private readonly List<Buffer> own = new List<Buffer>();
        private readonly IndexBuffer touched;
        private readonly bool[] isTouched;
        private readonly List<Launch> withFeatures = new List<Launch>(), withChoices = new List<Launch>();
        private readonly IndexBuffer[] particles;
        private readonly int[][] triangles;
        private readonly IndexBuffer body, collider, feature, contact, choice;
        private int bodies;

        // triangles: the particles of each, where triangles touch bodies; null where particles do.
        public BodyContactLanes(
            int capacity, BodyContactKernels kernels, World host, ParticleBuffers buffers, int[][] triangles, Buffer material, Buffer start, Precision precision, Buffer eventTime = null)
        {
            this.triangles = triangles;
            particles = new IndexBuffer[triangles == null ? 1 : 3];
            for (int c = 0; c < particles.Length; c++) particles[c] = Index(triangles == null ? "particle" : TriangleTouchScene.Corner(c), capacity);
            int count = host.Bodies.Count;
            isTouched = new bool[count];
            touched = new IndexBuffer("touched body", count);
            EventTime = New("event time", capacity, 1);
            Buffer rows = New("particle contacts", capacity, kernels.RowSize), found = New("found", capacity, BodyContactKernels.FoundSize);
            Buffer impulse = New("impulses of particles", capacity, 6), system = New("systems of bodies", count, BodySystem.Size);
            Buffer change = New("answers of bodies", count, BodySystem.ChangeSize), wrench = New("wrenches on bodies", count, BodySystem.ChangeSize);
            (Found, Impulse, Row) = (new HostNumbers(found), new HostNumbers(impulse), new HostNumbers(rows));
            (body, collider) = (Index("body", capacity), Index("collider", capacity));
            (feature, contact, choice) = (Index("feature", capacity), Index("contact", capacity), Index("choice", capacity));
            Look = Over(kernels.Look);
            Probe = Over(kernels.Probe);
            Impact = Over(kernels.Impact);
            Rest = Over(kernels.Rest);
            Impulses = Over(kernels.Impulses);
            Push = Over(kernels.Push);
            Answer = Over(kernels.Answer);
            Move = Over(kernels.Move);
            ImpactTrial = new[] { Impact, Answer, Impulses };
            RestTrial = new[] { Rest, Answer, Impulses };

            Buffer New(string name, int elements, int components)
            {
                var buffer = new Buffer(name, elements, components, precision);
                own.Add(buffer);
                return buffer;
            }

            Launch Over(Kernel kernel)
            {
                var launch = new Launch(kernel, 0) { Prefix = true };
                bool isOverBodies = kernel == kernels.Answer || kernel == kernels.Move;
                for (int s = 0; s < kernel.Slots.Count; s++)
                {
                    string slot = kernel.Slots[s].Name;
                    if (slot == "feature") withFeatures.Add(launch);
                    else if (slot == "choice") withChoices.Add(launch);
                    else if (slot == "substep") launch.Bind(s, buffers.Environment, 3);
                    else if (Find(slot, kernel) is Buffer buffer) launch.Bind(s, buffer);
                    else if (!host.Buffers.TryBind(launch, s)) throw new System.InvalidOperationException($"{kernel} has a slot '{slot}' that no buffer is for.");
                }

                foreach (string index in kernel.Indices) launch.BindIndex(index, isOverBodies ? touched : Index(index, capacity));
                return launch;
            }

            Buffer Find(string slot, Kernel kernel)
            {
                switch (slot.TrimEnd('0', '1', '2', ' '))
                {
                    case "particle state": return buffers.State;
                    case "moved state": return buffers.State;
                    case "particle mass": return buffers.Mass;
                    case "particle mobility": return buffers.Mobility;
                    case "kick": return buffers.Kick;
                    case "environment": return buffers.Environment;
                    case "contact material": return material;
                    case "start": return start;
                    case "event time": return kernel == kernels.Rest ? eventTime ?? EventTime : EventTime;
                    case "row": return rows;
                    case "found": return found;
                    case "impulse": return impulse;
                    case "system": return system;
                    case "change": return change;
                    case "wrench": return wrench;
                    default: return null;
                }
            }
        }

        /// <summary>Number of lanes.</summary>
        public int Count { get; private set; }

        public void Follow(Buffer features, Buffer choices)
        {
            foreach (Launch launch in withFeatures)
                if (launch.BufferOf(launch.Kernel.SlotOf("feature")) != features) launch.Bind("feature", features);
            foreach (Launch launch in withChoices)
                if (launch.BufferOf(launch.Kernel.SlotOf("choice")) != choices) launch.Bind("choice", choices);
        }

        /// <summary>Starts over.</summary>
        public void Clear()
        {
            for (int b = 0; b < bodies; b++) isTouched[touched.Values[b]] = false;
            (Count, bodies) = (0, 0);
            foreach (IndexBuffer index in indices.Values) _ = index.Indices; // they count as written
            _ = touched.Indices;
        }

        /// <summary>Adds a lane.</summary>
        /// <param name="added">The contact.</param>
        /// <param name="number">Its number.</param>
        /// <param name="row">The row of its choice.</param>
        public void Add(in BodyContact added, int number, int row)
        {
            int lane = Count++;
            for (int c = 0; c < particles.Length; c++) particles[c].Data[lane] = triangles == null ? added.Particle : triangles[added.Particle][c];
            body.Data[lane] = added.Body;
            collider.Data[lane] = added.Collider;
            feature.Data[lane] = added.Feature;
            contact.Data[lane] = number;
            choice.Data[lane] = row;
            if (isTouched[added.Body]) return;
            isTouched[added.Body] = true;
            touched.Data[bodies++] = added.Body;
        }

        /// <summary>Sets a launch to the lanes, or to the bodies of the lanes.</summary>
        public Launch Sized(Launch launch)
        {
            launch.Elements = launch == Answer || launch == Move ? bodies : Count;
            return launch;
        }

        public void Dispose()
        {
            foreach (Buffer buffer in own) buffer.Dispose();
            foreach (IndexBuffer index in indices.Values) index.Dispose();
            touched.Dispose();
        }

        private IndexBuffer Index(string name, int capacity)
        {
            if (!indices.TryGetValue(name, out IndexBuffer index)) indices.Add(name, index = new IndexBuffer(name, capacity));
            return index;
        }
    }
}
