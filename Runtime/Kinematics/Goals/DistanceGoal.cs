using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>Two points of a skeleton, or one and a point of the world, are a distance apart. Residual: its excess, in metres.</summary>
    public sealed class DistanceGoal : Goal
    {
        readonly string joint, other;
        readonly Vector3d point, otherPoint;

        /// <summary>A goal for a point in a joint's frame and one in another's; the world stands for the other if it is null.</summary>
        public DistanceGoal(string joint, Vector3d point, string other = null, Vector3d otherPoint = default)
            : base($"distance of {joint}" + (other == null ? "" : $" from {other}"), 1e-5) =>
            (this.joint, this.point, this.other, this.otherPoint) = (joint, point, other, otherPoint);

        /// <summary>The point of the world, in metres; not used between two joints.</summary>
        public Vector3d Target { get; set; }

        /// <summary>The distance wanted, in metres.</summary>
        public double Distance { get; set; }

        internal override int ParameterCount(Skeleton skeleton) => 4;

        internal override void WriteParameters(Span<double> parameters)
        {
            Write(parameters, Target, "The target");
            parameters[3] = Finite(Distance, "The distance");
            if (Distance < 0) throw new ArgumentException($"The distance of goal '{Name}' is {Distance}; it is 0 or more.");
        }

        internal override void Trace(GoalTrace trace)
        {
            DualVector to = other == null ? (DualVector)trace.Vector(0) : trace.Point(other, otherPoint);
            trace.Add(DualVector.Length(trace.Point(joint, point) - to) - trace.Parameters[3]);
        }
    }
}
