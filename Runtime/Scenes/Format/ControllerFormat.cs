using System.Collections.Generic;

namespace DiffPhysics.Scenes
{
    /// <summary>The types of feedback controllers in a scene document.</summary>
    internal static class ControllerFormat
    {
        public static VariantFormat<SceneController> Describe()
        {
            var controllers = new VariantFormat<SceneController>(c => c.Type, (c, v) => c.Type = v);
            Variant(controllers, "linear", "Output = bias + gains (references - inputs), as of proportional-derivative control and linear-quadratic regulators.")
                .Add("gains", new TableFormat(1, int.MaxValue, "a list of rows, one for each output"), c => c.Gains, (c, v) => c.Gains = v, "A row for each output, with a number for each input.", true)
                .Add("references", new VectorFormat(1, int.MaxValue), c => c.References, (c, v) => c.References = v, "What the inputs shall be; 0 by default.")
                .Add("bias", new VectorFormat(1, int.MaxValue), c => c.Bias, (c, v) => c.Bias = v, "Outputs where the inputs are what they shall be; 0 by default.");
            Variant(controllers, "network", "Layers tanh(W x + b) of the inputs, the last one without tanh.")
                .Add("hidden", new IndexFormat("a list of sizes of layers", least: 1), c => c.Hidden, (c, v) => c.Hidden = v, "Sizes of the layers between inputs and outputs.")
                .Add("weights", new VectorFormat(1, int.MaxValue), c => c.Weights, (c, v) => c.Weights = v, "Layer by layer the rows of W, each row followed by its bias; random by default.")
                .Number("seed", NumberRule.Whole(0), c => c.Seed, (c, v) => c.Seed = (int)v, "Seed of weights that are not given.");
            return controllers;
        }

        private static ObjectFormat<SceneController> Variant(VariantFormat<SceneController> controllers, string type, string description)
        {
            var names = new ListFormat<string>(new TextFormat(), "a list of at least one path", 1);
            return controllers.Variant(type, description)
                .Add("inputs", names, c => c.Inputs, (c, v) => c.Inputs = v, "What it reads: bodies.NAME.position.x (of the centre of mass), .rotation.w, .velocity.y, .angularVelocity.z, joints.NAME.position, .speed, joints.NAME.axes.twist.position.", true)
                .Add("outputs", names, c => c.Outputs, (c, v) => c.Outputs = v, "What it sets: whatever a control can set.", true);
        }
    }
}
