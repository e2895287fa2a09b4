using System;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Balls, capsules and boxes that fly about over two planes, some of them static; one collider each.</summary>
    internal sealed class RandomScene
    {
        public RandomScene(int seed, int count)
        {
            var random = new Random(seed);
            Colliders = new Collider[count];
            Motions = new BodyMotion[count];
            Dynamic = new bool[count];
            double half = Math.Pow(count, 1.0 / 3) * 0.4;
            for (int i = 0; i < count; i++)
            {
                Shape shape;
                switch (i % 3)
                {
                    case 0: shape = new SphereShape(RandomGeometry.Between(random, 0.1, 0.3)); break;
                    case 1: shape = new CapsuleShape(RandomGeometry.Between(random, 0.1, 0.2), RandomGeometry.Between(random, 0.1, 0.4)); break;
                    default: shape = new BoxShape(Double3.Abs(RandomGeometry.Vector(random, 0.3)) + new Double3(0.05)); break;
                }

                Dynamic[i] = i % 5 != 4;
                Motions[i] = Dynamic[i]
                    ? new BodyMotion(RandomGeometry.Pose(random, half), RandomGeometry.Vector(random, 10), RandomGeometry.Vector(random, 10), 1.0 / 60)
                    : new BodyMotion(RandomGeometry.Pose(random, half));
                Colliders[i] = new Collider(i, shape, i % 4 == 0 ? RandomGeometry.Pose(random, 0.2) : Pose.Identity);
            }

            Dynamic[0] = Dynamic[1] = false;
            Colliders[0] = new Collider(0, new PlaneShape(), PlaneShape.PoseFor(Double3.UnitY, 0));
            Colliders[1] = new Collider(1, new PlaneShape(), PlaneShape.PoseFor(new Double3(1, 1, 0), -half));
            Motions[0] = Motions[1] = new BodyMotion(Pose.Identity);
        }

        public Collider[] Colliders { get; }

        public BodyMotion[] Motions { get; }

        public bool[] Dynamic { get; }

        public CollisionDetector Detector() => new CollisionDetector(Colliders, Dynamic);

        public void Advance()
        {
            for (int i = 0; i < Motions.Length; i++)
            {
                Motions[i].Start = Motions[i].At(1);
            }
        }
    }
}
