using System;
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>What bodies are made of, and which of them meet.</summary>
    public class BodyDefinitionTests
    {
        private static readonly Pose Handle = new Pose(new Double3(0.2, 0, 0)), Head = new Pose(new Double3(-0.1, 0.05, 0), DoubleQuaternion.FromVector(new Double3(0.3, 0, 0.2)));

        private static double[] Drop(Func<World, Body> add)
        {
            using World world = Rollout.WithGround();
            Body body = add(world).At(new Pose(new Double3(0, 0.4, 0), DoubleQuaternion.FromVector(new Double3(0.4, 0.1, 0.2)))).MadeOf(0.4, 0.3);
            world.Step(40);
            Pose pose = body.Pose;
            return new[] { pose.Position.X, pose.Position.Y, pose.Position.Z, pose.Rotation.X, pose.Rotation.Y, pose.Rotation.Z, pose.Rotation.W };
        }

        [Test]
        public void ACompoundIsThePartsOfIt()
        {
            Shape ball = new SphereShape(0.1), box = new BoxShape(new Double3(0.1, 0.05, 0.08));
            var inner = new CompoundShape(new[] { new CompoundPart(ball, Pose.Identity) });
            var hammer = new CompoundShape(new[] { new CompoundPart(box, Head), new CompoundPart(inner, Handle) });
            double[] parts = Drop(world => world.AddBody(box).With(ball)), whole = Drop(world => world.AddBody(hammer));
            Assert.That(whole, Is.Not.EqualTo(parts), "parts lie where they are told to");
            parts = Drop(world => world.AddBody().With(box, Head).With(ball, Handle));
            Assert.That(whole, Is.EqualTo(parts));
        }

        [Test]
        public void CentreOfMassAndPrincipalAxesCanBeGiven()
        {
            // The numbers of the shapes, given by hand.
            Shape box = new BoxShape(new Double3(0.1, 0.05, 0.08));
            MassProperties mass = box.MassProperties(1000);
            double[] own = Drop(world => world.AddBody().With(box, Head));
            double[] given = Drop(world => world.AddBody().With(box, Head).Weighing(mass.Mass).WithInertia(mass.Inertia[0, 0], mass.Inertia[1, 1], mass.Inertia[2, 2], Head));
            Assert.That(given, Is.EqualTo(own).Within(1e-9));
            Assert.That(() => Drop(world => world.AddBody(box, "mallet").WithInertia(1, 1, 1, new Pose(new Double3(double.NaN, 0, 0)))),
                Throws.ArgumentException.With.Message.Contains("mallet").And.Message.Contains("mass frame position"));
            Assert.That(() => Drop(world => world.AddBody(null, "mallet").With(box, new Pose(Double3.Zero, new DoubleQuaternion(0, 0, 0, 2)))),
                Throws.ArgumentException.With.Message.Contains("mallet").And.Message.Contains("shape rotation").And.Message.Contains("unit quaternion"));
        }

        [Test]
        public void LayersAndIgnoredPairsPassThroughEachOther()
        {
            double Stop(Action<World, Body> set)
            {
                using World world = Rollout.WithGround();
                Body ball = world.AddBody(new SphereShape(0.1), "ball").At(0, 0.3, 0);
                set(world, ball);
                world.Step(60);
                return ball.Pose.Position.Y;
            }

            Assert.That(Stop((_, ball) => ball.OnLayer(3)), Is.EqualTo(0.1).Within(1e-3));
            Assert.That(Stop((_, ball) => ball.OnLayer(3, ~1u)), Is.LessThan(-1), "the ball does not collide with layer 0");
            Assert.That(Stop((world, ball) => { world.Bodies[0].OnLayer(2, ~(1u << 3)); ball.OnLayer(3); }), Is.LessThan(-1), "the ground does not collide with layer 3");
            Assert.That(Stop((world, ball) => world.Ignore(ball, world.Bodies[0])), Is.LessThan(-1));
            Assert.That(() => Stop((_, ball) => ball.OnLayer(32)), Throws.ArgumentException.With.Message.Contains("ball").And.Message.Contains("0 to 31"));
            Assert.That(() => Stop((world, ball) => world.Ignore(ball, ball)), Throws.ArgumentException.With.Message.Contains("itself"));
        }

        // The speed after a bounce tells the restitution of the pair; the speed that a sliding box loses in a step, its friction.
        [TestCase(CombineRule.Maximum, 0.8, 0.9)]
        [TestCase(CombineRule.Minimum, 0.2, 0.4)]
        [TestCase(CombineRule.Multiply, 0.16, 0.36)]
        [TestCase(CombineRule.Average, 0.5, 0.65)]
        [TestCase(CombineRule.GeometricMean, 0.4, 0.6)]
        public void MaterialsCombineByRule(CombineRule rule, double restitution, double friction)
        {
            WorldOptions options = Rollout.Double();
            (options.FrictionRule, options.RestitutionRule) = (rule, rule);
            using var world = new World(options);
            world.AddStatic(new PlaneShape()).MadeOf(0.9, 0.2);
            Body ball = world.AddBody(new SphereShape(0.1)).At(0, 0.101, 0).Moving(0, -2, 0).MadeOf(0.4, 0.8).WithGravityScale(0);
            Body box = world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.2))).At(3, 0.1, 0).Moving(1, 0, 0).MadeOf(0.4, 0.8);
            world.Step();
            Assert.That(ball.Velocity.Y, Is.EqualTo(2 * restitution).Within(1e-9));
            Assert.That(box.Velocity.X, Is.EqualTo(1 - friction * 9.81 / 60).Within(1e-6));
        }
    }
}
