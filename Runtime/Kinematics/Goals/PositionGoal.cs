using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>A point of a joint's frame stands at a target. Residual: point - target, in metres.</summary>
    public sealed class PositionGoal : Goal
    {
        readonly string joint;
        readonly Vector3d point;

        /// <summary>A goal for a point given in a joint's frame; by default its origin.</summary>
        public PositionGoal(string joint, Vector3d point = default) : base($"position of {joint}", 1e-5) => (this.joint, this.point) = (joint, point);

        /// <summary>Where the point should be, in the world, in metres.</summary>
        public Vector3d Target { get; set; }

        internal override int ParameterCount(Skeleton skeleton) => 3;

        internal override void WriteParameters(Span<double> parameters) => Write(parameters, Target, "The target");

        internal override void Trace(GoalTrace trace) => trace.Add(trace.Point(joint, point) - trace.Vector(0));
    }
}
