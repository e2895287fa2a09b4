using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Contact of particles with one another at the end of a substep: pairs found by a spatial hash, solved batch by batch.</summary>
    internal sealed class PairContacts
    {
        private readonly ParticleBuffers particles;
        private readonly PairFinder finder;
        private readonly Kernel kernel;
        private readonly HostNumbers environment;
        private readonly List<(Launch launch, IndexBuffer a, IndexBuffer b)> batches = new List<(Launch, IndexBuffer, IndexBuffer)>();

        public PairContacts(ParticleBuffers particles, ParticleOptions options, IReadOnlyList<ElementSet> sets, bool[] isPinned, double friction)
        {
            this.particles = particles;
            finder = new PairFinder(particles, sets, isPinned);
            kernel = ParticlePairKernel.Trace(options);
            environment = new HostNumbers(particles.Environment);
            Friction = new Buffer("friction of particles", 1, 1, options.Precision);
            Friction[0] = friction;
        }

        /// <summary>Friction between particles.</summary>
        public Buffer Friction { get; }

        public void Run(FrameTape tape)
        {
            finder.Find(environment[0, 3], 2 * environment[0, 4]);
            for (int k = 0; k < finder.Batches.Count; k++)
            {
                List<(int a, int b)> pairs = finder.Batches[k];
                if (pairs.Count == 0) continue;
                while (batches.Count <= k) batches.Add(default);
                if (batches[k].launch == null || batches[k].a.Length < pairs.Count) batches[k] = Bind(2 * pairs.Count);
                (Launch launch, IndexBuffer a, IndexBuffer b) = batches[k];
                System.Span<int> first = a.Indices, second = b.Indices;
                for (int lane = 0; lane < pairs.Count; lane++) (first[lane], second[lane]) = pairs[lane];
                launch.Elements = pairs.Count;
                tape.Run(launch);
            }
        }

        public void Dispose()
        {
            Friction.Dispose();
            foreach ((_, IndexBuffer a, IndexBuffer b) in batches)
            {
                a?.Dispose();
                b?.Dispose();
            }
        }

        private (Launch, IndexBuffer, IndexBuffer) Bind(int capacity)
        {
            (IndexBuffer a, IndexBuffer b) = (new IndexBuffer("first of pair", capacity), new IndexBuffer("second of pair", capacity));
            var launch = new Launch(kernel, 0) { Prefix = true, Disjoint = true }.BindIndex("a", a).BindIndex("b", b);
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                string slot = kernel.Slots[s].Name;
                if (slot == "substep") launch.Bind(s, particles.Environment, 3);
                else launch.Bind(s, slot == "friction" ? Friction : particles.Find(slot.TrimEnd('a', 'b').TrimEnd()));
            }

            return (launch, a, b);
        }
    }
}
