using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>Puts a scene's controls into a world.</summary>
    internal static class WorldControls
    {
        public static Control Add(World world, Scene scene, IReadOnlyList<Func<int, ControlTarget>> forces, SceneControl control)
        {
            return world.AddControl(control.Name, TargetOf(world, scene, forces, control.Target), control.WorldShape, control.DurationIn(scene), control.Points);
        }

        // What a path stands for that SceneControl lists; names have no dots.
        public static ControlTarget TargetOf(World world, Scene scene, IReadOnlyList<Func<int, ControlTarget>> forces, string path)
        {
            string[] words = path.Split('.');
            if (words[0] == "bodies") return ControlTarget.ForceOn(world.Bodies[scene.Bodies.FindIndex(b => b.Name == words[1])], (words[2] == "force" ? 0 : 3) + words[3][0] - 'x');
            if (words[0] == "forces")
            {
                int force = scene.Forces.FindIndex(f => f.Name == words[1]);
                string word = string.Join(".", words.Skip(2));
                return forces[force](ForceNumber.Of(scene.Forces[force].Type).ToList().FindIndex(n => n.Word == word));
            }
            int index = scene.Joints.FindIndex(j => j.Name == words[1]);
            int coordinate = words[2] == "axes" ? SceneJointAxis.Coordinates.ToList().IndexOf(words[3]) : -1;
            return ControlTarget.Of(world.Joints[index], WorldJoints.AxisOf(scene.Joints[index], world.Joints[index], coordinate), SceneControl.Drives.First(n => SceneJoint.WordOf(n) == words.Last()));
        }
    }
}
