using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class TuningASceneTests
    {
        [TestCase("lbfgs")]
        [TestCase("levenberg-marquardt")]
        public void ABouncePassIsFound(string method)
        {
            Scene scene = new SceneBuilder("pass")
                .Gravity(0, -9.8, 0)
                .Simulate(0.6)
                .Material("rubber", 0, 0.92)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "rubber")
                .Plane("wall", new[] { 1.75, 0, 0 }, new double[] { -1, 0, 0 }, "rubber")
                .Sphere("ball", 0.1, new[] { -0.5, 1, 0 }, new double[] { 5, -5, 0 }, "rubber", 1)
                .Tune("bodies.ball.velocity.x", -20, 20).Tune("bodies.ball.velocity.y", -20, 20)
                .Reach("ball", new[] { -2, 1.5, 0 }, axes: "xy")
                .Optimise(method, t => t.Stopping.LossBelow = 1e-12)
                .Build();
            using (var objective = TestScenes.Objective(scene))
            {
                TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = scene.Tuning.Stopping }).Run();

                Assert.That(result.Best.InitialLoss, Is.EqualTo(8.316).Within(1e-3));
                Assert.That(result.Best.Loss, Is.LessThan(1e-6), result.Best.ReasonText);
                Assert.That(result.Best.Parameters, Is.EqualTo(new[] { 10.1957, -4.0907 }).Within(1e-3));
            }
        }
    }
}
