using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    // Joints of a world.
    public sealed partial class World
    {
        private readonly List<Joint> joints = new List<Joint>();

        /// <summary>The joints, in the order of their indices.</summary>
        public IReadOnlyList<Joint> Joints => joints;

        /// <summary>Called with a joint that breaks, and the world in which it does, after the substep in which its force was too great.</summary>
        public event Action<Joint, int> JointBroke;

        /// <summary>
        /// Numbers of the joints' axes, one joint an element; <see cref="JointAxis.Component"/> says where. They can be written between
        /// steps, and by the tape, and have gradients.
        /// </summary>
        public DiffPhysics.Autodiff.Buffer JointNumbers => JointParts.Numbers;

        /// <summary>
        /// Frames of the joints in the mass frames of their bodies: anchor 0..2 and rotation 3..6 on A, 7..13 the same on B. The frame's x
        /// axis is the joint's axis. Of a gear the rotations 14..17 and 18..21 of its two axes in the world, of a rope over pulleys these
        /// pulleys 14..16 and 18..20; of both the ratio 22.
        /// </summary>
        public DiffPhysics.Autodiff.Buffer JointFrames => JointParts.Frames;

        /// <summary>Impulses of the joints' rows over the last substep, in newton seconds or newton metre seconds.</summary>
        public DiffPhysics.Autodiff.Buffer JointImpulses => JointParts.Kept;

        private JointBuffers JointParts
        {
            get
            {
                Build();
                return stepper.Joints?.Buffers ?? throw new InvalidOperationException("The world has no joints.");
            }
        }

        /// <summary>Adds a joint that holds a point of two bodies together, and lets them turn.</summary>
        /// <param name="a">A body.</param>
        /// <param name="b">Another body.</param>
        /// <param name="anchor">The point, in the world, where the bodies start.</param>
        /// <param name="axis">Axis of the twist, in the world; null for x. Only limits, springs and drives depend on it.</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddBall(Body a, Body b, Double3 anchor, Double3? axis = null, string name = null) =>
            Add(JointKind.Ball, a, b, name, anchor, axis ?? Double3.UnitX);

        /// <summary>Adds a joint that lets two bodies turn about one axis.</summary>
        /// <param name="a">A body.</param>
        /// <param name="b">Another body; its angle relative to A is the coordinate, 0 at the start.</param>
        /// <param name="anchor">A point of the axis, in the world, where the bodies start.</param>
        /// <param name="axis">Direction of the axis, in the world.</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddHinge(Body a, Body b, Double3 anchor, Double3 axis, string name = null) => Add(JointKind.Hinge, a, b, name, anchor, axis);

        /// <summary>Adds a joint that lets two bodies slide along one axis, without turning.</summary>
        /// <param name="a">A body, to which the axis is fixed.</param>
        /// <param name="b">Another body; its displacement is the coordinate, 0 at the start.</param>
        /// <param name="anchor">A point of B on the axis, in the world, where the bodies start.</param>
        /// <param name="axis">Direction of the axis, in the world.</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddSlider(Body a, Body b, Double3 anchor, Double3 axis, string name = null) => Add(JointKind.Slider, a, b, name, anchor, axis);

        /// <summary>Adds a joint that holds two bodies together as they start.</summary>
        /// <param name="a">A body.</param>
        /// <param name="b">Another body.</param>
        /// <param name="anchor">Where the joint holds, in the world.</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddFixed(Body a, Body b, Double3 anchor, string name = null) => Add(JointKind.Fixed, a, b, name, anchor, Double3.UnitX);

        /// <summary>Adds a joint with two axes that cross at a right angle, one fixed to each body.</summary>
        /// <param name="a">A body.</param>
        /// <param name="b">Another body.</param>
        /// <param name="anchor">Where the axes cross, in the world.</param>
        /// <param name="axisA">The axis fixed to A, in the world.</param>
        /// <param name="axisB">The axis fixed to B, in the world, at a right angle to the other.</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddUniversal(Body a, Body b, Double3 anchor, Double3 axisA, Double3 axisB, string name = null)
        {
            name ??= NameOf(JointKind.Universal);
            CheckJoint(name, a, b);
            Double3 x = Direction(name, "axis of A", axisA), y = Direction(name, "axis of B", axisB);
            if (!(Math.Abs(Double3.Dot(x, y)) < 1e-6)) throw new ArgumentException($"The axes of joint '{name}' must be at a right angle, but their directions are {x} and {y}.");
            var frame = new Pose(Finite(name, "anchor", anchor), DoubleQuaternion.FromAxes(x, y, Double3.Cross(x, y)));
            return Add(new Joint(this, joints.Count, JointKind.Universal, a, b, name, frame, frame));
        }

        /// <summary>Adds a joint whose six coordinates are are locked, but those named.</summary>
        /// <param name="a">A body.</param>
        /// <param name="b">Another body.</param>
        /// <param name="worldFromJoint">The joint's frame, in the world, where the bodies start.</param>
        /// <param name="free">Which coordinates are free: displacement along x, y, z (bits 0 to 2), twist about x (3), swing about y and z (4, 5).</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddSixDegree(Body a, Body b, Pose worldFromJoint, JointFreedom free, string name = null)
        {
            name ??= NameOf(JointKind.SixDegree);
            CheckJoint(name, a, b);
            Finite(name, "anchor", worldFromJoint.Position);
            if (!(Math.Abs(worldFromJoint.Rotation.Length - 1) < 1e-6)) throw new ArgumentException($"The rotation of joint '{name}' must be a unit quaternion, but is {worldFromJoint.Rotation}.");
            Joint joint = Add(new Joint(this, joints.Count, JointKind.SixDegree, a, b, name, worldFromJoint, worldFromJoint));
            for (int k = 0; k < 6; k++)
                if (((int)free >> k & 1) != 0) joint.Axes[k].Unlocked();
            return joint;
        }

        /// <summary>
        /// Adds a joint that holds the distance of two points: a rigid rod. Limited with lower limit 0 it is a rope, sprung a spring.
        /// </summary>
        /// <param name="a">A body.</param>
        /// <param name="b">Another body.</param>
        /// <param name="anchorA">The point of A, in the world.</param>
        /// <param name="anchorB">The point of B, in the world.</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddDistance(Body a, Body b, Double3 anchorA, Double3 anchorB, string name = null)
        {
            name ??= NameOf(JointKind.Distance);
            CheckJoint(name, a, b);
            double length = (Finite(name, "anchor on A", anchorA) - Finite(name, "anchor on B", anchorB)).Length;
            if (!(length > 0)) throw new ArgumentException($"The anchors of joint '{name}' must not coincide, but both are {anchorA}.");
            Joint joint = Add(new Joint(this, joints.Count, JointKind.Distance, a, b, name, new Pose(anchorA), new Pose(anchorB)));
            joint.Axes[0].Numbers[(int)JointNumber.Rest] = length;
            return joint;
        }

        /// <summary>
        /// Adds a wheel on a suspension: it turns about its axle (twist, <c>Axes[3]</c>) and moves along the suspension (y, <c>Axes[1]</c>)
        /// against a spring and damper, between stops.
        /// </summary>
        /// <param name="chassis">What the suspension is fixed to.</param>
        /// <param name="wheel">The wheel, placed where the suspension is neither in nor out.</param>
        /// <param name="axle">Direction of the axle, in the world.</param>
        /// <param name="up">Direction of the suspension, in the world, at a right angle to the axle.</param>
        /// <param name="stiffness">Of the spring, in N/m.</param>
        /// <param name="damping">Of the damper, in N s/m.</param>
        /// <param name="travel">How far the wheel moves either way, in metres.</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddWheel(Body chassis, Body wheel, Double3 axle, Double3 up, double stiffness, double damping, double travel, string name = null)
        {
            name ??= $"wheel {joints.Count}";
            CheckJoint(name, chassis, wheel);
            Double3 x = Direction(name, "axle", axle), y = Direction(name, "suspension", up);
            if (!(Math.Abs(Double3.Dot(x, y)) < 1e-6)) throw new ArgumentException($"Axle and suspension of joint '{name}' must be at a right angle, but their directions are {x} and {y}.");
            var frame = new Pose(wheel.StartPose.Position, DoubleQuaternion.FromAxes(x, y, Double3.Cross(x, y)));
            Joint joint = AddSixDegree(chassis, wheel, frame, JointFreedom.Y | JointFreedom.Twist, name);
            joint.Axes[1].Sprung(stiffness, damping).Limited(-travel, travel);
            return joint;
        }

        /// <summary>
        /// Adds a rope over two pulleys that are fixed in the world: length to A + ratio times length to B does not exceed what it is at
        /// the start. The rope pulls and does not push.
        /// </summary>
        /// <param name="a">A body.</param>
        /// <param name="b">Another body.</param>
        /// <param name="anchorA">Where the rope holds A, in the world.</param>
        /// <param name="anchorB">Where the rope holds B, in the world.</param>
        /// <param name="pulleyA">The pulley that A hangs from, in the world.</param>
        /// <param name="pulleyB">The pulley that B hangs from, in the world.</param>
        /// <param name="ratio">Positive; 1 for a plain rope.</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddPulley(Body a, Body b, Double3 anchorA, Double3 anchorB, Double3 pulleyA, Double3 pulleyB, double ratio = 1, string name = null)
        {
            name ??= NameOf(JointKind.Pulley);
            CheckJoint(name, a, b);
            double toA = (Finite(name, "anchor on A", anchorA) - Finite(name, "pulley of A", pulleyA)).Length;
            double toB = (Finite(name, "anchor on B", anchorB) - Finite(name, "pulley of B", pulleyB)).Length;
            if (!(toA > 0 && toB > 0)) throw new ArgumentException($"The anchors of joint '{name}' must not lie on its pulleys.");
            if (!(ratio > 0) || double.IsInfinity(ratio)) throw new ArgumentException($"The ratio of joint '{name}' must be positive and finite, but is {ratio}.");
            Joint joint = Add(new Joint(this, joints.Count, JointKind.Pulley, a, b, name, new Pose(anchorA), new Pose(anchorB)) { Ratio = ratio, PulleyA = pulleyA, PulleyB = pulleyB });
            joint.Axes[0].Limited(0, toA + ratio * toB);
            return joint;
        }

        /// <summary>
        /// Adds a gear between the second bodies of two hinges whose first bodies do not move: angle of the first + ratio times angle of
        /// the second stays 0. A pair of wheels that touch from outside, teeth n1 and n2, has the ratio n2 / n1.
        /// </summary>
        /// <param name="first">A hinge.</param>
        /// <param name="second">Another hinge.</param>
        /// <param name="ratio">Finite and not 0.</param>
        /// <param name="name">What error messages call it.</param>
        public Joint AddGear(Joint first, Joint second, double ratio, string name = null)
        {
            name ??= NameOf(JointKind.Gear);
            foreach (Joint hinge in new[] { first, second })
            {
                if (hinge == null) throw new ArgumentException($"Joint '{name}' needs two hinges, but one is missing.");
                if (hinge.World != this) throw new ArgumentException($"Joint '{name}' cannot use '{hinge.Name}', which belongs to another world.");
                if (hinge.Kind != JointKind.Hinge || hinge.A.Kind == BodyKind.Dynamic)
                    throw new ArgumentException($"Joint '{name}' needs hinges on bodies that do not move, but '{hinge.Name}' is {hinge.Kind} on {hinge.A.Kind} body '{hinge.A.Name}'.");
            }

            if (double.IsNaN(ratio) || double.IsInfinity(ratio) || ratio == 0) throw new ArgumentException($"The ratio of joint '{name}' must be finite and not 0, but is {ratio}.");
            CheckJoint(name, first.B, second.B);
            return Add(new Joint(this, joints.Count, JointKind.Gear, first.B, second.B, name, first.FrameA, second.FrameA) { Ratio = ratio });
        }

        /// <summary>
        /// Coordinates and speeds of the joints' rows in the present states, two numbers a row: what a controller reads. Recorded, they
        /// carry derivatives.
        /// </summary>
        public DiffPhysics.Autodiff.Buffer MeasureJoints()
        {
            _ = JointParts;
            return stepper.Joints.Measure();
        }

        internal (double position, double speed, double force) ReadJoint(int joint, int row, int world)
        {
            if (!IsBuilt || row < 0) return default;
            (double position, double speed) = stepper.Joints.Read(Element(joint, world), row);
            return (position, speed, stepper.Joints.Buffers.Kept[Element(joint, world), row] / stepper.Joints.Substep(world));
        }

        internal double ReadHoldingForce(Joint joint, int world) => IsBuilt ? stepper.Joints.HoldingForce(joint, world) : 0;

        internal bool IsJointBroken(int joint, int world) => IsBuilt && stepper.Joints.IsBroken(joint, world);

        private Joint Add(JointKind kind, Body a, Body b, string name, Double3 anchor, Double3 axis)
        {
            name ??= NameOf(kind);
            CheckJoint(name, a, b);
            Double3 x = Direction(name, "axis", axis), y = Double3.Orthogonal(x);
            var frame = new Pose(Finite(name, "anchor", anchor), x == Double3.UnitX ? DoubleQuaternion.Identity : DoubleQuaternion.FromAxes(x, y, Double3.Cross(x, y)));
            return Add(new Joint(this, joints.Count, kind, a, b, name, frame, frame));
        }

        private Joint Add(Joint joint)
        {
            joints.Add(joint);
            return joint;
        }

        private string NameOf(JointKind kind) => $"{kind.ToString().ToLowerInvariant()} joint {joints.Count}";

        private void CheckJoint(string name, Body a, Body b)
        {
            if (IsBuilt) throw new InvalidOperationException($"Joint '{name}' cannot be added: the world has been built by its first step.");
            if (a == null || b == null) throw new ArgumentException($"Joint '{name}' needs two bodies, but one is missing. Join to AddStatic() for the world.");
            if (a == b) throw new ArgumentException($"Joint '{name}' needs two different bodies, but both are '{a.Name}'.");
            foreach (Body body in new[] { a, b })
                if (body.Index >= bodies.Count || bodies[body.Index] != body) throw new ArgumentException($"Joint '{name}' cannot hold body '{body.Name}', which belongs to another world.");
            if (a.Kind != BodyKind.Dynamic && b.Kind != BodyKind.Dynamic) throw new ArgumentException($"Joint '{name}' needs a dynamic body, but '{a.Name}' and '{b.Name}' are not.");
        }

        private static Double3 Direction(string name, string what, Double3 axis)
        {
            if (!(Finite(name, what, axis).Length > 1e-9)) throw new ArgumentException($"The {what} of joint '{name}' must not be zero, but is {axis}.");
            return Double3.Normalise(axis);
        }

        private static Double3 Finite(string name, string what, Double3 v) =>
            v.IsFinite ? v : throw new ArgumentException($"The {what} of joint '{name}' must be finite, but is {v}.");

        private void SettleJoints()
        {
            foreach (Joint joint in joints)
            {
                joint.Settle();
                if (!joint.Collides) filter.Exclude(joint.A.Index, joint.B.Index);
            }
        }

        private void WriteJoints()
        {
            if (joints.Count == 0) return;
            stepper.Joints.Broke = (joint, world) => JointBroke?.Invoke(joint, world);
            DiffPhysics.Autodiff.Buffer frames = stepper.Joints.Buffers.Frames, numbers = stepper.Joints.Buffers.Numbers;
            for (int w = 0; w < Worlds; w++)
            {
                foreach (Joint joint in joints)
                {
                    int j = Element(joint.Index, w);
                    WriteFrame(j, 0, (joint.A.StartPose * joint.A.BodyFromMass).Inverse * joint.FrameA);
                    WriteFrame(j, 7, (joint.B.StartPose * joint.B.BodyFromMass).Inverse * joint.FrameB);
                    if (joint.Kind == JointKind.Pulley)
                    {
                        Write(frames, j, 14, joint.PulleyA.X, joint.PulleyA.Y, joint.PulleyA.Z);
                        Write(frames, j, 18, joint.PulleyB.X, joint.PulleyB.Y, joint.PulleyB.Z);
                    }
                    else
                    {
                        WriteRotation(j, 14, joint.FrameA.Rotation);
                        WriteRotation(j, 18, joint.FrameB.Rotation);
                    }

                    frames[j, 22] = joint.Ratio;
                    foreach (JointAxis axis in joint.Axes)
                        if (axis.Row >= 0) Write(numbers, j, axis.Row * JointAxis.NumberCount, axis.Numbers);
                }
            }

            void WriteFrame(int joint, int component, Pose pose)
            {
                Write(frames, joint, component, pose.Position.X, pose.Position.Y, pose.Position.Z);
                WriteRotation(joint, component + 3, pose.Rotation.Normalised());
            }

            void WriteRotation(int joint, int component, DoubleQuaternion q) => Write(frames, joint, component, q.X, q.Y, q.Z, q.W);
        }
    }
}
