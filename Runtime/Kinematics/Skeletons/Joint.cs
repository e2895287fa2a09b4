using System;
using System.Collections.Generic;

namespace DiffPhysics.Kinematics
{
    /// <summary>How a joint moves its frame; the coordinates it has are in this order.</summary>
    public enum JointKind : byte
    {
        /// <summary>Not at all: a flange, a tip, a socket. No coordinate.</summary>
        Fixed,
        /// <summary>Turns about one axis. One angle.</summary>
        Hinge,
        /// <summary>Moves along one axis. One distance.</summary>
        Slider,
        /// <summary>Turns about an axis, then about a second one that has turned with it. Two angles.</summary>
        Universal,
        /// <summary>
        /// Turns freely: first a swing without twist, whose rotation vector lies along the two axes perpendicular to the twist
        /// axis, then a twist. Three angles: swing about the second axis, swing about the third, twist. The limits of the two
        /// swings and of the twist are independent.
        /// </summary>
        Ball,
        /// <summary>Moves and turns freely: position x y z, then a rotation vector x y z.</summary>
        Free,
    }

    /// <summary>
    /// One joint of a skeleton and the bone that hangs on it. The world frame of a joint is
    /// worldFromParent * <see cref="Frame"/> * motion(coordinates). Immutable; made by the static methods and changed by the With methods.
    /// </summary>
    public sealed class Joint
    {
        readonly Limit[] limits;
        readonly double[] rest;

        Joint(string name, string parent, JointKind kind, Frame frame, Vector3d axis, Vector3d secondAxis, Limit[] limits)
        {
            Name = name;
            Parent = string.IsNullOrEmpty(parent) ? null : parent;
            Kind = kind;
            Frame = frame;
            Axis = axis;
            SecondAxis = secondAxis;
            this.limits = limits;
            rest = Array.ConvertAll(limits, limit => limit.Clamp(0));
        }

        Joint(Joint other, double[] rest)
            : this(other.Name, other.Parent, other.Kind, other.Frame, other.Axis, other.SecondAxis, other.limits)
        {
            this.rest = rest;
            (Weight, Mass, CentreOfMass) = (other.Weight, other.Mass, other.CentreOfMass);
        }

        /// <summary>The name, unique in the skeleton.</summary>
        public string Name { get; }

        /// <summary>The name of the joint that carries this one, or null for one that stands in the world.</summary>
        public string Parent { get; }

        /// <summary>How the joint moves.</summary>
        public JointKind Kind { get; }

        /// <summary>The frame of the joint in its parent when all its coordinates are 0.</summary>
        public Frame Frame { get; }

        /// <summary>The axis of a hinge or slider, the first axis of a universal joint, the twist axis of a ball; in the joint's frame.</summary>
        public Vector3d Axis { get; }

        /// <summary>The second axis of a universal joint, the first swing axis of a ball; in the joint's frame.</summary>
        public Vector3d SecondAxis { get; }

        /// <summary>The range of each coordinate.</summary>
        public IReadOnlyList<Limit> Limits => limits;

        /// <summary>The value of each coordinate in the rest pose; by default the one nearest to 0.</summary>
        public IReadOnlyList<double> Rest => rest;

        /// <summary>How unwillingly the joint moves when others could; 1 by default, larger is stiffer.</summary>
        public double Weight { get; private set; } = 1;

        /// <summary>The mass of the bone in kilograms; 0 by default.</summary>
        public double Mass { get; private set; }

        /// <summary>The centre of mass of the bone in the joint's frame, in metres.</summary>
        public Vector3d CentreOfMass { get; private set; }

        /// <summary>The number of coordinates of a kind of joint.</summary>
        public static int CoordinatesOf(JointKind kind) => kind switch
        {
            JointKind.Fixed => 0,
            JointKind.Universal => 2,
            JointKind.Ball => 3,
            JointKind.Free => 6,
            _ => 1,
        };

        /// <summary>A frame fixed on its parent.</summary>
        public static Joint Fixed(string name, string parent, Frame frame) =>
            new Joint(name, parent, JointKind.Fixed, frame, default, default, Array.Empty<Limit>());

        /// <summary>A hinge; without a limit it turns without end.</summary>
        public static Joint Hinge(string name, string parent, Frame frame, Vector3d axis, Limit? limit = null) =>
            new Joint(name, parent, JointKind.Hinge, frame, axis, default, new[] { limit ?? Limit.None });

        /// <summary>A slider; the limit is in metres.</summary>
        public static Joint Slider(string name, string parent, Frame frame, Vector3d axis, Limit? limit = null) =>
            new Joint(name, parent, JointKind.Slider, frame, axis, default, new[] { limit ?? Limit.None });

        /// <summary>Two hinges in one point, the second carried by the first.</summary>
        public static Joint Universal(string name, string parent, Frame frame, Vector3d first, Vector3d second, Limit firstLimit, Limit secondLimit) =>
            new Joint(name, parent, JointKind.Universal, frame, first, second, new[] { firstLimit, secondLimit });

        /// <summary>A ball joint with limits on its two swings and its twist, each within (-pi, pi).</summary>
        /// <param name="name">The name of the joint.</param>
        /// <param name="parent">The joint that carries it, or null.</param>
        /// <param name="frame">The frame in the parent.</param>
        /// <param name="twist">The twist axis, usually along the bone.</param>
        /// <param name="swing">The first swing axis, perpendicular to the twist axis; the second is twist x swing.</param>
        /// <param name="firstSwing">The range about the first swing axis.</param>
        /// <param name="secondSwing">The range about the second swing axis.</param>
        /// <param name="twistLimit">The range about the twist axis.</param>
        public static Joint Ball(string name, string parent, Frame frame, Vector3d twist, Vector3d swing,
            Limit firstSwing, Limit secondSwing, Limit twistLimit) =>
            new Joint(name, parent, JointKind.Ball, frame, twist, swing, new[] { firstSwing, secondSwing, twistLimit });

        /// <summary>A joint that moves and turns freely: the root of a character.</summary>
        public static Joint Free(string name, string parent = null, Frame frame = default)
        {
            var limits = new Limit[6];
            for (int k = 0; k < 6; k++) limits[k] = Limit.None;
            return new Joint(name, parent, JointKind.Free, frame, default, default, limits);
        }

        /// <summary>The same joint with other values in the rest pose.</summary>
        public Joint WithRest(params double[] values) => new Joint(this, (double[])values.Clone());

        /// <summary>The same joint with another unwillingness to move.</summary>
        public Joint WithWeight(double weight) => new Joint(this, rest) { Weight = weight };

        /// <summary>The same joint with the mass of its bone in kilograms, and where that mass is in the joint's frame.</summary>
        public Joint WithMass(double mass, Vector3d centreOfMass) => new Joint(this, rest) { Mass = mass, CentreOfMass = centreOfMass };

        /// <summary>The same joint with its bone's origin moved in the parent: another bone length.</summary>
        public Joint WithFrame(Frame frame)
        {
            var joint = new Joint(Name, Parent, Kind, frame, Axis, SecondAxis, limits);
            return new Joint(joint, rest) { Weight = Weight, Mass = Mass, CentreOfMass = CentreOfMass };
        }

        /// <summary>Kind and name.</summary>
        public override string ToString() => $"{Kind} {Name}";
    }
}
