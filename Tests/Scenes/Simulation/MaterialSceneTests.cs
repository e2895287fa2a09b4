using System;
using System.Linq;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class MaterialSceneTests
    {
        // A solid ball that rolls slows by (5/7) g k / r under rolling friction k, so that x = v t - (5/14) (g k / r) t^2.
        [Test]
        public void RollingFrictionIsFoundFromHowFarABallRolls()
        {
            const double friction = 0.004, radius = 0.1;
            double reached = 1 - 5.0 / 14 * 9.81 * friction / radius;
            Scene scene = new SceneBuilder("roll")
                .Gravity(0, -9.81, 0)
                .Simulate(1)
                .Material("felt", 0.5, 0, m => m.RollingFriction = 0.002)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "felt")
                .Sphere("ball", radius, new[] { 0, radius, 0 }, new double[] { 1, 0, 0 }, "felt", 1, b => b.AngularVelocity = new double[] { 0, 0, -1 / radius })
                .Tune("materials.felt.rollingFriction", 1e-4, 0.02)
                .Reach("ball", new[] { reached, 0, 0 }, axes: "x")
                .Build();

            Assert.That(Tuned(scene), Is.EqualTo(friction).Within(0.01 * friction));
        }

        // A ball set onto a soft floor without damping sinks by (g / w^2) (1 - cos w t).
        [Test]
        public void TheFrequencyOfASoftFloorIsFoundFromHowDeepABallSinks()
        {
            const double frequency = 3;
            double w = 2 * Math.PI * frequency, time = 0.15;
            Scene scene = new SceneBuilder("sink")
                .Gravity(0, -9.81, 0)
                .Simulate(time, 480)
                .Material("foam", 0, 0, m => (m.Frequency, m.DampingRatio) = (2.5, 0))
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "foam")
                .Sphere("ball", 0.5, new[] { 0, 0.5, 0 }, null, null, 1)
                .Tune("materials.foam.frequency", 1, 6)
                .Reach("ball", new[] { 0, 0.5 - 9.81 / (w * w) * (1 - Math.Cos(w * time)), 0 }, axes: "y")
                .Build();

            Assert.That(Tuned(scene), Is.EqualTo(frequency).Within(0.01 * frequency));
        }

        [Test]
        public void GradientsBySoftnessAndFrictionEqualDifferences()
        {
            Scene scene = new SceneBuilder("soft")
                .Gravity(0, -9.81, 0)
                .Simulate(0.4)
                .Material("foam", 0.6, 0, m => (m.Frequency, m.DampingRatio, m.RollingFriction, m.TorsionalFriction) = (6, 0.4, 0.01, 0.02))
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "foam")
                .Sphere("ball", 0.1, new[] { 0, 0.12, 0 }, new[] { 1, 0, 0.5 }, null, 1, b => b.AngularVelocity = new double[] { 3, 5, 2 })
                .Tune("materials.foam.friction").Tune("materials.foam.rollingFriction").Tune("materials.foam.torsionalFriction").Tune("materials.foam.frequency").Tune("materials.foam.dampingRatio")
                .Reach("ball", new double[] { 1, 1, 1 })
                .Loss(new SceneLoss { Type = "rotation", Body = "ball", Target = new double[] { 0, 0, 0, 1 } })
                .Build();
            using (var objective = TestScenes.Objective(scene)) TestScenes.AssertEverySlope(objective, 1e-5);
        }

        private static double Tuned(Scene scene)
        {
            using (var objective = TestScenes.Objective(scene))
                return new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = new StoppingRules { LossBelow = 1e-14 } }).Run().Best.Parameters.Single();
        }
    }
}
