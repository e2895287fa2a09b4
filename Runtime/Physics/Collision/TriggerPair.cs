namespace DiffPhysics.Physics
{
    /// <summary>Two colliders that overlap at the start of a step or within it, at least one of which is a trigger.</summary>
    public readonly struct TriggerPair
    {
        /// <summary>Collider of the body with the smaller index.</summary>
        public readonly int ColliderA;

        /// <summary>Collider of the body with the larger index.</summary>
        public readonly int ColliderB;

        internal TriggerPair(int colliderA, int colliderB)
        {
            ColliderA = colliderA;
            ColliderB = colliderB;
        }
    }
}
