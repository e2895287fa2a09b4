using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Bad input is refused, naming the object and the rule.</summary>
    public class WorldValidationTests
    {
        private static void Refuses(Action<World> add, params string[] words)
        {
            using var world = new World(Rollout.Double());
            Exception error = null;
            try
            {
                add(world);
                world.Step();
            }
            catch (Exception refusal)
            {
                error = refusal;
            }
            Assert.That(error, Is.Not.Null, "nothing was refused");
            foreach (string word in words) Assert.That(error.Message, Does.Contain(word));
        }

        [TestCase(0)]
        [TestCase(-1)]
        [TestCase(double.NaN)]
        [TestCase(double.PositiveInfinity)]
        public void MassMustBePositive(double mass) => Refuses(w => w.AddBody(new SphereShape(1), "anvil").Weighing(mass), "anvil", "mass", "positive");

        [Test]
        public void RotationMustBeAUnitQuaternion() =>
            Refuses(w => w.AddBody(new SphereShape(1), "top").Turned(new DoubleQuaternion(1, 0, 0, 1)), "top", "rotation", "unit quaternion");

        [Test]
        public void InertiaMustKeepTheTriangleInequality() =>
            Refuses(w => w.AddBody(new SphereShape(1), "rod").Weighing(1).WithInertia(1, 1, 3), "rod", "triangle inequality");

        [Test]
        public void StatesMustBeFinite()
        {
            Refuses(w => w.AddBody(new SphereShape(1), "ghost").At(double.NaN, 0, 0), "ghost", "position", "finite");
            Refuses(w => w.AddBody(new SphereShape(1), "ghost").Moving(double.NaN, 0, 0), "ghost", "velocity", "finite");
            Refuses(w => w.Gravity = new Double3(0, double.NaN, 0), "Gravity", "finite");
        }

        [TestCase(-0.1, 0.5, "friction")]
        [TestCase(0.5, 1.5, "restitution")]
        [TestCase(double.NaN, 0, "friction")]
        public void MaterialsHaveRanges(double friction, double restitution, string what) =>
            Refuses(w => w.AddBody(new SphereShape(1), "mat").MadeOf(friction, restitution), "mat", what);

        [Test]
        public void DynamicBodiesNeedAMassThatIsKnown()
        {
            Refuses(w => w.AddBody(name: "void"), "void", "shape");
            Refuses(w => w.AddBody(new PlaneShape(), "floor"), "Plane");
        }

        [Test]
        public void OptionsHaveRanges()
        {
            Assert.That(() => new World(new WorldOptions { Substeps = 0 }), Throws.ArgumentException.With.Message.Contains("Substeps"));
            Assert.That(() => new World(new WorldOptions { TimeStep = -1 }), Throws.ArgumentException.With.Message.Contains("TimeStep"));
            Assert.That(() => new World(new WorldOptions { ErrorReduction = 2 }), Throws.ArgumentException.With.Message.Contains("ErrorReduction"));
        }

        [Test]
        public void NothingIsAddedToAWorldThatWasBuilt()
        {
            using var world = new World(Rollout.Double());
            Body ball = world.AddBody(new SphereShape(1), "ball");
            world.Build();
            Assert.That(() => world.AddBody(new SphereShape(1)), Throws.InvalidOperationException);
            Assert.That(() => ball.Weighing(2), Throws.InvalidOperationException.With.Message.Contains("ball"));
        }

        // Numbers that are written to buffers later stop the step that would use them, by name and rule.
        [TestCase("mass", 0.0, "positive and finite")]
        [TestCase("mass", -2.0, "positive and finite")]
        [TestCase("mass", double.NaN, "positive and finite")]
        [TestCase("inertia", 0.0, "positive and finite")]
        [TestCase("inertia", 1e5, "triangle inequality")]
        [TestCase("friction", double.NaN, "finite")]
        [TestCase("contact damping ratio", double.PositiveInfinity, "finite")]
        [TestCase("linear damping", double.NaN, "finite")]
        public void NumbersThatAreWrittenLaterAreChecked(string what, double value, string rule)
        {
            WorldOptions options = Rollout.Double();
            options.Worlds = 2;
            using World world = Rollout.WithGround(options);
            world.AddBody(new BoxShape(new Double3(0.1, 0.1, 0.1))).With(new SphereShape(0.1));
            world.AddBody(new SphereShape(1), "buoy").At(0, 3, 0);
            world.Step(2);
            switch (what)
            {
                case "mass": world.Mass[world.Element(2, 1), 0] = value; break;
                case "inertia": world.Mass[world.Element(2, 1), 2] = value; break;
                case "friction": world.Materials[world.Element(3, 1), 0] = value; break; // the fourth shape
                case "contact damping ratio": world.Materials[world.Element(3, 1), 5] = value; break;
                case "linear damping": world.Response[world.Element(2, 1), 1] = value; break;
            }

            Assert.That(() => world.Step(), Throws.TypeOf<DivergenceException>()
                .With.Message.Contains("frame 2").And.Message.Contains("'buoy' of world 1").And.Message.Contains(what).And.Message.Contains(rule));
        }

        [Test]
        public void DivergenceStopsWithFrameAndBody()
        {
            using var world = new World(Rollout.Double());
            world.AddBody(new SphereShape(1), "rocket");
            world.Step(3);
            world.Force[0, 1] = double.PositiveInfinity;
            Assert.That(() => world.Step(), Throws.TypeOf<DivergenceException>().With.Message.Contains("rocket").And.Message.Contains("frame 3"));
        }
    }
}
