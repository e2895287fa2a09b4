using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>A number over time, such as the torque of a hinge's drive, given by points at equal distances.</summary>
    public sealed class SceneControl
    {
        private static readonly string[] Axes = { "x", "y", "z" };

        /// <summary>Shapes between the points.</summary>
        public static IReadOnlyList<string> Shapes { get; } = new[] { "constant", "piecewise", "linear", "cubic" };

        /// <summary>Name that paths and losses refer to.</summary>
        public string Name { get; set; }

        /// <summary>What it sets: <c>bodies.NAME.force.x</c>, <c>bodies.NAME.torque.z</c>, <c>joints.NAME.driveForce</c>, <c>.target</c> or <c>.targetSpeed</c>, <c>forces.NAME.thrust</c> and other numbers of forces.</summary>
        public string Target { get; set; }

        /// <summary><c>constant</c> (the first point), <c>piecewise</c> (each point until the next), <c>linear</c> or <c>cubic</c>.</summary>
        public string Shape { get; set; } = "linear";

        /// <summary>Time of the last point in s, held after it; NaN for the duration of the simulation.</summary>
        public double Duration { get; set; } = double.NaN;

        /// <summary>The points, at equal distances from time 0 to the duration, in the unit of the target.</summary>
        public double[] Points { get; set; } = { 0 };

        /// <summary>Time of the last point in a scene, in s.</summary>
        /// <param name="scene">The scene.</param>
        public double DurationIn(Scene scene) => double.IsNaN(Duration) ? scene.Simulation.Duration : Duration;

        internal ControlShape WorldShape => (ControlShape)Shapes.ToList().IndexOf(Shape);

        // What controls of a scene can set, with units: pushes and turns on bodies that move, what drives of joints go by, and numbers of lasting forces.
        internal static IReadOnlyList<(string Path, string Unit)> TargetsOf(Scene scene)
        {
            var targets = new List<(string, string)>();
            foreach (SceneBody body in scene.Bodies.Where(b => b.IsDynamic))
            {
                targets.AddRange(Axes.Select(axis => ($"bodies.{body.Name}.force.{axis}", "N")));
                targets.AddRange(Axes.Select(axis => ($"bodies.{body.Name}.torque.{axis}", "N m")));
            }
            foreach (SceneJoint joint in scene.Joints)
            {
                foreach ((string path, int coordinate, SceneJointNumbers numbers) in DrivenAxesOf(joint))
                {
                    bool isAngle = coordinate < 0 ? joint.Type != "slider" : coordinate >= 3;
                    foreach (JointNumber number in Drives.Where(n => IsDriven(numbers, n))) targets.Add(($"joints.{path}.{SceneJoint.WordOf(number)}", SceneJoint.UnitOf(number, isAngle)));
                }
            }
            foreach (SceneForce force in scene.Forces) targets.AddRange(ForceNumber.Of(force.Type).Where(n => n.CanBeControlled(force.Type)).Select(n => ($"forces.{force.Name}.{n.Word}", n.Unit)));
            return targets;
        }

        // Axes with drives that can be led, with the words before the number: hinges, sliders, axles of wheels and free coordinates of six-degree joints.
        private static IEnumerable<(string Path, int Coordinate, SceneJointNumbers Numbers)> DrivenAxesOf(SceneJoint joint)
        {
            if (joint.Type == "sixDegree") return joint.Axes.Where(a => a.Coordinate >= 0).Select(a => ($"{joint.Name}.axes.{a.Name}", a.Coordinate, (SceneJointNumbers)a));
            bool isDriven = joint.Type == "hinge" || joint.Type == "slider" || joint.Type == "wheel";
            return isDriven ? new[] { (joint.Name, -1, (SceneJointNumbers)joint) } : new (string, int, SceneJointNumbers)[0];
        }

        // A drive has to be there before something can lead it.
        private static bool IsDriven(SceneJointNumbers joint, JointNumber number)
        {
            switch (number)
            {
                case JointNumber.Target: return joint.Has(JointNumber.DriveStiffness);
                case JointNumber.TargetSpeed: return joint.Has(JointNumber.DriveDamping);
                default: return true;
            }
        }

        internal static IReadOnlyList<JointNumber> Drives { get; } = new[] { JointNumber.DriveForce, JointNumber.Target, JointNumber.TargetSpeed };
    }
}
