using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// The centre of mass stands over a round support, seen along the vertical. Residual: how far it is outside, in metres.
    /// </summary>
    public sealed class BalanceGoal : Goal
    {
        readonly Vector3d up;

        /// <summary>A goal with a vertical; +y by default.</summary>
        public BalanceGoal(Vector3d? up = null) : base("balance", 1e-4) => this.up = Direction(up ?? Vector3d.UnitY, "The vertical");

        /// <summary>The centre of the support, in the world, in metres.</summary>
        public Vector3d Target { get; set; }

        /// <summary>The radius of the support, in metres; 0 asks for the centre itself.</summary>
        public double Radius { get; set; }

        internal override int ParameterCount(Skeleton skeleton) => 4;

        internal override void WriteParameters(Span<double> parameters)
        {
            Write(parameters, Target, "The target");
            parameters[3] = Finite(Radius, "The radius");
            if (Radius < 0) throw new ArgumentException($"The radius of goal '{Name}' is {Radius}; it is 0 or more.");
        }

        internal override void Trace(GoalTrace trace)
        {
            if (!(trace.Description.Mass > 0))
                throw new SkeletonException($"Goal '{Name}' wants a centre of mass, but no bone of skeleton '{trace.Description.Name}' has a mass.");
            DualVector offset = trace.Skeleton.CentreOfMass() - trace.Vector(0);
            DualVector across = offset - DualVector.Dot(offset, (TracedVector)up) * (DualVector)(TracedVector)up;
            // Inside, the residual is 0 in value and slope; outside it is shortened along its own direction.
            Dual length = DualVector.Length(across);
            trace.Add(Dual.Positive(length - trace.Parameters[3]) / length * across);
        }
    }
}
