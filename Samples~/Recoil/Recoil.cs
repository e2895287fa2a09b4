using System;
using DiffPhysics.Physics;
using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>Which spring brings a barrel home half a second after the shot?</summary>
    public static class Recoil
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("Recoil", "A barrel slides back against a spring and a damper; the spring is tuned so that it is home after half a second.")
                .Simulate(0.5, frameRate: 120)
                .Capsule("barrel", 0.05, 0.5, new double[] { 0, 1, 0 }, new double[] { -4, 0, 0 }, mass: 20, change: b => b.Rotation = new[] { 0, 0, Math.Sqrt(0.5), Math.Sqrt(0.5) })
                .Joint("recoil", "slider", null, "barrel", new double[] { 0, 1, 0 }, new double[] { 1, 0, 0 }, j =>
                {
                    j[JointNumber.Stiffness] = 500;
                    j[JointNumber.Damping] = 40;
                })
                .Tune("joints.recoil.stiffness", 100, 2000)
                .Reach("barrel", new double[] { 0, 1, 0 }, axes: "x")
                .Optimise("lbfgs", t => t.Stopping.LossBelow = 1e-12)
                .Build();
        }
    }
}
