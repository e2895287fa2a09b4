using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

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

        // The way in which an inertia is tuned: logarithms are the parameters, a kernel of the user's own makes moments of them.
        [Test]
        public void LogarithmsOfAnInertiaHaveGradients()
        {
            double Spin(double shift, int which, double[] gradient)
            {
                using World world = Lever(new BoxShape(new Double3(0.2, 0.1, 0.15)));
                using var logs = new Buffer("logs", 1, 3, Precision.Double);
                (logs[0, 0], logs[0, 1], logs[0, 2]) = (-3, -5, -4);
                if (which >= 0) logs[0, which] += shift;
                Kernel kernel = Kernel.Define("moments", k =>
                {
                    Real3 moments = InertiaLogs.ToMoments(new Real3(k.Lane("logs", 3), 0));
                    k.StoreAt("moments", "body", moments.X, moments.Y, moments.Z);
                });
                world.Record();
                world.Tape.BeginFrame(); // a frame of its own
                world.Tape.Run(new Launch(kernel, 1).Bind("logs", logs).Bind("moments", world.Mass, 1)
                    .BindIndex("body", new IndexBuffer("body", new[] { 2 })));
                world.Tape.EndFrame();
                world.Step(24);
                if (gradient != null)
                {
                    world.Tape.Seed(world.State)[2, 10] = 1;
                    world.Tape.Backward(retain: false);
                    for (int c = 0; c < 3; c++) gradient[c] = world.Tape.Gradient(logs)[0, c];
                }

                return world.State[2, 10];
            }

            var by = new double[3];
            Spin(0, -1, by);
            for (int c = 0; c < 3; c++)
            {
                double slope = (Spin(1e-5, c, null) - Spin(-1e-5, c, null)) / 2e-5;
                Assert.That(by[c], Is.EqualTo(slope).Within(1e-6 * (1 + Math.Abs(slope))), $"logarithm {c}");
                Assert.That(Math.Abs(slope), Is.GreaterThan(1e-3));
            }
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
