using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Friction of impacts against twist about the normal.</summary>
    public class ImpactTwistTests
    {
        private const double Down = -2, E = 0.5;
        private static readonly Double3 Half = new Double3(0.2, 0.1, 0.3);

        private static World Box(Double3 velocity, double spin, double friction, double tilt = 0, double torsional = 0)
        {
            World world = Rollout.WithGround();
            world.Gravity = Double3.Zero;
            world.AddBody(new BoxShape(Half)).At(new Pose(new Double3(0, 0.3, 0), DoubleQuaternion.FromVector(new Double3(tilt, 0, 0)))).Moving(velocity).Spinning(0, spin, 0)
                .MadeOf(friction, E).Resisting(0, torsional).Weighing(1);
            return world;
        }

        // Four corners at the distance l from the centre share N = m (1 + e) v: the twist takes mu l N of the spin's I w, or all of it, and with torsional
        // friction (mu l + rho) N.
        [TestCase(0.05, 6, 0, TestName = "slips")]
        [TestCase(0.05, -6, 0, TestName = "slips the other way")]
        [TestCase(0.6, 6, 0, TestName = "grips")]
        [TestCase(0.05, 6, 0.02, TestName = "slips with torsional friction")]
        public void FlatBoxThatSpinsLosesSpinByItsLevers(double friction, double spin, double torsional)
        {
            double lever = Math.Sqrt(Half.X * Half.X + Half.Z * Half.Z), inertia = lever * lever / 3;
            double[] Closed(double[] p)
            {
                double most = (p[1] * lever + p[4]) * -(1 + p[2]) * p[3] / inertia;
                return new[] { Math.Abs(p[0]) <= most ? 0 : p[0] - Math.Sign(p[0]) * most, -p[2] * p[3], 0 };
            }

            new Rollout(() => Box(new Double3(0, Down, 0), spin, friction, 0, torsional), 12).AssertEqualsClosedForm(
                new[] { Entry.State(1, 11), Entry.State(1, 8), Entry.State(1, 7) },
                torsional > 0 ? new[] { Entry.State(1, 11), Entry.Friction(1), Entry.Restitution(1), Entry.State(1, 8), new Entry(w => w.Materials, 1, 3) }
                    : new[] { Entry.State(1, 11), Entry.Friction(1), Entry.Restitution(1), Entry.State(1, 8) },
                p => Closed(torsional > 0 ? p : new[] { p[0], p[1], p[2], p[3], 0 }),
                torsional > 0 ? new[] { spin, friction, E, Down, torsional } : new[] { spin, friction, E, Down }, within: 1e-6);
        }

        // A single point has no lever: torsional friction rho N alone, whatever slip does.
        [TestCase(0.002, TestName = "slips")]
        [TestCase(0.05, TestName = "grips")]
        public void BallThatSpinsLosesSpinByTorsionalFriction(double torsional)
        {
            const double R = 0.1;
            double[] Closed(double[] p)
            {
                double most = p[1] * -(1 + p[2]) * p[3] / (0.4 * R * R);
                return new[] { Math.Abs(p[0]) <= most ? 0 : p[0] - Math.Sign(p[0]) * most, 5.0 / 7 * 0.3 };
            }

            new Rollout(() =>
            {
                World world = Rollout.WithGround();
                world.Gravity = Double3.Zero;
                world.AddBody(new SphereShape(R)).At(0, 0.3, 0).Moving(0.3, Down, 0).Spinning(0, 8, 0).MadeOf(0.4, E).Resisting(0, torsional).Weighing(1);
                return world;
            }, 12).AssertEqualsClosedForm(
                new[] { Entry.State(1, 11), Entry.State(1, 7) }, new[] { Entry.State(1, 11), new Entry(w => w.Materials, 1, 3), Entry.Restitution(1), Entry.State(1, 8) },
                Closed, new[] { 8, torsional, E, Down }, within: 1e-6);
        }

        // Slip and twist at once, flat and on an edge.
        [Test]
        public void GradientsOfTwistAgreeWithDifferences([Values(0, 0.4)] double tilt, [Values(0.1, 0.7)] double friction, [Values(0, 0.01)] double torsional)
        {
            var outcomes = new[] { Entry.State(1, 0), Entry.State(1, 7), Entry.State(1, 10), Entry.State(1, 11), Entry.State(1, 12) };
            var inputs = new[]
            {
                Entry.State(1, 1), Entry.State(1, 7), Entry.State(1, 9), Entry.State(1, 11), Entry.Friction(1), Entry.Restitution(1), Entry.Mass(1),
                new Entry(w => w.Mass, 1, 2), new Entry(w => w.Shapes, 1, 1), new Entry(w => w.Shapes, 1, 3),
            };
            new Rollout(() => Box(new Double3(0.3, Down, 0.2), 5, friction, tilt, torsional), 10).AssertAgreesWithDifferences(outcomes, inputs, worlds: 20);
        }

        [Test]
        public void ImpactsOfSpinningBoxesNeverAddEnergy([Range(0, 9)] int seed)
        {
            var random = new Random(40 + seed);
            double Next(double from, double to) => from + (to - from) * random.NextDouble();
            World world = Rollout.WithGround();
            using (world)
            {
                world.Gravity = Double3.Zero;
                for (int k = 0; k < 12; k++)
                    world.AddBody(new BoxShape(new Double3(Next(0.1, 0.3), Next(0.1, 0.3), Next(0.1, 0.3))))
                        .At(new Pose(new Double3(2 * k, 0.6, 0), DoubleQuaternion.FromVector(new Double3(0, Next(-3, 3), 0))))
                        .Moving(Next(-1, 1), Next(-3, -1), Next(-1, 1)).Spinning(0, Next(-9, 9), 0).MadeOf(Next(0, 1), Next(0, 1)).Resisting(0, k % 2 * Next(0, 0.03));
                world.Build();
                double before = world.KineticEnergy;
                for (int step = 0; step < 40; step++)
                {
                    world.Step();
                    Assert.That(world.KineticEnergy, Is.LessThanOrEqualTo(before * (1 + 1e-9)), $"step {step}");
                    before = world.KineticEnergy;
                }
            }
        }
    }
}
