using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>Keeps the rotation vectors of free joints away from 2 pi, where they lose a degree of freedom.</summary>
    static class RotationVectors
    {
        /// <summary>Replaces a rotation vector v longer than pi by the shorter one of the same rotation, v (1 - 2 pi / |v|).</summary>
        public static void Shorten(Skeleton skeleton, double[] pose)
        {
            for (int j = 0; j < skeleton.Joints.Count; j++)
            {
                if (skeleton.Joints[j].Kind != JointKind.Free) continue;
                int first = skeleton.FirstCoordinateOf(j) + 3;
                double length = Math.Sqrt(pose[first] * pose[first] + pose[first + 1] * pose[first + 1] + pose[first + 2] * pose[first + 2]);
                if (length <= Math.PI) continue;
                for (int k = 0; k < 3; k++) pose[first + k] *= 1 - 2 * Math.PI / length;
            }
        }
    }
}
