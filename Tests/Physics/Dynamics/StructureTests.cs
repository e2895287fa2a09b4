using System;
using System.Linq;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Conservation laws, symmetries and discrete closed forms.</summary>
    public class StructureTests
    {
        private static World Cloud(double restitution, double friction, Pose frame, bool evenInertia = false, int rate = 60)
        {
            WorldOptions options = Rollout.Double();
            options.TimeStep = 1.0 / rate;
            var world = new World(options) { Gravity = Double3.Zero };
            var random = new Random(5);
            Double3 Vector(double size) => new Double3(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5) * (2 * size);
            for (int k = 0; k < 5; k++)
            {
                // Thrown at the centre from around it.
                Double3 place = Double3.Normalise(Vector(1)) * (0.7 + 0.5 * k);
                var pose = new Pose(place, DoubleQuaternion.FromVector(Vector(1)));
                Shape shape = k % 2 == 0 ? (Shape)new SphereShape(0.2) : new BoxShape(new Double3(0.2, 0.15, 0.25));
                Body body = world.AddBody(shape).At(frame * pose).Moving(frame.TransformDirection(place * -2)).Spinning(frame.TransformDirection(Vector(2)))
                    .MadeOf(friction, restitution).Weighing(1 + k);
                if (evenInertia) body.WithInertia(0.03, 0.03, 0.03);
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

        // Bodies whose inertia is the same about all axes fly exactly, so that impacts alone could change the energy: spheres and boxes.
        [Test]
        public void ElasticImpactsConserveEnergy() => Assert.That(EnergyError(evenInertia: true, 60), Is.LessThan(1e-11));

        // A tumbling box changes its energy in flight, by the error of the midpoint rule, which is of second order in the step.
        [Test]
        public void TumblingBetweenElasticImpactsChangesEnergyBySecondOrder()
        {
            Assert.That(EnergyError(evenInertia: false, 60), Is.LessThan(1e-4));
            Assert.That(EnergyError(evenInertia: false, 480), Is.LessThan(2e-6));
        }

        private static double EnergyError(bool evenInertia, int rate)
        {
            using World world = Cloud(1, 0, Pose.Identity, evenInertia, rate);
            world.Build();
            double energy = world.KineticEnergy;
            Double3[] velocities = world.Bodies.Select(b => b.Velocity).ToArray();
            world.Step(rate);
            Assert.That(world.Bodies.Count(b => (b.Velocity - velocities[b.Index]).Length > 0.1), Is.EqualTo(5), "they met");
            return Math.Abs(world.KineticEnergy / energy - 1);
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
        public void ResultsDoNotDependOnWhereGroundAndGravityLie()
        {
            World Pile(Pose frame)
            {
                var world = new World(Rollout.Double(4)) { Gravity = frame.TransformDirection(new Double3(0, -9.81, 0)) };
                world.AddStatic(new PlaneShape()).At(frame).MadeOf(1, 0);
                world.AddBody(new BoxShape(new Double3(0.15, 0.1, 0.2))).At(frame * new Pose(new Double3(0, 0.3, 0), DoubleQuaternion.FromVector(new Double3(0.3, 0.2, -0.5))));
                world.AddBody(new CapsuleShape(0.1, 0.15)).At(frame * new Pose(new Double3(0.1, 0.7, 0.05), DoubleQuaternion.FromVector(new Double3(0.9, 0.1, 0.4))));
                world.AddBody(new SphereShape(0.1)).At(frame * new Pose(new Double3(-0.5, 0.1, 0), DoubleQuaternion.Identity)).Moving(frame.TransformDirection(new Double3(1, 0, 0.5)));
                foreach (Body body in world.Bodies) body.MadeOf(0.4, 0.3);
                return world;
            }

            var frame = new Pose(new Double3(2, -1, 3), DoubleQuaternion.FromVector(new Double3(0.4, -1.1, 0.7)));
            using World here = Pile(Pose.Identity), there = Pile(frame);
            here.Step(45);
            there.Step(45);
            for (int k = 0; k < here.Bodies.Count; k++)
            {
                Assert.That((frame.TransformPoint(here.Bodies[k].Pose.Position) - there.Bodies[k].Pose.Position).Length, Is.LessThan(1e-8), $"body {k}");
                Assert.That((frame.TransformDirection(here.Bodies[k].Velocity) - there.Bodies[k].Velocity).Length, Is.LessThan(1e-7), $"body {k}");
            }
        }

        [Test]
        public void ResultsDoNotDependOnNumbersWhereBodiesHaveOneContactEach()
        {
            // Pairs that meet, far from other pairs, and single bodies on the ground; numbered as listed, in reverse, and shuffled.
            World Pairs(int[] order)
            {
                World world = Rollout.WithGround();
                for (int slot = 0; slot < order.Length; slot++)
                {
                    int k = order[slot];
                    var random = new Random(k);
                    Double3 Vector(double size) => new Double3(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5) * (2 * size);
                    Shape shape = (k % 4) switch
                    {
                        0 => new SphereShape(0.2),
                        1 => new BoxShape(new Double3(0.2, 0.15, 0.25)),
                        2 => new CapsuleShape(0.1, 0.2),
                        _ => new HullShape(new[] { new Double3(0.2, 0, 0), new Double3(-0.2, 0, 0.1), new Double3(0, 0.25, 0), new Double3(0, -0.1, 0.2), new Double3(0.05, 0, -0.2) }),
                    };
                    bool single = k >= 8;
                    double side = k % 2 == 0 ? -1 : 1, pair = single ? k : k / 2 + (k / 2 == 1 || k / 2 == 3 ? 0.5 : 0);
                    Double3 place = single ? new Double3(3 * k, 0.4, 0) : new Double3(3 * pair, 20, 0.5 * side), way = single ? Vector(1) : new Double3(0, 0, -2 * side);
                    world.AddBody(shape, "body " + k).At(new Pose(place + Vector(0.05), DoubleQuaternion.FromVector(Vector(1)))).Moving(way).Spinning(Vector(2))
                        .MadeOf(0.2 + 0.05 * k, 0.5).Weighing(1 + k);
                }

                return world;
            }

            int[] listed = Enumerable.Range(0, 12).ToArray(), reversed = listed.Reverse().ToArray(), shuffled = { 5, 0, 9, 3, 11, 7, 2, 8, 6, 1, 10, 4 };
            using World one = Pairs(listed);
            one.Step(24);
            Assert.That(one.Bodies.Skip(1).Take(8).Count(b => Math.Abs(b.Velocity.Z) < 1.95), Is.EqualTo(8), "pairs have met");
            foreach (int[] order in new[] { reversed, shuffled })
            {
                using World other = Pairs(order);
                other.Step(24);
                foreach (Body body in one.Bodies.Skip(1))
                {
                    Body same = other.Bodies.First(b => b.Name == body.Name);
                    Assert.That((body.Pose.Position - same.Pose.Position).Length, Is.LessThan(1e-10), body.Name);
                    Assert.That((body.AngularVelocity - same.AngularVelocity).Length, Is.LessThan(1e-8), body.Name);
                }
            }
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

        // N steps of v += h g, x += h v, or of x += h v + h^2 g / 2.
        [TestCase(true)]
        [TestCase(false)]
        public void FreeFlightIsThatOfItsScheme(bool symplectic)
        {
            const int N = 30;
            double[] Closed(double[] p) => new[] { p[0] + N * p[3] * p[1] - p[2] * p[3] * p[3] * N * (symplectic ? N + 1 : N) / 2, p[1] - p[2] * p[3] * N };
            new Rollout(() =>
            {
                World world = Symplectic(symplectic);
                world.AddBody(new SphereShape(0.1)).At(0, 2, 0).Moving(1, 3, 0);
                return world;
            }, N).AssertEqualsClosedForm(
                new[] { Entry.State(1, 1), Entry.State(1, 8) }, new[] { Entry.State(1, 1), Entry.State(1, 8), Entry.Gravity(1), Entry.Substep },
                Closed, new[] { 2, 3, 9.81, 1.0 / 60 }, new[] { 1.0, 1, -1, 1 }, within: 1e-9);
        }

        // N steps of v -= mu g h, x += h v.
        [Test]
        public void SlidingInSymplecticStepsIsThatOfItsScheme()
        {
            const int N = 30;
            double[] Closed(double[] p) => new[] { N * p[3] * p[0] - p[1] * p[2] * p[3] * p[3] * N * (N + 1) / 2, p[0] - p[1] * p[2] * p[3] * N, 0.1 };
            new Rollout(() =>
            {
                World world = Symplectic(true);
                world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.1))).At(0, 0.1, 0).Moving(3, 0, 0).MadeOf(0.3, 0);
                return world;
            }, N).AssertEqualsClosedForm(
                new[] { Entry.State(1, 0), Entry.State(1, 7), Entry.State(1, 1) }, new[] { Entry.State(1, 7), Entry.Friction(1), Entry.Gravity(1), Entry.Substep },
                Closed, new[] { 3, 0.3, 9.81, 1.0 / 60 }, new[] { 1.0, 1, -1, 1 }, within: 1e-9);
        }

        private static World Symplectic(bool symplectic)
        {
            WorldOptions options = Rollout.Double();
            options.Symplectic = symplectic;
            return Rollout.WithGround(options);
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
