using System;
using System.Linq;
using DiffPhysics.Physics;

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
            if (joint.A == joint.B) return ("b", $"found '{joint.B}' itself, expected another body than 'a'");
            bool moves = scene.Bodies.Any(b => b.IsDynamic && (b.Name == joint.A || b.Name == joint.B));
            if (!moves) return ("b", $"found a joint between bodies that are static, expected one that is dynamic");
            if (joint.Type == "hinge" || joint.Type == "slider" || joint.Type == "universal")
            {
                if (!(Length(joint.Axis) > Least)) return ("axis", "found an axis of length zero, expected a direction");
            }
            if (joint.Type == "universal")
            {
                if (!(Length(joint.AxisB) > Least)) return ("axisB", "found an axis of length zero, expected a direction");
                double cosine = Dot(joint.Axis, joint.AxisB) / (Length(joint.Axis) * Length(joint.AxisB));
                if (!(Math.Abs(cosine) < 1e-6)) return ("axisB", $"found {Math.Acos(Math.Max(-1, Math.Min(1, cosine))) * 180 / Math.PI:0.#} degrees to 'axis', expected a right angle");
            }
            if (joint.Type == "distance" && !(Length(joint.Anchor.Zip(joint.AnchorB, (a, b) => b - a).ToArray()) > Least))
                return ("anchorB", "found the anchor of A, expected another point");
            return CheckNumbers(joint);
        }

        private static (string, string)? CheckNumbers(SceneJoint joint)
        {
            foreach (JointNumber number in SceneJoint.AllNumbers)
            {
                if (!joint.Has(number)) continue;
                string word = SceneJoint.WordOf(number);
                if (!SceneJoint.NumbersOf(joint.Type).Contains(number)) return (word, $"found '{word}' of a {joint.Type} joint, expected only {string.Join(", ", SceneJoint.NumbersOf(joint.Type).Select(SceneJoint.WordOf))}");
                double value = joint[number];
                if (double.IsInfinity(value) || value < 0 && !SceneJoint.IsSigned(number)) return (word, $"found {value}, expected a number that is {(SceneJoint.IsSigned(number) ? "finite" : "not negative")}");
            }
            if (joint[JointNumber.Frequency] == 0) return ("frequency", "found 0, expected a positive number");
            if (joint[JointNumber.Lower] > joint[JointNumber.Upper]) return ("lower", $"found {joint[JointNumber.Lower]} over the upper limit {joint[JointNumber.Upper]}, expected at most that");
            foreach ((JointNumber number, JointNumber needs) in Needs)
            {
                if (joint.Has(number) && !joint.Has(needs)) return (SceneJoint.WordOf(number), $"found it without '{SceneJoint.WordOf(needs)}', expected both");
            }
            if (joint.Has(JointNumber.MaxForce) && !joint.Has(JointNumber.DriveStiffness) && !joint.Has(JointNumber.DriveDamping)) return ("maxForce", "found it without a drive, expected 'driveStiffness' or 'driveDamping'");
            return null;
        }

        private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

        private static double Length(double[] v) => Math.Sqrt(Dot(v, v));
    }
}
