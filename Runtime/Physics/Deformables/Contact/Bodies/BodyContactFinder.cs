using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>A particle near a shape of a body, and what the last probe found there.</summary>
    internal struct BodyContact
    {
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
    /// Finds the particles that may touch bodies within a substep, with the features at which they would, as the narrow phase has them for small balls.
    /// Contacts come body by body, those that move first, in layers within which each particle has one.
    /// </summary>
    internal sealed class BodyContactFinder
    {
        private const int BlockSize = 32;
        private readonly World host;
        private readonly HostNumbers particleState, bodyState;
        private readonly bool[] isPinned;
        private readonly int[] met;
        private readonly HashSet<(int, int)> ignored;
        private readonly int[] order;
        private readonly Bounds3[] blocks;
        private readonly NarrowPhase narrow = new NarrowPhase();
        private readonly ContactFeatureList found = new ContactFeatureList();
        private Collider ball;
        private double margin;

        public BodyContactFinder(World host, ParticleBuffers particles, bool[] isPinned, HashSet<(int, int)> ignored)
        {
            this.host = host;
            this.isPinned = isPinned;
            this.ignored = ignored;
            (particleState, bodyState) = (new HostNumbers(particles.State), new HostNumbers(host.Buffers.State));
            met = new int[isPinned.Length];
            blocks = new Bounds3[(isPinned.Length + BlockSize - 1) / BlockSize];
            var colliders = new List<int>();
            foreach (bool moves in new[] { true, false })
                for (int c = 0; c < host.ColliderCount; c++)
                    if (host.Bodies[host.ColliderOf(c).Body].Kind == BodyKind.Dynamic == moves && !host.ColliderOf(c).IsTrigger) colliders.Add(c);
            order = colliders.ToArray();
        }

        /// <summary>The contacts, of which the first <see cref="Count"/> count.</summary>
        public BodyContact[] Contacts { get; private set; } = new BodyContact[64];

        /// <summary>The feature of each contact, its first side the particle's or its second.</summary>
        public ReadOnlySpan<ContactFeature> Features => found.Items;

        public int Count => found.Count;

        public int Layers { get; private set; }

        /// <summary>Looks along the last substep, as long as given.</summary>
        /// <param name="h">Its length in seconds.</param>
        /// <param name="radius">The contact radius of particles, in metres.</param>
        public void Find(double h, double radius)
        {
            if (ball == null || ball.Shape.OuterRadius != radius) ball = new Collider(int.MaxValue, new SphereShape(radius), Pose.Identity);
            margin = 0.1 * radius;
            Layers = 0;
            found.Clear();
            Array.Clear(met, 0, met.Length);
            for (int b = 0; b < blocks.Length; b++)
            {
                Bounds3 bounds = Bounds3.Empty;
                for (int p = b * BlockSize; p < Math.Min(met.Length, (b + 1) * BlockSize); p++)
                {
                    Double3 end = particleState.Vector(p, 0);
                    bounds = bounds.Include(end).Include(end - particleState.Vector(p, 3) * h);
                }

                blocks[b] = bounds.Expand(ball.Shape.OuterRadius + margin);
            }

            foreach (int c in order) Find(c, h);
        }

        private void Find(int c, double h)
        {
            Collider collider = host.ColliderOf(c);
            int body = collider.Body;
            var rotation = new DoubleQuaternion(bodyState[body, 3], bodyState[body, 4], bodyState[body, 5], bodyState[body, 6]).Normalised();
            Double3 velocity = bodyState.Vector(body, 7), turn = bodyState.Vector(body, 10) * h, end = bodyState.Vector(body, 0);
            var motion = new BodyMotion(new Pose(end - velocity * h, (DoubleQuaternion.FromVector(-turn) * rotation).Normalised())) { Displacement = velocity * h, Rotation = turn };
            Bounds3 bounds = Bounds3.Union(collider.Shape.BoundsAt(motion.Start * collider.BodyFromShape), collider.Shape.BoundsAt(motion.At(1) * collider.BodyFromShape));
            for (int b = 0; b < blocks.Length; b++)
            {
                if (!blocks[b].Overlaps(bounds)) continue;
                for (int p = b * BlockSize; p < Math.Min(met.Length, (b + 1) * BlockSize); p++)
                {
                    if (isPinned[p]) continue;
                    Double3 to = particleState.Vector(p, 0), way = particleState.Vector(p, 3) * h;
                    Bounds3 own = Bounds3.Empty.Include(to).Include(to - way).Expand(ball.Shape.OuterRadius + margin);
                    if (!own.Overlaps(bounds) || ignored.Contains((p, body))) continue;
                    var path = new BodyMotion(new Pose(to - way)) { Displacement = way };
                    int first = found.Count;
                    narrow.Collide(ball, int.MaxValue, path, collider, c, motion, margin, found);
                    for (int k = first; k < found.Count; k++) Add(k, p, body, c);
                }
            }
        }

        private void Add(int number, int particle, int body, int collider)
        {
            if (number == Contacts.Length)
            {
                BodyContact[] more = Contacts;
                Array.Resize(ref more, 2 * number);
                Contacts = more;
            }

            Contacts[number] = new BodyContact { Particle = particle, Body = body, Collider = collider, Layer = met[particle]++ };
            Layers = Math.Max(Layers, met[particle]);
        }
    }
}
