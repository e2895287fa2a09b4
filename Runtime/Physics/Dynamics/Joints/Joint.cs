using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>What a joint leaves free.</summary>
    public enum JointKind
    {
        /// <summary>All rotations about a common point.</summary>
        Ball,

        /// <summary>Rotation about one axis.</summary>
        Hinge,

        /// <summary>Displacement along one axis.</summary>
        Slider,

        /// <summary>Nothing.</summary>
        Fixed,

        /// <summary>Rotation about one axis of each body, held at a right angle.</summary>
        Universal,

        /// <summary>What its axes are set to.</summary>
        SixDegree,

        /// <summary>All but the distance of two points.</summary>
        Distance,

        /// <summary>One angle and another that turns with it.</summary>
        Gear,

        /// <summary>All but the length of a rope over two pulleys.</summary>
        Pulley,
    }

    /// <summary>
    /// A joint between two bodies of a world, held where the bodies are when the world is built. Methods that concern one axis act on
    /// the joint's first free one; <see cref="Axes"/> has the others. Jointed bodies do not collide unless asked.
    /// </summary>
    /// <example><code>world.AddHinge(frame, door, anchor, Double3.UnitY).Limited(0, 1.5).Sprung(stiffness: 2, damping: 0.3);</code></example>
    public sealed class Joint
    {
        private readonly List<JointAxis> axes = new List<JointAxis>();

        internal Joint(World world, int index, JointKind kind, Body a, Body b, string name, Pose frameA, Pose frameB)
        {
            World = world;
            Index = index;
            Kind = kind;
            A = a;
            B = b;
            Name = name;
            (FrameA, FrameB) = (frameA, frameB);
            switch (kind)
            {
                case JointKind.Distance:
                    axes.Add(new JointAxis(this, 0, "distance", false, true));
                    break;
                case JointKind.Pulley:
                    axes.Add(new JointAxis(this, 0, "length of the rope", false, false));
                    break;
                case JointKind.Gear:
                    axes.Add(new JointAxis(this, 0, "angle of the gear", true, true));
                    break;
                default:
                    bool universal = kind == JointKind.Universal;
                    for (int k = 0; k < 3; k++) axes.Add(new JointAxis(this, k, $"displacement along {"xyz"[k]}", false, !(kind == JointKind.Slider && k == 0)));
                    axes.Add(new JointAxis(this, 3, universal ? "right angle" : "twist", !universal, kind != JointKind.Hinge && kind != JointKind.Ball));
                    axes.Add(new JointAxis(this, 4, universal ? "angle about the axis of A" : "swing about y", true, !universal && kind != JointKind.Ball));
                    axes.Add(new JointAxis(this, 5, universal ? "angle about the axis of B" : "swing about z", true, !universal && kind != JointKind.Ball));
                    break;
            }
        }

        /// <summary>Position among the world's joints, and in its buffers.</summary>
        public int Index { get; }

        /// <summary>What error messages call it.</summary>
        public string Name { get; }

        /// <summary>What it leaves free.</summary>
        public JointKind Kind { get; }

        /// <summary>The body that the joint's frame is fixed to.</summary>
        public Body A { get; }

        /// <summary>The body whose motion relative to that frame the coordinates are.</summary>
        public Body B { get; }

        /// <summary>Whether the joint has broken. With many worlds, in the first.</summary>
        public bool IsBroken => World.IsJointBroken(Index, 0);

        /// <summary>
        /// The coordinates: displacement along x, y, z of A's frame, twist about x, swing about y and z; of a universal joint displacement,
        /// right angle and the two angles; of a distance or gear the one. The x axis of the frame is the joint's axis.
        /// </summary>
        public IReadOnlyList<JointAxis> Axes => axes;

        /// <summary>Angle or displacement of the first free axis, or the distance.</summary>
        public double Position => Main.Position;

        /// <summary>Rate of <see cref="Position"/>.</summary>
        public double Speed => Main.Speed;

        /// <summary>Mean force or torque along the first free axis in the last substep, or along the distance (positive pushes apart).</summary>
        public double Force => Main.Force;

        /// <summary>Length of the mean force that holds locked displacements in the last substep, in newtons.</summary>
        public double HoldingForce => World.ReadHoldingForce(this, 0);

        internal World World { get; }

        internal Pose FrameA { get; }

        internal Pose FrameB { get; }

        internal bool Collides { get; private set; }

        internal double BreakingForce { get; private set; } = double.PositiveInfinity;

        internal JointSignature Signature { get; private set; }

        internal double Ratio { get; set; }

        internal Double3 PulleyA { get; set; }

        internal Double3 PulleyB { get; set; }

        private JointAxis Main => axes.Find(axis => !axis.IsLocked) ?? axes[0];

        /// <inheritdoc cref="JointAxis.Limited"/>
        public Joint Limited(double lower, double upper) => With(Kind == JointKind.Distance ? axes[0].Unlocked().Limited(lower, upper) : Main.Limited(lower, upper));

        /// <inheritdoc cref="JointAxis.Sprung"/>
        public Joint Sprung(double stiffness, double damping, double rest = 0) => With(Kind == JointKind.Distance ? axes[0].Unlocked().Sprung(stiffness, damping, rest) : Main.Sprung(stiffness, damping, rest));

        /// <inheritdoc cref="JointAxis.Driven"/>
        public Joint Driven(double target, double stiffness, double damping, double maxForce = JointAxis.Unbounded) =>
            With(Kind == JointKind.Distance ? axes[0].Unlocked().Driven(target, stiffness, damping, maxForce) : Main.Driven(target, stiffness, damping, maxForce));

        /// <inheritdoc cref="JointAxis.Turning"/>
        public Joint Turning(double speed, double gain, double maxForce = JointAxis.Unbounded) => With(Main.Turning(speed, gain, maxForce));

        /// <inheritdoc cref="JointAxis.Pushed"/>
        public Joint Pushed(double force) => With(Kind == JointKind.Distance ? axes[0].Unlocked().Pushed(force) : Main.Pushed(force));

        /// <inheritdoc cref="JointAxis.Rubbing"/>
        public Joint Rubbing(double force) => With(Main.Rubbing(force));

        /// <inheritdoc cref="JointAxis.WithArmature"/>
        public Joint WithArmature(double inertia) => With(Main.WithArmature(inertia));

        /// <summary>Gives the same spring and damper to all rotations of a ball joint, towards the pose it was built in.</summary>
        public Joint SprungTurns(double stiffness, double damping)
        {
            for (int k = 3; k < axes.Count; k++)
                if (!axes[k].IsLocked) axes[k].Sprung(stiffness, damping);
            return this;
        }

        /// <summary>Softens what the joint holds, by frequency and damping ratio.</summary>
        /// <param name="frequency">In hertz.</param>
        /// <param name="dampingRatio">1 is critical.</param>
        public Joint Softened(double frequency, double dampingRatio)
        {
            foreach (JointAxis axis in axes)
                if (axis.IsLocked) axis.Softened(frequency, dampingRatio);
            return this;
        }

        /// <summary>Softens what the joint holds, by stiffness and damping in physical units.</summary>
        public Joint Complying(double stiffness, double damping)
        {
            foreach (JointAxis axis in axes)
                if (axis.IsLocked) axis.Complying(stiffness, damping);
            return this;
        }

        /// <summary>Breaks the joint once the force that holds its displacement (or distance) exceeds this, in newtons.</summary>
        public Joint BreakingAt(double force)
        {
            RequireOpen();
            if (!(force > 0)) throw Bad("breaking force", force, "must be positive");
            BreakingForce = force;
            return this;
        }

        /// <summary>Lets the two bodies collide.</summary>
        public Joint Colliding()
        {
            RequireOpen();
            Collides = true;
            return this;
        }

        /// <summary>Settles which coordinates have rows: locked ones, and free ones on which something acts.</summary>
        internal void Settle()
        {
            var coordinates = new List<int>();
            List<bool> locked = new List<bool>(), rigid = new List<bool>();
            foreach (JointAxis axis in axes)
            {
                if (!axis.IsLocked && !axis.IsUsed) continue;
                axis.Row = coordinates.Count;
                coordinates.Add(axis.Coordinate);
                locked.Add(axis.IsLocked);
                rigid.Add(axis.IsLocked && !axis.IsSoft);
            }

            if (coordinates.Count == 0) throw new ArgumentException($"Joint '{Name}' holds nothing: lock an axis, or give one a limit, spring or drive.");
            JointFormula formula = Kind switch
            {
                JointKind.Distance => JointFormula.Distance,
                JointKind.Gear => JointFormula.Gear,
                JointKind.Pulley => JointFormula.Pulley,
                JointKind.Universal => JointFormula.Universal,
                _ => JointFormula.Frame,
            };
            Signature = new JointSignature(formula, coordinates.ToArray(), locked.ToArray(), rigid.ToArray());
        }

        internal void RequireOpen()
        {
            if (World.IsBuilt) throw new InvalidOperationException($"Joint '{Name}' cannot be redefined: its world has been built. Write to the world's buffers to change numbers.");
        }

        internal ArgumentException Bad(string what, object value, string rule) => new ArgumentException($"The {what} of joint '{Name}' {rule}, but is {value}.");

        private Joint With(JointAxis _) => this;
    }
}
