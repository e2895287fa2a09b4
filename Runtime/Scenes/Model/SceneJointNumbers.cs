using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>Numbers of a joint, or of one coordinate of it, as a document gives them.</summary>
    public abstract class SceneJointNumbers
    {
        private readonly double[] _numbers = Enumerable.Repeat(double.NaN, JointAxis.NumberCount).ToArray();

        /// <summary>One of the numbers; NaN where the document gives none.</summary>
        /// <param name="number">Which.</param>
        public double this[JointNumber number]
        {
            get => _numbers[(int)number];
            set => _numbers[(int)number] = value;
        }

        /// <summary>Whether the document gives a number.</summary>
        /// <param name="number">Which.</param>
        public bool Has(JointNumber number) => !double.IsNaN(this[number]);

        internal double Or(JointNumber number, double otherwise) => Has(number) ? this[number] : otherwise;
    }

    /// <summary>A coordinate of a six-degree joint that is free, and what acts on it.</summary>
    public sealed class SceneJointAxis : SceneJointNumbers
    {
        /// <summary>
        /// The coordinates: displacement along the axes of the joint's frame, turn about its x axis, swing about the others; in the order of
        /// <see cref="JointFreedom"/>.
        /// </summary>
        public static IReadOnlyList<string> Coordinates { get; } = new[] { "x", "y", "z", "twist", "swingY", "swingZ" };

        /// <summary>One of <see cref="Coordinates"/>.</summary>
        public string Name { get; set; }

        /// <summary>Place among <see cref="Coordinates"/>; negative for a name that is none.</summary>
        internal int Coordinate => Coordinates.ToList().IndexOf(Name);

        /// <summary>What a free coordinate can have.</summary>
        internal static IReadOnlyList<JointNumber> Numbers { get; } = SceneJoint.NumbersOf("hinge").Where(n => n != JointNumber.Frequency && n != JointNumber.DampingRatio).ToArray();
    }
}
