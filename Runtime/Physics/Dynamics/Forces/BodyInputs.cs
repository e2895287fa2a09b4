using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>What a force written on <see cref="Real"/> may depend on: the body at the start of a substep, and the force's parameters.</summary>
    public readonly struct BodyInputs
    {
        private readonly Real[] parameters;

        internal BodyInputs(RigidState state, Real mass, Real[] parameters)
        {
            Position = state.Position;
            Rotation = state.Rotation;
            Velocity = state.Velocity;
            AngularVelocity = state.AngularVelocity;
            Mass = mass;
            this.parameters = parameters;
        }

        /// <summary>Centre of mass in the world, in metres.</summary>
        public Real3 Position { get; }

        /// <summary>Rotation of the principal axes to the world.</summary>
        public RealQuaternion Rotation { get; }

        /// <summary>Velocity of the centre of mass, in metres per second.</summary>
        public Real3 Velocity { get; }

        /// <summary>Angular velocity in the world frame, in radians per second.</summary>
        public Real3 AngularVelocity { get; }

        /// <summary>Mass, in kilograms.</summary>
        public Real Mass { get; }

        /// <summary>A parameter of the force, one number for all bodies.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The force was added with fewer parameters.</exception>
        public Real Parameter(int index) => (uint)index < (uint)parameters.Length
            ? parameters[index]
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"The force has {parameters.Length} parameters.");
    }

    /// <summary>A force and a torque on a body, traced.</summary>
    public readonly struct BodyForce
    {
        /// <summary>A force at the centre of mass, in newtons, and a torque, in newton metres, in the world frame.</summary>
        public BodyForce(Real3 force, Real3 torque)
        {
            Force = force;
            Torque = torque;
        }

        /// <summary>A force at a world point: its torque is (point - centre) x force.</summary>
        public static BodyForce AtPoint(BodyInputs body, Real3 point, Real3 force) => new BodyForce(force, Real3.Cross(point - body.Position, force));

        /// <summary>In newtons.</summary>
        public Real3 Force { get; }

        /// <summary>In newton metres.</summary>
        public Real3 Torque { get; }

        /// <summary>A force without torque.</summary>
        public static implicit operator BodyForce(Real3 force) => new BodyForce(force, Real3.Zero);
    }
}
