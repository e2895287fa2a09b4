using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>A bone as a capsule: all points within a radius of the segment between the origins of two joints.</summary>
    public readonly struct BoneCapsule
    {
        /// <summary>A capsule from one joint to another.</summary>
        public BoneCapsule(string from, string to, double radius)
        {
            if (!(radius >= 0) || double.IsInfinity(radius))
                throw new ArgumentOutOfRangeException(nameof(radius), radius, $"The capsule from '{from}' to '{to}' has a radius of 0 or more.");
            (From, To, Radius) = (from, to, radius);
        }

        /// <summary>The joint at one end.</summary>
        public string From { get; }

        /// <summary>The joint at the other end.</summary>
        public string To { get; }

        /// <summary>The radius in metres.</summary>
        public double Radius { get; }
    }

    /// <summary>A bone stays out of a sphere. Residual: the depth of penetration, in metres.</summary>
    public sealed class SphereClearanceGoal : Goal
    {
        readonly BoneCapsule bone;

        /// <summary>A goal for a bone.</summary>
        public SphereClearanceGoal(BoneCapsule bone) : base($"clearance of {bone.From} from a sphere", 1e-4) => this.bone = bone;

        /// <summary>The centre of the sphere, in the world, in metres.</summary>
        public Vector3d Centre { get; set; }

        /// <summary>The radius of the sphere, in metres.</summary>
        public double Radius { get; set; }

        internal override int ParameterCount(Skeleton skeleton) => 4;

        internal override void WriteParameters(Span<double> parameters)
        {
            Write(parameters, Centre, "The centre");
            parameters[3] = Finite(Radius, "The radius");
        }

        internal override void Trace(GoalTrace trace)
        {
            DualVector from = trace.Point(bone.From, default), to = trace.Point(bone.To, default), centre = trace.Vector(0);
            trace.Add(Dual.Positive(trace.Parameters[3] + bone.Radius - Segments.Distance(from, to, centre, centre)));
        }
    }

    /// <summary>A bone stays out of a capsule of the world. Residual: the depth of penetration, in metres.</summary>
    public sealed class CapsuleClearanceGoal : Goal
    {
        readonly BoneCapsule bone;

        /// <summary>A goal for a bone.</summary>
        public CapsuleClearanceGoal(BoneCapsule bone) : base($"clearance of {bone.From} from a capsule", 1e-4) => this.bone = bone;

        /// <summary>One end of the capsule's segment, in the world, in metres.</summary>
        public Vector3d Start { get; set; }

        /// <summary>The other end of the capsule's segment, in the world, in metres.</summary>
        public Vector3d End { get; set; }

        /// <summary>The radius of the capsule, in metres.</summary>
        public double Radius { get; set; }

        internal override int ParameterCount(Skeleton skeleton) => 7;

        internal override void WriteParameters(Span<double> parameters)
        {
            Write(parameters, Start, "The start");
            Write(parameters.Slice(3), End, "The end");
            parameters[6] = Finite(Radius, "The radius");
        }

        internal override void Trace(GoalTrace trace)
        {
            DualVector from = trace.Point(bone.From, default), to = trace.Point(bone.To, default);
            trace.Add(Dual.Positive(trace.Parameters[6] + bone.Radius - Segments.Distance(from, to, trace.Vector(0), trace.Vector(3))));
        }
    }

    /// <summary>Two bones of a skeleton stay out of each other. Residual: the depth of penetration, in metres.</summary>
    public sealed class SelfCollisionGoal : Goal
    {
        readonly BoneCapsule first, second;

        /// <summary>A goal for two bones that are not neighbours.</summary>
        public SelfCollisionGoal(BoneCapsule first, BoneCapsule second) : base($"clearance of {first.From} from {second.From}", 1e-4) =>
            (this.first, this.second) = (first, second);

        internal override int ParameterCount(Skeleton skeleton) => 0;

        internal override void WriteParameters(Span<double> parameters)
        {
        }

        internal override void Trace(GoalTrace trace) => trace.Add(Dual.Positive(first.Radius + second.Radius - Segments.Distance(
            trace.Point(first.From, default), trace.Point(first.To, default), trace.Point(second.From, default), trace.Point(second.To, default))));
    }

    /// <summary>Distances between segments.</summary>
    static class Segments
    {
        /// <summary>
        /// The distance between segments a b and c d, either of which may be a point. It is least in the parameters s and t of the
        /// closest points, so its derivative is that at fixed s and t.
        /// </summary>
        /// <remarks>Source: C. Ericson, Real-Time Collision Detection, section 5.1.9.</remarks>
        public static Dual Distance(DualVector a, DualVector b, DualVector c, DualVector d)
        {
            TracedVector u = (b - a).Value, v = (d - c).Value, w = (a - c).Value;
            Real uu = TracedVector.Dot(u, u) + 1e-18, vv = TracedVector.Dot(v, v) + 1e-18, uv = TracedVector.Dot(u, v);
            Real uw = TracedVector.Dot(u, w), vw = TracedVector.Dot(v, w);
            Real determinant = uu * vv - uv * uv;
            Bool parallel = determinant <= 1e-12 * uu * vv;
            Real s = Unit(Real.Select(parallel, 0, (uv * vw - uw * vv) / Real.Select(parallel, 1, determinant)));
            Real t = (uv * s + vw) / vv;
            s = Real.Select(t < 0, Unit(-uw / uu), Real.Select(t > 1, Unit((uv - uw) / uu), s));
            t = Unit(t);
            return DualVector.Length(a + (Dual)s * (b - a) - c - (Dual)t * (d - c));

            static Real Unit(Real x) => Real.Clamp(x, 0, 1);
        }
    }
}
