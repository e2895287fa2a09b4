using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Bad joints are refused, naming the joint and the rule.</summary>
    public class JointValidationTests
    {
        private static void Refuses(Action<World, Body, Body> add, params string[] words)
        {
            using World world = JointClosedFormTests.Empty(1.0 / 60);
            Body still = world.AddStatic(name: "post"), body = JointClosedFormTests.Point(world, 1, 1, "gate");
            Exception error = null;
            try
            {
                add(world, still, body);
                world.Step();
            }
            catch (Exception refusal)
            {
                error = refusal;
            }

            Assert.That(error, Is.Not.Null, "nothing was refused");
            foreach (string word in words) Assert.That(error.Message, Does.Contain(word));
        }

        [Test]
        public void BodiesMustBeThereAndDiffer()
        {
            Refuses((w, a, b) => w.AddHinge(a, null, Double3.Zero, Double3.UnitX, "latch"), "latch", "missing");
            Refuses((w, a, b) => w.AddHinge(null, b, Double3.Zero, Double3.UnitX, "latch"), "latch", "missing");
            Refuses((w, a, b) => w.AddBall(b, b, Double3.Zero, name: "latch"), "latch", "gate", "different");
            Refuses((w, a, b) => w.AddFixed(a, w.AddStatic(name: "wall"), Double3.Zero, "latch"), "latch", "dynamic");
            using var other = new World();
            Body stranger = JointClosedFormTests.Point(other, 1, 1, "stranger");
            Refuses((w, a, b) => w.AddBall(b, stranger, Double3.Zero, name: "latch"), "latch", "stranger", "another world");
        }

        [Test]
        public void AxesMustNotBeZero()
        {
            Refuses((w, a, b) => w.AddHinge(a, b, Double3.Zero, Double3.Zero, "latch"), "latch", "axis", "zero");
            Refuses((w, a, b) => w.AddSlider(a, b, Double3.Zero, new Double3(double.NaN, 0, 0), "latch"), "latch", "axis", "finite");
            Refuses((w, a, b) => w.AddUniversal(a, b, Double3.Zero, Double3.UnitX, new Double3(1, 1, 0), "latch"), "latch", "right angle");
            Refuses((w, a, b) => w.AddDistance(a, b, Double3.One, Double3.One, "latch"), "latch", "anchors", "coincide");
        }

        [Test]
        public void NumbersHaveRanges()
        {
            Refuses((w, a, b) => w.AddHinge(a, b, Double3.Zero, Double3.UnitX, "latch").Limited(1, 0.5), "latch", "lower limit", "upper");
            Refuses((w, a, b) => w.AddHinge(a, b, Double3.Zero, Double3.UnitX, "latch").Sprung(-1, 0), "latch", "stiffness", "not negative");
            Refuses((w, a, b) => w.AddHinge(a, b, Double3.Zero, Double3.UnitX, "latch").Sprung(1, -1), "latch", "damping", "not negative");
            Refuses((w, a, b) => w.AddHinge(a, b, Double3.Zero, Double3.UnitX, "latch").Driven(0, 1, 1, -2), "latch", "greatest force");
            Refuses((w, a, b) => w.AddHinge(a, b, Double3.Zero, Double3.UnitX, "latch").Rubbing(-1), "latch", "friction");
            Refuses((w, a, b) => w.AddHinge(a, b, Double3.Zero, Double3.UnitX, "latch").WithArmature(double.NaN), "latch", "armature");
            Refuses((w, a, b) => w.AddFixed(a, b, Double3.Zero, "latch").Softened(0, 1), "latch", "frequency");
            Refuses((w, a, b) => w.AddFixed(a, b, Double3.Zero, "latch").BreakingAt(-1), "latch", "breaking force");
            Refuses((w, a, b) => w.AddFixed(a, b, Double3.Zero, "latch").Limited(0, 1), "latch", "limits", "locked");
        }

        [Test]
        public void GearsNeedHingesOnBodiesThatDoNotMove() => Refuses(
            (w, a, b) => w.AddGear(w.AddHinge(a, b, Double3.Zero, Double3.UnitX), w.AddSlider(a, JointClosedFormTests.Point(w, 1, 1), Double3.Zero, Double3.UnitX, "rail"), 2, "cogs"), "cogs", "rail");

        [Test]
        public void NothingIsAddedToAWorldThatWasBuilt()
        {
            using World world = JointClosedFormTests.Empty(1.0 / 60);
            Body still = world.AddStatic(), body = JointClosedFormTests.Point(world, 1, 1);
            Joint joint = world.AddBall(still, body, Double3.Zero, name: "latch");
            world.Build();
            Assert.That(() => world.AddBall(still, body, Double3.Zero), Throws.InvalidOperationException);
            Assert.That(() => joint.Softened(3, 1), Throws.InvalidOperationException.With.Message.Contains("latch"));
        }
    }
}
