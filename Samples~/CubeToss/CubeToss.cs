using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Samples
{
    /// <summary>Friction, restitution, inertia and centre of mass of a real cube, fitted to recorded tosses.</summary>
    public static class CubeToss
    {
        /// <summary>Edge of the cube in m.</summary>
        public const double Edge = 0.1048;

        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("CubeToss", "A cube is tossed onto a table; friction, restitution, inertia and centre of mass are fitted to recordings.")
                .Simulate(0.3, 148, change: s => s.RestitutionThreshold = 0.1)
                .Material("plastic", friction: 0.3, restitution: 0.3)
                .Plane("table", new double[] { 0, 0, 0 }, new double[] { 0, 1, 0 }, "plastic")
                .Box("cube", new[] { 0.0524, 0.0524, 0.0524 }, new double[] { 0, 0, 0 }, null, "plastic", mass: 0.37, change: b =>
                {
                    b.Inertia = new[] { 0.000677, 0.000677, 0.000677 };
                    b.CentreOfMass = new double[] { 0, 0, 0 };
                    b.StartFrom = "toss";
                    b.StartFlight = 0.1;
                })
                .Recording("toss", "../../../shared/data/cube-toss/*.csv", r =>
                {
                    r.LeaveOut = 4;
                    r.Up = "z";
                    r.AngularVelocityFrame = "body";
                    r.QuaternionOrder = "wxyz";
                    r.LengthScale = 1.0215;
                })
                .Tune("materials.plastic.friction", 0.02, 1, "friction")
                .Tune("materials.plastic.restitution", 0.01, 0.9, "restitution")
                .Tune("bodies.cube.inertia.x bodies.cube.inertia.y bodies.cube.inertia.z", 0.0003, 0.003, "inertia", ParameterScale.Logarithmic)
                .Tune("bodies.cube.centreOfMass.y", -0.02, 0.02, "centre")
                .Loss(new SceneLoss { Type = "recording", Body = "cube", Recording = "toss", PositionScale = 9.542, Huber = 0.3 })
                .Optimise("levenberg-marquardt", t =>
                {
                    t.Stopping.MaxIterations = 20;
                    t.Stopping.FlatFraction = 0.002;
                    t.Stopping.FlatIterations = 2;
                })
                .Build();
        }
    }
}
