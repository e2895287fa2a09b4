using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>A point of a joint lies on a line. Residual: (point - target) x direction, whose length is the distance in metres.</summary>
    public sealed class LineGoal : Goal
    {
        readonly string joint;
        readonly Vector3d point;

        /// <summary>A goal for a point in a joint's frame.</summary>
        public LineGoal(string joint, Vector3d point = default) : base($"line of {joint}", 1e-5) => (this.joint, this.point) = (joint, point);

        /// <summary>A point of the line, in the world, in metres.</summary>
        public Vector3d Target { get; set; }

        /// <summary>The direction of the line.</summary>
        public Vector3d Along { get; set; } = Vector3d.UnitX;

        internal override int ParameterCount(Skeleton skeleton) => 6;

        internal override void WriteParameters(Span<double> parameters)
        {
            Write(parameters, Target, "The target");
            Write(parameters.Slice(3), Direction(Along, "The line"), "The line");
        }

        internal override void Trace(GoalTrace trace) =>
            trace.Add(DualVector.Cross(trace.Point(joint, point) - trace.Vector(0), trace.Vector(3)));
    }
}
