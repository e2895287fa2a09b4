using System;
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Wind, buoyancy, blasts, thrusters and explosions: values and derivatives of closed forms, and what is refused.</summary>
    public class GameForceTests
    {
        private const int Steps = 30;
        private const double H = 1.0 / 60, M = 1.5;

        private static World Weightless(Action<World, Body> add, Double3 at = default)
        {
            var world = new World(Rollout.Double()) { Gravity = Double3.Zero };
            add(world, world.AddBody(new SphereShape(0.1), "ball").At(at.X, at.Y, at.Z).Weighing(M));
            return world;
        }

        private static Entry Parameter(int component) => new Entry(w => w.ForceParameters(0), 0, component);

        [Test]
        public void WindTakesABodyAlong()
        {
            // The difference to the wind falls by the factor 1 - h c / m a step.
            double[] Closed(double[] p) => new[] { p[0] - p[0] * Math.Pow(1 - H * p[1] / p[2], Steps) };
            new Rollout(() => Weightless((w, _) => w.AddWind(new Double3(3, 0, 1), 0.8)), Steps).AssertEqualsClosedForm(
                new[] { Entry.State(0, 7) }, new[] { Parameter(0), Parameter(3), Entry.Mass(0) }, Closed, new[] { 3, 0.8, M }, within: 1e-9);
        }

        [Test]
        public void ABallFloatsAtTheDepthThatCarriesIt()
        {
            // Of a ball of radius r and mass m in a liquid of density q the part of depth d with q pi d^2 (3 r - d) / 3 = m lies below the
            // level. What is at rest falls by g h^2 / 2 and is kicked by g h in each step, so that forces see it at the speed -g h / 2: the drag
            // D (1/s) adds D h / 2 to the lift.
            const double R = 0.1, D = 8;
            double[] Closed(double[] p)
            {
                double low = 0, high = 2 * p[2];
                for (int k = 0; k < 100; k++)
                {
                    double d = (low + high) / 2;
                    if (p[1] * Math.PI * d * d * (3 * p[2] - d) / 3 * (1 + D * H / 2) < p[3]) low = d;
                    else high = d;
                }

                return new[] { p[0] + p[2] - low };
            }

            new Rollout(() =>
            {
                var world = new World(Rollout.Double());
                world.AddBody(new SphereShape(R)).At(0, 0.45, 0).Weighing(M);
                world.AddBuoyancy(0.5, 1000, R, D);
                return world;
            }, 300).AssertEqualsClosedForm(
                new[] { Entry.State(0, 1) }, new[] { Parameter(0), Parameter(1), Parameter(2), Entry.Mass(0) }, Closed, new[] { 0.5, 1000, R, M }, within: 1e-6);
        }

        [Test]
        public void ABlastPushesAway()
        {
            double[] Closed(double[] p) => new[] { H * p[2] / (1 + (2 - p[0]) * (2 - p[0]) / (p[1] * p[1])) / M };
            new Rollout(() => Weightless((w, _) => w.AddBlast(new Double3(0.5, 0, 0), 40, 0.8), new Double3(2, 0, 0)), 1).AssertEqualsClosedForm(
                new[] { Entry.State(0, 7) }, new[] { Parameter(0), Parameter(4), Parameter(3) }, Closed, new[] { 0.5, 0.8, 40 }, within: 1e-9);
        }

        [Test]
        public void AnExplosionIsOneBlowAtItsTime()
        {
            // Speed J / (m (1 + d^2 / r^2)) from the start of the step that contains the time; what came before does not change it.
            Explosion explosion = null;
            double[] Closed(double[] p)
            {
                double v = p[2] / p[3] / (1 + (p[4] - p[0]) * (p[4] - p[0]) / (p[1] * p[1]));
                return new[] { p[4] + v * H * (Steps - 15), v };
            }

            new Rollout(() => Weightless((w, _) => explosion = w.AddExplosion(new Double3(0.5, 0, 0), 6, 0.8, 0.255), new Double3(2, 0, 0)), Steps).AssertEqualsClosedForm(
                new[] { Entry.State(0, 0), Entry.State(0, 7) },
                new[] { new Entry(_ => explosion.Parameters, 0, 0), new Entry(_ => explosion.Parameters, 0, 4), new Entry(_ => explosion.Parameters, 0, 3), Entry.Mass(0), Entry.State(0, 0) },
                Closed, new[] { 0.5, 0.8, 6, M, 2 }, within: 1e-9);
        }

        [Test]
        public void AnExplosionHappensAgainAfterAResetAndInAllWorlds()
        {
            WorldOptions options = Rollout.Double(2);
            options.Worlds = 2;
            using var world = new World(options) { Gravity = Double3.Zero };
            world.AddStatic(new SphereShape(0.1)).At(0, 5, 0);
            Body ball = world.AddBody(new SphereShape(0.1)).At(1, 0, 0).Weighing(2);
            Explosion explosion = world.AddExplosion(Double3.Zero, 8, 1, 0.1);
            world.Build();
            explosion.Parameters[1, 3] = 16;
            for (int run = 0; run < 2; run++)
            {
                world.Step(6);
                Assert.That(world.State[world.Element(ball.Index, 0), 7], Is.Zero);
                world.Step(3);
                Assert.That(world.State[world.Element(ball.Index, 0), 7], Is.EqualTo(2).Within(1e-12));
                Assert.That(world.State[world.Element(ball.Index, 1), 7], Is.EqualTo(4).Within(1e-12));
                world.Reset();
            }
        }

        [Test]
        public void AnExplosionWakesWhatSleeps()
        {
            WorldOptions options = Rollout.Float();
            options.SleepTime = 0.5;
            using World world = Rollout.WithGround(options);
            Body box = world.AddBody(new BoxShape(new Double3(0.1, 0.1, 0.1))).At(0, 0.1, 0).Weighing(1);
            world.AddExplosion(new Double3(0, -0.5, 0), 6, 1, 3);
            world.Step(179);
            Assert.That(box.In(0).IsAsleep);
            world.Step(5);
            Assert.That(box.In(0).IsAsleep, Is.False);
            Assert.That(box.Velocity.Y, Is.GreaterThan(2));
        }

        [Test]
        public void AThrusterTurnsWithItsBody()
        {
            // Along the body's y through its centre, on a body that turns at w: v = F / m times the sum of h (-sin w t, cos w t).
            const double Spin = 2;
            double[] Closed(double[] p)
            {
                double x = 0, y = 0;
                for (int k = 0; k < Steps; k++)
                {
                    x -= H * p[0] / p[1] * Math.Sin(p[2] * k * H);
                    y += H * p[0] / p[1] * Math.Cos(p[2] * k * H);
                }

                return new[] { x, y };
            }

            new Rollout(() => Weightless((w, ball) => w.AddThruster(ball.Spinning(0, 0, Spin), new Double3(0, -0.1, 0), new Double3(0, 2, 0), 3)), Steps).AssertEqualsClosedForm(
                new[] { Entry.State(0, 7), Entry.State(0, 8) }, new[] { Parameter(0), Entry.Mass(0), Entry.State(0, 12) }, Closed, new[] { 3, M, Spin }, within: 1e-9);
        }

        [Test]
        public void AThrusterTurnsItsBodyAboutTheCentreOfMass()
        {
            // The centre of mass is not the origin of the body's frame, nor is the body upright.
            using var world = new World(Rollout.Double()) { Gravity = Double3.Zero };
            var turn = DoubleQuaternion.FromAxisAngle(Double3.UnitZ, 0.7);
            var other = world.AddBody(new SphereShape(0.1)).At(0, 5, 0).Weighing(1);
            Body rocket = world.AddBody(name: "rocket").With(new BoxShape(new Double3(0.2, 0.5, 0.3)), new Pose(new Double3(0.3, 0, 0))).At(new Pose(new Double3(1, 2, 3), turn)).Weighing(2);
            world.AddThruster(rocket, new Double3(0.1, -0.5, 0), new Double3(0, 3, 0), 5);
            world.Step();
            double inertia = 2.0 / 3 * (0.2 * 0.2 + 0.5 * 0.5);
            Double3 speed = turn.Rotate(Double3.UnitY) * (5 * H / 2);
            Assert.That(world.State[rocket.Index, 7], Is.EqualTo(speed.X).Within(1e-12));
            Assert.That(world.State[rocket.Index, 8], Is.EqualTo(speed.Y).Within(1e-12));
            Assert.That(world.State[rocket.Index, 12], Is.EqualTo(-0.2 * 5 * H / inertia).Within(1e-12));
            Assert.That(other.Velocity, Is.EqualTo(Double3.Zero), "it pushes its body alone");
        }

        [Test]
        public void GradientsAgree()
        {
            Explosion explosion = null;
            Control throttle = null;
            int left = 0, right = 0;
            new Rollout(() =>
            {
                var world = new World(Rollout.Double(2));
                Body rocket = world.AddBody(new BoxShape(new Double3(0.2, 0.5, 0.3)), "rocket").Weighing(2).Spinning(0.2, 0.1, 0.3);
                left = world.AddThruster(rocket, new Double3(-0.1, -0.5, 0.05), new Double3(0.1, 1, 0), 12);
                right = world.AddThruster(rocket, new Double3(0.1, -0.5, 0), new Double3(-0.1, 1, 0.05), 12);
                explosion = world.AddExplosion(new Double3(0.5, -1, 0.2), 3, 0.8, 0.1);
                throttle = world.AddControl("throttle", ControlTarget.OfForce(right, 0), ControlShape.Linear, 0.2, 9, 14);
                return world;
            }, 16).AssertAgreesWithDifferences(
                new[] { Entry.State(0, 0), Entry.State(0, 5), Entry.State(0, 8), Entry.State(0, 12) },
                Enumerable.Range(0, 7).Select(k => new Entry(w => w.ForceParameters(left), 0, k)).Concat(Enumerable.Range(1, 6).Select(k => new Entry(w => w.ForceParameters(right), 0, k)))
                    .Concat(Enumerable.Range(0, 5).Select(k => new Entry(_ => explosion.Parameters, 0, k))).Concat(new[] { new Entry(_ => throttle.Points, 0, 0), new Entry(_ => throttle.Points, 1, 0), Entry.Mass(0), Entry.Substep }).ToArray(),
                most: 0.9999);
        }

        [Test]
        public void BadForcesAreRefused()
        {
            using var world = new World(Rollout.Double());
            using var other = new World();
            Body wall = world.AddStatic(name: "wall"), rocket = world.AddBody(new SphereShape(0.1), "rocket"), stranger = other.AddBody(new SphereShape(0.1), "stranger");
            Refuses(() => world.AddThruster(null, Double3.Zero, Double3.UnitY, 1, "jet"), "jet", "body");
            Refuses(() => world.AddThruster(stranger, Double3.Zero, Double3.UnitY, 1, "jet"), "jet", "its world");
            Refuses(() => world.AddThruster(wall, Double3.Zero, Double3.UnitY, 1, "jet"), "jet", "wall", "dynamic");
            Refuses(() => world.AddThruster(rocket, Double3.Zero, Double3.Zero, 1, "jet"), "jet", "direction", "zero");
            Refuses(() => world.AddThruster(rocket, Double3.Zero, Double3.UnitY, double.NaN, "jet"), "jet", "finite");
            Refuses(() => world.AddExplosion(new Double3(double.NaN, 0, 0), 1, 1, 0, "boom"), "boom", "place");
            Refuses(() => world.AddExplosion(Double3.Zero, double.PositiveInfinity, 1, 0, "boom"), "boom", "impulse");
            Refuses(() => world.AddExplosion(Double3.Zero, 1, 0, 0, "boom"), "boom", "radius", "positive");
            Refuses(() => world.AddExplosion(Double3.Zero, 1, 1, -1, "boom"), "boom", "time", "negative");
            Refuses(() => world.AddBlast(Double3.Zero, 1, -1), "blast", "radius", "positive");
            Refuses(() => world.AddBuoyancy(0, 1000, 0, 0), "buoyancy", "radius", "positive");
            Refuses(() => world.AddWind(new Double3(0, double.NaN, 0), 1), "wind", "finite");
            world.Build();
            Assert.That(() => world.AddExplosion(Double3.Zero, 1, 1, 0, "boom"), Throws.InvalidOperationException.With.Message.Contains("boom"));
        }

        private static void Refuses(Func<object> add, params string[] words)
        {
            foreach (string word in words) Assert.That(() => add(), Throws.ArgumentException.With.Message.Contains(word));
        }
    }
}
