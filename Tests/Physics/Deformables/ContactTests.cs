using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Particles that meet obstacles, against closed forms at 60 Hz with one substep, and against differences.</summary>
    public class ContactTests
    {
        private const double G = 9.81;

        // y(T) = e g t1 (T - t1) - g (T - t1)^2 / 2 with t1 = sqrt(2 y0 / g).
        [Test]
        public void ABounceIsThatOfTheClosedForm()
        {
            static double Height(double y0, double e, double g)
            {
                double t1 = Math.Sqrt(2 * y0 / g), rest = 0.7 - t1;
                return e * g * t1 * rest - g * rest * rest / 2;
            }

            using ParticleWorld world = OnGround(new Double3(0, 1, 0), Double3.Zero, 0, 0.8, out Obstacle ground);
            world.Record();
            world.Step(42);
            world.Tape.Seed(world.State)[0, 1] = 1;
            world.Tape.Backward(retain: false);
            Assert.That(world.Position(0).Y, Is.EqualTo(Height(1, 0.8, G)).Within(1e-9));
            Assert.That(world.Tape.Gradient(world.State)[0, 1], Is.EqualTo(Slope(y => Height(y, 0.8, G), 1)).Within(1e-8));
            Assert.That(world.Tape.Gradient(ground.Material)[0, 1], Is.EqualTo(Slope(e => Height(1, e, G), 0.8)).Within(1e-8));
            Assert.That(world.Tape.Gradient(world.Environment)[0, 1], Is.EqualTo(-Slope(g => Height(1, 0.8, g), G)).Within(1e-8));
        }

        // Sliding friction stops it after v^2 / (2 mu g), within a substep.
        [Test]
        public void SlidingStopsAtTheClosedForm()
        {
            using ParticleWorld world = OnGround(Double3.Zero, new Double3(2, 0, 0), 0.5, 0, out Obstacle ground);
            world.Record();
            world.Step(60);
            world.Tape.Seed(world.State)[0, 0] = 1;
            world.Tape.Backward(retain: false);
            Assert.That(world.Position(0).X, Is.EqualTo(4 / (2 * 0.5 * G)).Within(1e-9));
            Assert.That(world.Velocity(0).X, Is.EqualTo(0).Within(1e-12));
            Assert.That(world.Tape.Gradient(world.State)[0, 3], Is.EqualTo(2 / (0.5 * G)).Within(1e-9));
            Assert.That(world.Tape.Gradient(ground.Material)[0, 0], Is.EqualTo(-4 / (2 * 0.25 * G)).Within(1e-9));
        }

        [TestCase(0.3)]
        [TestCase(0.7)]
        public void AnInclineHoldsOrLetsSlide(double friction)
        {
            const double angle = 0.5;
            var options = ParticleRollout.Double();
            using var world = new ParticleWorld(options);
            world.AddObstacle(new PlaneShape(), PlaneShape.PoseFor(new Double3(-Math.Sin(angle), Math.Cos(angle), 0), 0), friction);
            world.AddParticle(Double3.Zero);
            world.Step(60);
            double acceleration = Math.Max(0, G * (Math.Sin(angle) - friction * Math.Cos(angle)));
            Assert.That(world.Position(0).Length, Is.EqualTo(0.5 * acceleration).Within(1e-9));
        }

        // At rest, of a particle that friction holds: a push v is stopped within the substep of length h, after v^2 / (2 mu g), so it has no slope; h has none. The same on a static body.
        [Test]
        public void WhatFrictionHoldsHasNoSlope([Values] bool isBody)
        {
            World bodies = isBody ? new World(new WorldOptions { Precision = Precision.Double, Executor = ParticleRollout.Executor }) : null;
            using var world = isBody ? new ParticleWorld(bodies) : new ParticleWorld(ParticleRollout.Double());
            world.ContactRadius = 0.02;
            if (isBody)
            {
                bodies.AddStatic(new PlaneShape()).MadeOf(0.5, 0);
                world.TouchBodies();
            }
            else
            {
                world.AddObstacle(new PlaneShape(), null, 0.5);
            }

            world.AddParticle(new Double3(0, 0.02, 0));
            world.Record();
            world.Step(2);
            world.Tape.Seed(world.State)[0, 0] = 1;
            world.Tape.Backward(retain: false);
            Assert.That(world.Tape.Gradient(world.State)[0, 0], Is.EqualTo(1).Within(1e-12));
            Assert.That(world.Tape.Gradient(world.State)[0, 3], Is.EqualTo(0).Within(1e-12), "by the velocity");
            Assert.That(world.Tape.Gradient(world.Force)[0, 0], Is.EqualTo(0).Within(1e-12), "by a force");
        }

        [Test]
        public void ASpringThatPressesIsNoImpact()
        {
            using var world = new ParticleWorld(ParticleRollout.Double());
            world.AddObstacle(new PlaneShape(), friction: 0, restitution: 0.9);
            world.AddParticle(Double3.Zero, 0.1);
            world.AddParticle(new Double3(0, 1, 0));
            world.Pin(1);
            world.AddSprings(new[] { (0, 1) }, 100, restLength: 1.2);
            world.Step(30);
            Assert.That(world.Position(0).Y, Is.EqualTo(0).Within(1e-12));
        }

        [TestCase(ParticleIntegrator.Ballistic)]
        [TestCase(ParticleIntegrator.Symplectic)]
        [TestCase(ParticleIntegrator.SoftConstraints)]
        public void ALandedSpringPairRests(ParticleIntegrator integrator)
        {
            using var world = new ParticleWorld(ParticleRollout.Double(integrator, 4));
            world.AddObstacle(new PlaneShape(), friction: 0.5);
            world.AddParticle(new Double3(0, 0.3, 0), 0.5, new Double3(1, 0, 0));
            world.AddParticle(new Double3(0, 0.8, 0), 0.5, new Double3(1, 0, 0));
            world.AddSprings(new[] { (0, 1) }, 500, 5);
            world.Step(600);
            Double3 before = world.Position(0);
            world.Step(60);
            Assert.That(Double3.Distance(world.Position(0), before), Is.LessThan(1e-9));
            Assert.That(world.Position(1).Y, Is.EqualTo(0).Within(1e-9));
        }

        // A particle is thrown onto each kind of obstacle and glances off: event time, normal and slip are all in the slopes.
        [Test]
        public void ObstaclesHaveGradients([Values(0, 1, 2, 3)] int kind, [Values] ParticleIntegrator integrator)
        {
            Shape shape = kind == 0 ? new PlaneShape() : kind == 1 ? new SphereShape(0.4) : kind == 2 ? (Shape)new CapsuleShape(0.3, 0.5) : new BoxShape(new Double3(0.4, 0.3, 0.5));
            Obstacle obstacle = null;
            var made = new System.Collections.Generic.Dictionary<ParticleWorld, Obstacle>();
            var rollout = new ParticleRollout(() =>
            {
                var world = new ParticleWorld(ParticleRollout.Double(integrator, 2)) { ContactRadius = 0.05 };
                obstacle = world.AddObstacle(shape, new Pose(new Double3(0.1, 0, 0), DoubleQuaternion.FromVector(new Double3(0.1, 0.2, 0.15))), 0.2, 0.6);
                world.AddParticle(new Double3(-0.1, 0.8, 0.05), 0.3, new Double3(0.6, -2, 0.3));
                world.Build();
                made[world] = obstacle;
                return world;
            }, 24);
            rollout.AssertGradients(w => w.State, w => made[w].Geometry, w => made[w].Material, w => w.Environment);
        }

        [Test]
        public void TheEarliestOfTwoObstaclesIsMetFirst()
        {
            // In a corner, one frame long enough for both walls: the order of their numbers does not matter.
            Double3 Run(bool floorFirst)
            {
                using var world = new ParticleWorld(ParticleRollout.Double(step: 0.1)) { Gravity = Double3.Zero };
                var floor = PlaneShape.PoseFor(Double3.UnitY, 0);
                var wall = PlaneShape.PoseFor(new Double3(-1, 0, 0), -1);
                world.AddObstacle(new PlaneShape(), floorFirst ? floor : wall, 0, 0.5);
                world.AddObstacle(new PlaneShape(), floorFirst ? wall : floor, 0, 0.5);
                world.AddParticle(new Double3(0.9, 0.05, 0), 1, new Double3(2, -2, 0));
                world.Step();
                return world.Position(0);
            }

            Assert.That(Double3.Distance(Run(true), new Double3(1 - 0.5 * 0.1, 0.5 * 0.15, 0)), Is.LessThan(1e-12));
            Assert.That(Double3.Distance(Run(false), Run(true)), Is.LessThan(1e-12));
        }

        private static ParticleWorld OnGround(Double3 position, Double3 velocity, double friction, double restitution, out Obstacle ground)
        {
            var world = new ParticleWorld(ParticleRollout.Double());
            ground = world.AddObstacle(new PlaneShape(), null, friction, restitution);
            world.AddParticle(position, 1, velocity);
            return world;
        }

        private static double Slope(Func<double, double> f, double at)
        {
            const double d = 1e-3;
            return (8 * (f(at + d) - f(at - d)) - (f(at + 2 * d) - f(at - 2 * d))) / (12 * d);
        }
    }
}
