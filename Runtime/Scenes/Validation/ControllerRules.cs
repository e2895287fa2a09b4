using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>Rules of a feedback controller that its format alone cannot check.</summary>
    internal static class ControllerRules
    {
        // The first thing wrong, as the member it is about and words; null when all is right.
        public static (string Member, string Problem)? Check(Scene scene, SceneController controller)
        {
            if (!SceneController.Types.Contains(controller.Type)) return ("type", $"found the text \"{controller.Type}\", expected one of {string.Join(", ", SceneController.Types)}");
            if (controller.Inputs.Count == 0) return ("inputs", "found no input, expected at least one");
            if (controller.Outputs.Count == 0) return ("outputs", "found no output, expected at least one");
            IReadOnlyList<string> inputs = SceneController.InputsOf(scene);
            for (int k = 0; k < controller.Inputs.Count; k++)
            {
                if (!inputs.Contains(controller.Inputs[k])) return ($"inputs[{k}]", $"there is nothing to read at '{controller.Inputs[k]}'{NearestName.Hint(controller.Inputs[k] ?? "", inputs)} States of dynamic bodies, and coordinates and speeds of joints can be read.");
            }
            return CheckOutputs(scene, controller) ?? (controller.Type == "network" ? CheckNetwork(controller) : CheckLinear(controller));
        }

        private static (string, string)? CheckOutputs(Scene scene, SceneController controller)
        {
            string[] targets = SceneControl.TargetsOf(scene).Select(t => t.Path).ToArray();
            for (int k = 0; k < controller.Outputs.Count; k++)
            {
                string output = controller.Outputs[k];
                if (!targets.Contains(output)) return ($"outputs[{k}]", $"there is nothing to control at '{output}'{NearestName.Hint(output ?? "", targets)}");
                if (controller.Outputs.Take(k).Contains(output)) return ($"outputs[{k}]", $"found '{output}' twice, expected once");
                SceneControl control = scene.Controls.Find(c => c.Target == output);
                if (control != null) return ($"outputs[{k}]", $"found '{output}', which the control '{control.Name}' sets already, expected another");
                SceneController other = scene.Controllers.TakeWhile(c => c != controller).FirstOrDefault(c => c.Outputs.Contains(output));
                if (other != null) return ($"outputs[{k}]", $"found '{output}', which the controller '{other.Name}' sets already, expected another");
            }
            return null;
        }

        private static (string, string)? CheckLinear(SceneController controller)
        {
            if (controller.Gains == null || controller.Gains.Length != controller.Outputs.Count) return ("gains", $"found {controller.Gains?.Length ?? 0} rows, expected {controller.Outputs.Count}, one for each output");
            for (int row = 0; row < controller.Gains.Length; row++)
            {
                if (controller.Gains[row]?.Length != controller.Inputs.Count) return ($"gains[{row}]", $"found {controller.Gains[row]?.Length ?? 0} numbers, expected {controller.Inputs.Count}, one for each input");
                if (!controller.Gains[row].All(IsFinite)) return ($"gains[{row}]", "found a number that is not finite, expected finite ones");
            }
            return CheckList("references", controller.References, controller.Inputs.Count, "input") ?? CheckList("bias", controller.Bias, controller.Outputs.Count, "output");
        }

        private static (string, string)? CheckNetwork(SceneController controller)
        {
            for (int k = 0; k < controller.Hidden.Length; k++)
            {
                if (controller.Hidden[k] < 1) return ($"hidden[{k}]", $"found {controller.Hidden[k]}, expected at least 1");
            }
            return CheckList("weights", controller.Weights, controller.WeightCount, "weight and bias of each layer");
        }

        private static (string, string)? CheckList(string member, double[] values, int count, string what)
        {
            if (values == null) return null;
            if (values.Length != count) return (member, $"found {values.Length} numbers, expected {count}, one for each {what}");
            return values.All(IsFinite) ? ((string, string)?)null : (member, "found a number that is not finite, expected finite ones");
        }

        private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
    }
}
