using System;

namespace DiffPhysics.Kinematics.Tests
{
    static class RandomSkeletons
    {
        /// <summary>A branching skeleton with every kind of joint, skew axes and turned frames.</summary>
        public static Skeleton OneOfEach() => new Skeleton("one of each", new[]
        {
            Joint.Free("root", null, Frame.FromXyzRpy(0.1, 0.2, -0.3, 0.4, -0.2, 0.9)),
            Joint.Hinge("hinge", "root", Frame.FromXyzRpy(0.3, 0, 0.1, 1, 0.3, -0.7), new Vector3d(1, 2, -1), Limit.Symmetric(2)),
            Joint.Slider("slider", "hinge", Frame.FromXyzRpy(0, 0.2, 0, 0, 0.5, 0), new Vector3d(0, 3, 4), new Limit(-0.1, 0.3)),
            Joint.Universal("universal", "slider", Frame.FromXyzRpy(0.2, 0.1, 0, 0, 0, 1), Vector3d.UnitZ, new Vector3d(-1, 1, 0), Limit.Symmetric(1), Limit.Symmetric(1.2)),
            Joint.Ball("ball", "hinge", Frame.FromXyzRpy(0.1, -0.3, 0.2, -1, 0.1, 0.2), new Vector3d(1, 1, 0), new Vector3d(1, -1, 0), Limit.Symmetric(2), Limit.Symmetric(1), Limit.Symmetric(1.5)),
            Joint.Fixed("tip", "ball", Frame.FromXyzRpy(0, 0, 0.25, 0.2, 0.1, 0)),
            Joint.Hinge("negative", "ball", Frame.At(0.1, 0, 0), -Vector3d.UnitY, Limit.Symmetric(2)),
        });

        /// <summary>Uniform within the limits; within 1 where there is none.</summary>
        public static double[] Pose(Skeleton skeleton, int seed)
        {
            var random = new Random(seed);
            var pose = new double[skeleton.CoordinateCount];
            for (int i = 0; i < pose.Length; i++)
            {
                Limit limit = skeleton.LimitOf(i).IsBounded ? skeleton.LimitOf(i) : Limit.Symmetric(1);
                pose[i] = limit.Lower + (limit.Upper - limit.Lower) * random.NextDouble();
            }
            return pose;
        }
    }
}
