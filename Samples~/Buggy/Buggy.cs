using DiffPhysics.Physics;
using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>Which torque brings a buggy to a mark in a second?</summary>
    public static class Buggy
    {
        private const double Radius = 0.3, Stiffness = 40000;

        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            SceneBuilder builder = new SceneBuilder("Buggy", "A buggy on four sprung wheels, the rear ones driven; the torque is tuned so that it is at the mark, a metre and a half on, after one second.")
                .Simulate(1, frameRate: 60, substeps: 2)
                .Material("rubber", friction: 1, restitution: 0)
                .Plane("road", new double[] { 0, 0, 0 }, new double[] { 0, 1, 0 }, "rubber")
                .Box("chassis", new[] { 1, 0.15, 0.4 }, new[] { 0, 0.55, 0 }, mass: 400);
            (string Name, double X, double Z)[] wheels = { ("frontLeft", 0.8, -0.6), ("frontRight", 0.8, 0.6), ("rearLeft", -0.8, -0.6), ("rearRight", -0.8, 0.6) };
            foreach ((string name, double x, double z) in wheels) builder.Sphere(name, Radius, new[] { x, Radius, z }, material: "rubber", mass: 20);
            foreach ((string name, double x, double z) in wheels)
            {
                // Axles point to the left of the way, so that positive torques drive on; springs are at rest where they carry a quarter of the chassis.
                builder.Wheel(name, "chassis", name, new[] { x, Radius, z }, new double[] { 0, 0, -1 }, Stiffness, 2500, j =>
                {
                    j[JointNumber.Rest] = -400 * 9.81 / 4 / Stiffness;
                    (j[JointNumber.Lower], j[JointNumber.Upper]) = (-0.1, 0.1);
                    if (x < 0) j[JointNumber.DriveForce] = 100;
                });
            }
            return builder
                .Tune("joints.rearLeft.driveForce joints.rearRight.driveForce", 0, 500, "torque")
                .Reach("chassis", new[] { 1.5, 0.55, 0 }, axes: "x")
                .Optimise("lbfgs", t => t.Stopping.LossBelow = 1e-12)
                .Build();
        }
    }
}
