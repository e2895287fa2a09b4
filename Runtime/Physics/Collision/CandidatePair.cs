using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Two colliders that may meet; ordered by smaller body, larger body, and their colliders.</summary>
    internal readonly struct CandidatePair : IComparable<CandidatePair>
    {
        /// <summary>Collider of the body with the smaller index.</summary>
        public readonly int ColliderA;

        /// <summary>Collider of the body with the larger index.</summary>
        public readonly int ColliderB;

        private readonly ulong bodies;

        public CandidatePair(Collider[] colliders, int i, int j)
        {
            bool inOrder = colliders[i].Body < colliders[j].Body;
            ColliderA = inOrder ? i : j;
            ColliderB = inOrder ? j : i;
            bodies = ((ulong)(uint)colliders[ColliderA].Body << 32) | (uint)colliders[ColliderB].Body;
        }

        public int CompareTo(CandidatePair other)
        {
            if (bodies != other.bodies)
            {
                return bodies < other.bodies ? -1 : 1;
            }

            return ColliderA != other.ColliderA ? ColliderA.CompareTo(other.ColliderA) : ColliderB.CompareTo(other.ColliderB);
        }
    }

    /// <summary>A growing array of pairs that is reused.</summary>
    internal sealed class CandidateList
    {
        private CandidatePair[] items = new CandidatePair[64];

        public int Count { get; private set; }

        public CandidatePair this[int index] => items[index];

        public void Clear() => Count = 0;

        public void Add(CandidatePair item)
        {
            if (Count == items.Length)
            {
                Array.Resize(ref items, 2 * Count);
            }

            items[Count++] = item;
        }

        public void Sort() => Array.Sort(items, 0, Count, Comparer<CandidatePair>.Default);
    }
}
