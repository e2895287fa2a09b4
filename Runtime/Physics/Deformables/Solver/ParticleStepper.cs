using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>A way to advance particles by a substep.</summary>
    internal abstract class ParticleStepper
    {
        /// <summary>What it makes of masses and rest shapes, after these have been made, before the first substep.</summary>
        public virtual IReadOnlyList<Launch> Preparations => System.Array.Empty<Launch>();

        /// <summary>Runs, and records, the launches of a substep.</summary>
        public abstract void Advance(FrameTape tape);

        public virtual void Dispose()
        {
        }

        /// <summary>Binds a kernel over all particles.</summary>
        protected static Launch OverParticles(Kernel kernel, ParticleBuffers particles, IReadOnlyList<Obstacle> obstacles, SolverOrder order = null)
        {
            var launch = new Launch(kernel, particles.State.Elements);
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                string slot = kernel.Slots[s].Name;
                Buffer buffer = particles.Find(slot) ?? order?.Find(slot);
                for (int o = 0; o < obstacles.Count && buffer == null; o++)
                    buffer = slot == "geometry " + o ? obstacles[o].Geometry : slot == "material " + o ? obstacles[o].Material : null;
                if (slot == "substep") launch.Bind(s, particles.Environment, 3); // a slot of its own, as it may be constant where gravity is not
                else if (slot == "damped velocity") launch.Bind(s, particles.State, 3);
                else launch.Bind(s, buffer);
            }

            if (kernel.Indices.Count > 0) launch.BindIndex("place", order.Place);
            return launch;
        }
    }
}
