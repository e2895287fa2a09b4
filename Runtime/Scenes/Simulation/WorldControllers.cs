using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>Puts a scene's feedback controllers into a world, and traces how their parameters follow the targets.</summary>
    internal static class WorldControllers
    {
        public static Controller Add(World world, Scene scene, IReadOnlyList<Func<int, ControlTarget>> forces, SceneController controller)
        {
            ControlTarget[] outputs = controller.Outputs.Select(path => WorldControls.TargetOf(world, scene, forces, path)).ToArray();
            foreach (string path in controller.Inputs) Expose(world, scene, path.Split('.'));
            return world.AddController(controller.Name, controller.Numbers().Select(n => n.Get()).ToArray(), outputs, inputs =>
            {
                Real[] read = Read(world, scene, controller, inputs);
                return controller.Type == "network" ? Network(controller, inputs, read) : Linear(controller, inputs, read);
            });
        }

        public static Kernel Trace(Scene scene, int index, Func<KernelBuilder, SceneNumbers> numbersOf)
        {
            return Kernel.Define("controller " + scene.Controllers[index].Name, k =>
            {
                SceneNumbers numbers = numbersOf(k);
                k.Store("parameters", scene.Controllers[index].Numbers().Select((_, p) => numbers.Of(SceneValueKind.Controller, index, p)).ToArray());
            });
        }

        // u = bias + K (r - y); parameters K row by row, r, bias.
        private static Real[] Linear(SceneController controller, ControllerInputs inputs, Real[] read)
        {
            int rows = controller.Outputs.Count, columns = read.Length;
            var outputs = new Real[rows];
            for (int row = 0; row < rows; row++)
            {
                outputs[row] = inputs.Parameter((rows + 1) * columns + row);
                for (int k = 0; k < columns; k++) outputs[row] += inputs.Parameter(row * columns + k) * (inputs.Parameter(rows * columns + k) - read[k]);
            }
            return outputs;
        }

        private static Real[] Network(SceneController controller, ControllerInputs inputs, Real[] read)
        {
            int offset = 0;
            int[] layers = controller.Layers.ToArray();
            for (int layer = 0; layer < layers.Length; layer++) read = inputs.Layer(read, layers[layer], ref offset, squash: layer < layers.Length - 1);
            return read;
        }

        private static Real[] Read(World world, Scene scene, SceneController controller, ControllerInputs inputs)
        {
            var bodies = new Dictionary<string, BodyReading>();
            var axes = new Dictionary<JointAxis, (Real Position, Real Speed)>();
            return controller.Inputs.Select(path =>
            {
                string[] words = path.Split('.');
                if (words[0] == "joints")
                {
                    (Joint joint, JointAxis axis) = AxisOf(world, scene, words);
                    if (!axes.ContainsKey(axis)) axes[axis] = inputs.Read(joint, axis);
                    return words.Last() == "position" ? axes[axis].Position : axes[axis].Speed;
                }
                if (!bodies.ContainsKey(words[1])) bodies[words[1]] = inputs.Read(world.Bodies[WorldJoints.BodyOf(scene, words[1])]);
                return Component(bodies[words[1]], words[2], words[3][0]);
            }).ToArray();
        }

        private static Real Component(BodyReading body, string vector, char axis)
        {
            Real[] values = vector == "position" ? body.Position.ToArray() : vector == "velocity" ? body.Velocity.ToArray() : vector == "rotation" ? body.Rotation.ToArray() : body.AngularVelocity.ToArray();
            return values["xyzw".IndexOf(axis)];
        }

        // A free axis on which nothing acts has no coordinate that could be read: a drive without force makes one.
        private static void Expose(World world, Scene scene, string[] words)
        {
            if (words[0] != "joints") return;
            SceneJoint joint = scene.Joints.Find(j => j.Name == words[1]);
            SceneJointNumbers numbers = words[2] == "axes" ? joint.Axes.Find(a => a.Name == words[3]) : (SceneJointNumbers)joint;
            if (joint.Type != "distance" && !numbers.Has(JointNumber.DriveForce)) AxisOf(world, scene, words).Axis.Pushed(0);
        }

        private static (Joint Joint, JointAxis Axis) AxisOf(World world, Scene scene, string[] words)
        {
            int index = scene.Joints.FindIndex(j => j.Name == words[1]);
            return (world.Joints[index], WorldJoints.AxisOf(scene.Joints[index], world.Joints[index], words[2] == "axes" ? SceneJointAxis.Coordinates.ToList().IndexOf(words[3]) : -1));
        }
    }
}
