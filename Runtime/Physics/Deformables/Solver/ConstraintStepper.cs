using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Steps by soft constraints: predict, sweep over the coloured batches of all elements, derive velocities, damp them.</summary>
    internal sealed class ConstraintStepper : ParticleStepper
    {
        private readonly int iterations;
        private readonly List<Launch> forces = new List<Launch>(), clears = new List<Launch>();
        private readonly List<Launch> batches = new List<Launch>(), dampings = new List<Launch>();
        private readonly List<Buffer> multipliers = new List<Buffer>();
        private readonly List<IndexBuffer> indices = new List<IndexBuffer>();
        private readonly Launch predict, finish;

        public ConstraintStepper(ParticleOptions options, IReadOnlyList<ElementSet> sets, IReadOnlyList<Obstacle> obstacles, ParticleBuffers particles)
        {
            iterations = options.Iterations;
            predict = OverParticles(ParticleKernels.Predict(), particles, obstacles);
            finish = OverParticles(ParticleKernels.Finish(options, obstacles, particles.Kick != null), particles, obstacles);
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
            for (int k = 0; k < dampings.Count; k++) tape.Run(dampings[k]);
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
            (int elastic, int damped) = ConstraintKernels.Count(set.Kind);
            if (elastic + damped == 0) return;
            bool keeps = iterations > 1 && elastic > 0;
            Buffer multiplier = null;
            if (keeps)
            {
                multipliers.Add(multiplier = new Buffer(set.Name + " multipliers", set.Count, elastic, options.Precision, options.Worlds));
                clears.Add(new Launch(ConstraintKernels.Clear(elastic), set.Count).Bind("multipliers", multiplier));
            }

            Kernel project = elastic > 0 ? ConstraintKernels.Project(kernels, set, keeps) : null, damp = damped > 0 ? ConstraintKernels.Damp(kernels, set) : null;
            foreach (List<int> batch in ElementBatches.Of(set.Elements, particles.State.Elements))
            {
                var known = new Dictionary<string, IndexBuffer>();
                if (project != null) batches.Add(Bind(project, set, batch, known, particles, multiplier));
                if (damp != null) dampings.Add(Bind(damp, set, batch, known, particles, null));
            }
        }

        private Launch Bind(Kernel kernel, ElementSet set, List<int> batch, Dictionary<string, IndexBuffer> known, ParticleBuffers particles, Buffer multiplier)
        {
            var launch = new Launch(kernel, batch.Count) { Disjoint = true };
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                string slot = kernel.Slots[s].Name;
                launch.Bind(s, slot == "multipliers" ? multiplier : ElementLaunches.Find(slot, set, particles, null));
            }

            foreach (string name in kernel.Indices)
            {
                if (!known.ContainsKey(name)) known.Add(name, Index(set, batch, name));
                launch.BindIndex(name, known[name]);
            }

            return launch;
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
