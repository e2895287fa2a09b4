using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>Restitution of four kinds of balls from the rebound heights that their rules ask for.</summary>
    public static class OfficialBalls
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("OfficialBalls", "Restitution of tennis, basket, foot and table-tennis balls, fitted to the rebound heights that their rules ask for.")
                .Simulate(1.5)
                .Material("ground", friction: 0, restitution: 0)
                .Material("tennis", friction: 0, restitution: 0.5)
                .Material("basketball", friction: 0, restitution: 0.5)
                .Material("football", friction: 0, restitution: 0.5)
                .Material("tableTennis", friction: 0, restitution: 0.5)
                .Plane("floor", new double[] { 0, 0, 0 }, new double[] { 0, 1, 0 }, "ground")
                .Sphere("tennis", 0.033, new[] { 0, 2.573, 0 }, null, "tennis", mass: 0.0577)
                .Sphere("basketball", 0.12, new[] { 3, 1.92, 0 }, null, "basketball", mass: 0.62)
                .Sphere("football", 0.11, new[] { 6, 2.11, 0 }, null, "football", mass: 0.43)
                .Sphere("tableTennis", 0.02, new[] { 9, 0.325, 0 }, null, "tableTennis", mass: 0.0027)
                .Recording("tennisDrop", new[] { 0, 0, 2.573, 0 }, new[] { 1.255765, 0, 1.443, 0 })
                .Recording("basketballDrop", new[] { 0, 3, 1.92, 0 }, new[] { 1.070655, 3, 1.18, 0 })
                .Recording("footballDrop", new[] { 0, 6, 2.11, 0 }, new[] { 1.182257, 6, 1.56, 0 })
                .Recording("tableTennisDrop", new[] { 0, 9, 0.325, 0 }, new[] { 0.475124, 9, 0.27, 0 })
                .Tune("materials.tennis.restitution", 0.05, 0.99)
                .Tune("materials.basketball.restitution", 0.05, 0.99)
                .Tune("materials.football.restitution", 0.05, 0.99)
                .Tune("materials.tableTennis.restitution", 0.05, 0.99)
                .Loss(new SceneLoss { Type = "recording", Name = "tennis", Body = "tennis", Recording = "tennisDrop", Axes = "y" })
                .Loss(new SceneLoss { Type = "recording", Name = "basketball", Body = "basketball", Recording = "basketballDrop", Axes = "y" })
                .Loss(new SceneLoss { Type = "recording", Name = "football", Body = "football", Recording = "footballDrop", Axes = "y" })
                .Loss(new SceneLoss { Type = "recording", Name = "tableTennis", Body = "tableTennis", Recording = "tableTennisDrop", Axes = "y" })
                .Optimise("levenberg-marquardt", t => t.Stopping.LossBelow = 1e-16)
                .Build();
        }
    }
}
