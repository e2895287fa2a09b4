using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Limits of how far the particles of a cloth may be from where it is pinned: no farther than along its mesh at rest, and a part of that more. One sweep of soft constraints
    /// carries a pull a few particles far, so large cloths stretch where they hang; a tether carries it all the way at once. Each pinned patch has one to every other
    /// particle. Source: Kim, Chentanez and Mueller-Fischer, "Long Range Attachments" (2012).
    /// </summary>
    public sealed class Tethers
    {
        private readonly Cloth cloth;
        private readonly double slack;
        private readonly List<IndexBuffer> indices = new List<IndexBuffer>();
        private readonly List<Launch> launches = new List<Launch>();
        private readonly List<Buffer> lengths = new List<Buffer>();

        internal Tethers(Cloth cloth, double slack)
        {
            this.cloth = cloth;
            this.slack = slack;
        }

        /// <summary>Greatest distance of each tether in metres, a buffer for each pinned patch. Exist once the world is built.</summary>
        public IReadOnlyList<Buffer> Lengths => lengths;

        internal void Build(bool[] isPinned, SolverOrder order, ParticleOptions options)
        {
            var mesh = new MeshDistances(cloth.Mesh);
            List<List<int>> patches = mesh.Patches(v => isPinned[cloth.Particle(v)]);
            if (patches.Count == 0) throw new ArgumentException("A cloth with tethers needs a pinned particle.");
            foreach (List<int> patch in patches)
            {
                (double[] distance, int[] nearest) = mesh.From(patch);
                var particles = new List<int>();
                var pins = new List<int>();
                var limits = new List<double>();
                for (int v = 0; v < distance.Length; v++)
                {
                    if (isPinned[cloth.Particle(v)] || double.IsInfinity(distance[v])) continue;
                    particles.Add(order.Place.Values[cloth.Particle(v)]);
                    pins.Add(order.Place.Values[cloth.Particle(nearest[v])]);
                    limits.Add(distance[v] * (1 + slack));
                }

                if (particles.Count == 0) continue;
                var length = new Buffer("tether length", limits.Count, 1, options.Precision, options.ParameterWorlds);
                for (int k = 0; k < limits.Count; k++)
                    for (int w = 0; w < length.Worlds; w++) length[k, 0, w] = limits[k];
                lengths.Add(length);
                launches.Add(new Launch(Limit(), limits.Count) { Disjoint = true }.Bind("pin position", order.Position).Bind("position", order.Position).Bind("length", length)
                    .BindIndex("pin", Index("pin", pins)).BindIndex("particle", Index("particle", particles)));
            }
        }

        internal void Run(FrameTape tape)
        {
            for (int k = 0; k < launches.Count; k++) tape.Run(launches[k]);
        }

        internal void Dispose()
        {
            foreach (Buffer length in lengths) length.Dispose();
            foreach (IndexBuffer index in indices) index.Dispose();
        }

        private static Kernel Limit() => Kernel.Define("tethers", k =>
        {
            Real3 pin = k.Gather3("pin position", "pin"), d = k.Gather3("position", "particle") - pin;
            Real limit = k.Lane("length"), distance = d.Length;
            k.StoreAt("position", "particle", pin + d * Real.Select(distance > limit, limit / distance, 1));
        });

        private IndexBuffer Index(string name, List<int> numbers)
        {
            var index = new IndexBuffer(name, numbers.ToArray());
            indices.Add(index);
            return index;
        }
    }
}
