using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Soft contact: a spring with a damper, of a frequency and a damping ratio.</summary>
    public class SoftContactTests
    {
        private const double G = 9.81, R = 0.1, F = 3, Z = 0.3;
        private static readonly Entry Frequency = new Entry(w => w.Materials, 1, 4), Ratio = new Entry(w => w.Materials, 1, 5);

        private static World Drop(Shape shape, double height, int substeps, double frequency = F, double ratio = Z)
        {
            World world = Rollout.WithGround(Rollout.Double(substeps));
            world.AddBody(shape).At(0, height, 0).Moving(0, -0.5, 0).MadeOf(0.5, 0.9).Softly(frequency, ratio).Weighing(2);
            return world;
        }

        // x'' = -g - w^2 x - 2 z w x' from x = 0 with -0.5 m/s, about where it comes to rest at -g/w^2.
        private static double Height(double frequency, double ratio, double time)
        {
            double w = 2 * Math.PI * frequency, rest = -G / (w * w), damped = w * Math.Sqrt(1 - ratio * ratio), a = -rest, b = (-0.5 + ratio * w * a) / damped;
            return R + rest + Math.Exp(-ratio * w * time) * (a * Math.Cos(damped * time) + b * Math.Sin(damped * time));
        }

        [Test]
        public void BallSwingsLikeADampedSpring()
        {
            double[] Closed(double[] p) => new[] { Height(p[0], p[1], 0.25) };
            // The scheme is of first order in the substep.
            foreach ((int substeps, double within) in new[] { (16, 4e-3), (64, 1e-3) })
            {
                (double[] values, double[][] j) = new Rollout(() => Drop(new SphereShape(R), R, substeps), 15).Differentiate(new[] { Entry.State(1, 1) }, Frequency, Ratio);
                Assert.That(values[0], Is.EqualTo(Closed(new[] { F, Z })[0]).Within(within), $"{substeps} substeps");
                Assert.That(j[0][0], Is.EqualTo((Height(F + 1e-5, Z, 0.25) - Height(F - 1e-5, Z, 0.25)) / 2e-5).Within(10 * within), "by frequency");
                Assert.That(j[0][1], Is.EqualTo((Height(F, Z + 1e-5, 0.25) - Height(F, Z - 1e-5, 0.25)) / 2e-5).Within(10 * within), "by damping ratio");
            }
        }

        // Whatever the number of points, the frequency is that of the mass as a whole.
        [TestCase(true)]
        [TestCase(false)]
        public void RestsWhereTheSpringCarriesIt(bool box)
        {
            Shape shape = box ? (Shape)new BoxShape(new Double3(0.2, R, 0.15)) : new SphereShape(R);
            (double[] values, double[][] j) = new Rollout(() => Drop(shape, R, 4, 5, 1), 120).Differentiate(new[] { Entry.State(1, 1) }, Frequency, Ratio, Entry.Mass(1));
            double w = 2 * Math.PI * 5;
            Assert.That(values[0], Is.EqualTo(R - G / (w * w)).Within(1e-7));
            Assert.That(j[0][0], Is.EqualTo(2 * G / (w * w * 5)).Within(1e-6), "by frequency");
            Assert.That(j[0][1], Is.EqualTo(0).Within(1e-6), "by damping ratio");
            Assert.That(j[0][2], Is.EqualTo(0).Within(1e-6), "by mass");
        }

        [Test]
        public void SoftOnSoftAreSpringsInSeries()
        {
            using World world = Drop(new SphereShape(R), R, 4, 5, 1);
            world.Build();
            world.Materials[0, 4] = 5;
            world.Materials[0, 5] = 1;
            world.Step(120);
            double w = 2 * Math.PI * 5;
            Assert.That(world.Bodies[1].Pose.Position.Y, Is.EqualTo(R - 2 * G / (w * w)).Within(1e-6));
        }

        [Test]
        public void GradientsAgreeWithDifferences()
        {
            var rollout = new Rollout(() =>
            {
                World world = Drop(new BoxShape(new Double3(0.1, 0.12, 0.15)), 0.3, 2, 8, 0.2);
                world.Bodies[1].Turned(DoubleQuaternion.FromVector(new Double3(0.3, 0.2, 0.6))).Spinning(1, 2, -1);
                world.AddBody(new SphereShape(R)).At(0.03, 0.7, 0.02).MadeOf(0.4, 0.3).Resisting(0.005, 0.002);
                return world;
            }, 30);
            rollout.AssertAgreesWithDifferences(
                new[] { Entry.State(1, 0), Entry.State(1, 1), Entry.State(1, 11), Entry.State(2, 1), Entry.State(2, 10) },
                new[] { Frequency, Ratio, Entry.Friction(1), Entry.Mass(1), Entry.State(1, 1), new Entry(w => w.Materials, 2, 2), new Entry(w => w.Materials, 2, 3) });
        }

        [Test]
        public void BadSoftnessIsRefused()
        {
            using var world = new World(Rollout.Double());
            Body ball = world.AddBody(new SphereShape(1), "pillow");
            Assert.That(() => ball.Softly(0, 1), Throws.ArgumentException.With.Message.Contains("contact frequency").And.Message.Contains("pillow"));
            Assert.That(() => ball.Softly(1, -1), Throws.ArgumentException.With.Message.Contains("contact damping ratio"));
        }
    }
}
