using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Pairs of colliders that may meet, each as one number that sorts by smaller body, larger body, and their colliders:
    /// bodies in the upper bits, the places of the colliders among those of their bodies in the lower ones.
    /// </summary>
    internal sealed class CandidateList
    {
        /// <summary>There may be this many bodies.</summary>
        public const int BodyLimit = 1 << BodyBits;

        /// <summary>A body may have this many colliders.</summary>
        public const int ColliderLimit = 1 << ColliderBits;

        private const int BodyBits = 21;
        private const int ColliderBits = 11;

        private readonly int[] place;
        private readonly int[] firstOfBody;
        private readonly int[] colliderAt;
        private ulong[] keys = new ulong[64];

        /// <param name="colliders">The colliders, which keep their bodies.</param>
        /// <param name="bodies">Number of bodies.</param>
        /// <exception cref="ArgumentException">There are more bodies, or colliders of one, than the numbers hold.</exception>
        public CandidateList(IReadOnlyList<Collider> colliders, int bodies)
        {
            if (bodies > BodyLimit)
            {
                throw new ArgumentException("There may be at most " + BodyLimit + " bodies, but there are " + bodies + ".", nameof(bodies));
            }

            place = new int[colliders.Count];
            firstOfBody = new int[bodies + 1];
            colliderAt = new int[colliders.Count];
            for (int i = 0; i < colliders.Count; i++)
            {
                place[i] = firstOfBody[colliders[i].Body + 1]++;
                if (place[i] >= ColliderLimit)
                {
                    throw new ArgumentException("Body " + colliders[i].Body + " may have at most " + ColliderLimit + " colliders.", nameof(colliders));
                }
            }

            for (int b = 0; b < bodies; b++)
            {
                firstOfBody[b + 1] += firstOfBody[b];
            }

            for (int i = 0; i < colliders.Count; i++)
            {
                colliderAt[firstOfBody[colliders[i].Body] + place[i]] = i;
            }
        }

        public int Count { get; private set; }

        public void Clear() => Count = 0;

        public void Add(int bodyI, int i, int bodyJ, int j)
        {
            if (Count == keys.Length)
            {
                Array.Resize(ref keys, 2 * Count);
            }

            keys[Count++] = bodyI < bodyJ ? Key(bodyI, i, bodyJ, j) : Key(bodyJ, j, bodyI, i);
        }

        /// <summary>Collider of the body with the smaller index.</summary>
        public int ColliderA(int index) => colliderAt[firstOfBody[BodyA(keys[index])] + (int)(keys[index] >> ColliderBits & (ColliderLimit - 1))];

        /// <summary>Collider of the body with the larger index.</summary>
        public int ColliderB(int index) => colliderAt[firstOfBody[BodyB(keys[index])] + (int)(keys[index] & (ColliderLimit - 1))];

        public void Sort() => Array.Sort(keys, 0, Count);

        private ulong Key(int bodyA, int a, int bodyB, int b) =>
            ((ulong)(uint)bodyA << (64 - BodyBits)) | ((ulong)(uint)bodyB << (2 * ColliderBits)) | ((ulong)(uint)place[a] << ColliderBits) | (uint)place[b];

        private static int BodyA(ulong key) => (int)(key >> (64 - BodyBits));

        private static int BodyB(ulong key) => (int)(key >> (2 * ColliderBits)) & (BodyLimit - 1);
    }
}
