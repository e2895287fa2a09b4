using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Steps by soft constraints: predict, sweep over the coloured batches of all elements, derive velocities.</summary>
    internal sealed class ConstraintStepper : ParticleStepper
    {
        private readonly int iterations;
        private readonly List<Launch> forces = new List<Launch>(), clears = new List<Launch>(), batches = new List<Launch>();
        private readonly List<Buffer> multipliers = new List<Buffer>();
        private readonly List<IndexBuffer> indices = new List<IndexBuffer>();
        private readonly Launch predict, finish;

        public ConstraintStepper(ParticleOptions options, IReadOnlyList<ElementSet> sets, IReadOnlyList<Obstacle> obstacles, ParticleBuffers particles)
        {
            iterations = options.Iterations;
            predict = OverParticles(ParticleKernels.Predict(), particles, obstacles);
            finish = OverParticles(ParticleKernels.Finish(options, obstacles), particles, obstacles);
            foreach (ElementSet set in sets) Add(options, set, particles);
        }

        public override void Advance(FrameTape tape)
        {
            for (int k = 0; k < forces.Count; k++) tape.Run(forces[k]);
            tape.Run(predict);
            for (int k = 0; k < clears.Count; k++) tape.Run(clears[k]);
            for (int iteration = 0; iteration < iterations; iteration++)
                for (int k = 0; k < batches.Count; k++) tape.Run(batches[k]);
            tape.Run(finish);
        }

        public override void Dispose()
        {
            foreach (Buffer buffer in multipliers) buffer.Dispose();
            foreach (IndexBuffer index in indices) index.Dispose();
        }

        private void Add(ParticleOptions options, ElementSet set, ParticleBuffers particles)
        {
            var kernels = new ElementKernels(set);
            if (set.Kind.HasForces) forces.Add(ElementLaunches.Bind(kernels.Force(elastic: false), set, particles));
            int strains = ConstraintKernels.StrainCount(set.Kind);
            if (strains == 0) return;
            bool keeps = iterations > 1;
            Buffer multiplier = null;
            if (keeps)
            {
                multipliers.Add(multiplier = new Buffer(set.Name + " multipliers", set.Count, strains, options.Precision, options.Worlds));
                clears.Add(new Launch(ConstraintKernels.Clear(strains), set.Count).Bind("multipliers", multiplier));
            }

            Kernel project = ConstraintKernels.Project(kernels, set, keeps);
            foreach (List<int> batch in ElementBatches.Of(set.Elements, particles.State.Elements))
            {
                var launch = new Launch(project, batch.Count) { Disjoint = true };
                for (int s = 0; s < project.Slots.Count; s++)
                {
                    string slot = project.Slots[s].Name;
                    launch.Bind(s, slot == "multipliers" ? multiplier : ElementLaunches.Find(slot, set, particles, null));
                }

                foreach (string index in project.Indices) launch.BindIndex(index, Index(set, batch, index));
                batches.Add(launch);
            }
        }

        private IndexBuffer Index(ElementSet set, List<int> batch, string name)
        {
            var index = new IndexBuffer($"{set.Name} {name}", batch.Count);
            for (int p = 0; p < set.Kind.Particles; p++)
                for (int k = 0; k < batch.Count && name == ElementKernels.Particle(p); k++) index.Indices[k] = set.Elements[batch[k]][p];
            for (int k = 0; k < batch.Count && name == "element"; k++) index.Indices[k] = batch[k];
            indices.Add(index);
            return index;
        }
    }
}
