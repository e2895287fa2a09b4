using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>Rules of a joint that its format alone cannot check.</summary>
    internal static class JointRules
    {
        private const double Least = 1e-9;

        // What a number needs beside itself to have a meaning.
        private static readonly (JointNumber Number, JointNumber Needs)[] Needs =
        {
            (JointNumber.Rest, JointNumber.Stiffness),
            (JointNumber.Target, JointNumber.DriveStiffness),
            (JointNumber.TargetSpeed, JointNumber.DriveDamping),
            (JointNumber.DampingRatio, JointNumber.Frequency),
        };

        // The first thing wrong, as the member it is about and words; null when all is right. Bodies are known to exist.
        public static (string Member, string Problem)? Check(Scene scene, SceneJoint joint)
        {
            return (joint.Type == "gear" ? CheckGear(scene, joint) : CheckBodies(scene, joint) ?? CheckGeometry(joint) ?? CheckAxes(joint))
                ?? CheckNumbers(joint, SceneJoint.NumbersOf(joint.Type), $"a {joint.Type} joint", "");
        }

        private static (string, string)? CheckBodies(Scene scene, SceneJoint joint)
        {
            if (joint.A == joint.B) return ("b", $"found '{joint.B}' itself, expected another body than 'a'");
            bool moves = scene.Bodies.Any(b => b.IsDynamic && (b.Name == joint.A || b.Name == joint.B));
            return moves ? ((string, string)?)null : ("b", $"found a joint between bodies that are static, expected one that is dynamic");
        }

        private static (string, string)? CheckGeometry(SceneJoint joint)
        {
            switch (joint.Type)
            {
                case "hinge":
                case "slider": return Direction("axis", joint.Axis);
                case "universal": return Direction("axis", joint.Axis) ?? Direction("axisB", joint.AxisB) ?? RightAngle("axisB", joint.AxisB, joint.Axis);
                case "wheel":
                    if (!joint.Has(JointNumber.Stiffness)) return ("stiffness", "found none, expected that of the suspension");
                    return Direction("axis", joint.Axis) ?? Direction("up", joint.Up) ?? RightAngle("up", joint.Up, joint.Axis);
                case "distance": return Apart("anchorB", joint.AnchorB, joint.Anchor, "the anchor of A");
                case "pulley":
                    if (!(joint.Ratio > 0) || double.IsInfinity(joint.Ratio)) return ("ratio", $"found {joint.Ratio}, expected a positive number");
                    if (joint.Has(JointNumber.Upper) && !(joint[JointNumber.Upper] > 0)) return ("upper", $"found {joint[JointNumber.Upper]}, expected a positive length");
                    return Apart("pulleyA", joint.PulleyA, joint.Anchor, "the anchor of A") ?? Apart("pulleyB", joint.PulleyB, joint.AnchorB, "the anchor of B");
                default: return null;
            }
        }

        // Angles of hinges are measured in the world, so that what they turn on must stand still.
        private static (string, string)? CheckGear(Scene scene, SceneJoint gear)
        {
            foreach ((string member, string name) in new[] { ("first", gear.First), ("second", gear.Second) })
            {
                string[] before = scene.Joints.TakeWhile(j => j != gear).Where(j => j.Type == "hinge").Select(j => j.Name).ToArray();
                if (!before.Contains(name)) return (member, $"there is no hinge '{name}' before the gear{NearestName.Hint(name ?? "", before)}");
                SceneJoint hinge = scene.Joints.Find(j => j.Name == name);
                if (hinge.A != null && scene.Bodies.Find(b => b.Name == hinge.A).IsDynamic) return (member, $"found a hinge on '{hinge.A}', which moves, expected one on the world or a static body");
            }
            if (scene.Joints.Find(j => j.Name == gear.First).B == scene.Joints.Find(j => j.Name == gear.Second).B) return ("second", "found a hinge of the same body as 'first', expected two bodies that turn");
            return gear.Ratio == 0 || double.IsNaN(gear.Ratio) || double.IsInfinity(gear.Ratio) ? ("ratio", $"found {gear.Ratio}, expected a finite number that is not 0") : ((string, string)?)null;
        }

        private static (string, string)? CheckAxes(SceneJoint joint)
        {
            if (joint.Type != "sixDegree") return joint.Axes.Count > 0 ? ("axes", $"found axes of a {joint.Type} joint, expected none") : ((string, string)?)null;
            double length = Length(joint.Rotation);
            if (!(Math.Abs(length - 1) <= 1e-4)) return ("rotation", $"found a quaternion of length {length:g4}, expected length 1");
            for (int k = 0; k < joint.Axes.Count; k++)
            {
                SceneJointAxis axis = joint.Axes[k];
                if (axis.Coordinate < 0) return ("axes." + axis.Name, $"there is no coordinate '{axis.Name}'{NearestName.Hint(axis.Name ?? "", SceneJointAxis.Coordinates)} Known: {string.Join(", ", SceneJointAxis.Coordinates)}.");
                if (joint.Axes.Take(k).Any(a => a.Name == axis.Name)) return ("axes." + axis.Name, "found it twice, expected once");
                (string, string)? wrong = CheckNumbers(axis, SceneJointAxis.Numbers, "a free coordinate", $"axes.{axis.Name}.");
                if (wrong != null) return wrong;
            }
            bool holds = joint.Axes.Count < SceneJointAxis.Coordinates.Count || joint.Axes.Any(a => SceneJointAxis.Numbers.Any(a.Has));
            return holds ? ((string, string)?)null : ("axes", "found all coordinates free and nothing that acts on them, expected a limit, spring or drive");
        }

        private static (string, string)? CheckNumbers(SceneJointNumbers joint, IReadOnlyList<JointNumber> known, string what, string at)
        {
            foreach (JointNumber number in SceneJoint.AllNumbers)
            {
                if (!joint.Has(number)) continue;
                string word = SceneJoint.WordOf(number);
                if (!known.Contains(number)) return (at + word, $"found '{word}' of {what}, expected {(known.Count == 0 ? "none" : "only " + string.Join(", ", known.Select(SceneJoint.WordOf)))}");
                double value = joint[number];
                if (double.IsInfinity(value) || value < 0 && !SceneJoint.IsSigned(number)) return (at + word, $"found {value}, expected a number that is {(SceneJoint.IsSigned(number) ? "finite" : "not negative")}");
            }
            if (joint[JointNumber.Frequency] == 0) return (at + "frequency", "found 0, expected a positive number");
            if (joint[JointNumber.Lower] > joint[JointNumber.Upper]) return (at + "lower", $"found {joint[JointNumber.Lower]} over the upper limit {joint[JointNumber.Upper]}, expected at most that");
            foreach ((JointNumber number, JointNumber needs) in Needs)
            {
                if (joint.Has(number) && !joint.Has(needs)) return (at + SceneJoint.WordOf(number), $"found it without '{SceneJoint.WordOf(needs)}', expected both");
            }
            if (joint.Has(JointNumber.MaxForce) && !joint.Has(JointNumber.DriveStiffness) && !joint.Has(JointNumber.DriveDamping)) return (at + "maxForce", "found it without a drive, expected 'driveStiffness' or 'driveDamping'");
            return null;
        }

        private static (string, string)? Direction(string member, double[] axis) =>
            Length(axis) > Least ? ((string, string)?)null : (member, "found an axis of length zero, expected a direction");

        private static (string, string)? RightAngle(string member, double[] axis, double[] to)
        {
            double cosine = Dot(axis, to) / (Length(axis) * Length(to));
            return Math.Abs(cosine) < 1e-6 ? ((string, string)?)null : (member, $"found {Math.Acos(Math.Max(-1, Math.Min(1, cosine))) * 180 / Math.PI:0.#} degrees to 'axis', expected a right angle");
        }

        private static (string, string)? Apart(string member, double[] point, double[] from, string what) =>
            Length(point.Zip(from, (a, b) => b - a).ToArray()) > Least ? ((string, string)?)null : (member, $"found {what}, expected another point");

        private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

        private static double Length(double[] v) => Math.Sqrt(Dot(v, v));
    }
}
