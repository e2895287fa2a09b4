using System;

namespace DiffPhysics.Physics
{
    /// <summary>A growing array of contact features that is reused from step to step, so that steady steps allocate nothing.</summary>
    public sealed class ContactFeatureList
    {
        private ContactFeature[] items = new ContactFeature[16];

        /// <summary>Number of features.</summary>
        public int Count { get; private set; }

        /// <summary>The feature at a position.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The position is negative or not below <see cref="Count"/>.</exception>
        public ref ContactFeature this[int index]
        {
            get
            {
                if ((uint)index >= (uint)Count)
                {
                    throw new ArgumentOutOfRangeException(nameof(index), index, "The list holds " + Count + " features.");
                }

                return ref items[index];
            }
        }

        /// <summary>The features, valid until the list changes.</summary>
        public ReadOnlySpan<ContactFeature> Items => new ReadOnlySpan<ContactFeature>(items, 0, Count);

        /// <summary>Removes all features and keeps the memory.</summary>
        public void Clear() => Count = 0;

        internal Span<ContactFeature> Range(int start, int count) => new Span<ContactFeature>(items, start, count);

        internal void Truncate(int count) => Count = count;

        internal ref ContactFeature Add()
        {
            if (Count == items.Length)
            {
                Array.Resize(ref items, 2 * Count);
            }

            return ref items[Count++];
        }
    }
}
