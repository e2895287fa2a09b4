using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// How a particle moves through a substep of length h, seen from its end: x(t) = x - v (h - t) + a (h - t)^2 / 2, v(t) = v - a (h - t).
    /// </summary>
    internal struct ParticlePath
    {
        public Real3 Position, Velocity;
        public readonly Real3 Acceleration;
        public readonly Real Substep;

        public ParticlePath(Real3 position, Real3 velocity, Real3 acceleration, Real substep)
        {
            Position = position;
            Velocity = velocity;
            Acceleration = acceleration;
            Substep = substep;
        }

        public Real3 PositionAt(Real t)
        {
            Real rest = Substep - t;
            return Position - Velocity * rest + Acceleration * (0.5 * rest * rest);
        }

        public Real3 VelocityAt(Real t) => Velocity - Acceleration * (Substep - t);

        /// <summary>Changes the velocity at a time: the end velocity in full, the end position by the time that is left.</summary>
        public void Kick(Real3 change, Real time)
        {
            Velocity += change;
            Position += change * (Substep - time);
        }
    }
}
