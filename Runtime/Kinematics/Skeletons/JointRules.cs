using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>What a joint must satisfy by itself.</summary>
    static class JointRules
    {
        public static void Check(Joint joint)
        {
            Demand(joint, joint.Frame.Position.IsFinite && joint.Frame.Orientation.IsFinite, "has a frame that is not finite");
            Demand(joint, IsFinite(joint.Weight) && joint.Weight > 0, $"has weight {joint.Weight}; a weight is positive");
            Demand(joint, IsFinite(joint.Mass) && joint.Mass >= 0 && joint.CentreOfMass.IsFinite, "has a mass that is negative or not finite");
            Demand(joint, joint.Rest.Count == joint.Limits.Count, $"has {joint.Limits.Count} coordinates and {joint.Rest.Count} rest values");
            if (joint.Kind != JointKind.Fixed && joint.Kind != JointKind.Free) CheckAxis(joint, joint.Axis, "axis");
            if (joint.Kind == JointKind.Universal || joint.Kind == JointKind.Ball)
            {
                CheckAxis(joint, joint.SecondAxis, "second axis");
                double angle = Vector3d.Cross(Vector3d.Normalise(joint.Axis), Vector3d.Normalise(joint.SecondAxis)).Length;
                if (joint.Kind == JointKind.Ball) Demand(joint, angle > 1 - 1e-9, "has a swing axis that is not perpendicular to its twist axis");
                else Demand(joint, angle > 1e-9, "has two axes in one direction");
            }
            for (int k = 0; k < joint.Limits.Count; k++) CheckLimit(joint, k);
        }

        static void CheckAxis(Joint joint, Vector3d axis, string name)
        {
            Demand(joint, axis.IsFinite, $"has a {name} that is not finite");
            Demand(joint, axis.Length > 1e-12, $"has a {name} of length 0");
        }

        static void CheckLimit(Joint joint, int k)
        {
            Limit limit = joint.Limits[k];
            string which = joint.Limits.Count == 1 ? "limit" : $"limit {k}";
            Demand(joint, !double.IsNaN(limit.Lower) && !double.IsNaN(limit.Upper), $"has a {which} that is NaN");
            Demand(joint, limit.Lower <= limit.Upper, $"has its {which} reversed: {limit}");
            // A rotation vector is the same rotation at pi and -pi, so a swing has to stay inside.
            if (joint.Kind == JointKind.Ball && k < 2)
                Demand(joint, limit.Lower > -Math.PI && limit.Upper < Math.PI, $"has a swing {which} of {limit}, which is not inside (-pi, pi)");
            double rest = joint.Rest[k];
            Demand(joint, IsFinite(rest) && rest >= limit.Lower && rest <= limit.Upper,
                FormattableString.Invariant($"rests at {rest}, outside its {which} {limit}"));
        }

        static bool IsFinite(double x) => !double.IsNaN(x) && !double.IsInfinity(x);

        static void Demand(Joint joint, bool holds, string complaint)
        {
            if (!holds) throw new SkeletonException($"Joint '{joint.Name}' {complaint}.", joint.Name);
        }
    }
}
