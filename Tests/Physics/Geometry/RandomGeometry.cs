using System;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Seeded random vectors, rotations and poses.</summary>
    internal static class RandomGeometry
    {
        public static double Between(Random random, double low, double high) => low + (high - low) * random.NextDouble();

        public static Double3 Vector(Random random, double half) =>
            new Double3(Between(random, -half, half), Between(random, -half, half), Between(random, -half, half));

        public static Double3 Direction(Random random)
        {
            while (true)
            {
                Double3 v = Vector(random, 1);
                if (v.LengthSquared > 0.01 && v.LengthSquared <= 1)
                {
                    return Double3.Normalise(v);
                }
            }
        }

        public static DoubleQuaternion Rotation(Random random) =>
            DoubleQuaternion.FromAxisAngle(Direction(random), Between(random, -Math.PI, Math.PI));

        public static Pose Pose(Random random, double half) => new Pose(Vector(random, half), Rotation(random));
    }
}
