using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Samples
{
    /// <summary>Three balls in a row: which mass of the middle one makes the last one fastest?</summary>
    public static class MiddleMass
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("MiddleMass", "A heavy ball hits a middle one, which hits a light one; the middle mass is tuned so that the last ball is fastest.")
                .Gravity(0, 0, 0)
                .Simulate(1)
                .Material("ivory", friction: 0, restitution: 0.95)
                .Sphere("first", 0.1, new double[] { 0, 0, 0 }, new double[] { 2, 0, 0 }, "ivory", mass: 1)
                .Sphere("middle", 0.1, new[] { 0.5, 0, 0 }, null, "ivory", mass: 2)
                .Sphere("last", 0.1, new double[] { 1, 0, 0 }, null, "ivory", mass: 0.25)
                .Tune("bodies.middle.mass", 0.2, 5, scale: ParameterScale.Logarithmic)
                .Loss(new SceneLoss { Type = "speed", Body = "last", Target = new double[] { 1, 0, 0 } })
                .Build();
        }
    }
}
