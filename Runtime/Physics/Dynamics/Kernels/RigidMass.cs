using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Mass and inertia of a body, traced. The body's frame is its principal frame at the centre of mass, so the inertia is three
    /// moments. A body that contacts cannot move (static or kinematic) has mobility 0.
    /// </summary>
    internal readonly struct RigidMass
    {
        /// <summary>Numbers of the mass: mass and three principal moments.</summary>
        public const int Size = 4;

        private readonly Real3 moments;
        private readonly Real mobility;

        public RigidMass(Real[] values, Real mobility)
        {
            Mass = values[0];
            moments = new Real3(values, 1);
            this.mobility = mobility;
            Inverse = mobility / Mass;
        }

        public readonly Real Mass;

        /// <summary>1 / mass, and 0 for a body that contacts cannot move.</summary>
        public readonly Real Inverse;

        /// <summary>Inverse of the least moment, and 0 for a body that contacts cannot move.</summary>
        public Real GreatestInverseMoment => mobility / Real.Min(moments.X, Real.Min(moments.Y, moments.Z));

        /// <summary>I w in the world.</summary>
        public Real3 AngularMomentum(RealQuaternion rotation, Real3 angularVelocity) =>
            rotation.Rotate(Real3.Scale(moments, rotation.InverseRotate(angularVelocity)));

        /// <summary>I^-1 L in the world, and 0 for a body that contacts cannot move.</summary>
        public Real3 InverseInertia(RealQuaternion rotation, Real3 momentum)
        {
            Real3 local = rotation.InverseRotate(momentum);
            return rotation.Rotate(new Real3(local.X * mobility / moments.X, local.Y * mobility / moments.Y, local.Z * mobility / moments.Z));
        }

        /// <summary>I^-1 L, or the given velocity for a body that contacts cannot move.</summary>
        public Real3 AngularVelocity(RealQuaternion rotation, Real3 momentum, Real3 otherwise) =>
            Real3.Select(mobility > 0, InverseInertia(rotation, momentum), otherwise);
    }
}
