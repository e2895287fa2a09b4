using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>Which friction stops a sliding block after half a metre?</summary>
    public static class StoppingDistance
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("StoppingDistance", "A block slides over a floor; the friction is tuned so that it stops after half a metre.")
                .Simulate(1.5)
                .Material("steel", friction: 0.3, restitution: 0)
                .Plane("floor", new double[] { 0, 0, 0 }, new double[] { 0, 1, 0 }, "steel")
                .Box("block", new[] { 0.2, 0.1, 0.1 }, new[] { 0, 0.1, 0 }, new double[] { 2, 0, 0 }, "steel", mass: 1)
                .Tune("materials.steel.friction", 0.05, 1)
                .Reach("block", new[] { 0.5, 0.1, 0 }, axes: "x")
                .Optimise("lbfgs", t => t.Stopping.LossBelow = 1e-12)
                .Build();
        }
    }
}
