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

        // Four corners at the distance l from the centre carry mu m g / 4 each, so that a twist is slowed by mu g l m / I.
        [TestCase(1, 1e-5)]
        [TestCase(4, 1e-5)]
        public void TwistingBoxStopsWhereTheClosedFormSays(int substeps, double within)
        {
            double[] Closed(double[] p)
            {
                double l = Math.Sqrt(p[3] * p[3] + p[4] * p[4]), half = p[0] * p[0] / (4 * p[1] * p[2] * l / p[5] * p[6]);
                return new[] { Math.Sin(half), Math.Cos(half), 0, 0 };
            }

            const double X = 0.2, Z = 0.15, I = (X * X + Z * Z) / 3;
            new Rollout(() =>
            {
                World world = Rollout.WithGround(Rollout.Double(substeps));
                world.AddBody(new BoxShape(new Double3(X, 0.1, Z))).At(0, 0.1, 0).Spinning(0, 8, 0).MadeOf(0.4, 0).Weighing(1).WithInertia(I, I, I);
                return world;
            }, 30).AssertEqualsClosedForm(
                new[] { Entry.State(1, 4), Entry.State(1, 6), Entry.State(1, 11), Entry.State(1, 0) },
                new[] { Entry.State(1, 11), Entry.Friction(1), Entry.Gravity(1), new Entry(w => w.Shapes, 1, 1), new Entry(w => w.Shapes, 1, 3), new Entry(w => w.Mass, 1, 2), Entry.Mass(1) },
                Closed, new[] { 8, 0.4, G, X, Z, I, 1 }, new[] { 1.0, 1, -1, 1, 1, 1, 1 }, within);
        }

        // Between pure slip and pure twist, which are exact, an ellipsoid stands for what four corners with Coulomb friction of their own do:
        // where spin is slow it resists twist twice as much. Both stop together, about where the four corners do.
        [TestCase(2, 3)]
        [TestCase(1, 12)]
        [TestCase(2.5, 0.5)]
        public void SlidingAndTwistingBoxStopsAboutWhereOneWithFrictionAtItsCornersDoes(double speed, double spin)
        {
            const double X = 0.2, Z = 0.2, Mu = 0.4, I = (X * X + Z * Z) / 3, Step = 1e-5;
            double x = 0, z = 0, yaw = 0, vx = speed, vz = 0, w = spin;
            for (double t = 0; t < 1.5; t += Step)
            {
                double fx = 0, fz = 0, torque = 0;
                for (int corner = 0; corner < 4; corner++)
                {
                    double cx = (corner & 1) == 0 ? -X : X, cz = (corner & 2) == 0 ? -Z : Z, rx = Math.Cos(yaw) * cx + Math.Sin(yaw) * cz, rz = Math.Cos(yaw) * cz - Math.Sin(yaw) * cx;
                    double sx = vx + w * rz, sz = vz - w * rx, slip = Math.Sqrt(sx * sx + sz * sz) + 1e-4, f = -Mu * G / 4 / slip;
                    (fx, fz, torque) = (fx + f * sx, fz + f * sz, torque + f * (rz * sx - rx * sz));
                }

                (vx, vz, w) = (vx + Step * fx, vz + Step * fz, w + Step * torque / I);
                (x, z, yaw) = (x + Step * vx, z + Step * vz, yaw + Step * w);
            }

            using World world = Rollout.WithGround(Rollout.Double(4));
            Body box = world.AddBody(new BoxShape(new Double3(X, 0.01, Z))).At(0, 0.01, 0).Moving(speed, 0, 0).Spinning(0, spin, 0).MadeOf(Mu, 0).Weighing(1).WithInertia(I, I, I);
            world.Step(90);
            DoubleQuaternion q = box.Pose.Rotation;
            Assert.That(box.Pose.Position.X, Is.EqualTo(x).Within(15).Percent);
            Assert.That(2 * Math.Atan2(q.Y, q.W), Is.EqualTo(yaw).Within(40).Percent);
            Assert.That(box.AngularVelocity.Length + box.Velocity.Length, Is.LessThan(1e-6));
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
