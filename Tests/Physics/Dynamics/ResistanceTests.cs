using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Rolling and torsional friction of lasting contacts against closed forms, at 60 Hz with 4 substeps.</summary>
    public class ResistanceTests
    {
        private const double G = 9.81, R = 0.1;
        private static readonly Entry Rolling = new Entry(w => w.Materials, 1, 2), Torsional = new Entry(w => w.Materials, 1, 3);

        private static World Ball(double rolling, double torsional, Double3 velocity, Double3 spin)
        {
            World world = Rollout.WithGround(Rollout.Double(4));
            world.AddBody(new SphereShape(R)).At(0, R, 0).Moving(velocity).Spinning(spin).MadeOf(0.8, 0).Resisting(rolling, torsional).Weighing(1);
            return world;
        }

        [Test]
        public void RollingBallStopsWhereTheClosedFormSays()
        {
            // The torque rho m g and the grip at the ground slow it by rho g / (1.4 r), along the direction in which it rolls.
            const double Vx = 0.9, Vz = 0.4;
            double[] Closed(double[] p)
            {
                double v = Math.Sqrt(p[0] * p[0] + Vz * Vz), slow = p[1] * p[2] / (1.4 * R), way = v / (2 * slow);
                return new[] { p[0] * way, Vz * way, 0 };
            }

            // As the speed changes, so must the spin, for the ball to roll from the start: w_z = -v_x / r.
            var rollout = new Rollout(() => Ball(0.01, 0, new Double3(Vx, 0, Vz), new Double3(Vz / R, 0, -Vx / R)), 120);
            var outcomes = new[] { Entry.State(1, 0), Entry.State(1, 2), Entry.State(1, 7) };
            rollout.AssertEqualsClosedForm(outcomes, new[] { Rolling, Entry.Gravity(1) }, p => Closed(new[] { Vx, p[0], p[1] }), new[] { 0.01, G }, new[] { 1.0, -1 }, within: 1e-4);
            (_, double[][] j) = rollout.Differentiate(outcomes, Entry.State(1, 7), Entry.State(1, 12));
            double byX = j[0][0] - j[0][1] / R, v2 = Vx * Vx + Vz * Vz, v = Math.Sqrt(v2);
            Assert.That(byX, Is.EqualTo((v + Vx * Vx / v) / (2 * 0.01 * G / (1.4 * R))).Within(1e-4 * byX));
        }

        [Test]
        public void SpinningBallStopsWhereTheClosedFormSays()
        {
            // The torque rho m g about the vertical slows the spin by rho g / (0.4 r^2).
            double[] Closed(double[] p)
            {
                double half = p[0] * p[0] / (4 * p[1] * p[2] / (0.4 * R * R));
                return new[] { Math.Sin(half), Math.Cos(half), 0 };
            }

            new Rollout(() => Ball(0, 0.002, Double3.Zero, new Double3(0, 5, 0)), 90).AssertEqualsClosedForm(
                new[] { Entry.State(1, 4), Entry.State(1, 6), Entry.State(1, 11) }, new[] { Entry.State(1, 11), Torsional, Entry.Gravity(1) },
                Closed, new[] { 5, 0.002, G }, new[] { 1.0, 1, -1 }, within: 1e-4);
        }

        [Test]
        public void BallStaysOnASlopeThatItsRollingFrictionHolds()
        {
            // It stays where tan(slope) is below rho / r, and gives no gradient then; above it rolls with (g sin - rho/r g cos) / 1.4.
            double Travel(double slope, double[] slopes = null)
            {
                var rollout = new Rollout(() =>
                {
                    World world = Ball(0.02, 0, Double3.Zero, Double3.Zero);
                    world.Gravity = new Double3(G * Math.Sin(slope), -G * Math.Cos(slope), 0);
                    return world;
                }, 60);
                (double[] values, double[][] j) = rollout.Differentiate(new[] { Entry.State(1, 0) }, Rolling);
                if (slopes != null) slopes[0] = j[0][0];
                return values[0];
            }

            var by = new double[1];
            double hold = Math.Atan(0.2);
            Assert.That(Travel(0.95 * hold, by), Is.EqualTo(0).Within(1e-9));
            Assert.That(by[0], Is.EqualTo(0).Within(1e-9));
            double steep = 1.3 * hold;
            Assert.That(Travel(steep, by), Is.EqualTo(G * (Math.Sin(steep) - 0.2 * Math.Cos(steep)) / 2.8).Within(1e-5));
            Assert.That(by[0], Is.EqualTo(-G * Math.Cos(steep) / R / 2.8).Within(1e-3));
        }

        [Test]
        public void TheLargerResistanceOfTwoCounts()
        {
            using World world = Ball(0.002, 0, new Double3(0.5, 0, 0), new Double3(0, 0, -5));
            world.Build();
            world.Materials[0, 2] = 0.05; // the ground
            world.Step(60);
            Assert.That(world.Bodies[1].Velocity.Length, Is.LessThan(1e-9));
        }

        [Test]
        public void BadResistanceIsRefused()
        {
            using var world = new World(Rollout.Double());
            Body ball = world.AddBody(new SphereShape(1), "marble");
            Assert.That(() => ball.Resisting(-1, 0), Throws.ArgumentException.With.Message.Contains("rolling friction").And.Message.Contains("marble"));
            Assert.That(() => ball.Resisting(0, double.NaN), Throws.ArgumentException.With.Message.Contains("torsional friction"));
        }
    }
}
