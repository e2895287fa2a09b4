using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>The same throw as a scene: what <see cref="ClothThrow"/> does by hand, the tuner does from a document.</summary>
    public static class ClothThrowScene
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("ClothThrow", "A cloth flies for a second through air; the first velocities of its 289 particles are tuned so that its centre of mass arrives at the mark.")
                .Simulate(1, 60, 8)
                .Cloth("sheet", 17, 17, 1, 1, d =>
                {
                    d.Velocity = new double[] { 2, 4, 0 };
                    d.With("density", 0.2).With("warpStiffness", 20).With("weftStiffness", 20).With("shearStiffness", 10).With("damping", 0.001).With("bendingStiffness", 0.001).With("drag", 0.3);
                })
                .TuneEach("deformables.sheet.velocities.*.*", typical: 1)
                .Reach("sheet", new[] { 3, 0.5, 1 })
                .Optimise("lbfgs", t => t.Stopping.LossBelow = 0.05)
                .Build();
        }
    }
}
