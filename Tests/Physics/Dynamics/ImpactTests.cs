using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Impacts against closed forms, at 60 Hz with one substep.</summary>
    public class ImpactTests
    {
        private const double Small = 1e-3, G = 9.81;

        // Height and speed after any number of bounces, by height, speed, restitution, radius, gravity and time.
        private static double[] Bounce(double[] p)
        {
            double y = p[0] - p[3], v = p[1], g = p[4], left = p[5];
            while (true)
            {
                double fall = (v + Math.Sqrt(v * v + 2 * g * y)) / g;
                if (fall > left) return new[] { p[3] + y + v * left - g * left * left / 2, v - g * left };
                v = -p[2] * (v - g * fall);
                y = 0;
                left -= fall;
            }
        }

        private static World Ball(double restitution)
        {
            World world = Rollout.WithGround();
            world.AddBody(new SphereShape(Small)).At(0, 1 + Small, 0).Moving(0, -0.3, 0).MadeOf(0, restitution);
            return world;
        }

        [TestCase(54, TestName = "one bounce")]
        [TestCase(120, TestName = "three bounces")]
        public void BouncingBallEqualsTheClosedForm(int steps)
        {
            var inputs = new[] { Entry.State(1, 1), Entry.State(1, 8), Entry.Restitution(1), Entry.Radius(1), Entry.Gravity(1), Entry.Substep };
            // Gravity enters downwards, and the end time as its part of one substep.
            new Rollout(() => Ball(0.8), steps).AssertEqualsClosedForm(
                new[] { Entry.State(1, 1), Entry.State(1, 8) }, inputs, Bounce,
                new[] { 1 + Small, -0.3, 0.8, Small, 9.81, steps / 60.0 }, new[] { 1.0, 1, 1, 1, -1, steps });
        }

        [Test]
        public void BounceHasTheKnownSlopes()
        {
            (_, double[][] slopes) = new Rollout(() => Ball(0.8), 54).Differentiate(
                new[] { Entry.State(1, 1) }, Entry.State(1, 1), Entry.State(1, 8), Entry.Restitution(1));
            Assert.That(slopes[0][0], Is.EqualTo(1.1013).Within(5e-5));
            Assert.That(slopes[0][1], Is.EqualTo(0.0823).Within(5e-5));
            Assert.That(slopes[0][2], Is.EqualTo(2.1222).Within(5e-5));
        }

        [TestCase(54, 1)]
        [TestCase(120, 3)]
        public void BouncesScaleStateVolumeByRestitutionSquared(int steps, int bounces)
        {
            var state = new[] { Entry.State(1, 1), Entry.State(1, 8) };
            (_, double[][] j) = new Rollout(() => Ball(0.8), steps).Differentiate(state, state);
            Assert.That(j[0][0] * j[1][1] - j[0][1] * j[1][0], Is.EqualTo(Math.Pow(0.8, 2 * bounces)).Within(1e-7));
        }

        [Test]
        public void BounceWithoutGravityEqualsTheClosedForm()
        {
            // By gravity too, at 0: the time of the fall is 2 y / (sqrt(v^2 + 2 g y) - v).
            double[] Closed(double[] p)
            {
                double y = p[0] - p[3], g = p[5], fall = 2 * y / (Math.Sqrt(p[1] * p[1] + 2 * g * y) - p[1]), left = p[4] - fall, up = -p[2] * (p[1] - g * fall);
                return new[] { p[3] + up * left - g * left * left / 2, up - g * left };
            }

            new Rollout(() =>
            {
                World world = Rollout.WithGround();
                world.Gravity = Double3.Zero;
                world.AddBody(new SphereShape(0.1)).At(0, 0.8, 0).Moving(0, -2, 0).MadeOf(0, 0.7);
                return world;
            }, 30).AssertEqualsClosedForm(
                new[] { Entry.State(1, 1), Entry.State(1, 8) }, new[] { Entry.State(1, 1), Entry.State(1, 8), Entry.Restitution(1), Entry.Radius(1), Entry.Substep, Entry.Gravity(1) },
                Closed, new[] { 0.8, -2, 0.7, 0.1, 0.5, 0 }, new[] { 1.0, 1, 1, 1, 30, -1 });
        }

        [TestCase(0.0, 0.0, TestName = "head-on")]
        [TestCase(0.08, 0.02, TestName = "at an angle")]
        public void TwoSpheresEqualTheClosedForm(double offY, double offZ)
        {
            double[] Closed(double[] p)
            {
                // Position and speed of the first, offset of the second, masses, restitution, radii; then more of both positions and velocities.
                Double3 start = new Double3(p[0], p[8], p[9]), first = new Double3(p[1], p[10], p[11]), other = new Double3(p[12], p[2], p[13]);
                Double3 second = new Double3(p[14], p[15], p[16]), d = other - start, velocity = first - second;
                double reach = p[6] + p[7], b = Double3.Dot(d, velocity), a = velocity.LengthSquared, c = d.LengthSquared - reach * reach;
                double t = (b - Math.Sqrt(b * b - a * c)) / a;
                Double3 n = Double3.Normalise(d - velocity * t);
                double j = (1 + p[5]) * Double3.Dot(n, velocity) / (1 / p[3] + 1 / p[4]);
                Double3 va = first - n * (j / p[3]), vb = second + n * (j / p[4]), xa = start + first * t + va * (0.5 - t), xb = other + second * t + vb * (0.5 - t);
                return new[] { xa.X, xa.Y, va.X, va.Y, xb.X, xb.Y, vb.X, vb.Y };
            }

            new Rollout(() =>
            {
                var world = new World(Rollout.Double()) { Gravity = Double3.Zero };
                world.AddBody(new SphereShape(0.1)).Moving(2.5, 0, 0).MadeOf(0, 0.7).Weighing(1);
                world.AddBody(new SphereShape(0.1)).At(1, offY, offZ).MadeOf(0, 0).Weighing(2);
                return world;
            }, 30).AssertEqualsClosedForm(
                new[] { Entry.State(0, 0), Entry.State(0, 1), Entry.State(0, 7), Entry.State(0, 8), Entry.State(1, 0), Entry.State(1, 1), Entry.State(1, 7), Entry.State(1, 8) },
                new[] { Entry.State(0, 0), Entry.State(0, 7), Entry.State(1, 1), Entry.Mass(0), Entry.Mass(1), Entry.Restitution(0), Entry.Radius(0), Entry.Radius(1),
                    Entry.State(0, 1), Entry.State(0, 2), Entry.State(0, 8), Entry.State(0, 9), Entry.State(1, 0), Entry.State(1, 2), Entry.State(1, 7), Entry.State(1, 8), Entry.State(1, 9) },
                Closed, new[] { 0, 2.5, offY, 1, 2, 0.7, 0.1, 0.1, 0, 0, 0, 0, 1, offZ, 0, 0, 0 });
        }

        [Test]
        public void MiddleMassThatPassesOnMostSpeedIsTheGeometricMean()
        {
            // Elastic chain m1 -> m2 -> m3: the last speed is stationary at m2 = sqrt(m1 m3).
            double Slope(double middle)
            {
                (_, double[][] j) = new Rollout(() =>
                {
                    var world = new World(Rollout.Double()) { Gravity = Double3.Zero };
                    double[] masses = { 1, middle, 4 };
                    for (int k = 0; k < 3; k++)
                        world.AddBody(new SphereShape(0.1)).At(0.5 * k, 0, 0).Moving(k == 0 ? 2 : 0, 0, 0).MadeOf(0, 1).Weighing(masses[k]);
                    return world;
                }, 60).Differentiate(new[] { Entry.State(2, 7) }, Entry.Mass(1));
                return j[0][0];
            }

            Assert.That(Slope(2), Is.EqualTo(0).Within(1e-9));
            Assert.That(Slope(1.9), Is.GreaterThan(1e-3));
            Assert.That(Slope(2.1), Is.LessThan(-1e-3));
        }

        [Test]
        public void FlatBoxLandsOnAllCornersAtOnce()
        {
            (double[] values, double[][] j) = new Rollout(() =>
            {
                World world = Rollout.WithGround();
                world.Gravity = Double3.Zero;
                world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.15))).At(0, 0.2, 0).Moving(0, -2, 0).MadeOf(0.3, 0.6);
                return world;
            }, 6).Differentiate(
                new[] { Entry.State(1, 8), Entry.State(1, 10), Entry.State(1, 11), Entry.State(1, 12) }, Entry.State(1, 8), Entry.Restitution(1));
            Assert.That(values, Is.EqualTo(new[] { 1.2, 0, 0, 0 }).Within(1e-12));
            Assert.That(j[0][0], Is.EqualTo(-0.6).Within(1e-9));
            Assert.That(j[0][1], Is.EqualTo(2).Within(1e-9));
            for (int spin = 1; spin < 4; spin++) Assert.That(j[spin], Is.EqualTo(new double[2]).Within(1e-9));
        }

        // A box that falls without spin has no slip when its corner lands, and friction acts against the slip that the impact begins:
        // whichever way the axes of the world lie. Against the coupled law in the plane, where it slides.
        [Test]
        public void BoxThatLandsOnACornerWithoutSlipIsHeldByFriction()
        {
            foreach (double turn in new[] { 0, 0.7, 2.5 })
            {
                var frame = new Pose(Double3.Zero, DoubleQuaternion.FromVector(new Double3(0, turn, 0)));
                using World world = Rollout.WithGround();
                Body body = world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.1)))
                    .At(frame * new Pose(new Double3(0, 0.6, 0), DoubleQuaternion.FromVector(new Double3(0, 0, 0.4)))).MadeOf(0.1, 0.5).Weighing(1);
                var plane = new PlanarBox
                {
                    Y = 0.6, Angle = 0.4, HalfWidth = 0.2, HalfHeight = 0.1, Mass = 1, Inertia = (0.04 + 0.01) / 3, Restitution = 0.5, Friction = 0.1, Gravity = G,
                };
                plane.Advance(19 / 60.0);
                world.Step(19);
                Assert.That((plane.Impacts, plane.Slides), Is.EqualTo((1, 1)));
                Double3 velocity = frame.Rotation.InverseRotate(body.Velocity);
                Assert.That(new[] { velocity.X, velocity.Y, velocity.Z, frame.Rotation.InverseRotate(body.AngularVelocity).Z },
                    Is.EqualTo(new[] { plane.Vx, plane.Vy, 0, plane.Spin }).Within(1e-6));
            }
        }

        // A spinning ball that bounces: grip stops the slip at the contact, or friction slides at mu times the normal impulse.
        [TestCase(0.9, TestName = "grips")]
        [TestCase(0.05, TestName = "slips")]
        public void SpinningBallBouncesByTheCoupledLaw(double friction)
        {
            const double R = 0.1, E = 0.7, Down = -2;
            double[] Closed(double[] p)
            {
                double slip = p[0] + R * p[1], normal = -(1 + p[3]) * p[4]; // per mass; spin about z moves the lowest point by +R w
                double grip = -slip * 2 / 7, slide = -p[2] * normal * Math.Sign(slip), jt = Math.Abs(grip) <= p[2] * normal ? grip : slide;
                return new[] { p[0] + jt, -p[3] * p[4], p[1] + jt * R / (0.4 * R * R) };
            }

            new Rollout(() =>
            {
                World world = Rollout.WithGround();
                world.Gravity = Double3.Zero;
                world.AddBody(new SphereShape(R)).At(0, 0.3, 0).Moving(0.5, Down, 0).Spinning(0, 0, 12).MadeOf(friction, E).Weighing(1);
                return world;
            }, 20).AssertEqualsClosedForm(
                new[] { Entry.State(1, 7), Entry.State(1, 8), Entry.State(1, 12) },
                new[] { Entry.State(1, 7), Entry.State(1, 12), Entry.Friction(1), Entry.Restitution(1), Entry.State(1, 8) },
                Closed, new[] { 0.5, 12, friction, E, Down });
        }

        // Half sizes 0.2 x 0.1, mass 1, inertia 1/60 m^2 kg; centre 0.6 high, turned by 0.3, velocity (1, 0), spin 2, restitution 0.6.
        // The numbers are those of an event-driven integration in the plane; angles are read as twice the arc sine of q.z.
        [TestCase(0.3, 30, new[] { 0.58631, 0.27788, -0.55629 }, new[] { -0.331, 1.013, 4.097 }, new[] { -0.567, 0.417, 3.833 }, new[] { -0.169, 0.126, 1.121 }, new[] { 0.112, 0.600, -0.518 }, null)]
        [TestCase(0.1, 45, new[] { 0.97736, 0.20210, -0.44496 }, new[] { -0.665, 1.511, -9.232 }, null, null, new[] { 0.269, 1.574, -19.373 }, new[] { 0.410, -0.214, 4.828 })]
        public void TumblingBoxEqualsAnEventDrivenIntegration(
            double friction, int steps, double[] ends, double[] byHeight, double[] byAngle, double[] bySpin, double[] byRestitution, double[] byFriction)
        {
            var rollout = new Rollout(() =>
            {
                World world = Rollout.WithGround();
                world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.1))).At(new Pose(new Double3(0, 0.6, 0), DoubleQuaternion.FromVector(new Double3(0, 0, 0.3))))
                    .Moving(1, 0, 0).Spinning(0, 0, 2).MadeOf(friction, 0.6).Weighing(1).WithInertia(1 / 60.0, 1 / 60.0, 1 / 60.0);
                return world;
            }, steps);
            (double[] values, double[][] j) = rollout.Differentiate(
                new[] { Entry.State(1, 0), Entry.State(1, 1), Entry.State(1, 5), Entry.State(1, 6) },
                Entry.State(1, 1), Entry.State(1, 5), Entry.State(1, 12), Entry.Restitution(1), Entry.Friction(1), Entry.State(1, 6));
            const double Printed5 = 5.1e-6, Printed3 = 5.1e-4; // half of the last digit
            Assert.That(values[0], Is.EqualTo(ends[0]).Within(Printed5));
            Assert.That(values[1], Is.EqualTo(ends[1]).Within(Printed5));
            Assert.That(2 * Math.Atan2(values[2], values[3]), Is.EqualTo(ends[2]).Within(Printed5));
            foreach (double[] slopes in j) slopes[1] = 0.5 * (slopes[1] * Math.Cos(0.15) - slopes[5] * Math.Sin(0.15)); // turning changes q by (cos, -sin) of the half angle, over 2
            var expected = new[] { byHeight, byAngle, bySpin, byRestitution, byFriction };
            for (int i = 0; i < expected.Length; i++)
            {
                if (expected[i] == null) continue;
                double angle = 2 * (j[2][i] * values[3] - j[3][i] * values[2]);
                Assert.That(new[] { j[0][i], j[1][i], angle }, Is.EqualTo(expected[i]).Within(Printed3), $"input {i}");
            }
        }
    }
}
