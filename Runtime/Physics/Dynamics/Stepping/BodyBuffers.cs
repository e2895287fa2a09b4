using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The buffers of bodies, shapes and surroundings, of all worlds: the element of a thing in a world is thing * worlds + world, which is
    /// also how a buffer with a worlds axis would lie in memory. All but the state and what a substep works on are parameters.
    /// </summary>
    internal sealed class BodyBuffers
    {
        /// <summary>Numbers of the surroundings: gravity and substep.</summary>
        public const int EnvironmentSize = 4;

        /// <summary>The slot for the length of the substep alone, the last number of the surroundings.</summary>
        public const string Substep = "substep";

        public readonly Buffer State, Mass, Mobility, Response, Force, Shape, Material, Density, Environment;
        public readonly Buffer Applied, End, Acceleration, Gain, Kick, Inverse, Impulse, Push, Shift, Change, Halfway, Warm, Strain;
        private readonly Dictionary<string, Buffer> bySlot = new Dictionary<string, Buffer>();

        public BodyBuffers(int bodies, int shapes, int worlds, Precision precision)
        {
            Worlds = worlds;
            WorldOf = new IndexBuffer("world", bodies * worlds);
            Span<int> world = WorldOf.Indices;
            for (int e = 0; e < world.Length; e++) world[e] = e % worlds;
            bodies *= worlds;
            shapes *= worlds;
            State = New("state", bodies, RigidState.Size);
            Mass = New("mass", bodies, RigidMass.Size);
            Mobility = New("mobility", bodies, 1);
            Response = New("response", bodies, FlightKernel.ResponseSize);
            Force = New("force", bodies, 6);
            Shape = New("shape", shapes, TracedCollider.Size);
            Material = New("material", shapes, PairMaterial.Size);
            Density = New("density", shapes, 1);
            Environment = New("environment", worlds, EnvironmentSize);
            Applied = New("applied", bodies, 6);
            End = New("end", bodies, RigidState.Size);
            Acceleration = New("acceleration", bodies, 3);
            Gain = New("gain", bodies, 6);
            Kick = New("kick", bodies, RigidState.Size);
            Inverse = New("inverse", bodies, BodyImpulse.InverseSize);
            Impulse = New("impulse", bodies, 6);
            Push = New("push", bodies, 6);
            Shift = New("shift", bodies, 6);
            Change = New("change", bodies, 6);
            Halfway = New("halfway", bodies, HalfwayBody.Size);
            Warm = New("warm", bodies, 6);
            Strain = New("strain", bodies, 1);

            Buffer New(string name, int elements, int components)
            {
                var buffer = new Buffer(name, elements, components, precision);
                bySlot.Add(name, buffer);
                return buffer;
            }
        }

        public readonly int Worlds;

        /// <summary>The world of each body's element.</summary>
        public readonly IndexBuffer WorldOf;

        /// <summary>Binds a slot to the buffer named like it, or like it without the A or B of a side.</summary>
        /// <returns>False if there is none.</returns>
        public bool TryBind(Launch launch, int slot)
        {
            string name = launch.Kernel.Slots[slot].Name;
            if (name == Substep) launch.Bind(slot, Environment, EnvironmentSize - 1);
            else if (Find(name) is Buffer buffer) launch.Bind(slot, buffer);
            else return false;
            return true;
        }

        /// <summary>The buffer for a slot: named like it, or like it without the A or B of a side; null if there is none.</summary>
        private Buffer Find(string slot) =>
            bySlot.TryGetValue(slot, out Buffer buffer) || bySlot.TryGetValue(slot.TrimEnd('A', 'B'), out buffer) ? buffer : null;

        public void Dispose()
        {
            foreach (Buffer buffer in bySlot.Values) buffer.Dispose();
            WorldOf.Dispose();
        }
    }
}
