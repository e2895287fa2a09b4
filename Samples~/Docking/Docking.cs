using System;
using System.Linq;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Samples
{
    /// <summary>Which gains bring a probe to its dock without overshoot?</summary>
    public static class Docking
    {
        // How fast the approach shall be, in 1/s.
        private const double Rate = 2;

        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("Docking", "An autopilot reads place and speed of a probe and sets its two engines; its gains are tuned until the probe comes to its dock without overshoot, as a recording shows it.")
                .Gravity(0, 0, 0)
                .Simulate(2, frameRate: 60, substeps: 8)
                .Box("probe", new[] { 0.15, 0.1, 0.1 }, new double[] { 0, 0, 0 }, mass: 1.2)
                .Force("left", "thruster", f => (f.Body, f.Place, f.Direction) = ("probe", new[] { -0.15, 0.08, 0 }, new double[] { 1, 0, 0 }))
                .Force("right", "thruster", f => (f.Body, f.Place, f.Direction) = ("probe", new[] { -0.15, -0.08, 0 }, new double[] { 1, 0, 0 }))
                .Feedback("autopilot", "bodies.probe.position.x bodies.probe.velocity.x", "forces.left.thrust forces.right.thrust", new[] { new[] { 1, 0.5 }, new[] { 1, 0.5 } }, new double[] { 1, 0 })
                .Recording("approach", Enumerable.Range(0, 21).Select(k => new[] { k / 10.0, Math.Round(Approach(k / 10.0), 6), 0, 0 }).ToArray())
                .Tune("controllers.autopilot.gains.*.0", 0.1, 20, "place", ParameterScale.Logarithmic)
                .Tune("controllers.autopilot.gains.*.1", 0.1, 20, "speed", ParameterScale.Logarithmic)
                .Follow("probe", "approach")
                .Optimise("levenberg-marquardt")
                .Build();
        }

        // Critically damped: 1 - (1 + w t) exp(-w t).
        private static double Approach(double time) => 1 - (1 + Rate * time) * Math.Exp(-Rate * time);
    }
}
