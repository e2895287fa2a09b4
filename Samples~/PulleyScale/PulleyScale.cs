using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>Which counterweight holds a load that hangs from a movable pulley?</summary>
    public static class PulleyScale
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("PulleyScale", "A load hangs from a movable pulley, so that half its weight balances it; the counterweight is tuned until the load stays where it is.")
                .Simulate(1, frameRate: 120)
                .Sphere("counterweight", 0.12, new[] { -0.5, 1, 0 }, mass: 2.5)
                .Box("load", new[] { 0.2, 0.15, 0.2 }, new[] { 0.5, 1, 0 }, mass: 8)
                .Pulley("rope", "counterweight", "load", new[] { -0.5, 1.12, 0 }, new[] { 0.5, 1.15, 0 }, new[] { -0.5, 3, 0 }, new[] { 0.5, 3, 0 }, ratio: 2)
                .Tune("bodies.counterweight.mass", 1, 10)
                .Reach("load", new[] { 0.5, 1, 0 }, axes: "y")
                .Optimise("lbfgs", t => t.Stopping.LossBelow = 1e-16)
                .Build();
        }
    }
}
