using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Decides which colliders may meet: layers, pairs of bodies that are excluded, and bodies that cannot move.</summary>
    public sealed class CollisionFilter
    {
        private readonly HashSet<(int, int)> excluded = new HashSet<(int, int)>();

        /// <summary>Number of excluded pairs of bodies.</summary>
        public int ExcludedCount => excluded.Count;

        /// <summary>Lets two bodies pass through each other, for example because a joint holds them together.</summary>
        /// <exception cref="ArgumentException">Both indices are the same.</exception>
        public void Exclude(int bodyA, int bodyB)
        {
            if (bodyA == bodyB)
            {
                throw new ArgumentException("A body never collides with itself: body " + bodyA + " cannot be excluded from itself.", nameof(bodyB));
            }

            excluded.Add(Key(bodyA, bodyB));
        }

        /// <summary>Takes an exclusion back.</summary>
        public void Include(int bodyA, int bodyB) => excluded.Remove(Key(bodyA, bodyB));

        /// <summary>Whether two bodies were excluded.</summary>
        public bool IsExcluded(int bodyA, int bodyB) => excluded.Count > 0 && excluded.Contains(Key(bodyA, bodyB));

        /// <summary>Whether layers and exclusions let two colliders meet.</summary>
        public bool Allows(Collider a, Collider b) =>
            a.Body != b.Body
            && (a.CollidesWith & (1u << b.Layer)) != 0
            && (b.CollidesWith & (1u << a.Layer)) != 0
            && !IsExcluded(a.Body, b.Body);

        private static (int, int) Key(int a, int b) => a < b ? (a, b) : (b, a);
    }
}
