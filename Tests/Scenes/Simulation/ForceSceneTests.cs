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
            using (var objective = new SceneObjective(scene))
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
            using (var objective = new SceneObjective(builder.Reach("buoy", new double[] { 2, 0.3, 1 }).Build()))
            {
                foreach (GradientSpot spot in GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), 1e-5))
                {
                    Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
                    Assert.That(spot.Analytic, Is.Not.EqualTo(0), spot.Parameter);
                }
            }
        }

        [Test]
        public void TheBuilderRefusesForcesThatAreNone()
        {
            SceneBuilder With(string type, Action<SceneForce> change) => new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3]).Force("f", type, change);

            Assert.That(TestScenes.ErrorOf(() => With("breeze", null).Build()).Path, Is.EqualTo("forces.f.type"));
            Assert.That(TestScenes.ErrorOf(() => With("drag", f => f.Linear = -1).Build()).Path, Is.EqualTo("forces.f.linear"));
            Assert.That(TestScenes.ErrorOf(() => With("buoyancy", f => f.Radius = 0).Build()).Path, Is.EqualTo("forces.f.radius"));
        }
    }
}
