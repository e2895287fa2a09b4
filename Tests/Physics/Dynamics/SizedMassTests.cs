using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Mass and inertia that follow sizes and density.</summary>
    public class SizedMassTests
    {
        private static World Lever(Shape shape, double density = 700)
        {
            World world = Rollout.WithGround();
            world.AddBody(shape, "lever").At(new Pose(new Double3(0, 0.4, 0), DoubleQuaternion.FromVector(new Double3(0.3, 0.2, 0.7)))).Spinning(1, 2, 3)
                .MadeOf(0.4, 0.5).Dense(density);
            world.AddBody(new SphereShape(0.1)).At(0.05, 0.8, 0).MadeOf(0.4, 0.5).Weighing(2);
            return world;
        }

        private static Shape Make(int kind) => kind switch
        {
            0 => new SphereShape(0.15),
            1 => new BoxShape(new Double3(0.2, 0.1, 0.15)),
            _ => (Shape)new CapsuleShape(0.1, 0.2),
        };

        [Test]
        public void MassIsThatOfTheShape([Range(0, 2)] int kind)
        {
            Shape shape = Make(kind);
            using World world = Lever(shape);
            MassProperties expected = shape.MassProperties(700);
            for (int look = 0; look < 2; look++)
            {
                // As built, and as the step computes it.
                double[] mass = { world.Mass[1, 0], world.Mass[1, 1], world.Mass[1, 2], world.Mass[1, 3] };
                Double3 moments = expected.Inertia.DiagonalPart;
                Assert.That(mass, Is.EqualTo(new[] { expected.Mass, moments.X, moments.Y, moments.Z }).Within(1e-12 * expected.Mass));
                world.Step();
            }
        }

        [Test]
        public void GradientsBySizesGoThroughMassAndInertia([Range(0, 2)] int kind)
        {
            new Rollout(() => Lever(Make(kind)), 24).AssertAgreesWithDifferences(
                new[] { Entry.State(1, 0), Entry.State(1, 8), Entry.State(1, 10), Entry.State(2, 8) },
                new[] { new Entry(w => w.Shapes, 1, kind == 1 ? 1 : 0), new Entry(w => w.Shapes, 1, kind == 0 ? 0 : 2), new Entry(w => w.Densities, 1, 0) });
        }

        [Test]
        public void InertiaFromAnyNumbersIsValid()
        {
            var random = new Random(2);
            for (int k = 0; k < 100; k++)
            {
                double Next() => 6 * random.NextDouble() - 3;
                Double3 logs = new Double3(Next(), Next(), Next()), i = InertiaLogs.ToMoments(logs);
                Assert.That(i.X > 0 && i.Y > 0 && i.Z > 0 && i.X < i.Y + i.Z && i.Y < i.X + i.Z && i.Z < i.X + i.Y, Is.True);
                Assert.That((InertiaLogs.FromMoments(i) - logs).Length, Is.LessThan(1e-9));
            }

            Assert.That(() => InertiaLogs.FromMoments(new Double3(1, 1, 3)), Throws.ArgumentException.With.Message.Contains("triangle inequality"));
        }

        [Test]
        public void BodiesWhoseMassCannotFollowAreRefused()
        {
            using var world = new World(Rollout.Double());
            Assert.That(() => world.AddBody(new SphereShape(1), "ball").Dense(0), Throws.ArgumentException.With.Message.Contains("density").And.Message.Contains("ball"));
            world.AddBody(new SphereShape(1), "bell").With(new SphereShape(2)).Dense(10);
            Assert.That(() => world.Build(), Throws.ArgumentException.With.Message.Contains("bell").And.Message.Contains("one sphere, box or capsule"));
        }
    }
}
