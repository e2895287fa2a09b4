using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>Puts a scene's joints into a world, and traces how their frames and numbers follow the targets.</summary>
    internal static class WorldJoints
    {
        // Bodies by index; the world itself is a body beyond those of the scene.
        public static int BodyOf(Scene scene, string name) => name == null ? scene.Bodies.Count : scene.Bodies.FindIndex(b => b.Name == name);

        public static bool NeedsWorld(Scene scene) => scene.Joints.Exists(j => j.A == null || j.B == null);

        public static Joint Add(World world, SceneJoint joint, Body a, Body b)
        {
            Joint added = Create(world, joint, a, b);
            if (joint.Collides) added.Colliding();
            if (joint.Has(JointNumber.Frequency)) added.Softened(joint[JointNumber.Frequency], Or(joint, JointNumber.DampingRatio, 1));
            bool isSprung = joint.Has(JointNumber.Stiffness) || joint.Has(JointNumber.Damping);
            double stiffness = Or(joint, JointNumber.Stiffness, 0), damping = Or(joint, JointNumber.Damping, 0);
            bool isLimited = joint.Has(JointNumber.Lower) || joint.Has(JointNumber.Upper);
            double lower = Or(joint, JointNumber.Lower, -JointAxis.Unbounded), upper = Or(joint, JointNumber.Upper, JointAxis.Unbounded);
            if (joint.Type == "distance")
            {
                double length = Enumerable.Range(0, 3).Sum(c => Math.Pow(joint.AnchorB[c] - joint.Anchor[c], 2));
                if (isLimited) added.Limited(lower, upper);
                if (isSprung) added.Sprung(stiffness, damping, Or(joint, JointNumber.Rest, Math.Sqrt(length)));
                return added;
            }
            foreach (JointAxis axis in added.Axes.Where(x => !x.IsLocked))
            {
                if (isLimited) axis.Limited(lower, upper);
                if (isSprung) axis.Sprung(stiffness, damping, Or(joint, JointNumber.Rest, 0));
                if (joint.Has(JointNumber.DriveStiffness) || joint.Has(JointNumber.DriveDamping))
                {
                    double most = Or(joint, JointNumber.MaxForce, JointAxis.Unbounded);
                    axis.Driven(Or(joint, JointNumber.Target, 0), Or(joint, JointNumber.DriveStiffness, 0), Or(joint, JointNumber.DriveDamping, 0), most);
                    if (joint.Has(JointNumber.TargetSpeed)) axis.Turning(joint[JointNumber.TargetSpeed], joint[JointNumber.DriveDamping], most);
                }
                if (joint.Has(JointNumber.DriveForce)) axis.Pushed(joint[JointNumber.DriveForce]);
                if (joint.Has(JointNumber.Friction)) axis.Rubbing(joint[JointNumber.Friction]);
                if (joint.Has(JointNumber.Armature)) axis.WithArmature(joint[JointNumber.Armature]);
            }
            return added;
        }

        // Anchors stay where they are in the world, whatever moves the bodies' starts: in a mass frame at p, turned by R, the anchor c is at R^T (c - p).
        public static Kernel Trace(Scene scene, int index, World world, Func<KernelBuilder, SceneNumbers> numbersOf)
        {
            return Kernel.Define("joint " + scene.Joints[index].Name, k =>
            {
                SceneNumbers numbers = numbersOf(k);
                SceneJoint joint = scene.Joints[index];
                int element = world.Element(index, 0);
                Real3 anchorA = numbers.Vector(SceneValueKind.JointAnchor, index);
                Real3 anchorB = joint.Type == "distance" ? numbers.Vector(SceneValueKind.JointAnchorB, index) : anchorA;
                Real[] frames = Constants(world.JointFrames, element);
                InMassFrame(scene, joint.A, world, numbers, anchorA).ToArray().CopyTo(frames, 0);
                InMassFrame(scene, joint.B, world, numbers, anchorB).ToArray().CopyTo(frames, 7);
                k.StoreAt("frames", "joint", frames);

                Real[] values = Constants(world.JointNumbers, element);
                foreach (JointAxis axis in world.Joints[index].Axes)
                {
                    foreach (JointNumber number in SceneJoint.AllNumbers.Where(n => Applies(joint, axis, n))) values[axis.Component(number)] = numbers.Of(SceneValueKind.JointNumber, index, (int)number);
                }
                // A rod is as long as its anchors are apart.
                if (joint.Type == "distance" && !joint.Has(JointNumber.Rest)) values[world.Joints[index].Axes[0].Component(JointNumber.Rest)] = (anchorB - anchorA).Length;
                k.StoreAt("numbers", "joint", values);
            });
        }

        private static Joint Create(World world, SceneJoint joint, Body a, Body b)
        {
            Double3 anchor = Vector(joint.Anchor);
            switch (joint.Type)
            {
                case "ball": return world.AddBall(a, b, anchor, null, joint.Name);
                case "hinge": return world.AddHinge(a, b, anchor, Vector(joint.Axis), joint.Name);
                case "slider": return world.AddSlider(a, b, anchor, Vector(joint.Axis), joint.Name);
                case "fixed": return world.AddFixed(a, b, anchor, joint.Name);
                case "universal": return world.AddUniversal(a, b, anchor, Vector(joint.Axis), Vector(joint.AxisB), joint.Name);
                default: return world.AddDistance(a, b, anchor, Vector(joint.AnchorB), joint.Name);
            }
        }

        // Frequency and damping ratio soften what is held; all other numbers belong to the free axes.
        private static bool Applies(SceneJoint joint, JointAxis axis, JointNumber number)
        {
            bool isHeld = number == JointNumber.Frequency || number == JointNumber.DampingRatio;
            return joint.Has(number) && (joint.Type == "distance" || axis.IsLocked == isHeld);
        }

        private static Real3 InMassFrame(Scene scene, string name, World world, SceneNumbers numbers, Real3 point)
        {
            if (name == null) return point;
            int index = BodyOf(scene, name);
            RealQuaternion rotation = new RealQuaternion(Enumerable.Range(3, 4).Select(c => (Real)world.State[world.Element(index, 0), c]).ToArray(), 0);
            Real3 position = numbers.Vector(SceneValueKind.Position, index);
            if (scene.Bodies[index].CentreOfMass != null) position += rotation.Rotate(numbers.Vector(SceneValueKind.CentreOfMass, index));
            return rotation.InverseRotate(point - position);
        }

        private static Real[] Constants(DiffPhysics.Autodiff.Buffer buffer, int element) => Enumerable.Range(0, buffer.Components).Select(c => (Real)buffer[element, c]).ToArray();

        private static double Or(SceneJoint joint, JointNumber number, double otherwise) => joint.Has(number) ? joint[number] : otherwise;

        private static Double3 Vector(double[] v) => new Double3(v[0], v[1], v[2]);
    }
}
