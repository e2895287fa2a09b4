using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// The middle joint of a limb (elbow, knee) bends towards a point: seen along the line from the limb's first to its last joint,
    /// it lies on the side of the target. Residual, in metres: e - |e| k, with e the part of middle - first perpendicular to that
    /// line and k the unit direction of the target's. Straight limbs satisfy it.
    /// </summary>
    public sealed class PoleGoal : Goal
    {
        readonly string first, middle, last;

        /// <summary>A goal for a limb's first, middle and last joints, as shoulder, elbow and hand.</summary>
        public PoleGoal(string first, string middle, string last) : base($"pole of {middle}", double.PositiveInfinity)
        {
            (this.first, this.middle, this.last) = (first, middle, last);
            Weight = 0.1;
        }

        /// <summary>The point towards which the middle joint bends, in the world, in metres.</summary>
        public Vector3d Target { get; set; }

        internal override int ParameterCount(Skeleton skeleton) => 3;

        internal override void WriteParameters(Span<double> parameters) => Write(parameters, Target, "The target");

        internal override void Trace(GoalTrace trace)
        {
            DualVector origin = trace.Point(first, default), line = DualVector.Normalise(trace.Point(last, default) - origin);
            DualVector bend = Across(trace.Point(middle, default) - origin), pole = Across((DualVector)trace.Vector(0) - origin);
            trace.Add(bend - DualVector.Length(bend) * DualVector.Normalise(pole));

            DualVector Across(DualVector v) => v - DualVector.Dot(v, line) * line;
        }
    }
}
