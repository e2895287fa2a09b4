using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Editor;
using DiffPhysics.Physics;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>What the report draws of joints: which bodies they hold, and where their anchors and axes were.</summary>
internal static class ReportJoints
{
    // Bodies by index, -1 for the world.
    public static DocumentNode Of(Scene scene)
    {
        DocumentNode list = DocumentNode.List();
        foreach (SceneJoint joint in scene.Joints)
        {
            list.Add(DocumentNode.Object()
                .Add("name", DocumentNode.Of(joint.Name))
                .Add("type", DocumentNode.Of(joint.Type))
                .Add("a", DocumentNode.Of(IndexOf(scene, joint.A)))
                .Add("b", DocumentNode.Of(IndexOf(scene, joint.B)))
                .Add("first", DocumentNode.Of(scene.Joints.FindIndex(j => j.Name == joint.First)))
                .Add("second", DocumentNode.Of(scene.Joints.FindIndex(j => j.Name == joint.Second)))
                .Add("isSpring", DocumentNode.Of(joint.Has(JointNumber.Stiffness) || joint.Has(JointNumber.Damping)))
                .Add("isRope", DocumentNode.Of(joint.Type == "distance" && joint.Has(JointNumber.Upper))));
        }
        return list;
    }

    /// <summary>The joints in the motion before: anchors and lengths may themselves have been tuned.</summary>
    public static DocumentNode Before(TuneOutcome outcome)
    {
        SceneParameters.Apply(outcome.Scene, outcome.From.ToArray());
        DocumentNode joints = Motion(outcome.Scene, outcome.Before);
        SceneParameters.Apply(outcome.Scene, outcome.Result.Best.Parameters.ToArray());
        return joints;
    }

    public static DocumentNode After(TuneOutcome outcome) => Motion(outcome.Scene, outcome.After);

    // For each joint, rows of the anchor on A, that on B and the axis on A in the world, of a wheel where its suspension is fixed to A; and how long a rope is, its pulleys and the ratio.
    private static DocumentNode Motion(Scene scene, Trajectories motion)
    {
        DocumentNode list = DocumentNode.List();
        foreach (SceneJoint joint in scene.Joints)
        {
            if (joint.Type == "gear")
            {
                list.Add(DocumentNode.Object().Add("rows", DocumentNode.List()).Add("ratio", DocumentNode.Of(joint.Ratio)));
                continue;
            }
            int a = IndexOf(scene, joint.A), b = IndexOf(scene, joint.B);
            Double3 anchorB = Vector(joint.Type == "distance" || joint.Type == "pulley" ? joint.AnchorB : joint.Anchor);
            Double3 onA = PoseOf(motion, 0, a).InverseTransformPoint(Vector(joint.Anchor)), onB = PoseOf(motion, 0, b).InverseTransformPoint(anchorB);
            Double3 axis = PoseOf(motion, 0, a).InverseTransformDirection(Double3.Normalise(Vector(joint.Axis)));
            Double3 mount = onA + PoseOf(motion, 0, a).InverseTransformDirection(Double3.Normalise(Vector(joint.Up))) * MountHeight(scene, b);
            DocumentNode rows = DocumentNode.List();
            for (int s = 0; s < motion.Samples; s++)
            {
                Pose poseA = PoseOf(motion, s, a);
                var row = new[] { poseA.TransformPoint(onA), PoseOf(motion, s, b).TransformPoint(onB), poseA.TransformDirection(axis), poseA.TransformPoint(mount) };
                rows.Add(DocumentNode.Of(row.Take(joint.Type == "wheel" ? 4 : 3).SelectMany(v => new[] { v.X, v.Y, v.Z }).Select(v => Math.Round(v, 5))));
            }
            list.Add(DocumentNode.Object().Add("rows", rows)
                .Add("length", DocumentNode.Of(LengthOf(joint)))
                .Add("ratio", DocumentNode.Of(joint.Ratio))
                .Add("pulleys", joint.Type == "pulley" ? DocumentNode.Of(joint.PulleyA.Concat(joint.PulleyB)) : DocumentNode.List()));
        }
        return list;
    }

    // Of a rope over pulleys what it is at the start, where the document does not give it.
    private static double LengthOf(SceneJoint joint)
    {
        if (joint.Has(JointNumber.Upper)) return joint[JointNumber.Upper];
        return joint.Type == "pulley" ? (Vector(joint.Anchor) - Vector(joint.PulleyA)).Length + joint.Ratio * (Vector(joint.AnchorB) - Vector(joint.PulleyB)).Length : 0;
    }

    // The spring of a suspension is drawn from the wheel's centre to a little above the wheel.
    private static double MountHeight(Scene scene, int wheel)
    {
        SceneShape shape = wheel < 0 ? new SceneShape() : scene.Bodies[wheel].Shape;
        return 1.4 * (shape.Type == "box" ? shape.HalfSize.Max() : shape.Radius);
    }

    private static int IndexOf(Scene scene, string body) => body == null ? -1 : scene.Bodies.FindIndex(b => b.Name == body);

    private static Pose PoseOf(Trajectories motion, int sample, int body)
    {
        if (body < 0) return Pose.Identity;
        Span<double> s = motion.State(0, sample, body);
        return new Pose(new Double3(s[0], s[1], s[2]), new DoubleQuaternion(s[3], s[4], s[5], s[6]));
    }

    private static Double3 Vector(IReadOnlyList<double> v) => new(v[0], v[1], v[2]);
}
