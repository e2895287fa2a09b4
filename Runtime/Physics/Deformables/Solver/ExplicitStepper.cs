using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Explicit steps: elements add up their forces, set by set in a fixed order, then particles fly.</summary>
    internal sealed class ExplicitStepper : ParticleStepper
    {
        private readonly List<Launch> forces = new List<Launch>();
        private readonly Launch flight;

        public ExplicitStepper(ParticleOptions options, IReadOnlyList<ElementSet> sets, IReadOnlyList<Obstacle> obstacles, ParticleBuffers particles)
        {
            foreach (ElementSet set in sets) forces.Add(ElementLaunches.Bind(new ElementKernels(set).Force(elastic: true), set, particles));
            flight = OverParticles(ParticleKernels.Flight(options, obstacles, particles), particles, obstacles);
        }

        public override void Advance(FrameTape tape)
        {
            for (int k = 0; k < forces.Count; k++) tape.Run(forces[k]);
            tape.Run(flight);
        }
    }
}
