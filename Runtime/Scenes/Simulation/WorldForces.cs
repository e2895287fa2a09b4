using System;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>Puts a scene's forces into a world, and traces how their parameters follow the targets.</summary>
    internal static class WorldForces
    {
        public static int Add(World world, SceneForce force)
        {
            switch (force.Type)
            {
                case "wind": return world.AddWind(new Double3(force.Velocity[0], force.Velocity[1], force.Velocity[2]), force.Drag);
                case "drag": return world.AddDrag(force.Linear, force.Quadratic);
                default: return world.AddBuoyancy(force.Level, force.Density, force.Radius, force.Drag);
            }
        }

        // The values of a force lie in the order of its parameters; a liquid's last one is the strength of gravity.
        public static Kernel Trace(Scene scene, int index, Func<KernelBuilder, SceneNumbers> numbersOf)
        {
            return Kernel.Define("force " + scene.Forces[index].Name, k =>
            {
                SceneNumbers numbers = numbersOf(k);
                int count = scene.Forces[index].Type == "drag" ? 2 : 4;
                var values = Enumerable.Range(0, count).Select(p => numbers.Of(SceneValueKind.Force, index, p)).ToList();
                if (scene.Forces[index].Type == "buoyancy") values.Add(numbers.Vector(SceneValueKind.Gravity).Length);
                k.Store("parameters", values.ToArray());
            });
        }
    }
}
