using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>A point of a joint lies in a plane, or on one side of it. Residual: its signed distance, in metres.</summary>
    public sealed class PlaneGoal : Goal
    {
        readonly string joint;
        readonly Vector3d point;
        readonly bool oneSided;

        /// <summary>A goal for a point in a joint's frame.</summary>
        /// <param name="joint">The joint.</param>
        /// <param name="point">The point in its frame.</param>
        /// <param name="oneSided">Whether the side to which the normal points is free, as above a floor.</param>
        public PlaneGoal(string joint, Vector3d point = default, bool oneSided = false) : base($"plane of {joint}", 1e-5) =>
            (this.joint, this.point, this.oneSided) = (joint, point, oneSided);

        /// <summary>A point of the plane, in the world, in metres.</summary>
        public Vector3d Target { get; set; }

        /// <summary>The direction perpendicular to the plane.</summary>
        public Vector3d Normal { get; set; } = Vector3d.UnitY;

        internal override int ParameterCount(Skeleton skeleton) => 6;

        internal override void WriteParameters(Span<double> parameters)
        {
            Write(parameters, Target, "The target");
            Write(parameters.Slice(3), Direction(Normal, "The normal"), "The normal");
        }

        internal override void Trace(GoalTrace trace)
        {
            Dual distance = DualVector.Dot(trace.Point(joint, point) - trace.Vector(0), trace.Vector(3));
            trace.Add(oneSided ? Dual.Positive(-distance) : distance);
        }
    }
}
