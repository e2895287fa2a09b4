using System;
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>What a game expects, in float, at 60 Hz with 4 substeps and default options.</summary>
    public class EngineQualityTests
    {
        private static readonly Double3 Half = new Double3(0.5, 0.5, 0.5);

        private static World Ground(double friction = 0.6)
        {
            var world = new World(Rollout.Float());
            world.AddStatic(new PlaneShape()).MadeOf(friction, 0);
            return world;
        }

        private static double Drift(World world, int steps)
        {
            world.Build();
            Double3[] start = world.Bodies.Select(b => b.Pose.Position).ToArray();
            world.Step(steps);
            return world.Bodies.Select((b, k) => (b.Pose.Position - start[k]).Length).Max();
        }

        [Test]
        public void StackOfTenStandsForHalfAMinute()
        {
            using World world = Ground();
            for (int k = 0; k < 10; k++) world.AddBody(new BoxShape(Half)).At(0, 0.5 + k, 0).MadeOf(0.6, 0);
            Assert.That(Drift(world, 1800), Is.LessThan(5e-3));
        }

        [Test]
        public void PyramidStands()
        {
            using World world = Ground();
            for (int row = 0; row < 10; row++)
                for (int k = 0; k < 10 - row; k++)
                    world.AddBody(new BoxShape(Half)).At((k - (9 - row) * 0.5) * 1.05, 0.5 + row, 0).MadeOf(0.6, 0);
            Assert.That(Drift(world, 300), Is.LessThan(0.05));
        }

        [Test]
        public void HeavyOnLightDoesNotExplode()
        {
            using World world = Ground();
            for (int k = 0; k < 3; k++) world.AddBody(new BoxShape(Half)).At(0, 0.5 + k, 0).MadeOf(0.6, 0).Weighing(k == 2 ? 100 : 1);
            world.Build();
            double energy = world.PotentialEnergy;
            for (int step = 0; step < 300; step++)
            {
                world.Step();
                Assert.That(world.KineticEnergy + world.PotentialEnergy, Is.LessThan(1.01 * energy), $"step {step}");
            }
        }

        // Edges of boxes that lie exactly on one another pass each other all the time; each time, what the points have carried must stay.
        [Test]
        public void HeavyOnLightStands([Values(2, 3)] int boxes, [Values(0, 0.3)] double turn)
        {
            using World world = Turned(boxes, turn, 100);
            world.Step(900);
            foreach (Body body in world.Bodies.Skip(1))
            {
                Assert.That(body.Pose.Rotation.Rotate(Double3.UnitY).Y, Is.GreaterThan(1 - 1e-7));
                Assert.That(new Double3(body.Pose.Position.X, 0, body.Pose.Position.Z).Length, Is.LessThan(1e-3));
                Assert.That(body.Velocity.Length, Is.LessThan(1e-3));
            }
        }

        // The faces meet in octagons, of whose corners four carry: always the same.
        [Test]
        public void StackOfTurnedBoxesStands([Values(0.1, 0.3, 0.5)] double turn)
        {
            using World world = Turned(10, turn, 1);
            world.Step(600);
            Pose top = world.Bodies[10].Pose;
            Assert.That(new Double3(top.Position.X, 0, top.Position.Z).Length, Is.LessThan(5e-4));
        }

        private static World Turned(int boxes, double turn, double heaviest)
        {
            World world = Ground();
            for (int k = 0; k < boxes; k++)
                world.AddBody(new BoxShape(Half)).At(new Pose(new Double3(0, 0.5 + k, 0), DoubleQuaternion.FromVector(new Double3(0, turn * k, 0))))
                    .MadeOf(0.6, 0).Weighing(k == boxes - 1 ? heaviest : 1);
            return world;
        }

        // Friction of its four corners ends the spin of a box that lies flat, without torsional friction.
        [Test]
        public void BoxThatSpinsOnTheFloorStops()
        {
            using World world = Ground();
            Body box = world.AddBody(new BoxShape(Half)).At(0, 0.5, 0).Spinning(0, 5, 0).MadeOf(0.6, 0);
            world.Step(60);
            Assert.That(box.AngularVelocity.Length, Is.LessThan(1e-4));
        }

        [Test]
        public void FrictionAngleIsRight()
        {
            // Half a degree below the angle of friction a box stays, half a degree above it slides.
            double Slide(double degrees)
            {
                double angle = degrees * Math.PI / 180;
                using World world = Ground(0.5);
                world.Gravity = new Double3(9.81 * Math.Sin(angle), -9.81 * Math.Cos(angle), 0);
                world.AddBody(new BoxShape(Half)).At(0, 0.5, 0).MadeOf(0.5, 0);
                return Drift(world, 120);
            }

            double atan = Math.Atan(0.5) * 180 / Math.PI;
            Assert.That(Slide(atan - 0.5), Is.LessThan(2e-3));
            Assert.That(Slide(atan + 0.5), Is.GreaterThan(0.1));
        }

        // It meets the wall within a substep only: from in front of it, and aslant, where the wall's edge is nearest at the start and a face is hit.
        [TestCase(100, -1, 0.1, 1, 0)]
        [TestCase(400, -1, 0.1, 1, 0)]
        [TestCase(100, -0.5, 1.3, 0.6, -0.8)]
        [TestCase(400, -0.5, 1.3, 0.6, -0.8)]
        public void FastSmallBallDoesNotPassAThinWall(double speed, double x, double y, double alongX, double alongY)
        {
            using var world = new World(Rollout.Float()) { Gravity = Double3.Zero };
            world.AddStatic(new BoxShape(new Double3(0.01, 1, 1))).MadeOf(0, 0);
            Body ball = world.AddBody(new SphereShape(0.02)).At(x, y, 0.2).Moving(speed * alongX, speed * alongY, 0).MadeOf(0, 0.5);
            world.Step(30);
            Assert.That(ball.Pose.Position.X, Is.LessThan(-0.01));
            Assert.That(ball.Velocity.X, Is.EqualTo(-0.5 * speed * alongX).Within(1e-4 * speed));
        }

        // The thousand of the benchmark project (command "heap"), in small.
        [Test]
        public void MixedHeapComesToRest()
        {
            using World world = Ground();
            foreach (Double3 n in new[] { new Double3(1, 0, 0), new Double3(-1, 0, 0), new Double3(0, 0, 1), new Double3(0, 0, -1) })
                world.AddStatic(new PlaneShape()).At(PlaneShape.PoseFor(n, -0.55)).MadeOf(0.6, 0);
            for (int k = 0; k < 12; k++)
            {
                Shape shape = (k % 3) switch
                {
                    0 => new SphereShape(0.15),
                    1 => new BoxShape(new Double3(0.15, 0.1, 0.12)),
                    _ => new CapsuleShape(0.1, 0.1),
                };
                Body body = world.AddBody(shape).At(new Pose(
                    new Double3(0.4 * (k % 2) - 0.2 + 0.02 * (k % 5), 0.3 + 0.4 * (k / 4), 0.4 * (k / 2 % 2) - 0.2 + 0.02 * (k % 7)),
                    DoubleQuaternion.FromVector(new Double3(0.3 * k, 0.7 * k, 0.2 * k)))).MadeOf(0.5, 0);
                if (k % 3 != 1) body.Resisting(0.005, 0.002);
            }

            world.Step(210);
            double fastest = world.Bodies.Max(b => b.Velocity.Length + 0.15 * b.AngularVelocity.Length);
            Assert.That(fastest, Is.LessThan(1e-3));
            Assert.That(world.Bodies.Min(b => b.Kind == BodyKind.Dynamic ? b.Pose.Position.Y : 1), Is.GreaterThan(0.08));
        }
    }
}
