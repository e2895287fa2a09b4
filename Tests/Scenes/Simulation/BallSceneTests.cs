using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class BallSceneTests
    {
        [Test]
        public void ABounceHasTheClosedFormsGradientAtSixtyHertz()
        {
            // y0 1, v0 -0.3, e 0.8, g 9.81, T 0.9, a point: dy(T)/dy0 = 1.1013, /dv0 = 0.0823, /de = 2.1222.
            Scene scene = new SceneBuilder("bounce")
                .Gravity(0, -9.81, 0)
                .Simulate(0.9)
                .Material("rubber", 0, 0.8)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "rubber")
                .Sphere("ball", 1e-9, new double[] { 0, 1, 0 }, new[] { 0, -0.3, 0 }, "rubber", 1)
                .Tune("bodies.ball.position.y").Tune("bodies.ball.velocity.y").Tune("materials.rubber.restitution")
                .Loss(new SceneLoss { Type = "speed", Body = "ball", Target = new double[] { 0, 1, 0 } })
                .Build();
            // Minus the end speed is the loss; the end height is read from the motion by differences of the gradient's own kind.
            scene.Losses[0] = new SceneLoss { Type = "height", Body = "ball", Value = -1e6 };
            using (var objective = TestScenes.Objective(scene))
            {
                EvaluationBatch batch = Evaluate(objective, scene);
                double height = objective.Simulate(objective.Parameters.InitialValues()).State(0, 54, 1)[1];
                double[] gradient = batch.Gradient(0).ToArray().Select(g => g / (2 * (height + 1e6))).ToArray();

                Assert.That(gradient[0], Is.EqualTo(1.1013).Within(1e-4));
                Assert.That(gradient[1], Is.EqualTo(0.0823).Within(1e-4));
                Assert.That(gradient[2], Is.EqualTo(2.1222).Within(1e-4));
            }
        }

        [Test]
        public void GradientsEqualDifferencesThroughBouncesFrictionAndCollisions()
        {
            Scene scene = new SceneBuilder("three balls")
                .Gravity(0, -9.81, 0)
                .Simulate(0.55, 120, 2)
                .Material("rubber", 0.3, 0.8)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "rubber")
                .Sphere("a", 0.1, new double[] { 0, 0.5, 0 }, new double[] { 1, 0, 0.2 }, "rubber", 1, b => b.AngularVelocity = new double[] { 0, 1, -80 })
                .Sphere("b", 0.15, new[] { 0.7, 0.55, 0.05 }, new double[] { -0.5, 0, 0 }, "rubber", 2)
                .Tune("bodies.a.velocity.x").Tune("bodies.a.velocity.z").Tune("bodies.a.angularVelocity.z").Tune("bodies.a.position.y")
                .Tune("bodies.b.mass").Tune("bodies.b.shape.radius").Tune("materials.rubber.restitution").Tune("materials.rubber.friction").Tune("gravity.y")
                .Reach("a", new double[] { 1, 1, 1 }).Reach("b", new double[] { -1, 0, 0 })
                .Build();
            using (var objective = TestScenes.Objective(scene))
            {
                double[] start = objective.Parameters.InitialValues();
                Assert.That(objective.Simulate(start).Events[0], Is.GreaterThanOrEqualTo(3));
                IReadOnlyList<GradientSpot> spots = GradientSpotCheck.Check(objective, objective.Parameters, start, 1e-6);

                foreach (GradientSpot spot in spots) Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
                Assert.That(spots.All(s => s.Analytic != 0), Is.True);
            }
        }

        [Test]
        public void AWorldAloneAndInABatchGivesTheSameBits()
        {
            Scene scene = TestScenes.Drop();
            using (var objective = TestScenes.Objective(scene))
            {
                var batch = new EvaluationBatch(objective);
                batch.Reset(7, EvaluationNeeds.Gradient);
                for (int i = 0; i < 7; i++) batch.Point(i)[0] = 1 + 0.1 * i;
                objective.Evaluate(batch);
                double value = batch.Values[3];
                double derivative = batch.Gradient(3)[0];
                batch.Reset(1, EvaluationNeeds.Gradient);
                batch.Point(0)[0] = 1 + 0.1 * 3;
                objective.Evaluate(batch);

                Assert.That(batch.Values[0], Is.EqualTo(value));
                Assert.That(batch.Gradient(0)[0], Is.EqualTo(derivative));
            }
        }

        [Test]
        public void ABallAtRestStaysAtRest()
        {
            Scene scene = new SceneBuilder("rest")
                .Simulate(2)
                .Material("rubber", 0.5, 0.8)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "rubber")
                .Sphere("ball", 0.1, new[] { 0, 0.1, 0 }, null, "rubber")
                .Tune("bodies.ball.velocity.x")
                .Reach("ball", new double[3])
                .Build();
            using (var objective = TestScenes.Objective(scene))
            {
                Trajectories motion = objective.Simulate(new[] { 0.0 });
                Assert.That(motion.State(0, motion.Samples - 1, 1)[1], Is.EqualTo(0.1).Within(1e-9));
            }
        }

        private static EvaluationBatch Evaluate(SceneObjective objective, Scene scene)
        {
            var batch = new EvaluationBatch(objective);
            batch.Reset(1, EvaluationNeeds.Gradient);
            objective.Parameters.InitialValues().CopyTo(batch.Point(0));
            objective.Evaluate(batch);
            return batch;
        }
    }
}
