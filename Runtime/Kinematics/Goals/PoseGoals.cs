using System;
using System.Collections.Generic;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// All joints but free ones stay near a pose, by default the rest pose. Residual: the difference of each coordinate. Its
    /// weight is 0.01 by default: it decides what other goals leave open.
    /// </summary>
    public sealed class RestPoseGoal : Goal
    {
        readonly Skeleton skeleton;
        readonly double[] target;

        /// <summary>A goal for a skeleton's rest pose.</summary>
        public RestPoseGoal(Skeleton skeleton) : base("rest pose", double.PositiveInfinity)
        {
            this.skeleton = skeleton ?? throw new ArgumentNullException(nameof(skeleton));
            target = skeleton.RestPose();
            Weight = 0.01;
        }

        /// <summary>The coordinates wanted; change them in place.</summary>
        public Span<double> Target => target;

        internal override int ParameterCount(Skeleton skeleton) => skeleton.CoordinateCount;

        internal override void WriteParameters(Span<double> parameters)
        {
            for (int i = 0; i < target.Length; i++) parameters[i] = Finite(target[i], $"Coordinate {i}");
        }

        internal override void Trace(GoalTrace trace)
        {
            if (trace.Description.CoordinateCount != target.Length)
                throw new ArgumentException($"Goal '{Name}' was made for skeleton '{skeleton.Name}', not for '{trace.Description.Name}'.");
            for (int i = 0; i < target.Length; i++)
                if (skeleton.Joints[skeleton.JointOf(i)].Kind != JointKind.Free) trace.Add(trace.Skeleton.Coordinate(i) - trace.Parameters[i]);
        }
    }

    /// <summary>
    /// The pose stays near that of the last frame. Residual: the change of each coordinate. Its weight is 0.01 by default.
    /// </summary>
    public sealed class SmoothnessGoal : Goal
    {
        /// <summary>A goal for all joints.</summary>
        public SmoothnessGoal() : base("smoothness", double.PositiveInfinity) => Weight = 0.01;

        internal override int ParameterCount(Skeleton skeleton) => 0;

        internal override void WriteParameters(Span<double> parameters)
        {
        }

        internal override void Trace(GoalTrace trace)
        {
            for (int i = 0; i < trace.Skeleton.Count; i++) trace.Add(trace.Skeleton.Coordinate(i) - trace.Start[i]);
        }
    }

    /// <summary>
    /// Joints keep a margin from their limits, which the solver never passes anyway. Residual: for each coordinate with a range,
    /// how far it is inside the margin.
    /// </summary>
    public sealed class LimitMarginGoal : Goal
    {
        readonly HashSet<string> joints;

        /// <summary>A goal for some joints; for all if none is named.</summary>
        public LimitMarginGoal(params string[] joints) : base("limit margin", double.PositiveInfinity)
        {
            this.joints = new HashSet<string>(joints);
            Weight = 0.1;
        }

        /// <summary>The margin: 0.1 is a tenth of the range at either end.</summary>
        public double Margin { get; set; } = 0.1;

        internal override int ParameterCount(Skeleton skeleton) => 1;

        internal override void WriteParameters(Span<double> parameters)
        {
            parameters[0] = Finite(Margin, "The margin");
            if (Margin < 0 || Margin > 0.5) throw new ArgumentException($"The margin of goal '{Name}' is {Margin}; it is from 0 to 0.5.");
        }

        internal override void Trace(GoalTrace trace)
        {
            foreach (string joint in joints) trace.IndexOf(joint);
            for (int i = 0; i < trace.Skeleton.Count; i++)
            {
                Limit limit = trace.Description.LimitOf(i);
                if (!limit.IsBounded || joints.Count > 0 && !joints.Contains(trace.Description.Joints[trace.Description.JointOf(i)].Name)) continue;
                Dual q = trace.Skeleton.Coordinate(i), margin = trace.Parameters[0] * (limit.Upper - limit.Lower);
                trace.Add(Dual.Positive(q - limit.Upper + margin) - Dual.Positive(limit.Lower + margin - q));
            }
        }
    }
}
