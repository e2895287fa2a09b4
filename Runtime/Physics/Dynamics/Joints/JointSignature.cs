using System;
using System.Text;

namespace DiffPhysics.Physics
{
    /// <summary>How the coordinates of a joint are computed from its two frames.</summary>
    internal enum JointFormula
    {
        /// <summary>0..2 displacement in A's frame, 3 twist about its x axis, 4 and 5 swing about its y and z axes.</summary>
        Frame,

        /// <summary>0..2 displacement, 3 cosine between the two axes, 4 angle about A's axis, 5 angle about B's.</summary>
        Universal,

        /// <summary>0 distance of the two anchors.</summary>
        Distance,

        /// <summary>0 angle of A about its axis + ratio times angle of B about its own, both axes fixed in the world.</summary>
        Gear,

        /// <summary>0 length from a point of the world to A + ratio times length from another to B.</summary>
        Pulley,
    }

    /// <summary>What a joint's kernels are traced for: its formula, which coordinates have a row, and which of those are locked.</summary>
    internal sealed class JointSignature : IEquatable<JointSignature>
    {
        private readonly string key;

        public JointSignature(JointFormula formula, int[] coordinates, bool[] locked, bool[] rigid)
        {
            Formula = formula;
            Coordinates = coordinates;
            Locked = locked;
            Rigid = rigid;
            var text = new StringBuilder(formula.ToString());
            for (int row = 0; row < coordinates.Length; row++) text.Append(' ').Append(coordinates[row]).Append(rigid[row] ? "rigid" : locked[row] ? "locked" : "");
            key = text.ToString();
        }

        public JointFormula Formula { get; }

        /// <summary>Which coordinate each row constrains.</summary>
        public int[] Coordinates { get; }

        public bool[] Locked { get; }

        /// <summary>Which rows are locked and neither soft nor ever let go, unless the joint breaks.</summary>
        public bool[] Rigid { get; }

        public int Rows => Coordinates.Length;

        /// <inheritdoc/>
        public bool Equals(JointSignature other) => other != null && key == other.key;

        /// <inheritdoc/>
        public override bool Equals(object obj) => Equals(obj as JointSignature);

        /// <inheritdoc/>
        public override int GetHashCode() => key.GetHashCode();

        /// <inheritdoc/>
        public override string ToString() => key;
    }
}
