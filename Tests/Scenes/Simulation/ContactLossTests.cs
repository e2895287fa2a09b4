using System;
using System.Linq;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class ContactLossTests
    {
        // A ball of 0.1 m flies a second towards something whose face is 1.4 m away from its own. It bounces off without loss, so that one speed alone ends in contact.
        [TestCase("sphere")]
        [TestCase("box")]
        [TestCase("capsule")]
        [TestCase("plane")]
        public void TheSpeedThatTouchesIsTheGapOverTheTime(string type)
        {
            Scene scene = Facing(new SceneShape { Type = type, Radius = 0.5, HalfSize = new[] { 0.5, 1, 1 }, HalfHeight = 0.6, Normal = new double[] { -1, 0, 0 } }, type == "plane" ? 1.5 : 2)
                .Loss(new SceneLoss { Type = "touch", Body = "ball", Other = "wall" }).Build();
            using (var objective = TestScenes.Objective(scene))
            {
                TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = new StoppingRules { LossBelow = 1e-10 } }).Run();

                Assert.That(result.Best.Parameters[0], Is.EqualTo(1.4).Within(1e-4));
            }
        }

        // The mean over frames at x = v t of the squared shortfall below 1.2 m of the gap 1.4 m - x.
        [Test]
        public void ApartCountsShortfallsOfTheGap()
        {
            Scene scene = Facing(new SceneShape { Type = "sphere", Radius = 0.5 }, 2).Loss(new SceneLoss { Type = "apart", Body = "ball", Other = "wall", Value = 1.2 }).Build();
            using (var objective = TestScenes.Objective(scene))
            {
                var batch = new EvaluationBatch(objective);
                batch.Reset(1, EvaluationNeeds.Value);
                batch.Point(0)[0] = 0.5;
                objective.Evaluate(batch);

                double expected = Enumerable.Range(1, 60).Average(k => Math.Pow(Math.Max(1.2 - (1.4 - 0.5 * k / 60), 0), 2));
                Assert.That(batch.Values[0], Is.EqualTo(expected).Within(1e-12));
            }
        }

        [TestCase("sphere", "sphere")]
        [TestCase("box", "sphere")]
        [TestCase("sphere", "capsule")]
        [TestCase("capsule", "capsule")]
        [TestCase("sphere", "plane")]
        [TestCase("plane", "box")]
        [TestCase("capsule", "plane")]
        public void GradientsOfGapsEqualDifferences(string one, string other)
        {
            SceneShape Shape(string type) => new SceneShape { Type = type, Radius = 0.2, HalfSize = new[] { 0.3, 0.2, 0.1 }, HalfHeight = 0.4 };
            SceneBuilder builder = new SceneBuilder("near").Gravity(0, -1, 0).Simulate(0.3);
            foreach ((string name, string type, double at) in new[] { ("one", one, 0.0), ("other", other, -1.2) })
            {
                builder.Sphere(name, 0.1, new[] { at / 2, at, 0.1 * at }, change: b =>
                {
                    b.Shape = Shape(type);
                    b.Mass = 1;
                    if (type == "plane") b.Motion = "static";
                    else (b.Velocity, b.AngularVelocity, b.Rotation) = (new[] { 0.1, 0.2, 0.3 }, new[] { 0.5 + at, 1, -2 }, new[] { 0.36, 0.48, 0, 0.8 });
                });
                if (type == "plane") continue;
                foreach (string path in new[] { "position.y", "velocity.x", "velocity.y", "angularVelocity.z" }) builder.Tune($"bodies.{name}.{path}", typical: 1);
            }
            builder.Loss(new SceneLoss { Type = "touch", Body = "one", Other = "other" }).Loss(new SceneLoss { Type = "apart", Body = "other", Other = "one", Value = 3 });
            if (one == "plane") builder.Tune("bodies.one.position.y", typical: 1);
            using (var objective = TestScenes.Objective(builder.Build()))
            {
                foreach (GradientSpot spot in GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), 1e-5))
                    Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
            }
        }

        [Test]
        public void GapsWithoutFormulaAndWithTunedSizesAreRefused()
        {
            SceneBuilder Boxes() => new SceneBuilder("bad").Simulate(1).Box("a", new double[] { 1, 1, 1 }, new double[3]).Box("b", new double[] { 1, 1, 1 }, new double[] { 5, 0, 0 }).Sphere("c", 0.1, new double[] { 0, 5, 0 });

            SceneException shapes = TestScenes.ErrorOf(() => Boxes().Loss(new SceneLoss { Type = "touch", Body = "a", Other = "b" }).Build());
            Assert.That(shapes.Path, Is.EqualTo("losses[0].other"));
            Assert.That(shapes.Message, Does.Contain("expected sphere or plane"));
            SceneException sizes = TestScenes.ErrorOf(() => Boxes().Tune("bodies.c.shape.radius").Loss(new SceneLoss { Type = "touch", Body = "a", Other = "c" }).Build());
            Assert.That(sizes.Message, Does.Contain("size is tuned"));
        }

        [Test]
        public void EffortAloneIsRefused()
        {
            SceneBuilder builder = new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3]).Control("push", "bodies.ball.force.x", "linear", 1);

            Assert.That(TestScenes.ErrorOf(() => builder.Loss(new SceneLoss { Type = "effort", Control = "push" }).Build()).Message, Does.Contain("efforts alone"));
        }

        private static SceneBuilder Facing(SceneShape shape, double at) => new SceneBuilder("facing").Gravity(0, 0, 0).Simulate(1)
            .Material("steel", 0, 1)
            .Sphere("ball", 0.1, new double[3], new[] { 0.5, 0, 0 }, "steel", 1)
            .Sphere("wall", 0.1, new[] { at, 0, 0 }, material: "steel", change: b => (b.Shape, b.Motion) = (shape, "static"))
            .Tune("bodies.ball.velocity.x", 0, 10);
    }
}
