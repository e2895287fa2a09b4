using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>An axis of a joint points at a target. Residual: the unit axis less the unit direction to the target.</summary>
    public sealed class LookAtGoal : Goal
    {
        readonly string joint;
        readonly Vector3d axis, eye;

        /// <summary>A goal for an axis and the point from which it looks, both in the joint's frame.</summary>
        public LookAtGoal(string joint, Vector3d axis, Vector3d eye = default) : base($"look-at of {joint}", 1e-4)
        {
            (this.joint, this.eye) = (joint, eye);
            this.axis = Direction(axis, "The axis");
            Weight = 0.4;
        }

        /// <summary>The point looked at, in the world, in metres.</summary>
        public Vector3d Target { get; set; }

        internal override int ParameterCount(Skeleton skeleton) => 3;

        internal override void WriteParameters(Span<double> parameters) => Write(parameters, Target, "The target");

        internal override void Trace(GoalTrace trace)
        {
            DualVector direction = trace.Skeleton.Direction(trace.IndexOf(joint), axis);
            trace.Add(direction - DualVector.Normalise((DualVector)trace.Vector(0) - trace.Point(joint, eye)));
        }
    }
}
