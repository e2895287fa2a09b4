using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Lasting contacts with friction against closed forms, at 60 Hz with one substep.</summary>
    public class FrictionTests
    {
        private const double G = 9.81;

        private static World Box(Double3 gravity, double friction, double restitution, Double3 position, Double3 velocity, int substeps = 1)
        {
            World world = Rollout.WithGround(Rollout.Double(substeps));
            world.Gravity = gravity;
            world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.1))).At(position.X, position.Y, position.Z).Moving(velocity).MadeOf(friction, restitution).Weighing(1);
            return world;
        }

        [TestCase(1)]
        [TestCase(4)]
        public void SlidingBlockStopsWhereTheClosedFormSays(int substeps)
        {
            // Obliquely, so that the two tangents matter: distance v^2 / (2 mu g) along the velocity.
            double[] Closed(double[] p)
            {
                double v = Math.Sqrt(p[0] * p[0] + p[1] * p[1]);
                return new[] { p[0] * v / (2 * p[2] * p[3]), p[1] * v / (2 * p[2] * p[3]), 0.1, 0 };
            }

            new Rollout(() => Box(new Double3(0, -G, 0), 0.4, 0.6, new Double3(0, 0.1, 0), new Double3(2, 0, 0.6), substeps), 90).AssertEqualsClosedForm(
                new[] { Entry.State(1, 0), Entry.State(1, 2), Entry.State(1, 1), Entry.State(1, 7) },
                new[] { Entry.State(1, 7), Entry.State(1, 9), Entry.Friction(1), Entry.Gravity(1) },
                Closed, new[] { 2, 0.6, 0.4, G }, new[] { 1.0, 1, 1, -1 });
        }

        [Test]
        public void BlockOnAnInclineSlidesAsTheClosedFormSays()
        {
            double[] Closed(double[] p) => new[] { 0.5 * (p[0] - p[2] * p[1]), 0.1 };
            double along = G * Math.Sin(0.3), into = G * Math.Cos(0.3);
            new Rollout(() => Box(new Double3(along, -into, 0), 0.2, 0.6, new Double3(0, 0.1, 0), Double3.Zero), 60).AssertEqualsClosedForm(
                new[] { Entry.State(1, 0), Entry.State(1, 1) }, new[] { Entry.Gravity(0), Entry.Gravity(1), Entry.Friction(1) },
                Closed, new[] { along, into, 0.2 }, new[] { 1.0, -1, 1 });
        }

        [Test]
        public void BlockOnAnInclineSticks()
        {
            double along = G * Math.Sin(0.3), into = G * Math.Cos(0.3);
            (double[] values, double[][] j) = new Rollout(() => Box(new Double3(along, -into, 0), 0.5, 0.6, new Double3(0, 0.1, 0), Double3.Zero), 60)
                .Differentiate(new[] { Entry.State(1, 0), Entry.State(1, 1) }, Entry.Friction(1), Entry.Gravity(0), Entry.Gravity(1));
            Assert.That(values, Is.EqualTo(new[] { 0, 0.1 }).Within(1e-9));
            for (int o = 0; o < 2; o++)
            {
                Assert.That(j[o][0], Is.Zero, "by friction");
                double slope = j[o][1] * into + j[o][2] * along; // the slope turns gravity
                Assert.That(slope, Is.EqualTo(0).Within(1e-6), "by slope");
            }
        }

        [TestCase(1)]
        [TestCase(4)]
        public void BowlingBallComesToRollAsTheClosedFormSays(int substeps)
        {
            // Slip ends at t = 2 v / (7 mu g); from there it rolls at 5/7 v.
            double[] Closed(double[] p)
            {
                double t = 2 * p[0] / (7 * p[1] * p[2]);
                return new[] { p[0] * t - p[1] * p[2] * t * t / 2 + 5.0 / 7 * p[0] * (2 - t), 5.0 / 7 * p[0] };
            }

            new Rollout(() =>
            {
                World world = Rollout.WithGround(Rollout.Double(substeps));
                world.AddBody(new SphereShape(0.1)).At(0, 0.1, 0).Moving(3, 0, 0).MadeOf(0.2, 0.6).Weighing(1);
                return world;
            }, 120).AssertEqualsClosedForm(
                new[] { Entry.State(1, 0), Entry.State(1, 7) }, new[] { Entry.State(1, 7), Entry.Friction(1), Entry.Gravity(1) },
                Closed, new[] { 3, 0.2, G }, new[] { 1.0, 1, -1 });
        }

        [Test]
        public void DeadLandingThenSlideEqualsTheClosedForm()
        {
            // Friction takes mu u of the speed at the landing with speed u, then mu g.
            double[] Closed(double[] p)
            {
                double fall = Math.Sqrt(2 * (p[0] - 0.1) / p[3]), v = p[1] - p[2] * p[3] * fall;
                return new[] { p[1] * fall + v * v / (2 * p[2] * p[3]), 0.1 };
            }

            new Rollout(() => Box(new Double3(0, -G, 0), 0.3, 0, new Double3(0, 0.4, 0), new Double3(3, 0, 0)), 90).AssertEqualsClosedForm(
                new[] { Entry.State(1, 0), Entry.State(1, 1) }, new[] { Entry.State(1, 1), Entry.State(1, 7), Entry.Friction(1), Entry.Gravity(1) },
                Closed, new[] { 0.4, 3, 0.3, G }, new[] { 1.0, 1, 1, -1 });
        }
    }
}
