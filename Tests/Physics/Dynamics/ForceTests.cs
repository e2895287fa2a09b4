using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Forces written on Real, against closed forms of their discrete scheme.</summary>
    public class ForceTests
    {
        private const int Steps = 30;
        private const double H = 1.0 / 60;

        private static World Ball(Action<World> add)
        {
            var world = new World(Rollout.Double()) { Gravity = Double3.Zero };
            world.AddBody(new SphereShape(0.1)).Moving(2, 0, 0).Weighing(1.5);
            add(world);
            return world;
        }

        // v <- f v + h g with f = 1 - h c / m, then x += h v, or x += h f v + h^2 g / 2: v = f^n (v0 - u) + u with the final speed u = m g / c.
        [TestCase(true)]
        [TestCase(false)]
        public void LinearDragIsThatOfItsScheme(bool symplectic)
        {
            double[] Closed(double[] p)
            {
                double f = 1 - p[4] * p[0] / p[2], end = p[2] * p[3] / p[0], decay = Math.Pow(f, Steps), sum = (1 - decay) / (1 - f);
                double kicked = f * (sum * (p[1] - end) + Steps * end) + (symplectic ? 1 : 0.5) * Steps * p[4] * p[3];
                return new[] { p[4] * kicked, decay * (p[1] - end) + end };
            }

            new Rollout(() =>
            {
                WorldOptions options = Rollout.Double();
                options.Symplectic = symplectic;
                var world = new World(options) { Gravity = new Double3(3, 0, 0) };
                world.AddBody(new SphereShape(0.1)).Moving(2, 0, 0).Weighing(1.5);
                world.AddDrag(0.8, 0);
                return world;
            }, Steps).AssertEqualsClosedForm(
                new[] { Entry.State(0, 0), Entry.State(0, 7) },
                new[] { new Entry(w => w.ForceParameters(0), 0, 0), Entry.State(0, 7), Entry.Mass(0), Entry.Gravity(0), Entry.Substep },
                Closed, new[] { 0.8, 2, 1.5, 3, H }, within: 1e-9);
        }

        [Test]
        public void QuadraticDragIsThatOfItsScheme()
        {
            double[] Closed(double[] p)
            {
                double v = p[1];
                for (int step = 0; step < Steps; step++) v -= H * p[0] * v * v / p[2];
                return new[] { v };
            }

            new Rollout(() => Ball(w => w.AddDrag(0, 0.6)), Steps).AssertEqualsClosedForm(
                new[] { Entry.State(0, 7) }, new[] { new Entry(w => w.ForceParameters(0), 0, 1), Entry.State(0, 7), Entry.Mass(0) },
                Closed, new[] { 0.6, 2, 1.5 }, within: 1e-9);
        }

        [Test]
        public void AUsersSpringIsSymplectic()
        {
            // v += -h k x / m, x += h v: the closed form is the power of a 2 x 2 matrix.
            double[] Closed(double[] p)
            {
                double x = p[1], v = 2;
                for (int step = 0; step < Steps; step++)
                {
                    v -= H * p[0] * x / p[2];
                    x += H * v;
                }

                return new[] { x, v };
            }

            new Rollout(() => Ball(w => w.AddForce("spring", new[] { 20.0 }, body => body.Position * -body.Parameter(0))), Steps).AssertEqualsClosedForm(
                new[] { Entry.State(0, 0), Entry.State(0, 7) }, new[] { new Entry(w => w.ForceParameters(0), 0, 0), Entry.State(0, 0), Entry.Mass(0) },
                Closed, new[] { 20.0, 0, 1.5 }, within: 1e-8);
        }

        [Test]
        public void AForceAtAPointTurnsTheBody()
        {
            using World world = Ball(w => w.AddForce("thruster", new[] { 3.0 }, body => BodyForce.AtPoint(
                body, body.Position + new Real3(0, 0.1, 0), new Real3(body.Parameter(0), 0, 0))));
            world.Step(Steps);
            double inertia = 0.4 * 1.5 * 0.01;
            Assert.That(world.Bodies[0].AngularVelocity.Z, Is.EqualTo(-0.1 * 3 * Steps * H / inertia).Within(1e-9));
            Assert.That(world.Bodies[0].Velocity.X, Is.EqualTo(2 + 3 * Steps * H / 1.5).Within(1e-12));
        }

        [Test]
        public void BadForcesAreRefused()
        {
            using var world = new World(Rollout.Double());
            Assert.That(() => world.AddForce("wind", new[] { double.NaN }, b => b.Velocity), Throws.ArgumentException.With.Message.Contains("wind"));
            Assert.That(() => world.AddForce("wind", null, null), Throws.ArgumentNullException.With.Message.Contains("wind"));
        }
    }
}
