using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>Puts a scene's controls into a world.</summary>
    internal static class WorldControls
    {
        public static Control Add(World world, Scene scene, SceneControl control)
        {
            return world.AddControl(control.Name, TargetOf(world, scene, control.Target), control.WorldShape, control.DurationIn(scene), control.Points);
        }

        // bodies.NAME.force.x or joints.NAME.driveForce, as SceneControl lists them; names have no dots.
        private static ControlTarget TargetOf(World world, Scene scene, string path)
        {
            string[] words = path.Split('.');
            if (words[0] == "bodies") return ControlTarget.ForceOn(world.Bodies[scene.Bodies.FindIndex(b => b.Name == words[1])], (words[2] == "force" ? 0 : 3) + words[3][0] - 'x');
            Joint joint = world.Joints[scene.Joints.FindIndex(j => j.Name == words[1])];
            return ControlTarget.Of(joint, joint.Axes.First(a => !a.IsLocked), SceneControl.Drives.First(n => SceneJoint.WordOf(n) == words[2]));
        }
    }
}
