using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>A break shot of eleven balls that sends one ball of the last row to a mark.</summary>
    public static class Billiards
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("Billiards", "A break shot: the cue ball's first velocity is tuned so that the outer ball of the last row comes to the mark.")
                .Gravity(0, 0, 0)
                .Simulate(0.8, 240)
                .Material("ivory", friction: 0, restitution: 0.95)
                .Sphere("cue", 0.028575, new[] { -0.6, 0, 0 }, new[] { 4, 0.1, 0 }, "ivory", mass: 0.17)
                .Sphere("ball1", 0.028575, new[] { 0.0, 0.0, 0 }, null, "ivory", mass: 0.17)
                .Sphere("ball2", 0.028575, new[] { 0.051225, -0.029575, 0 }, null, "ivory", mass: 0.17)
                .Sphere("ball3", 0.028575, new[] { 0.051225, 0.029575, 0 }, null, "ivory", mass: 0.17)
                .Sphere("ball4", 0.028575, new[] { 0.102451, -0.05915, 0 }, null, "ivory", mass: 0.17)
                .Sphere("ball5", 0.028575, new[] { 0.102451, 0.0, 0 }, null, "ivory", mass: 0.17)
                .Sphere("ball6", 0.028575, new[] { 0.102451, 0.05915, 0 }, null, "ivory", mass: 0.17)
                .Sphere("ball7", 0.028575, new[] { 0.153676, -0.088725, 0 }, null, "ivory", mass: 0.17)
                .Sphere("ball8", 0.028575, new[] { 0.153676, -0.029575, 0 }, null, "ivory", mass: 0.17)
                .Sphere("ball9", 0.028575, new[] { 0.153676, 0.029575, 0 }, null, "ivory", mass: 0.17)
                .Sphere("ball10", 0.028575, new[] { 0.153676, 0.088725, 0 }, null, "ivory", mass: 0.17)
                .Tune("bodies.cue.velocity.x", 2, 8)
                .Tune("bodies.cue.velocity.y", -0.3, 0.3)
                .Reach("ball10", new[] { 0.8685, 0.50145, 0 }, axes: "xy")
                .Optimise("lbfgs", t =>
                {
                    t.Optimiser.FirstStep = 0.01;
                    t.Stopping.MaxIterations = 100;
                    t.Stopping.LossBelow = 1e-10;
                })
                .Build();
        }
    }
}
