using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// One coordinate of a joint: locked, free, or with limits, spring, drive, friction and armature. Locked coordinates are held rigidly
    /// unless they are softened. What is set here is where the numbers of <see cref="World.JointNumbers"/> start.
    /// </summary>
    public sealed class JointAxis
    {
        /// <summary>How many numbers an axis has in <see cref="World.JointNumbers"/>: one for each <see cref="JointNumber"/>.</summary>
        public const int NumberCount = 15;

        /// <summary>Stands for no limit and no bound; a number, so that no product with it is undefined.</summary>
        public const double Unbounded = 1e20;

        private readonly Joint joint;

        internal JointAxis(Joint joint, int coordinate, string name, bool isAngle, bool isLocked)
        {
            this.joint = joint;
            Coordinate = coordinate;
            Name = name;
            IsAngle = isAngle;
            IsLocked = isLocked;
            Numbers[(int)JointNumber.Lower] = -Unbounded;
            Numbers[(int)JointNumber.Upper] = Unbounded;
            Numbers[(int)JointNumber.MaxForce] = Unbounded;
        }

        /// <summary>What error messages call it.</summary>
        public string Name { get; }

        /// <summary>Whether it is an angle (radians) and not a length (metres).</summary>
        public bool IsAngle { get; }

        /// <summary>Whether the joint holds it.</summary>
        public bool IsLocked { get; private set; }

        /// <summary>Angle or displacement; 0 for a free axis on which nothing acts, and before the world is built. With many worlds, that in the first.</summary>
        public double Position => joint.World.ReadJoint(joint.Index, Row, 0).position;

        /// <summary>Rate of <see cref="Position"/>.</summary>
        public double Speed => joint.World.ReadJoint(joint.Index, Row, 0).speed;

        /// <summary>Mean force or torque along the axis in the last substep, of lock, limit, spring, drive and friction together.</summary>
        public double Force => joint.World.ReadJoint(joint.Index, Row, 0).force;

        internal bool HoldsDisplacement => Row >= 0 && !IsAngle && (IsLocked || joint.Kind == JointKind.Distance || joint.Kind == JointKind.Pulley) && !(joint.Kind == JointKind.Universal && Coordinate == 3);

        internal int Coordinate { get; }

        internal int Row { get; set; } = -1;

        internal double[] Numbers { get; } = new double[NumberCount];

        internal bool HasLimits { get; private set; }

        internal bool HasFriction { get; private set; }

        internal bool HasBoundedDrive { get; private set; }

        internal bool IsSoft { get; private set; }

        internal bool IsUsed { get; private set; }

        /// <summary>Component of <see cref="World.JointNumbers"/> that holds a number of this axis, once the world is built.</summary>
        /// <exception cref="InvalidOperationException">Nothing acts on the axis, so it has no numbers.</exception>
        public int Component(JointNumber number)
        {
            joint.World.Build();
            if (Row < 0) throw new InvalidOperationException($"The {Name} of joint '{joint.Name}' is free: it has no numbers. Give it a limit, spring, drive, friction or armature.");
            return Row * NumberCount + (int)number;
        }

        /// <summary>Keeps the coordinate between limits, with stops that do not bounce.</summary>
        public JointAxis Limited(double lower, double upper)
        {
            Free("limits");
            if (!(lower <= upper)) throw joint.Bad($"lower limit of the {Name}", lower, $"must not be over the upper limit {upper}");
            Finite("lower limit", lower);
            Finite("upper limit", upper);
            HasLimits = true;
            return Set(JointNumber.Lower, lower).Set(JointNumber.Upper, upper);
        }

        /// <summary>Adds a spring and damper: -stiffness (q - rest) - damping dq/dt.</summary>
        public JointAxis Sprung(double stiffness, double damping, double rest = 0)
        {
            NotNegative("stiffness", stiffness);
            NotNegative("damping", damping);
            Finite("rest", rest);
            if (IsLocked) throw joint.Bad($"spring of the {Name}", "given", "needs a free axis; soften a locked one");
            return Set(JointNumber.Stiffness, stiffness).Set(JointNumber.Damping, damping).Set(JointNumber.Rest, rest);
        }

        /// <summary>Drives towards a coordinate: stiffness (target - q) - damping dq/dt, no more than a greatest force.</summary>
        public JointAxis Driven(double target, double stiffness, double damping, double maxForce = Unbounded)
        {
            Finite("target", target);
            NotNegative("drive stiffness", stiffness);
            NotNegative("drive damping", damping);
            return Set(JointNumber.Target, target).Set(JointNumber.DriveStiffness, stiffness).Set(JointNumber.DriveDamping, damping).Bounded(maxForce);
        }

        /// <summary>Drives towards a speed: gain (speed - dq/dt), no more than a greatest force.</summary>
        public JointAxis Turning(double speed, double gain, double maxForce = Unbounded)
        {
            Finite("target speed", speed);
            NotNegative("drive damping", gain);
            return Set(JointNumber.TargetSpeed, speed).Set(JointNumber.DriveDamping, gain).Bounded(maxForce);
        }

        /// <summary>Drives with a force or torque.</summary>
        public JointAxis Pushed(double force)
        {
            Finite("drive force", force);
            return Set(JointNumber.DriveForce, force);
        }

        /// <summary>Adds dry friction.</summary>
        public JointAxis Rubbing(double force)
        {
            NotNegative("friction", force);
            HasFriction = true;
            return Set(JointNumber.Friction, force);
        }

        /// <summary>Adds the inertia of a rotor that turns with the axis.</summary>
        public JointAxis WithArmature(double inertia)
        {
            NotNegative("armature", inertia);
            return Set(JointNumber.Armature, inertia);
        }

        internal JointAxis Softened(double frequency, double dampingRatio)
        {
            if (!(frequency > 0) || double.IsInfinity(frequency)) throw joint.Bad($"frequency of the {Name}", frequency, "must be positive and finite");
            NotNegative("damping ratio", dampingRatio);
            IsSoft = true;
            return Set(JointNumber.Frequency, frequency).Set(JointNumber.DampingRatio, dampingRatio);
        }

        internal JointAxis Complying(double stiffness, double damping)
        {
            NotNegative("stiffness", stiffness);
            NotNegative("damping", damping);
            IsSoft = true;
            return Set(JointNumber.Stiffness, stiffness).Set(JointNumber.Damping, damping);
        }

        internal JointAxis Unlocked()
        {
            joint.RequireOpen();
            IsLocked = false;
            return this;
        }

        internal JointAxis Locked()
        {
            joint.RequireOpen();
            if (IsUsed) throw joint.Bad($"{Name}", "locked", "cannot be locked after a limit, spring or drive was given");
            IsLocked = true;
            return this;
        }

        internal JointAxis Set(JointNumber number, double value)
        {
            joint.RequireOpen();
            IsUsed = true;
            Numbers[(int)number] = value;
            return this;
        }

        private JointAxis Bounded(double maxForce)
        {
            if (!(maxForce >= 0)) throw joint.Bad($"greatest force of the {Name}", maxForce, "must not be negative");
            HasBoundedDrive |= maxForce < Unbounded;
            Free("drive");
            return Set(JointNumber.MaxForce, Math.Min(maxForce, Unbounded));
        }

        private void Free(string what)
        {
            if (IsLocked) throw joint.Bad($"{what} of the {Name}", "given", "need a free axis, and this one is locked");
        }

        private void Finite(string what, double value)
        {
            if (double.IsNaN(value) || double.IsInfinity(value)) throw joint.Bad($"{what} of the {Name}", value, "must be finite");
        }

        private void NotNegative(string what, double value)
        {
            if (!(value >= 0) || double.IsInfinity(value)) throw joint.Bad($"{what} of the {Name}", value, "must be finite and not negative");
        }
    }
}
