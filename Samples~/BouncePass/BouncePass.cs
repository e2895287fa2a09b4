using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>The first velocity of a ball that shall bounce off the floor and the wall and arrive at a mark 0.6 s later.</summary>
    public static class BouncePass
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("BouncePass", "A ball bounces off the floor and the wall; its first velocity is tuned so that it arrives at the mark.")
                .Gravity(0, -9.8, 0)
                .Simulate(0.6)
                .Material("rubber", friction: 0, restitution: 0.92)
                .Plane("floor", new double[] { 0, 0, 0 }, new double[] { 0, 1, 0 }, "rubber")
                .Plane("wall", new[] { 1.75, 0, 0 }, new double[] { -1, 0, 0 }, "rubber")
                .Sphere("ball", 0.1, new[] { -0.5, 1, 0 }, new double[] { 5, -5, 0 }, "rubber", mass: 1)
                .Tune("bodies.ball.velocity.x", -20, 20)
                .Tune("bodies.ball.velocity.y", -20, 20)
                .Reach("ball", new[] { -2, 1.5, 0 }, axes: "xy")
                .Optimise("lbfgs", t =>
                {
                    t.Stopping.MaxIterations = 100;
                    t.Stopping.LossBelow = 1e-12;
                })
                .Build();
        }
    }
}
