using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Masses and rest shapes, computed from parameters: at the start of a recording, so that gradients reach densities and rest positions, and
    /// whenever a number that they come from was written.
    /// </summary>
    internal sealed class Preparation
    {
        private readonly List<Launch> launches = new List<Launch>();
        private readonly List<Buffer> sources = new List<Buffer>();
        private long seen = -1;

        public Preparation(IReadOnlyList<ElementSet> sets, ParticleBuffers particles, IReadOnlyList<Launch> more)
        {
            launches.Add(new Launch(ParticleKernels.OwnMass(), particles.Mass.Elements).Bind("mass", particles.Mass).Bind("point mass", particles.PointMass));
            sources.Add(particles.PointMass);
            sources.Add(particles.RestPosition);
            foreach (ElementSet set in sets)
            {
                Launch launch = ElementLaunches.Bind(new ElementKernels(set).Prepare(), set, particles);
                if (launch == null) continue;
                launches.Add(launch);
                sources.AddRange(set.ParameterBuffers);
            }

            launches.AddRange(more);
        }

        public bool MustRun { get; set; } = true;

        public void Run(FrameTape tape)
        {
            long version = 0;
            for (int k = 0; k < sources.Count; k++) version += sources[k].Version;
            if (!MustRun && version == seen) return;
            MustRun = false;
            seen = version;
            for (int k = 0; k < launches.Count; k++) tape.Run(launches[k]);
        }
    }

    /// <summary>Adds up the elastic energy of all elements.</summary>
    internal sealed class ElasticEnergy
    {
        private readonly List<Launch> launches = new List<Launch>();
        private readonly Launch clear;

        public ElasticEnergy(IReadOnlyList<ElementSet> sets, ParticleBuffers particles, ParticleOptions options)
        {
            Total = new Buffer("elastic energy", 1, 1, options.Precision, options.Worlds);
            clear = new Launch(Kernel.Define("no energy", k => k.Store("energy", 0)), 1).Bind("energy", Total);
            foreach (ElementSet set in sets) launches.Add(ElementLaunches.Bind(new ElementKernels(set).Energy(), set, particles, Total));
        }

        public Buffer Total { get; }

        public void Run(FrameTape tape)
        {
            tape.Run(clear);
            for (int k = 0; k < launches.Count; k++) tape.Run(launches[k]);
        }

        public void Dispose() => Total.Dispose();
    }
}
