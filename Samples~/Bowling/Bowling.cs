using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>How fast must a ball be thrown, sliding at first, to roll over the line with a given speed?</summary>
    public static class Bowling
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("Bowling", "A bowling ball slides, then rolls; its first speed is tuned so that it rolls at 5 m/s in the end.")
                .Simulate(2)
                .Material("lane", friction: 0.2, restitution: 0)
                .Plane("floor", new double[] { 0, 0, 0 }, new double[] { 0, 1, 0 }, "lane")
                .Box("backstop", new[] { 0.1, 1, 1 }, new double[] { 30, 1, 0 }, null, "lane", change: b => b.Motion = "static")
                .Sphere("ball", 0.108, new[] { 0, 0.108, 0 }, new double[] { 5, 0, 0 }, "lane", mass: 7)
                .Tune("bodies.ball.velocity.x", 1, 12)
                .Loss(new SceneLoss { Type = "velocity", Body = "ball", Target = new double[] { 5, 0, 0 }, Axes = "x" })
                .Optimise("lbfgs", t => t.Stopping.LossBelow = 1e-10)
                .Build();
        }
    }
}
