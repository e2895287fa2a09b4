using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>A joint between two bodies, or a body and the world; which values count depends on its type. All is in the world, where the bodies start.</summary>
    public sealed class SceneJoint
    {
        private static readonly JointNumber[] Turns = { JointNumber.Stiffness, JointNumber.Damping, JointNumber.Friction, JointNumber.Armature, JointNumber.Frequency, JointNumber.DampingRatio };
        private readonly double[] _numbers = Enumerable.Repeat(double.NaN, JointAxis.NumberCount).ToArray();

        /// <summary>Name that paths refer to.</summary>
        public string Name { get; set; }

        /// <summary><c>ball</c>, <c>hinge</c>, <c>slider</c>, <c>fixed</c>, <c>universal</c> or <c>distance</c>.</summary>
        public string Type { get; set; } = "hinge";

        /// <summary>A body; null for the world.</summary>
        public string A { get; set; }

        /// <summary>The other body, whose motion relative to A the joint's coordinate measures.</summary>
        public string B { get; set; }

        /// <summary>Where the joint holds, in m; of a distance, the point of A.</summary>
        public double[] Anchor { get; set; } = { 0, 0, 0 };

        /// <summary>The point of B whose distance from the other is held, in m.</summary>
        public double[] AnchorB { get; set; } = { 0, 0, 0 };

        /// <summary>Direction of the axis of a hinge or slider, or of a universal joint's axis on A. Of any length but zero.</summary>
        public double[] Axis { get; set; } = { 1, 0, 0 };

        /// <summary>Direction of a universal joint's axis on B, at a right angle to the other.</summary>
        public double[] AxisB { get; set; } = { 0, 1, 0 };

        /// <summary>Whether the two bodies collide.</summary>
        public bool Collides { get; set; }

        /// <summary>
        /// A number of the joint's free axes, or of what it holds (frequency and damping ratio); NaN where the document gives none. A ball and a
        /// universal joint have the same on each free axis.
        /// </summary>
        /// <param name="number">Which.</param>
        public double this[JointNumber number]
        {
            get => _numbers[(int)number];
            set => _numbers[(int)number] = value;
        }

        /// <summary>Whether the document gives a number.</summary>
        /// <param name="number">Which.</param>
        public bool Has(JointNumber number) => !double.IsNaN(this[number]);

        internal static IReadOnlyList<JointNumber> AllNumbers { get; } = Enumerable.Range(0, JointAxis.NumberCount).Select(n => (JointNumber)n).ToArray();

        /// <summary>Types of joints.</summary>
        public static IReadOnlyList<string> Types { get; } = new[] { "ball", "hinge", "slider", "fixed", "universal", "distance" };

        /// <summary>The numbers that joints of a type can have.</summary>
        /// <param name="type">One of <see cref="Types"/>.</param>
        public static IReadOnlyList<JointNumber> NumbersOf(string type)
        {
            switch (type)
            {
                case "hinge":
                case "slider": return AllNumbers;
                case "fixed": return new[] { JointNumber.Frequency, JointNumber.DampingRatio };
                case "distance": return new[] { JointNumber.Lower, JointNumber.Upper, JointNumber.Stiffness, JointNumber.Damping, JointNumber.Rest };
                default: return Turns;
            }
        }

        /// <summary>The word for a number in documents and paths.</summary>
        /// <param name="number">The number.</param>
        public static string WordOf(JointNumber number)
        {
            string name = number.ToString();
            return char.ToLowerInvariant(name[0]) + name.Substring(1);
        }

        /// <summary>Whether a number may be negative: coordinates, speeds and forces may, all else not.</summary>
        /// <param name="number">The number.</param>
        public static bool IsSigned(JointNumber number)
        {
            switch (number)
            {
                case JointNumber.Lower:
                case JointNumber.Upper:
                case JointNumber.Rest:
                case JointNumber.Target:
                case JointNumber.TargetSpeed:
                case JointNumber.DriveForce: return true;
                default: return false;
            }
        }

        /// <summary>SI unit of a number.</summary>
        /// <param name="number">The number.</param>
        public string UnitOf(JointNumber number)
        {
            bool isAngle = Type != "slider" && Type != "distance";
            string length = isAngle ? "rad" : "m", force = isAngle ? "N m" : "N";
            switch (number)
            {
                case JointNumber.Lower:
                case JointNumber.Upper:
                case JointNumber.Rest:
                case JointNumber.Target: return length;
                case JointNumber.TargetSpeed: return length + "/s";
                case JointNumber.Stiffness:
                case JointNumber.DriveStiffness: return force + "/" + length;
                case JointNumber.Damping:
                case JointNumber.DriveDamping: return force + " s/" + length;
                case JointNumber.Armature: return isAngle ? "kg m^2" : "kg";
                case JointNumber.Frequency: return "Hz";
                case JointNumber.DampingRatio: return "";
                default: return force;
            }
        }
    }
}
