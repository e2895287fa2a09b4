using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Finds the particles that may touch bodies within a substep, with the features at which they would, as the narrow phase has them for small balls. Contacts come body by body,
    /// those that move first.
    /// </summary>
    internal sealed class ParticleTouchFinder : BodyContactFinder
    {
        private readonly int[] order;
        private readonly Bounds3[] blocks;
        private readonly NarrowPhase narrow = new NarrowPhase();
        private Collider ball;
        private double margin;

        public ParticleTouchFinder(World host, ParticleBuffers particles, bool[] isPinned, HashSet<(int, int)> ignored)
            : base(host, particles, isPinned, ignored)
        {
            blocks = new Bounds3[(isPinned.Length + BlockSize - 1) / BlockSize];
            var colliders = new List<int>();
            foreach (bool moves in new[] { true, false })
                for (int c = 0; c < host.ColliderCount; c++)
                    if (host.Bodies[host.ColliderOf(c).Body].Kind == BodyKind.Dynamic == moves && !host.ColliderOf(c).IsTrigger) colliders.Add(c);
            order = colliders.ToArray();
        }

        protected override void Look(double h, double radius)
        {
            if (ball == null || ball.Shape.OuterRadius != radius) ball = new Collider(int.MaxValue, new SphereShape(radius), Pose.Identity);
            margin = 0.1 * radius;
            for (int b = 0; b < blocks.Length; b++)
            {
                Bounds3 bounds = Bounds3.Empty;
                for (int p = b * BlockSize; p < Math.Min(Met.Length, (b + 1) * BlockSize); p++)
                {
                    Double3 end = ParticleState.Vector(p, 0);
                    bounds = bounds.Include(end).Include(end - ParticleState.Vector(p, 3) * h);
                }

                blocks[b] = bounds.Expand(ball.Shape.OuterRadius + margin);
            }

            foreach (int c in order) Find(c, h);
        }

        private void Find(int c, double h)
        {
            Collider collider = Host.ColliderOf(c);
            int body = collider.Body;
            BodyMotion motion = MotionOf(body, h);
            Bounds3 bounds = Bounds3.Union(collider.Shape.BoundsAt(motion.Start * collider.BodyFromShape), collider.Shape.BoundsAt(motion.At(1) * collider.BodyFromShape));
            for (int b = 0; b < blocks.Length; b++)
            {
                if (!blocks[b].Overlaps(bounds)) continue;
                for (int p = b * BlockSize; p < Math.Min(Met.Length, (b + 1) * BlockSize); p++)
                {
                    if (IsPinned[p]) continue;
                    Double3 to = ParticleState.Vector(p, 0), way = ParticleState.Vector(p, 3) * h;
                    Bounds3 own = Bounds3.Empty.Include(to).Include(to - way).Expand(ball.Shape.OuterRadius + margin);
                    if (!own.Overlaps(bounds) || Ignored.Contains((p, body))) continue;
                    var path = new BodyMotion(new Pose(to - way)) { Displacement = way };
                    int first = Found.Count;
                    narrow.Collide(ball, int.MaxValue, path, collider, c, motion, margin, Found);
                    for (int k = first; k < Found.Count; k++) Add(k, p, body, c, Met[p]++);
                }
            }
        }
    }
}
