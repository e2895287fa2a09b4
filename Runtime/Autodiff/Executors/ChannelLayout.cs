using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// How far channels stand apart, where that is known when the kernel is compiled: pointer[k] = pointer[Leader[k]] + Offset[k] bytes. Compiled code
    /// then works with one address in a register for all that follow a leader; else it reads each pointer anew for every vector, since registers for
    /// all are too few.
    /// </summary>
    sealed class ChannelLayout : IEquatable<ChannelLayout>
    {
        /// <summary>Per channel the one that it follows; itself, where nothing is known.</summary>
        public readonly int[] Leader;

        /// <summary>Per channel the bytes from its leader.</summary>
        public readonly long[] Offset;

        /// <summary>A layout of groups: channels of one group stand apart as their places do; those of negative groups are on their own.</summary>
        public ChannelLayout(int[] group, long[] place)
        {
            Leader = new int[group.Length];
            Offset = new long[group.Length];
            for (int k = 0; k < group.Length; k++)
            {
                Leader[k] = group[k] < 0 ? k : Array.IndexOf(group, group[k]);
                Offset[k] = place[k] - place[Leader[k]];
            }
        }

        public bool Equals(ChannelLayout other) =>
            other != null && Leader.AsSpan().SequenceEqual(other.Leader) && Offset.AsSpan().SequenceEqual(other.Offset);

        public override bool Equals(object obj) => Equals(obj as ChannelLayout);

        public override int GetHashCode()
        {
            var mixer = new HashMixer();
            foreach (int each in Leader) mixer.Add(each);
            foreach (long each in Offset) mixer.Add((int)each);
            return mixer.Value;
        }
    }
}
