using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>What moves a body.</summary>
    public enum BodyKind
    {
        /// <summary>Forces and contacts.</summary>
        Dynamic,

        /// <summary>Nothing.</summary>
        Static,

        /// <summary>Its velocity, which contacts do not change.</summary>
        Kinematic,
    }

    /// <summary>
    /// A body of a world. Its frame is the one that shapes are given in; its state is read and set at that frame's origin.
    /// Definitions (shapes, mass, layers) are fixed once the world has been built; states may be set at any time. Where there are many
    /// worlds, a state is read from the first and set in all; <see cref="In"/> gives the body in one of them.
    /// </summary>
    public sealed class Body
    {
        private readonly World world;
        private readonly List<(Shape shape, Pose pose)> shapes = new List<(Shape, Pose)>();
        private double? mass;
        private Double3? inertia;

        internal Body(World world, int index, string name, BodyKind kind)
        {
            this.world = world;
            Index = index;
            Name = name;
            Kind = kind;
        }

        /// <summary>Position among the world's bodies, and in its buffers.</summary>
        public int Index { get; }

        /// <summary>What error messages call it.</summary>
        public string Name { get; }

        /// <summary>What moves it.</summary>
        public BodyKind Kind { get; }

        /// <summary>Pose of the body's frame in the world.</summary>
        public Pose Pose
        {
            get => world.IsBuilt ? In(0).Pose : StartPose;
            set => At(value);
        }

        /// <summary>Velocity of the centre of mass, in metres per second.</summary>
        public Double3 Velocity
        {
            get => world.IsBuilt ? In(0).Velocity : StartVelocity;
            set => Moving(value);
        }

        /// <summary>Angular velocity in the world frame, in radians per second.</summary>
        public Double3 AngularVelocity
        {
            get => world.IsBuilt ? In(0).AngularVelocity : StartAngularVelocity;
            set => Spinning(value);
        }

        /// <summary>The frame of centre of mass and principal axes, in the body's frame; states in buffers are those of this frame.</summary>
        public Pose BodyFromMass { get; private set; } = Pose.Identity;

        internal Pose StartPose { get; private set; } = Pose.Identity;

        internal Double3 StartVelocity { get; private set; }

        internal Double3 StartAngularVelocity { get; private set; }

        internal double Friction { get; private set; } = 0.5;

        internal double Restitution { get; private set; }

        internal double? Density { get; private set; }

        internal double RollingFriction { get; private set; }

        internal double TorsionalFriction { get; private set; }

        internal double ContactFrequency { get; private set; }

        internal double ContactDampingRatio { get; private set; }

        internal double LinearDamping { get; private set; }

        internal double AngularDamping { get; private set; }

        internal double GravityScale { get; private set; } = 1;

        internal int Layer { get; private set; }

        internal uint CollidesWith { get; private set; } = uint.MaxValue;

        internal bool IsTrigger { get; private set; }

        internal IReadOnlyList<(Shape shape, Pose pose)> Shapes => shapes;

        /// <summary>The body in one of the worlds; builds the world.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such world.</exception>
        public BodyInWorld In(int world)
        {
            this.world.Build();
            return new BodyInWorld(this, this.world, this.world.Element(Index, world));
        }

        /// <summary>Adds a shape; of a compound, its parts, each a shape of the world with sizes and a material of its own.</summary>
        /// <param name="shape">The form.</param>
        /// <param name="bodyFromShape">Where it lies in the body's frame.</param>
        public Body With(Shape shape, Pose? bodyFromShape = null)
        {
            world.RequireOpen(this);
            if (shape == null) throw new ArgumentNullException(nameof(shape), $"Body '{Name}' cannot have a shape that is null.");
            Pose pose = bodyFromShape ?? Pose.Identity;
            CheckPose("shape", pose);
            if (!(shape is CompoundShape compound)) shapes.Add((shape, pose));
            else
                foreach (CompoundPart part in compound.Parts) With(part.Shape, pose * part.CompoundFromPart);
            return this;
        }

        /// <summary>Places the body's frame.</summary>
        public Body At(Pose worldFromBody)
        {
            Check(worldFromBody);
            if (!world.IsBuilt) StartPose = worldFromBody;
            for (int w = 0; world.IsBuilt && w < world.Worlds; w++) In(w).At(worldFromBody);
            return this;
        }

        /// <summary>Places the body's frame, and keeps its rotation.</summary>
        /// <param name="x">In metres.</param>
        /// <param name="y">In metres.</param>
        /// <param name="z">In metres.</param>
        public Body At(double x, double y, double z) => At(new Pose(new Double3(x, y, z), Pose.Rotation));

        /// <summary>Turns the body's frame, and keeps its place.</summary>
        public Body Turned(DoubleQuaternion worldFromBody) => At(new Pose(Pose.Position, worldFromBody));

        /// <summary>Sets the velocity of the centre of mass, in metres per second.</summary>
        public Body Moving(Double3 velocity)
        {
            CheckVelocity("velocity", velocity);
            if (!world.IsBuilt) StartVelocity = velocity;
            for (int w = 0; world.IsBuilt && w < world.Worlds; w++) In(w).Moving(velocity);
            return this;
        }

        /// <summary>Sets the velocity of the centre of mass, in metres per second.</summary>
        public Body Moving(double x, double y, double z) => Moving(new Double3(x, y, z));

        /// <summary>Sets the angular velocity in the world frame, in radians per second.</summary>
        public Body Spinning(Double3 angularVelocity)
        {
            CheckVelocity("angular velocity", angularVelocity);
            if (!world.IsBuilt) StartAngularVelocity = angularVelocity;
            for (int w = 0; world.IsBuilt && w < world.Worlds; w++) In(w).Spinning(angularVelocity);
            return this;
        }

        /// <summary>Sets the angular velocity in the world frame, in radians per second.</summary>
        public Body Spinning(double x, double y, double z) => Spinning(new Double3(x, y, z));

        /// <summary>Sets the mass, in kilograms; without it, shapes weigh 1000 kg per cubic metre. Inertia from shapes scales with it.</summary>
        public Body Weighing(double kilograms)
        {
            world.RequireOpen(this);
            if (!(kilograms > 0) || double.IsInfinity(kilograms)) throw Bad("mass", kilograms, "must be positive and finite");
            mass = kilograms;
            return this;
        }

        /// <summary>
        /// Sets the density, in kg per cubic metre, and lets mass and inertia follow the sizes in <see cref="World.Shapes"/>, with gradients. The
        /// body must have one sphere, box or capsule, and neither mass nor inertia of its own.
        /// </summary>
        public Body Dense(double kilogramsPerCubicMetre)
        {
            world.RequireOpen(this);
            if (!(kilogramsPerCubicMetre > 0) || double.IsInfinity(kilogramsPerCubicMetre)) throw Bad("density", kilogramsPerCubicMetre, "must be positive and finite");
            Density = kilogramsPerCubicMetre;
            return this;
        }

        /// <summary>Sets the moments of inertia about the principal axes, in kilogram square metres.</summary>
        /// <param name="x">About the first axis.</param>
        /// <param name="y">About the second axis.</param>
        /// <param name="z">About the third axis.</param>
        /// <param name="bodyFromMass">Centre of mass and principal axes in the body's frame; null where they are its origin and axes.</param>
        public Body WithInertia(double x, double y, double z, Pose? bodyFromMass = null)
        {
            world.RequireOpen(this);
            if (bodyFromMass.HasValue) CheckPose("mass frame", bodyFromMass.Value);
            if (!(x > 0 && y > 0 && z > 0) || double.IsInfinity(x + y + z)) throw Bad("inertia", new Double3(x, y, z), "must be positive and finite");
            if (x > (y + z) * (1 + 1e-9) || y > (x + z) * (1 + 1e-9) || z > (x + y) * (1 + 1e-9))
                throw Bad("inertia", new Double3(x, y, z), "violates the triangle inequality: no moment may exceed the sum of the other two");
            inertia = new Double3(x, y, z);
            BodyFromMass = bodyFromMass ?? Pose.Identity;
            return this;
        }

        /// <summary>Sets what the body is made of.</summary>
        /// <param name="friction">Coulomb's coefficient, not negative.</param>
        /// <param name="restitution">Speed after over speed before an impact, 0 to 1.</param>
        public Body MadeOf(double friction, double restitution)
        {
            if (!(friction >= 0) || double.IsInfinity(friction)) throw Bad("friction", friction, "must be finite and not negative");
            if (!(restitution >= 0 && restitution <= 1)) throw Bad("restitution", restitution, "must be between 0 and 1");
            world.RequireOpen(this);
            Friction = friction;
            Restitution = restitution;
            return this;
        }

        /// <summary>
        /// Sets what resists turning in lasting contacts: a torque against rolling of at most <paramref name="rolling"/> times the normal
        /// force, and one against spinning about the normal of at most <paramref name="torsional"/> times it. Zero, the default, is none.
        /// </summary>
        /// <param name="rolling">In metres; for a ball about the depth to which it sinks in.</param>
        /// <param name="torsional">In metres; about two thirds of friction times the radius of the patch of contact.</param>
        public Body Resisting(double rolling, double torsional)
        {
            if (!(rolling >= 0) || double.IsInfinity(rolling)) throw Bad("rolling friction", rolling, "must be finite and not negative");
            if (!(torsional >= 0) || double.IsInfinity(torsional)) throw Bad("torsional friction", torsional, "must be finite and not negative");
            world.RequireOpen(this);
            RollingFriction = rolling;
            TorsionalFriction = torsional;
            return this;
        }

        /// <summary>
        /// Makes its contacts soft: they give way like a spring with a damper, k = m (2 pi f)^2 and c = 2 z m (2 pi f) with m the reduced
        /// mass of the two bodies, instead of bouncing; restitution does not count. Soft on soft are springs in series.
        /// </summary>
        /// <param name="frequency">f, in hertz; a body at rest sinks in by g / (2 pi f)^2.</param>
        /// <param name="dampingRatio">z; 1 is critical.</param>
        public Body Softly(double frequency, double dampingRatio)
        {
            if (!(frequency > 0) || double.IsInfinity(frequency)) throw Bad("contact frequency", frequency, "must be positive and finite");
            if (!(dampingRatio >= 0) || double.IsInfinity(dampingRatio)) throw Bad("contact damping ratio", dampingRatio, "must be finite and not negative");
            world.RequireOpen(this);
            ContactFrequency = frequency;
            ContactDampingRatio = dampingRatio;
            return this;
        }

        /// <summary>Sets damping: dv/dt = -linear v and dw/dt = -angular w, in 1/s.</summary>
        public Body Damped(double linear, double angular)
        {
            world.RequireOpen(this);
            if (!(linear >= 0 && angular >= 0) || double.IsInfinity(linear + angular)) throw Bad("damping", (linear, angular), "must be finite and not negative");
            LinearDamping = linear;
            AngularDamping = angular;
            return this;
        }

        /// <summary>Sets how much of the world's gravity acts on the body.</summary>
        public Body WithGravityScale(double scale)
        {
            world.RequireOpen(this);
            if (double.IsNaN(scale) || double.IsInfinity(scale)) throw Bad("gravity scale", scale, "must be finite");
            GravityScale = scale;
            return this;
        }

        /// <summary>Puts the body on a layer.</summary>
        /// <param name="layer">0 to 31.</param>
        /// <param name="collidesWith">Bit k set: it collides with layer k. A pair collides if each allows the other's layer.</param>
        public Body OnLayer(int layer, uint collidesWith = uint.MaxValue)
        {
            world.RequireOpen(this);
            if (layer < 0 || layer > 31) throw Bad("layer", layer, "must be 0 to 31");
            Layer = layer;
            CollidesWith = collidesWith;
            return this;
        }

        /// <summary>Makes the body's shapes report overlaps instead of making contacts.</summary>
        public Body AsTrigger()
        {
            world.RequireOpen(this);
            IsTrigger = true;
            return this;
        }

        /// <summary>Mass and principal moments, and the frame they belong to.</summary>
        internal (double mass, Double3 moments) Weigh()
        {
            if (Kind != BodyKind.Dynamic) return (1, Double3.One);
            if (inertia != null && Density != null) throw Bad("inertia", inertia.Value, "must not be given together with a density");
            if (inertia != null) return (mass ?? throw Bad("mass", "not given", "must be given together with the inertia"), inertia.Value);
            if (shapes.Count == 0)
                throw new ArgumentException($"Body '{Name}' is dynamic and has neither shape nor inertia: give it a shape, or Weighing and WithInertia.");
            MassProperties sum = default;
            for (int k = 0; k < shapes.Count; k++)
            {
                MassProperties part = shapes[k].shape.MassProperties(1000).Transformed(shapes[k].pose);
                sum = k == 0 ? part : MassProperties.Combine(sum, part);
            }

            if (mass != null) sum = sum.Scaled(mass.Value / sum.Mass);
            if (Density != null)
            {
                if (mass != null) throw Bad("mass", mass.Value, "must not be given together with a density");
                if (shapes.Count != 1 || !(shapes[0].shape is SphereShape || shapes[0].shape is BoxShape || shapes[0].shape is CapsuleShape))
                    throw new ArgumentException($"Body '{Name}' has a density, so that its mass follows its sizes, and must have one sphere, box or capsule.");
                sum = sum.Scaled(Density.Value / 1000);
                BodyFromMass = shapes[0].pose;
                return (sum.Mass, shapes[0].shape.MassProperties(Density.Value).Inertia.DiagonalPart);
            }
            DoubleQuaternion axes = Double3x3.DiagonaliseSymmetric(sum.Inertia, out Double3 moments);
            if (IsDiagonal(sum.Inertia)) (axes, moments) = (DoubleQuaternion.Identity, sum.Inertia.DiagonalPart);
            BodyFromMass = new Pose(sum.CentreOfMass, axes);
            return (sum.Mass, moments);
        }

        private static bool IsDiagonal(Double3x3 a)
        {
            double off = Math.Abs(a[0, 1]) + Math.Abs(a[0, 2]) + Math.Abs(a[1, 2]);
            return off <= 1e-14 * a.Trace;
        }

        internal void Check(Pose worldFromBody) => CheckPose("", worldFromBody);

        // Of the body itself, or of something in its frame.
        private void CheckPose(string of, Pose pose)
        {
            string prefix = of.Length > 0 ? of + " " : "";
            if (!pose.Position.IsFinite) throw Bad(prefix + "position", pose.Position, "must be finite");
            if (!(Math.Abs(pose.Rotation.Length - 1) < 1e-6)) throw Bad(prefix + "rotation", pose.Rotation, "must be a unit quaternion");
        }

        internal void CheckVelocity(string what, Double3 velocity)
        {
            if (!velocity.IsFinite) throw Bad(what, velocity, "must be finite");
        }

        private ArgumentException Bad(string what, object value, string rule) =>
            new ArgumentException($"The {what} of body '{Name}' {rule}, but is {value}.");
    }
}
