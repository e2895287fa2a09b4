using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The buffers of a world's particles and surroundings.</summary>
    internal sealed class ParticleBuffers
    {
        /// <summary>Numbers of a state: position, velocity.</summary>
        public const int StateSize = 6;

        /// <summary>Numbers of the surroundings: gravity, substep, contact radius.</summary>
        public const int EnvironmentSize = 5;

        /// <summary>State.</summary>
        public readonly Buffer State;

        /// <summary>Parameters.</summary>
        public readonly Buffer PointMass, Mobility, Drag, Applied, RestPosition, Environment;

        /// <summary>Point masses and what elements add to them; the forces of a substep, zero between substeps.</summary>
        public readonly Buffer Mass, Force;

        /// <summary>What forces added to velocities in a substep, without what acts during the flight; null where nothing asks for it.</summary>
        public readonly Buffer Kick;

        /// <summary>What contacts have chosen inside kernels (<see cref="TracedChoices"/>); null where there are none.</summary>
        public readonly Buffer Choices;

        private readonly List<Buffer> all = new List<Buffer>();

        public ParticleBuffers(int particles, ParticleOptions options, bool keepsKick, bool keepsChoices)
        {
            int worlds = options.Worlds, shared = options.ParameterWorlds;
            State = New("state", particles, StateSize, worlds);
            Force = New("force", particles, 3, worlds);
            if (keepsKick) Kick = New("kick", particles, 3, worlds);
            if (keepsChoices) Choices = New("choices", particles, TracedChoices.Size, worlds);
            PointMass = New("point mass", particles, 1, shared);
            Mobility = New("mobility", particles, 1, shared);
            Drag = New("drag", particles, 1, shared);
            Applied = New("applied force", particles, 3, shared);
            RestPosition = New("rest position", particles, 3, shared);
            Mass = New("mass", particles, 1, shared);
            Environment = New("environment", 1, EnvironmentSize, shared);

            Buffer New(string name, int elements, int components, int count)
            {
                var buffer = new Buffer(name, elements, components, options.Precision, count);
                all.Add(buffer);
                return buffer;
            }
        }

        /// <summary>The buffer that a slot of a kernel over particles wants.</summary>
        public Buffer Find(string slot)
        {
            foreach (Buffer buffer in all)
                if (buffer.Name == slot) return buffer;
            return null;
        }

        public void Dispose()
        {
            foreach (Buffer buffer in all) buffer.Dispose();
        }
    }
}
