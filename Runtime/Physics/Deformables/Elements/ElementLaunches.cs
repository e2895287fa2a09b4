using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Binds the kernels of a set of elements to its buffers and to those of the particles.</summary>
    internal static class ElementLaunches
    {
        public static Launch Bind(Kernel kernel, ElementSet set, ParticleBuffers particles, Buffer energy = null)
        {
            if (kernel == null) return null;
            var launch = new Launch(kernel, set.Count);
            for (int s = 0; s < kernel.Slots.Count; s++) launch.Bind(s, Find(kernel.Slots[s].Name, set, particles, energy));
            for (int p = 0; p < set.Particles.Length; p++)
            {
                string index = ElementKernels.Particle(p);
                foreach (string wanted in kernel.Indices)
                    if (wanted == index) launch.BindIndex(index, set.Particles[p]);
            }

            return launch;
        }

        public static Buffer Find(string slot, ElementSet set, ParticleBuffers particles, Buffer energy)
        {
            switch (slot.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ' '))
            {
                case "state": return particles.State;
                case "force": return particles.Force;
                case "mass": return particles.Mass;
                case "mobility": return particles.Mobility;
                case "environment": return particles.Environment;
                case "rest position": return particles.RestPosition;
                case "rest": return set.Rest;
                case "energy": return energy;
                default: return set[slot];
            }
        }
    }
}
