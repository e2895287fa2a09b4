using System;

namespace DiffPhysics.Physics
{
    /// <summary>Pairs of colliders whose boxes in the hierarchy meet, in no particular order; each pair stands here once.</summary>
    internal sealed class NearPairs
    {
        private (int, int)[] pairs = new (int, int)[64];

        public int Count { get; private set; }

        public (int, int) this[int index] => pairs[index];

        public void Add(int i, int j)
        {
            if (Count == pairs.Length)
            {
                Array.Resize(ref pairs, 2 * Count);
            }

            pairs[Count++] = (i, j);
        }

        /// <summary>Takes out the pairs of which either collider is marked.</summary>
        public void Remove(bool[] marked)
        {
            int kept = 0;
            for (int k = 0; k < Count; k++)
            {
                (int i, int j) = pairs[k];
                if (!marked[i] && !marked[j])
                {
                    pairs[kept++] = pairs[k];
                }
            }

            Count = kept;
        }
    }
}
