using System;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class ForceSceneTests
    {
        // Under drag c a body comes x = (m v / c) (1 - exp(-c t / m)) far. Forces kick at the start of substeps, of first order.
        [Test]
        public void DragIsFoundFromHowFarABodyComes()
        {
            const double drag = 1.5;
            Scene scene = new SceneBuilder("glide")
                .Gravity(0, 0, 0)
                .Simulate(1, 480)
                .Sphere("puck", 0.1, new double[3], new double[] { 3, 0, 0 }, null, 2)
                .Force("air", "drag", f => f.Linear = 0.5)
                .Tune("forces.air.linear", 0.1, 10)
                .Reach("puck", new[] { 2 * 3 / drag * (1 - Math.Exp(-drag / 2)), 0, 0 }, axes: "x")
                .Build();
            using (var objective = TestScenes.Objective(scene))
            {
                TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = new StoppingRules { LossBelow = 1e-14 } }).Run();

                Assert.That(result.Best.Parameters[0], Is.EqualTo(drag).Within(0.01 * drag));
            }
        }

        [Test]
        public void GradientsByAllNumbersOfForcesEqualDifferences()
        {
            var builder = new SceneBuilder("weather")
                .Simulate(0.5)
                .Sphere("buoy", 0.2, new[] { 0, 0.1, 0 }, new double[] { 1, -1, 0.5 }, null, 20)
                .Force("breeze", "wind", f => (f.Velocity, f.Drag) = (new double[] { 3, 0.5, -1 }, 2))
                .Force("air", "drag", f => (f.Linear, f.Quadratic) = (0.5, 0.3))
                .Force("sea", "buoyancy", f => (f.Radius, f.Drag) = (0.2, 0.8))
                .Tune("gravity.y").Tune("bodies.buoy.mass");
            foreach (string path in new[] { "breeze.velocity.x", "breeze.velocity.y", "breeze.velocity.z", "breeze.drag", "air.linear", "air.quadratic", "sea.level", "sea.density", "sea.radius", "sea.drag" }) builder.Tune("forces." + path);
            using (var objective = TestScenes.Objective(builder.Reach("buoy", new double[] { 2, 0.3, 1 }).Build())) TestScenes.AssertEverySlope(objective, 1e-5);
        }

        // Two bodies, one with its mass beside its shape's centre, on which all that pushes away or is fixed to a body acts; a control leads the thrust of one engine.
        [Test]
        public void GradientsByThrustersBlastsAndExplosionsEqualDifferences()
        {
            var builder = new SceneBuilder("rocket")
                .Gravity(0, 0, 0)
                .Simulate(0.4)
                .Box("rocket", new[] { 0.2, 0.5, 0.3 }, new double[3], new[] { 0.2, 0.1, 0 }, null, 2, b => (b.Inertia, b.CentreOfMass, b.AngularVelocity) = (new[] { 0.3, 0.2, 0.4 }, new[] { 0.05, -0.1, 0.02 }, new[] { 0.3, 0.5, -0.2 }))
                .Sphere("stone", 0.1, new double[] { 1, 1, 0 }, null, null, 0.5)
                .Force("engine", "thruster", f => (f.Body, f.Thrust, f.Place, f.Direction) = ("rocket", 5, new[] { 0.1, -0.5, 0.2 }, new[] { 0.2, 2, -0.3 }))
                .Force("helper", "thruster", f => (f.Body, f.Place) = ("rocket", new[] { -0.1, -0.5, 0 }))
                .Force("fan", "blast", f => (f.Place, f.Strength, f.Radius) = (new[] { 0.3, -1, 0.2 }, 4, 0.7))
                .Force("bang", "explosion", f => (f.Place, f.Impulse, f.Radius, f.Time) = (new[] { 0.5, 0.2, 0.4 }, 0.6, 0.8, 0.15))
                .Control("throttle", "forces.helper.thrust", "linear", 1, 3)
                .Tune("bodies.rocket.mass").Tune("bodies.rocket.centreOfMass.y").Tune("controls.throttle.points.1").Tune("forces.helper.place.x", typical: 0.1);
            foreach (string word in new[] { "thrust", "place.x", "place.y", "place.z", "direction.x", "direction.y", "direction.z" }) builder.Tune("forces.engine." + word, typical: 0.3);
            foreach (string word in new[] { "place.x", "place.y", "place.z", "strength", "radius" }) builder.Tune("forces.fan." + word, typical: 0.3);
            foreach (string word in new[] { "place.x", "place.y", "place.z", "impulse", "radius" }) builder.Tune("forces.bang." + word, typical: 0.3);
            Scene scene = builder.Reach("rocket", new[] { 0.3, 1, 0.2 }).Reach("stone", new double[] { 2, 2, 1 })
                .Loss(new SceneLoss { Type = "rotation", Body = "rocket", Target = new double[] { 0, 0, 0, 1 } }).Build();
            using (var objective = TestScenes.Objective(scene)) TestScenes.AssertEverySlope(objective, 1e-5);
        }

        // A thruster through the centre of mass does not turn its body, wherever the shape lies about it.
        [Test]
        public void PlacesOfThrustersAreInTheFrameOfTheShape()
        {
            Scene scene = new SceneBuilder("push").Gravity(0, 0, 0).Simulate(0.5)
                .Box("block", new[] { 0.2, 0.5, 0.3 }, new double[3], null, null, 2, b => (b.Inertia, b.CentreOfMass) = (new[] { 0.3, 0.2, 0.4 }, new[] { 0.05, -0.1, 0.02 }))
                .Force("engine", "thruster", f => (f.Body, f.Thrust, f.Place) = ("block", 5, new[] { 0.05, -0.5, 0.02 }))
                .Tune("bodies.block.mass").Reach("block", new double[3]).Build();
            using (var objective = TestScenes.Objective(scene))
            {
                Span<double> end = objective.Simulate(new[] { 2.0 }).State(0, 30, 0);
                Assert.That(end[8], Is.EqualTo(5 * 0.5 / 2).Within(1e-9));
                Assert.That(end.Slice(10).ToArray(), Is.EqualTo(new double[3]).Within(1e-12));
            }
        }

        // At the distance d of the radius r an impulse J / (1 + d^2 / r^2) sends the mass m off; it comes J t / (m (1 + d^2 / r^2)) far in the time t after it.
        [Test]
        public void AnExplosionIsFoundFromHowFarAStoneFlies()
        {
            const double impulse = 4, radius = 0.5, mass = 2;
            Scene scene = new SceneBuilder("bang").Gravity(0, 0, 0).Simulate(1)
                .Sphere("stone", 0.1, new double[] { 1, 0, 0 }, null, null, mass)
                .Force("bang", "explosion", f => (f.Radius, f.Impulse, f.Time) = (radius, 1, 0.5))
                .Tune("forces.bang.impulse", 0.1, 20)
                .Reach("stone", new[] { 1 + impulse * 0.5 / (mass * (1 + 1 / (radius * radius))), 0, 0 }).Build();
            using (var objective = TestScenes.Objective(scene))
            {
                TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = new StoppingRules { LossBelow = 1e-18 } }).Run();
                Assert.That(result.Best.Parameters[0], Is.EqualTo(impulse).Within(1e-6));
            }
        }

        [Test]
        public void TheBuilderRefusesForcesThatAreNone()
        {
            SceneBuilder With(string type, Action<SceneForce> change) => new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3]).Force("f", type, change);

            Assert.That(TestScenes.ErrorOf(() => With("breeze", null).Build()).Path, Is.EqualTo("forces.f.type"));
            Assert.That(TestScenes.ErrorOf(() => With("drag", f => f.Linear = -1).Build()).Path, Is.EqualTo("forces.f.linear"));
            Assert.That(TestScenes.ErrorOf(() => With("buoyancy", f => f.Radius = 0).Build()).Path, Is.EqualTo("forces.f.radius"));
            Assert.That(TestScenes.ErrorOf(() => With("thruster", null).Build()).Path, Is.EqualTo("forces.f.body"));
            Assert.That(TestScenes.ErrorOf(() => With("thruster", f => (f.Body, f.Direction) = ("ball", new double[3])).Build()).Path, Is.EqualTo("forces.f.direction"));
            Assert.That(TestScenes.ErrorOf(() => With("explosion", f => f.Time = 2).Build()).Problem, Does.Contain("within the simulation's 1 s"));
            Assert.That(TestScenes.ErrorOf(() => With("explosion", f => f.Radius = -1).Build()).Path, Is.EqualTo("forces.f.radius"));
        }
    }
}
