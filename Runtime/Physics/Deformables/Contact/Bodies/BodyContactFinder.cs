using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>A particle near a shape of a body, or a triangle near a vertex of one, and what the last probe found there.</summary>
    internal struct BodyContact
    {
        /// <summary>Numbers; in place of a particle, that of a triangle.</summary>
        public int Particle, Body, Collider, Layer, Feature;

        /// <summary>At the end of the substep: gap, opening speed, and the part of it that the forces on the particle made, if they press.</summary>
        public double Gap, Opening, Pressed;

        /// <summary>From the body to the particle, at the end of the substep.</summary>
        public Double3 Normal;

        /// <summary>Of a particle that lies between the body and one that stands: its mass, as a part of the body's; 0 for others.</summary>
        public double Bearing;

        /// <summary>Of an impact: its time, the rate of the gap there, 0 where it is no root, and the opening speed before it.</summary>
        public double Time, Rate, Speed;

        /// <summary>Whether it pushes, and friction holds it.</summary>
        public bool Acts, Sticks;

        public void ReadEnd(HostNumbers found, int row)
        {
            (Gap, Opening, Pressed) = (found[row, 0], found[row, 1], found[row, 2]);
            Normal = found.Vector(row, 3);
        }

        public void ReadImpact(HostNumbers found, int row) => (Time, Rate, Speed) = (found[row, 0], found[row, 1], found[row, 2]);

        public void Write(HostNumbers choices, int row)
        {
            choices[row, 0] = Sticks ? 1 : 0;
            choices[row, 1] = Time;
            choices[row, 2] = Rate;
            choices[row, 3] = Bearing;
        }
    }

    /// <summary>
    /// Finds what may touch bodies within a substep, with the features at which it would. Contacts come in layers within which each particle has one.
    /// </summary>
    internal abstract class BodyContactFinder
    {
        protected const int BlockSize = 32;
        protected readonly World Host;
        protected readonly HostNumbers ParticleState, BodyState;
        protected readonly bool[] IsPinned;
        protected readonly HashSet<(int particle, int body)> Ignored;
        protected readonly ContactFeatureList Found = new ContactFeatureList();

        /// <summary>The layers that each particle is in, and how many there are.</summary>
        protected readonly int[] Met;

        protected BodyContactFinder(World host, ParticleBuffers particles, bool[] isPinned, HashSet<(int, int)> ignored)
        {
            Host = host;
            IsPinned = isPinned;
            Ignored = ignored;
            (ParticleState, BodyState) = (new HostNumbers(particles.State), new HostNumbers(host.Buffers.State));
            Met = new int[isPinned.Length];
        }

        /// <summary>The contacts, of which the first <see cref="Count"/> count.</summary>
        public BodyContact[] Contacts { get; private set; } = new BodyContact[64];

        /// <summary>The feature of each contact, its first side the particle's or its second.</summary>
        public ReadOnlySpan<ContactFeature> Features => Found.Items;

        public int Count => Found.Count;

        public int Layers { get; protected set; }

        /// <summary>The particles of each triangle, where triangles are what touches; null where particles are.</summary>
        public virtual int[][] Triangles => null;

        /// <summary>Looks along the last substep, as long as given.</summary>
        /// <param name="h">Its length in seconds.</param>
        /// <param name="radius">The contact radius of particles, in metres.</param>
        public void Find(double h, double radius)
        {
            Layers = 0;
            Found.Clear();
            Array.Clear(Met, 0, Met.Length);
            Look(h, radius);
        }

        protected abstract void Look(double h, double radius);

        /// <summary>How a body has moved in the last substep.</summary>
        protected BodyMotion MotionOf(int body, double h)
        {
            var rotation = new DoubleQuaternion(BodyState[body, 3], BodyState[body, 4], BodyState[body, 5], BodyState[body, 6]).Normalised();
            Double3 velocity = BodyState.Vector(body, 7), turn = BodyState.Vector(body, 10) * h, end = BodyState.Vector(body, 0);
            return new BodyMotion(new Pose(end - velocity * h, (DoubleQuaternion.FromVector(-turn) * rotation).Normalised())) { Displacement = velocity * h, Rotation = turn };
        }

        /// <summary>Adds the contact of the feature that was found last, or of one found before.</summary>
        protected void Add(int number, int particle, int body, int collider, int layer)
        {
            if (number == Contacts.Length)
            {
                BodyContact[] more = Contacts;
                Array.Resize(ref more, 2 * number);
                Contacts = more;
            }

            Contacts[number] = new BodyContact { Particle = particle, Body = body, Collider = collider, Layer = layer };
            Layers = Math.Max(Layers, layer + 1);
        }
    }
}
