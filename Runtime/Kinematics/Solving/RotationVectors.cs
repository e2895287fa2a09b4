using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>Keeps the rotation vectors of free joints away from 2 pi, where they lose a degree of freedom.</summary>
    static class RotationVectors
    {
        /// <summary>The factor that makes of a rotation vector v the shorter one of the same rotation: 1 - 2 pi / |v| beyond pi, else 1.</summary>
        public static double Factor(double x, double y, double z)
        {
            double length = Math.Sqrt(x * x + y * y + z * z);
            return length > Math.PI ? 1 - 2 * Math.PI / length : 1;
        }

        /// <summary>Shortens the rotation vectors of a pose.</summary>
        public static void Shorten(Skeleton skeleton, double[] pose)
        {
            for (int j = 0; j < skeleton.Joints.Count; j++)
            {
                if (skeleton.Joints[j].Kind != JointKind.Free) continue;
                int first = skeleton.FirstCoordinateOf(j) + 3;
                double factor = Factor(pose[first], pose[first + 1], pose[first + 2]);
                for (int k = 0; k < 3; k++) pose[first + k] *= factor;
            }
        }
    }
}
