using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Scenes
{
    /// <summary>Chooses what simulates a scene.</summary>
    public static class Simulators
    {
        /// <summary>A simulator for a scene.</summary>
        /// <param name="scene">The scene.</param>
        /// <param name="targets">Paths of the values that differ between worlds.</param>
        /// <param name="executor">Runs the kernels.</param>
        /// <exception cref="SceneException">No simulator fits.</exception>
        public static ISceneSimulator Create(Scene scene, IReadOnlyList<string> targets, Executor executor)
        {
            return new WorldSimulator(scene, targets, executor);
        }
    }
}
