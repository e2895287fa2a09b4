using System;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>Puts a scene's forces into a world, and traces how their parameters follow the targets.</summary>
    internal static class WorldForces
    {
        // A force in a world: where its parameters are, and what a control of one of them sets.
        public static (Func<DiffPhysics.Autodiff.Buffer> Parameters, Func<int, ControlTarget> Target) Add(World world, Scene scene, SceneForce force)
        {
            if (force.Type == "explosion")
            {
                Explosion explosion = world.AddExplosion(Vector(force.Place), force.Impulse, force.Radius, force.Time, force.Name);
                return (() => explosion.Parameters, null);
            }
            int number = AddLasting(world, scene, force);
            return (() => world.ForceParameters(number), parameter => ControlTarget.OfForce(number, parameter));
        }

        private static int AddLasting(World world, Scene scene, SceneForce force)
        {
            switch (force.Type)
            {
                case "wind": return world.AddWind(Vector(force.Velocity), force.Drag);
                case "drag": return world.AddDrag(force.Linear, force.Quadratic);
                case "thruster": return world.AddThruster(world.Bodies[scene.Bodies.FindIndex(b => b.Name == force.Body)], Vector(force.Place), Vector(force.Direction), force.Thrust, force.Name);
                case "blast": return world.AddBlast(Vector(force.Place), force.Strength, force.Radius);
                default: return world.AddBuoyancy(force.Level, force.Density, force.Radius, force.Drag);
            }
        }

        // The values of a force lie in the order of its parameters; a liquid's last one is the strength of gravity.
        public static Kernel Trace(Scene scene, int index, Func<KernelBuilder, SceneNumbers> numbersOf)
        {
            return Kernel.Define("force " + scene.Forces[index].Name, k =>
            {
                SceneNumbers numbers = numbersOf(k);
                SceneForce force = scene.Forces[index];
                var values = ForceNumber.Of(force.Type).Select((_, p) => numbers.Of(SceneValueKind.Force, index, p)).ToList();
                if (force.Type == "buoyancy") values.Add(numbers.Vector(SceneValueKind.Gravity).Length);
                int body = force.Type == "thruster" ? scene.Bodies.FindIndex(b => b.Name == force.Body) : -1;
                // Worlds know bodies by their centres of mass.
                for (int c = 0; body >= 0 && scene.Bodies[body].CentreOfMass != null && c < 3; c++) values[1 + c] -= numbers.Of(SceneValueKind.CentreOfMass, body, c);
                k.Store("parameters", values.ToArray());
            });
        }

        private static Double3 Vector(double[] v) => new Double3(v[0], v[1], v[2]);
    }
}
