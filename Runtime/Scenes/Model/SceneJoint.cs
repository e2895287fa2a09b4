using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// A joint between two bodies, or a body and the world; which values count depends on its type. All is in the world, where the bodies start. Its
    /// numbers are those of its free axes, or of what it holds (frequency and damping ratio): a ball and a universal joint have the same on each free
    /// axis, a wheel those of its suspension and of its axle, and a six-degree joint has some for each of its <see cref="Axes"/>.
    /// </summary>
    public sealed class SceneJoint : SceneJointNumbers
    {
        private static readonly JointNumber[] Held = { JointNumber.Frequency, JointNumber.DampingRatio };
        private static readonly JointNumber[] Turns = { JointNumber.Stiffness, JointNumber.Damping, JointNumber.Friction, JointNumber.Armature, JointNumber.Frequency, JointNumber.DampingRatio };

        /// <summary>Name that paths refer to.</summary>
        public string Name { get; set; }

        /// <summary>One of <see cref="Types"/>.</summary>
        public string Type { get; set; } = "hinge";

        /// <summary>A body; null for the world. Of a gear null.</summary>
        public string A { get; set; }

        /// <summary>The other body, whose motion relative to A the joint's coordinate measures. Of a gear null.</summary>
        public string B { get; set; }

        /// <summary>Where the joint holds, in m; of a distance or pulley, the point of A.</summary>
        public double[] Anchor { get; set; } = { 0, 0, 0 };

        /// <summary>The point of B whose distance from the other is held, or at which a rope over pulleys holds B, in m.</summary>
        public double[] AnchorB { get; set; } = { 0, 0, 0 };

        /// <summary>Direction of the axis of a hinge or slider, of a wheel's axle, or of a universal joint's axis on A. Of any length but zero.</summary>
        public double[] Axis { get; set; } = { 1, 0, 0 };

        /// <summary>Direction of a universal joint's axis on B, at a right angle to the other.</summary>
        public double[] AxisB { get; set; } = { 0, 1, 0 };

        /// <summary>Direction of a wheel's suspension, at a right angle to the axle.</summary>
        public double[] Up { get; set; } = { 0, 1, 0 };

        /// <summary>Frame of a six-degree joint, quaternion x y z w of unit length.</summary>
        public double[] Rotation { get; set; } = { 0, 0, 0, 1 };

        /// <summary>The coordinates of a six-degree joint that are free; the others are held.</summary>
        public List<SceneJointAxis> Axes { get; set; } = new List<SceneJointAxis>();

        /// <summary>Pulley that A hangs from, in m.</summary>
        public double[] PulleyA { get; set; } = { 0, 0, 0 };

        /// <summary>Pulley that B hangs from, in m.</summary>
        public double[] PulleyB { get; set; } = { 0, 0, 0 };

        /// <summary>Hinge before the gear.</summary>
        public string First { get; set; }

        /// <summary>The other hinge before the gear.</summary>
        public string Second { get; set; }

        /// <summary>Of a gear: angle of the first hinge + ratio times angle of the second stays 0. Of a rope: its length is that to A + ratio times that to B.</summary>
        public double Ratio { get; set; } = 1;

        /// <summary>Whether the two bodies collide.</summary>
        public bool Collides { get; set; }

        internal bool HasAnchorB => Type == "distance" || Type == "pulley";

        internal static IReadOnlyList<JointNumber> AllNumbers { get; } = Enumerable.Range(0, JointAxis.NumberCount).Select(n => (JointNumber)n).ToArray();

        /// <summary>Types of joints.</summary>
        public static IReadOnlyList<string> Types { get; } = new[] { "ball", "hinge", "slider", "fixed", "universal", "distance", "sixDegree", "wheel", "pulley", "gear" };

        /// <summary>The numbers that joints of a type can have, those of the axes of a six-degree joint not counted.</summary>
        /// <param name="type">One of <see cref="Types"/>.</param>
        public static IReadOnlyList<JointNumber> NumbersOf(string type)
        {
            switch (type)
            {
                case "hinge":
                case "slider": return AllNumbers;
                case "sixDegree":
                case "fixed": return Held;
                case "distance": return new[] { JointNumber.Lower, JointNumber.Upper, JointNumber.Stiffness, JointNumber.Damping, JointNumber.Rest };
                case "wheel": return AllNumbers.Where(n => n != JointNumber.Target && n != JointNumber.DriveStiffness).ToArray();
                case "pulley": return new[] { JointNumber.Upper };
                case "gear": return new JointNumber[0];
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
        public string UnitOf(JointNumber number) => UnitOf(number, Type == "wheel" ? !IsOfSuspension(number) : Type != "slider" && Type != "distance" && Type != "pulley");

        internal static string UnitOf(JointNumber number, bool isAngle)
        {
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

        /// <summary>Whether a number of a wheel is one of its suspension, and not of its axle.</summary>
        internal static bool IsOfSuspension(JointNumber number)
        {
            switch (number)
            {
                case JointNumber.Lower:
                case JointNumber.Upper:
                case JointNumber.Stiffness:
                case JointNumber.Damping:
                case JointNumber.Rest: return true;
                default: return false;
            }
        }

        // All that the document gives: of the joint itself (path "stiffness"), then of its axes (path "axes.twist.stiffness").
        internal IEnumerable<JointValue> Values()
        {
            foreach (JointNumber number in NumbersOf(Type).Where(Has)) yield return new JointValue(this, -1, number, WordOf(number), UnitOf(number));
            foreach (SceneJointAxis axis in Axes)
            {
                foreach (JointNumber number in SceneJointAxis.Numbers.Where(axis.Has))
                    yield return new JointValue(axis, axis.Coordinate, number, $"axes.{axis.Name}.{WordOf(number)}", UnitOf(number, axis.Coordinate >= 3));
            }
        }
    }

    /// <summary>A number that a joint's document gives: whose it is, of which coordinate (negative for the joint's own), and how paths name it.</summary>
    internal readonly struct JointValue
    {
        public JointValue(SceneJointNumbers owner, int coordinate, JointNumber number, string path, string unit)
        {
            Owner = owner;
            Coordinate = coordinate;
            Number = number;
            Path = path;
            Unit = unit;
        }

        public SceneJointNumbers Owner { get; }
        public int Coordinate { get; }
        public JointNumber Number { get; }
        public string Path { get; }
        public string Unit { get; }

        /// <summary>Place among the joint's numbers in <see cref="SceneValue.Axis"/>: the joint's own first, then those of each coordinate.</summary>
        public int Place => (Coordinate + 1) * JointAxis.NumberCount + (int)Number;
    }
}
