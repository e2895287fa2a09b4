namespace DiffPhysics.Physics
{
    /// <summary>
    /// The contact features of one pair of colliders: a range of the detector's list, in ascending order of
    /// <see cref="ContactFeature.Id"/>. They form one manifold. Which body is first may differ from feature to feature.
    /// </summary>
    public readonly struct ContactPair
    {
        /// <summary>The body with the smaller index.</summary>
        public readonly int BodyA;

        /// <summary>The body with the larger index.</summary>
        public readonly int BodyB;

        /// <summary>Collider of <see cref="BodyA"/>.</summary>
        public readonly int ColliderA;

        /// <summary>Collider of <see cref="BodyB"/>.</summary>
        public readonly int ColliderB;

        /// <summary>Position of its first feature in the list.</summary>
        public readonly int Start;

        /// <summary>How many features it has; at least one.</summary>
        public readonly int Count;

        internal ContactPair(int bodyA, int bodyB, int colliderA, int colliderB, int start, int count)
        {
            BodyA = bodyA;
            BodyB = bodyB;
            ColliderA = colliderA;
            ColliderB = colliderB;
            Start = start;
            Count = count;
        }
    }
}
