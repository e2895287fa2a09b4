namespace DiffPhysics.Physics
{
    /// <summary>
    /// Where a body is at the start of a step and where it is expected to go: a straight shift and a turn about a fixed axis.
    /// Detection finds features along it; the kernels decide what really happens.
    /// </summary>
    public struct BodyMotion
    {
        /// <summary>worldFromBody at the start of the step.</summary>
        public Pose Start;

        /// <summary>Expected shift of the body's origin over the step, in metres.</summary>
        public Double3 Displacement;

        /// <summary>Expected turn over the step as a rotation vector in the world frame, in radians.</summary>
        public Double3 Rotation;

        /// <summary>A body at rest at a pose.</summary>
        public BodyMotion(Pose start)
        {
            Start = start;
            Displacement = default;
            Rotation = default;
        }

        /// <summary>A body at a pose that moves with constant velocities for a time.</summary>
        /// <param name="start">worldFromBody at the start.</param>
        /// <param name="velocity">In metres per second.</param>
        /// <param name="angularVelocity">In radians per second, in the world frame.</param>
        /// <param name="time">In seconds.</param>
        public BodyMotion(Pose start, Double3 velocity, Double3 angularVelocity, double time)
        {
            Start = start;
            Displacement = velocity * time;
            Rotation = angularVelocity * time;
        }

        /// <summary>worldFromBody after a fraction of the step: 0 at its start, 1 at its end.</summary>
        public Pose At(double fraction)
        {
            if (fraction == 0)
            {
                return Start;
            }

            DoubleQuaternion rotation = Rotation == Double3.Zero
                ? Start.Rotation
                : (DoubleQuaternion.FromVector(Rotation * fraction) * Start.Rotation).Normalised();
            return new Pose(Start.Position + Displacement * fraction, rotation);
        }
    }
}
