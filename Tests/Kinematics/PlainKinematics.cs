namespace DiffPhysics.Kinematics.Tests
{
    /// <summary>Forward kinematics as a product of quaternion transforms: what the traced kernels are compared with.</summary>
    static class PlainKinematics
    {
        public static Frame FrameOf(Skeleton skeleton, double[] pose, int joint)
        {
            int parent = skeleton.ParentOf(joint), q = skeleton.FirstCoordinateOf(joint);
            Joint j = skeleton.Joints[joint];
            Frame frame = (parent < 0 ? Frame.Identity : FrameOf(skeleton, pose, parent)) * j.Frame;
            switch (j.Kind)
            {
                case JointKind.Hinge:
                    return frame * Turn(Rotation.AxisAngle(j.Axis, pose[q]));
                case JointKind.Slider:
                    return frame * new Frame(pose[q] * Vector3d.Normalise(j.Axis));
                case JointKind.Universal:
                    return frame * Turn(Rotation.AxisAngle(j.Axis, pose[q])) * Turn(Rotation.AxisAngle(j.SecondAxis, pose[q + 1]));
                case JointKind.Ball:
                    Vector3d twist = Vector3d.Normalise(j.Axis), swing = Vector3d.Normalise(j.SecondAxis);
                    return frame * Turn(ByVector(pose[q] * swing + pose[q + 1] * Vector3d.Cross(twist, swing))) * Turn(Rotation.AxisAngle(twist, pose[q + 2]));
                case JointKind.Free:
                    return frame * new Frame(new Vector3d(pose[q], pose[q + 1], pose[q + 2]), ByVector(new Vector3d(pose[q + 3], pose[q + 4], pose[q + 5])));
                default:
                    return frame;
            }
        }

        static Frame Turn(Rotation rotation) => new Frame(default, rotation);

        static Rotation ByVector(Vector3d v) => v.Length > 0 ? Rotation.AxisAngle(v, v.Length) : Rotation.Identity;
    }
}
