using System;
using System.Linq;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Conservation laws, symmetries and discrete closed forms.</summary>
    public class StructureTests
    {
        private static World Cloud(double restitution, double friction, Pose frame)
        {
            var world = new World(Rollout.Double()) { Gravity = Double3.Zero };
            var random = new Random(5);
            Double3 Vector(double size) => new Double3(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5) * (2 * size);
            for (int k = 0; k < 5; k++)
            {
                // Thrown at the centre from around it.
                Double3 place = Double3.Normalise(Vector(1)) * (0.7 + 0.5 * k);
                var pose = new Pose(place, DoubleQuaternion.FromVector(Vector(1)));
                Shape shape = k % 2 == 0 ? (Shape)new SphereShape(0.2) : new BoxShape(new Double3(0.2, 0.15, 0.25));
                world.AddBody(shape).At(frame * pose).Moving(frame.TransformDirection(place * -2)).Spinning(frame.TransformDirection(Vector(2)))
                    .MadeOf(friction, restitution).Weighing(1 + k);
            }

            return world;
        }

        [Test]
        public void ContactsConserveMomentum()
        {
            using World world = Cloud(0.6, 0.5, Pose.Identity);
            world.Build();
            Double3 linear = world.Momentum, angular = world.AngularMomentum;
            double energy = world.KineticEnergy;
            world.Step(60);
            Assert.That((world.Momentum - linear).Length, Is.LessThan(1e-11));
            Assert.That((world.AngularMomentum - angular).Length, Is.LessThan(1e-11));
            Assert.That(world.KineticEnergy, Is.LessThan(0.9 * energy), "they met");
        }

        [Test]
        public void ElasticImpactsConserveEnergy()
        {
            using World world = Cloud(1, 0, Pose.Identity);
            world.Build();
            double energy = world.KineticEnergy;
            Double3 velocity = world.Bodies[0].Velocity;
            world.Step(60);
            Assert.That(world.KineticEnergy, Is.EqualTo(energy).Within(1e-4 * energy));
            Assert.That((world.Bodies[0].Velocity - velocity).Length, Is.GreaterThan(0.1), "they met");
        }

        [Test]
        public void ResultsDoNotDependOnWhereTheSceneLies()
        {
            var frame = new Pose(new Double3(3, -2, 5), DoubleQuaternion.FromVector(new Double3(0.4, -1.1, 0.7)));
            using World here = Cloud(0.6, 0.5, Pose.Identity), there = Cloud(0.6, 0.5, frame);
            here.Step(45);
            there.Step(45);
            for (int k = 0; k < here.Bodies.Count; k++)
                Assert.That((frame.TransformPoint(here.Bodies[k].Pose.Position) - there.Bodies[k].Pose.Position).Length, Is.LessThan(1e-9), $"body {k}");
        }

        [Test]
        public void TumblingAboutTheMiddleAxisKeepsMomentumAndEnergy()
        {
            using var world = new World(new WorldOptions { Precision = Precision.Double, TimeStep = 1.0 / 240, Substeps = 1 }) { Gravity = Double3.Zero };
            world.AddBody(new BoxShape(new Double3(0.1, 0.1, 0.1))).Weighing(1).WithInertia(1, 2, 3 - 1e-9).Spinning(0.01, 3, 0.02);
            world.Build();
            Double3 angular = world.AngularMomentum;
            double energy = world.KineticEnergy, turned = 0;
            for (int step = 0; step < 60 * 240; step++)
            {
                world.Step();
                turned = Math.Min(turned, world.Bodies[0].Pose.Rotation.InverseRotate(world.Bodies[0].AngularVelocity).Y);
            }

            Assert.That((world.AngularMomentum - angular).Length, Is.LessThan(1e-10));
            Assert.That(world.KineticEnergy, Is.EqualTo(energy).Within(1e-3 * energy));
            Assert.That(turned, Is.LessThan(-2), "it tumbles: the spin in the body's frame turns over");
        }

        [TestCase(true)]
        [TestCase(false)]
        public void FreeFlightIsThatOfItsScheme(bool symplectic)
        {
            WorldOptions options = Rollout.Double();
            options.Symplectic = symplectic;
            using var world = new World(options);
            world.AddBody(new SphereShape(0.1)).At(0, 2, 0).Moving(1, 3, 0);
            world.Step(30);
            const double H = 1.0 / 60, N = 30, G = 9.81;
            double y = symplectic ? 2 + 3 * N * H - G * H * H * N * (N + 1) / 2 : 2 + 3 * N * H - G * (N * H) * (N * H) / 2;
            Assert.That(world.Bodies[0].Pose.Position.Y, Is.EqualTo(y).Within(1e-9));
            Assert.That(world.Bodies[0].Velocity.Y, Is.EqualTo(3 - G * N * H).Within(1e-9));
        }

        [Test]
        public void DampingIsThatOfImplicitEuler()
        {
            using var world = new World(Rollout.Double()) { Gravity = Double3.Zero };
            world.AddBody(new SphereShape(0.1)).Moving(2, 0, 0).Damped(0.7, 0);
            world.Step(30);
            Assert.That(world.Bodies[0].Velocity.X, Is.EqualTo(2 * Math.Pow(1 + 0.7 / 60, -30)).Within(1e-12));
        }
    }
}
