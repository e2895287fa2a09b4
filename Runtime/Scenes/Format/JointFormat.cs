using System.Collections.Generic;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>The types of joints in a scene document.</summary>
    internal static class JointFormat
    {
        public static VariantFormat<SceneJoint> Describe()
        {
            var joints = new VariantFormat<SceneJoint>(j => j.Type, (j, v) => j.Type = v);
            Variant(joints, "ball", "Holds a point of two bodies together and lets them turn.");
            Axis(Variant(joints, "hinge", "Lets two bodies turn about one axis."), "Direction of the axis.");
            Axis(Variant(joints, "slider", "Lets two bodies slide along one axis, without turning."), "Direction of the axis.");
            Variant(joints, "fixed", "Holds two bodies together as they start.");
            Axis(Variant(joints, "universal", "Two axes that cross at a right angle, one fixed to each body."), "Direction of the axis fixed to A.")
                .Add("axisB", new VectorFormat(3, 3), j => j.AxisB, (j, v) => j.AxisB = v, "Direction of the axis fixed to B.", true);
            AnchorB(Variant(joints, "distance", "Holds the distance of two points: a rod; with 'lower' or 'upper' a rope, with 'stiffness' or 'damping' a spring."), "The point of B in m, where the bodies start.");
            Variant(joints, "sixDegree", "Holds all displacements and turns of its frame, but those in 'axes'.")
                .Add("rotation", new VectorFormat(4, 4), j => j.Rotation, (j, v) => j.Rotation = v, "The joint's frame: unit quaternion x y z w.")
                .Map("axes", FreeAxis(), j => j.Axes, a => a.Name, (a, n) => a.Name = n, "What is free: x, y, z (displacements), twist (turn about x), swingY, swingZ.", true);
            Axis(Variant(joints, "wheel", "A wheel B on a suspension of A: it turns about its axle and moves along the suspension. Limits and spring are the suspension's, all else the axle's."), "Direction of the axle.")
                .Add("up", new VectorFormat(3, 3), j => j.Up, (j, v) => j.Up = v, "Direction of the suspension, at a right angle to the axle; y by default.");
            Ratio(AnchorB(Variant(joints, "pulley", "A rope over two pulleys that are fixed in the world: length to A + ratio times length to B is at most 'upper', by default what it is at the start."), "Where the rope holds B, in m, where the bodies start."), "Factor of the length to B.", NumberRule.Positive)
                .Add("pulleyA", new VectorFormat(3, 3), j => j.PulleyA, (j, v) => j.PulleyA = v, "Pulley that A hangs from, in m.", true)
                .Add("pulleyB", new VectorFormat(3, 3), j => j.PulleyB, (j, v) => j.PulleyB = v, "Pulley that B hangs from, in m.", true);
            Ratio(joints.Variant("gear", "Lets the second bodies of two hinges turn together: angle of the first + ratio times angle of the second stays 0."), "Of wheels that touch from outside, teeth of the second over teeth of the first.", NumberRule.Any)
                .Text("first", j => j.First, (j, v) => j.First = v, "A hinge on the world or a static body, that stands before the gear.", true)
                .Text("second", j => j.Second, (j, v) => j.Second = v, "Another such hinge.", true)
                .Add("collides", new BooleanFormat(), j => j.Collides, (j, v) => j.Collides = v, "Whether the two bodies collide.");
            return joints;
        }

        private static ObjectFormat<SceneJoint> Variant(VariantFormat<SceneJoint> joints, string type, string description)
        {
            ObjectFormat<SceneJoint> format = joints.Variant(type, description)
                .Text("a", j => j.A, (j, v) => j.A = v, "A body; the world by default.")
                .Text("b", j => j.B, (j, v) => j.B = v, "The other body, whose motion relative to A is measured.", true)
                .Add("anchor", new VectorFormat(3, 3), j => j.Anchor, (j, v) => j.Anchor = v, "Where the joint holds (of a distance or pulley, the point of A), in m, where the bodies start.", true);
            Numbers(format, SceneJoint.NumbersOf(type));
            return format.Add("collides", new BooleanFormat(), j => j.Collides, (j, v) => j.Collides = v, "Whether the two bodies collide.");
        }

        private static ObjectFormat<SceneJointAxis> FreeAxis()
        {
            var format = new ObjectFormat<SceneJointAxis>("What acts on a free coordinate.");
            Numbers(format, SceneJointAxis.Numbers);
            return format;
        }

        private static void Numbers<T>(ObjectFormat<T> format, IEnumerable<JointNumber> numbers)
            where T : SceneJointNumbers, new()
        {
            foreach (JointNumber number in numbers)
            {
                NumberRule rule = number == JointNumber.Frequency ? NumberRule.Positive : SceneJoint.IsSigned(number) ? NumberRule.Any : NumberRule.NotNegative;
                format.Number(SceneJoint.WordOf(number), rule, j => j[number], (j, v) => j[number] = v, Meaning(number));
            }
        }

        private static ObjectFormat<SceneJoint> Axis(ObjectFormat<SceneJoint> format, string description)
        {
            return format.Add("axis", new VectorFormat(3, 3), j => j.Axis, (j, v) => j.Axis = v, description, true);
        }

        private static ObjectFormat<SceneJoint> AnchorB(ObjectFormat<SceneJoint> format, string description)
        {
            return format.Add("anchorB", new VectorFormat(3, 3), j => j.AnchorB, (j, v) => j.AnchorB = v, description, true);
        }

        private static ObjectFormat<SceneJoint> Ratio(ObjectFormat<SceneJoint> format, string description, NumberRule rule)
        {
            return format.Number("ratio", rule, j => j.Ratio, (j, v) => j.Ratio = v, description + " 1 by default.");
        }

        private static string Meaning(JointNumber number)
        {
            switch (number)
            {
                case JointNumber.Lower: return "Least coordinate (the coordinate is 0 at the start; of a distance, the length).";
                case JointNumber.Upper: return "Greatest coordinate.";
                case JointNumber.Stiffness: return "Stiffness of a spring.";
                case JointNumber.Damping: return "Damping of a spring.";
                case JointNumber.Rest: return "Coordinate at which the spring is at rest; 0 by default, of a distance that of the anchors.";
                case JointNumber.DriveStiffness: return "Stiffness of a drive towards 'target'.";
                case JointNumber.DriveDamping: return "Gain of a drive on the difference from 'targetSpeed'.";
                case JointNumber.Target: return "Coordinate that the drive goes to.";
                case JointNumber.TargetSpeed: return "Speed that the drive goes to.";
                case JointNumber.DriveForce: return "Force or torque that the drive adds.";
                case JointNumber.MaxForce: return "Greatest force or torque of the drive.";
                case JointNumber.Friction: return "Dry friction: the greatest force or torque that it resists with.";
                case JointNumber.Armature: return "Inertia of a rotor about the axis, or mass along it.";
                case JointNumber.Frequency: return "Softens what the joint holds: frequency in Hz.";
                default: return "Damping ratio of what is softened; 1 is critical.";
            }
        }
    }
}
