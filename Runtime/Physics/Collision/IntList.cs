using System;

namespace DiffPhysics.Physics
{
    /// <summary>A growing array of integers that is reused.</summary>
    internal sealed class IntList
    {
        private int[] items = new int[64];

        public int Count { get; private set; }

        public int this[int index] => items[index];

        public void Clear() => Count = 0;

        public void Add(int item)
        {
            if (Count == items.Length)
            {
                Array.Resize(ref items, 2 * Count);
            }

            items[Count++] = item;
        }

        public void Sort() => Array.Sort(items, 0, Count);
    }
}
