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
        // Places of a wheel's coordinates among the axes of a joint.
        private const int Suspension = 1, Axle = 3;

        // Where the ratio of a gear or rope stands among its frames.
        private const int Ratio = 22;

        // Bodies by index; the world itself is a body beyond those of the scene.
        public static int BodyOf(Scene scene, string name) => name == null ? scene.Bodies.Count : scene.Bodies.FindIndex(b => b.Name == name);

        public static bool NeedsWorld(Scene scene) => scene.Joints.Exists(j => j.Type != "gear" && (j.A == null || j.B == null));

        // The hinges of a gear are there before it.
        public static Joint Add(World world, Scene scene, SceneJoint joint, Body a, Body b)
        {
            Joint added = Create(world, scene, joint, a, b);
            if (joint.Collides) added.Colliding();
            if (joint.Has(JointNumber.Frequency)) added.Softened(joint[JointNumber.Frequency], joint.Or(JointNumber.DampingRatio, 1));
            switch (joint.Type)
            {
                case "distance":
                    double length = Enumerable.Range(0, 3).Sum(c => Math.Pow(joint.AnchorB[c] - joint.Anchor[c], 2));
                    if (IsLimited(joint)) added.Limited(Lower(joint), Upper(joint));
                    if (IsSprung(joint)) added.Sprung(joint.Or(JointNumber.Stiffness, 0), joint.Or(JointNumber.Damping, 0), joint.Or(JointNumber.Rest, Math.Sqrt(length)));
                    return added;
                case "pulley":
                    if (joint.Has(JointNumber.Upper)) added.Limited(0, joint[JointNumber.Upper]);
                    return added;
                case "wheel":
                    Hold(added.Axes[Suspension], joint);
                    Drive(added.Axes[Axle], joint);
                    return added;
                case "sixDegree":
                    foreach (SceneJointAxis free in joint.Axes)
                    {
                        Hold(added.Axes[free.Coordinate], free);
                        Drive(added.Axes[free.Coordinate], free);
                    }
                    return added;
            }
            foreach (JointAxis axis in added.Axes.Where(x => !x.IsLocked))
            {
                Hold(axis, joint);
                Drive(axis, joint);
            }
            return added;
        }

        // The axis that a coordinate of a joint is: of the joint itself the one that turns, slides or drives.
        public static JointAxis AxisOf(SceneJoint joint, Joint added, int coordinate)
        {
            if (coordinate >= 0) return added.Axes[coordinate];
            return joint.Type == "wheel" ? added.Axes[Axle] : added.Axes.FirstOrDefault(a => !a.IsLocked) ?? added.Axes[0];
        }

        private static bool IsSprung(SceneJointNumbers n) => n.Has(JointNumber.Stiffness) || n.Has(JointNumber.Damping);

        private static bool IsLimited(SceneJointNumbers n) => n.Has(JointNumber.Lower) || n.Has(JointNumber.Upper);

        private static double Lower(SceneJointNumbers n) => n.Or(JointNumber.Lower, -JointAxis.Unbounded);

        private static double Upper(SceneJointNumbers n) => n.Or(JointNumber.Upper, JointAxis.Unbounded);

        // Limits and spring.
        private static void Hold(JointAxis axis, SceneJointNumbers n)
        {
            if (IsLimited(n)) axis.Limited(Lower(n), Upper(n));
            if (IsSprung(n)) axis.Sprung(n.Or(JointNumber.Stiffness, 0), n.Or(JointNumber.Damping, 0), n.Or(JointNumber.Rest, 0));
        }

        private static void Drive(JointAxis axis, SceneJointNumbers n)
        {
            if (n.Has(JointNumber.DriveStiffness) || n.Has(JointNumber.DriveDamping))
            {
                double most = n.Or(JointNumber.MaxForce, JointAxis.Unbounded);
                axis.Driven(n.Or(JointNumber.Target, 0), n.Or(JointNumber.DriveStiffness, 0), n.Or(JointNumber.DriveDamping, 0), most);
                if (n.Has(JointNumber.TargetSpeed)) axis.Turning(n[JointNumber.TargetSpeed], n[JointNumber.DriveDamping], most);
            }
            if (n.Has(JointNumber.DriveForce)) axis.Pushed(n[JointNumber.DriveForce]);
            if (n.Has(JointNumber.Friction)) axis.Rubbing(n[JointNumber.Friction]);
            if (n.Has(JointNumber.Armature)) axis.WithArmature(n[JointNumber.Armature]);
        }

        // Anchors stay where they are in the world, whatever moves the bodies' starts: in a mass frame at p, turned by R, the anchor c is at R^T (c - p).
        public static Kernel Trace(Scene scene, int index, World world, Func<KernelBuilder, SceneNumbers> numbersOf)
        {
            return Kernel.Define("joint " + scene.Joints[index].Name, k =>
            {
                SceneNumbers numbers = numbersOf(k);
                SceneJoint joint = scene.Joints[index];
                int element = world.Element(index, 0);
                Real[] frames = Constants(world.JointFrames, element), values = Constants(world.JointNumbers, element);
                if (joint.Type == "gear" || joint.Type == "pulley") frames[Ratio] = numbers.Of(SceneValueKind.JointRatio, index);
                if (joint.Type != "gear")
                {
                    Real3 anchorA = numbers.Vector(SceneValueKind.JointAnchor, index);
                    Real3 anchorB = joint.HasAnchorB ? numbers.Vector(SceneValueKind.JointAnchorB, index) : anchorA;
                    InMassFrame(scene, joint.A, world, numbers, anchorA).ToArray().CopyTo(frames, 0);
                    InMassFrame(scene, joint.B, world, numbers, anchorB).ToArray().CopyTo(frames, 7);
                    Real length = joint.HasAnchorB ? Length(scene, joint, index, numbers, anchorA, anchorB, frames) : 0;
                    // A rod is as long as its anchors are apart, and a rope over pulleys as it is at the start.
                    if (joint.Type == "distance" && !joint.Has(JointNumber.Rest)) values[world.Joints[index].Axes[0].Component(JointNumber.Rest)] = length;
                    if (joint.Type == "pulley" && !joint.Has(JointNumber.Upper)) values[world.Joints[index].Axes[0].Component(JointNumber.Upper)] = length;
                }
                k.StoreAt("frames", "joint", frames);

                foreach (JointValue value in joint.Values())
                {
                    foreach (JointAxis axis in AxesWith(joint, world.Joints[index], value)) values[axis.Component(value.Number)] = numbers.Of(SceneValueKind.JointNumber, index, value.Place);
                }
                k.StoreAt("numbers", "joint", values);
            });
        }

        // Of a distance that of its anchors, of a rope over pulleys |anchor A - pulley A| + ratio |anchor B - pulley B|, whose pulleys stand in the frames from 14 and 18 on.
        private static Real Length(Scene scene, SceneJoint joint, int index, SceneNumbers numbers, Real3 anchorA, Real3 anchorB, Real[] frames)
        {
            if (joint.Type == "distance") return (anchorB - anchorA).Length;
            Real3 pulleyA = numbers.Vector(SceneValueKind.JointPulleyA, index), pulleyB = numbers.Vector(SceneValueKind.JointPulleyB, index);
            pulleyA.ToArray().CopyTo(frames, 14);
            pulleyB.ToArray().CopyTo(frames, 18);
            return (anchorA - pulleyA).Length + frames[Ratio] * (anchorB - pulleyB).Length;
        }

        private static Joint Create(World world, Scene scene, SceneJoint joint, Body a, Body b)
        {
            Double3 anchor = Vector(joint.Anchor);
            switch (joint.Type)
            {
                case "ball": return world.AddBall(a, b, anchor, null, joint.Name);
                case "hinge": return world.AddHinge(a, b, anchor, Vector(joint.Axis), joint.Name);
                case "slider": return world.AddSlider(a, b, anchor, Vector(joint.Axis), joint.Name);
                case "fixed": return world.AddFixed(a, b, anchor, joint.Name);
                case "universal": return world.AddUniversal(a, b, anchor, Vector(joint.Axis), Vector(joint.AxisB), joint.Name);
                case "sixDegree":
                    double[] q = joint.Rotation;
                    var free = (JointFreedom)joint.Axes.Sum(axis => 1 << axis.Coordinate);
                    return world.AddSixDegree(a, b, new Pose(anchor, new DoubleQuaternion(q[0], q[1], q[2], q[3]).Normalised()), free, joint.Name);
                case "wheel":
                    Double3 x = Double3.Normalise(Vector(joint.Axis)), y = Double3.Normalise(Vector(joint.Up));
                    return world.AddSixDegree(a, b, new Pose(anchor, DoubleQuaternion.FromAxes(x, y, Double3.Cross(x, y))), JointFreedom.Y | JointFreedom.Twist, joint.Name);
                case "pulley": return world.AddPulley(a, b, anchor, Vector(joint.AnchorB), Vector(joint.PulleyA), Vector(joint.PulleyB), joint.Ratio, joint.Name);
                case "gear": return world.AddGear(JointOf(joint.First), JointOf(joint.Second), joint.Ratio, joint.Name);
                default: return world.AddDistance(a, b, anchor, Vector(joint.AnchorB), joint.Name);
            }

            Joint JointOf(string name) => world.Joints[scene.Joints.FindIndex(j => j.Name == name)];
        }

        // The axes that a number belongs to: frequency and damping ratio soften what is held; all other numbers belong to the free axes.
        private static IEnumerable<JointAxis> AxesWith(SceneJoint joint, Joint added, JointValue value)
        {
            if (value.Coordinate >= 0) return new[] { added.Axes[value.Coordinate] };
            bool isHeld = value.Number == JointNumber.Frequency || value.Number == JointNumber.DampingRatio;
            if (joint.Type == "wheel" && !isHeld) return new[] { added.Axes[SceneJoint.IsOfSuspension(value.Number) ? Suspension : Axle] };
            return joint.Type == "distance" ? added.Axes : added.Axes.Where(axis => axis.IsLocked == isHeld);
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

        private static Double3 Vector(double[] v) => new Double3(v[0], v[1], v[2]);
    }
}
