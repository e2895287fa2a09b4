using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Pose and velocity of a body, traced: position of the centre of mass, rotation, velocity and angular velocity in the world.</summary>
    internal readonly struct RigidState
    {
        /// <summary>Numbers of a state: position 0..2, rotation 3..6, velocity 7..9, angular velocity 10..12.</summary>
        public const int Size = 13;

        public readonly Real3 Position, Velocity, AngularVelocity;
        public readonly RealQuaternion Rotation;

        public RigidState(Real3 position, RealQuaternion rotation, Real3 velocity, Real3 angularVelocity)
        {
            Position = position;
            Rotation = rotation;
            Velocity = velocity;
            AngularVelocity = angularVelocity;
        }

        public RigidState(Real[] values)
            : this(new Real3(values, 0), new RealQuaternion(values, 3), new Real3(values, 7), new Real3(values, 10))
        {
        }

        public Real[] Values => new[]
        {
            Position.X, Position.Y, Position.Z, Rotation.X, Rotation.Y, Rotation.Z, Rotation.W,
            Velocity.X, Velocity.Y, Velocity.Z, AngularVelocity.X, AngularVelocity.Y, AngularVelocity.Z,
        };

        /// <summary>The world point of a point in the body's frame.</summary>
        public Real3 Point(Real3 local) => Position + Rotation.Rotate(local);

        /// <summary>The velocity of the body's material at a world point: v + w x (p - x).</summary>
        public Real3 VelocityAt(Real3 p) => Velocity + Real3.Cross(AngularVelocity, p - Position);

        /// <summary>
        /// Free flight over a time that may be negative. The acceleration a is constant: x + v t + a t^2/2, v + a t. The angular momentum
        /// L = I w stays what it is in the world; the turn is by the angular velocity at half time (midpoint rule), and the new angular
        /// velocity is R I^-1 R^T L with the new rotation R, so that L is kept to rounding.
        /// </summary>
        public RigidState Fly(RigidMass mass, Real3 acceleration, Real time)
        {
            Real3 position = Position + Velocity * time + acceleration * (0.5 * time * time);
            Real3 velocity = Velocity + acceleration * time;

            Real3 momentum = mass.AngularMomentum(Rotation, AngularVelocity);
            RealQuaternion half = RealQuaternion.FromVector(AngularVelocity * (0.5 * time)) * Rotation;
            Real3 middle = mass.AngularVelocity(half, momentum, AngularVelocity);
            RealQuaternion rotation = RealQuaternion.Normalise(RealQuaternion.FromVector(middle * time) * Rotation);
            return new RigidState(position, rotation, velocity, mass.AngularVelocity(rotation, momentum, AngularVelocity));
        }

        /// <summary>The state after an impulse with its angular impulse about the centre of mass.</summary>
        public RigidState Kick(RigidMass mass, Real3 impulse, Real3 angularImpulse) => new RigidState(
            Position, Rotation, Velocity + impulse * mass.Inverse, AngularVelocity + mass.InverseInertia(Rotation, angularImpulse));
    }
}
