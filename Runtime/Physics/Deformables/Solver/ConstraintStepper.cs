using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>Steps by soft constraints: predict, sweep over the coloured batches of all elements, derive velocities, damp them.</summary>
    internal sealed class ConstraintStepper : ParticleStepper
    {
        private readonly ParticleOptions options;
        private readonly ParticleBuffers particles;
        private readonly int iterations;
        private readonly List<Launch> forces = new List<Launch>(), clears = new List<Launch>(), preparations = new List<Launch>();
        private readonly List<Launch> batches = new List<Launch>(), dampings = new List<Launch>();
        private readonly List<Buffer> own = new List<Buffer>();
        private readonly List<IndexBuffer> indices = new List<IndexBuffer>();
        private readonly SolverOrder order;
        private readonly IReadOnlyList<Tethers> tethers;
        private readonly Launch predict, finish, takeVelocity;

        public ConstraintStepper(ParticleOptions options, IReadOnlyList<ElementSet> sets, IReadOnlyList<Obstacle> obstacles, ParticleBuffers particles, IReadOnlyList<Tethers> tethers, bool[] isPinned)
        {
            this.options = options;
            this.particles = particles;
            this.tethers = tethers;
            iterations = options.Iterations;
            var solved = new List<(ElementSet set, List<List<int>> batches)>();
            foreach (ElementSet set in sets)
            {
                if (set.Kind.HasForces) forces.Add(ElementLaunches.Bind(new ElementKernels(set).Force(elastic: false), set, particles));
                (int elastic, int damped) = ConstraintKernels.Count(set.Kind);
                if (elastic + damped > 0) solved.Add((set, ElementBatches.Of(set.Elements, particles.State.Elements)));
            }

            order = new SolverOrder(solved, particles.State.Elements, options);
            preparations.Add(OverParticles(ParticleKernels.InverseMass(), particles, obstacles, order));
            foreach ((ElementSet set, List<List<int>> ofSet) in solved) Add(set, ofSet);
            foreach (Tethers each in tethers) each.Build(isPinned, order, options);
            bool isDamped = dampings.Count > 0;
            predict = OverParticles(ParticleKernels.Predict(), particles, obstacles, order);
            finish = OverParticles(ParticleKernels.Finish(options, obstacles, particles, isDamped), particles, obstacles, order);
            if (isDamped) takeVelocity = OverParticles(ParticleKernels.TakeVelocity(), particles, obstacles, order);
        }

        public override IReadOnlyList<Launch> Preparations => preparations;

        public override void Advance(FrameTape tape)
        {
            for (int k = 0; k < forces.Count; k++) tape.Run(forces[k]);
            tape.Run(predict);
            for (int k = 0; k < clears.Count; k++) tape.Run(clears[k]);
            for (int iteration = 0; iteration < iterations; iteration++)
                for (int k = 0; k < batches.Count; k++) tape.Run(batches[k]);
            for (int k = 0; k < tethers.Count; k++) tethers[k].Run(tape);
            tape.Run(finish);
            for (int k = 0; k < dampings.Count; k++) tape.Run(dampings[k]);
            if (takeVelocity != null) tape.Run(takeVelocity);
        }

        public override void Dispose()
        {
            order.Dispose();
            foreach (Buffer buffer in own) buffer.Dispose();
            foreach (IndexBuffer index in indices) index.Dispose();
        }

        // What belongs to elements lies in rows, batch after batch.
        private void Add(ElementSet set, List<List<int>> ofSet)
        {
            var kernels = new ElementKernels(set);
            (int elastic, int damped) = ConstraintKernels.Count(set.Kind);
            bool keeps = iterations > 1 && elastic > 0;
            Buffer multiplier = keeps ? New(set.Name + " multipliers", set.Count, elastic, options.Worlds) : null;
            if (keeps) clears.Add(new Launch(ConstraintKernels.Clear(elastic), set.Count).Bind("multipliers", multiplier));
            Buffer rest = set.Kind.RestSize > 0 ? New(set.Name + " rest in rows", set.Count, set.Kind.RestSize, options.ParameterWorlds) : null;
            if (rest != null) preparations.Add(new Launch(ConstraintKernels.RestInRows(set.Kind.RestSize), set.Count).Bind("rest", set.Rest).Bind("rows", rest).BindIndex("element", New("element of row", Joined(ofSet))));
            Kernel project = elastic > 0 ? ConstraintKernels.Project(kernels, set, keeps) : null, damp = damped > 0 ? ConstraintKernels.Damp(kernels, set) : null;
            int row = 0;
            foreach (List<int> batch in ofSet)
            {
                var known = new Dictionary<string, IndexBuffer>();
                if (project != null) batches.Add(Bind(project, set, batch, row, known, rest, multiplier));
                if (damp != null) dampings.Add(Bind(damp, set, batch, row, known, rest, null));
                row += batch.Count;
            }
        }

        private Launch Bind(Kernel kernel, ElementSet set, List<int> batch, int row, Dictionary<string, IndexBuffer> known, Buffer rest, Buffer multiplier)
        {
            var launch = new Launch(kernel, batch.Count) { Disjoint = true };
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                string slot = kernel.Slots[s].Name;
                launch.Bind(s, slot == "multipliers" ? multiplier : slot == "rest" ? rest
                    : order.Find(slot.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ' ')) ?? ElementLaunches.Find(slot, set, particles, null));
            }

            foreach (string name in kernel.Indices)
            {
                if (!known.ContainsKey(name)) known.Add(name, New($"{set.Name} {name}", Index(set, batch, row, name)));
                launch.BindIndex(name, known[name]);
            }

            return launch;
        }

        private int[] Index(ElementSet set, List<int> batch, int row, string name)
        {
            var index = new int[batch.Count];
            for (int k = 0; k < index.Length; k++) index[k] = name == "row" ? row + k : batch[k];
            for (int p = 0; p < set.Kind.Particles; p++)
                for (int k = 0; k < index.Length && name == ElementKernels.Particle(p); k++) index[k] = order.Place.Values[set.Elements[batch[k]][p]];
            return index;
        }

        private static int[] Joined(List<List<int>> batches)
        {
            var all = new List<int>();
            foreach (List<int> batch in batches) all.AddRange(batch);
            return all.ToArray();
        }

        private Buffer New(string name, int elements, int components, int worlds)
        {
            var buffer = new Buffer(name, elements, components, options.Precision, worlds);
            own.Add(buffer);
            return buffer;
        }

        private IndexBuffer New(string name, int[] numbers)
        {
            var index = new IndexBuffer(name, numbers);
            indices.Add(index);
            return index;
        }
    }
}
