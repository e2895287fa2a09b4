using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Samples
{
    /// <summary>Friction, restitution and inertia of a real cube, fitted to recorded tosses.</summary>
    public static class CubeToss
    {
        /// <summary>Edge of the cube in m.</summary>
        public const double Edge = 0.1048;

        /// <summary>The scene of <c>scene.json</c>, built in code: one toss.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("CubeToss", "A cube is tossed onto a table; friction, restitution and inertia are fitted to a recording.")
                .Simulate(0.7, 148)
                .Material("plastic", friction: 0.3, restitution: 0.3)
                .Plane("table", new double[] { 0, 0, 0 }, new double[] { 0, 1, 0 }, "plastic")
                .Box("cube", new[] { 0.0524, 0.0524, 0.0524 }, new double[] { 0, 0, 0 }, null, "plastic", mass: 0.37, change: b =>
                {
                    b.Inertia = new[] { 0.000677, 0.000677, 0.000677 };
                    b.StartFrom = "toss";
                })
                .Recording("toss", "../../../shared/data/cube-toss/000.csv", r =>
                {
                    r.Up = "z";
                    r.AngularVelocityFrame = "body";
                    r.QuaternionOrder = "wxyz";
                })
                .Tune("materials.plastic.friction", 0.02, 1, "friction")
                .Tune("materials.plastic.restitution", 0.01, 0.9, "restitution")
                .Tune("bodies.cube.inertia.x bodies.cube.inertia.y bodies.cube.inertia.z", 0.0003, 0.0015, "inertia", ParameterScale.Logarithmic)
                .Loss(new SceneLoss { Type = "recording", Body = "cube", Recording = "toss", PositionScale = 9.542 })
                .Optimise("lbfgs", t => t.Stopping.MaxIterations = 30)
                .Build();
        }

        /// <summary>The same scene for each of many recordings, as long as each of them: what a fit to all of them minimises.</summary>
        /// <param name="recordings">The tosses.</param>
        /// <param name="change">Changes to each scene, or null.</param>
        public static IReadOnlyList<SceneObjective> ForAll(IEnumerable<Recording> recordings, Action<Scene> change = null)
        {
            // One executor: the kernels of all tosses are alike and compiled once.
            Executor executor = Executor.CreateDefault();
            return recordings.Select(recording =>
            {
                Scene scene = Build();
                scene.Simulation.Duration = recording.Times[recording.Count - 1];
                change?.Invoke(scene);
                return new SceneObjective(scene, _ => recording, executor);
            }).ToArray();
        }
    }
}
