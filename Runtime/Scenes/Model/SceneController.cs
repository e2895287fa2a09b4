using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// A feedback controller: in each substep it reads numbers of the motion and sets others. <c>linear</c>: output = bias + gains (references - inputs),
    /// which holds proportional-derivative control and linear-quadratic regulators. <c>network</c>: layers tanh(W x + b) of the inputs, the last one
    /// without tanh.
    /// </summary>
    public sealed class SceneController
    {
        private const string Axes = "xyz";

        /// <summary>Types of controllers.</summary>
        public static IReadOnlyList<string> Types { get; } = new[] { "linear", "network" };

        /// <summary>Name that paths refer to.</summary>
        public string Name { get; set; }

        /// <summary>One of <see cref="Types"/>.</summary>
        public string Type { get; set; } = "linear";

        /// <summary>What it reads: <c>bodies.NAME.position.x</c> (of the centre of mass), <c>.rotation.w</c>, <c>.velocity.y</c>, <c>.angularVelocity.z</c>; <c>joints.NAME.position</c> and <c>.speed</c>.</summary>
        public List<string> Inputs { get; set; } = new List<string>();

        /// <summary>What it sets: what a control can set too, such as <c>forces.NAME.thrust</c>.</summary>
        public List<string> Outputs { get; set; } = new List<string>();

        /// <summary>Of a linear controller: a row for each output, with a number for each input.</summary>
        public double[][] Gains { get; set; }

        /// <summary>Of a linear controller: what the inputs shall be; null for zeros.</summary>
        public double[] References { get; set; }

        /// <summary>Of a linear controller: outputs where the inputs are what they shall be; null for zeros.</summary>
        public double[] Bias { get; set; }

        /// <summary>Of a network: sizes of the layers between inputs and outputs.</summary>
        public int[] Hidden { get; set; } = new int[0];

        /// <summary>
        /// Of a network: layer by layer the rows of W, each row followed by its bias. Null for uniform random numbers in +-1 / sqrt(inputs of the layer), from the
        /// seed, with biases 0.
        /// </summary>
        public double[] Weights { get; set; }

        /// <summary>Seed of weights that are not given.</summary>
        public int Seed { get; set; } = 1;

        /// <summary>Weights that a network of these sizes has.</summary>
        public int WeightCount
        {
            get
            {
                int count = 0, from = Inputs.Count;
                foreach (int size in Layers)
                {
                    count += (from + 1) * size;
                    from = size;
                }
                return count;
            }
        }

        // Sizes of the layers behind the inputs.
        internal IEnumerable<int> Layers => Hidden.Append(Outputs.Count);

        // Those given, or the random ones in their place.
        internal double[] EffectiveWeights()
        {
            if (Weights != null) return Weights;
            var random = new RandomSource((ulong)Seed);
            var weights = new List<double>();
            int from = Inputs.Count;
            foreach (int size in Layers)
            {
                for (int row = 0; row < size; row++)
                {
                    for (int k = 0; k < from; k++) weights.Add((2 * random.NextUniform() - 1) / Math.Sqrt(from));
                    weights.Add(0);
                }
                from = size;
            }
            return weights.ToArray();
        }

        // All its parameters in the order in which a world keeps them: gains row by row, references, bias; or weights.
        internal IReadOnlyList<ControllerNumber> Numbers()
        {
            var numbers = new List<ControllerNumber>();
            if (Type == "network")
            {
                double[] start = EffectiveWeights();
                for (int k = 0; k < start.Length; k++) Add($"weights.{k}", () => Weights ?? start, () => Weights = Weights ?? start, k);
                return numbers;
            }
            for (int row = 0; row < Outputs.Count; row++)
            {
                int output = row;
                for (int k = 0; k < Inputs.Count; k++) Add($"gains.{row}.{k}", () => Gains[output], () => Gains[output], k);
            }
            for (int k = 0; k < Inputs.Count; k++) Add($"references.{k}", () => References, () => References = References ?? new double[Inputs.Count], k);
            for (int k = 0; k < Outputs.Count; k++) Add($"bias.{k}", () => Bias, () => Bias = Bias ?? new double[Outputs.Count], k);
            return numbers;

            void Add(string path, Func<double[]> get, Func<double[]> own, int place) => numbers.Add(new ControllerNumber(path, () => get()?[place] ?? 0, v => own()[place] = v));
        }

        // What controllers of a scene can read.
        internal static IReadOnlyList<string> InputsOf(Scene scene)
        {
            var inputs = new List<string>();
            foreach (SceneBody body in scene.Bodies.Where(b => b.IsDynamic))
            {
                foreach (string vector in new[] { "position", "velocity", "angularVelocity" }) inputs.AddRange(Axes.Select(axis => $"bodies.{body.Name}.{vector}.{axis}"));
                inputs.AddRange("xyzw".Select(axis => $"bodies.{body.Name}.rotation.{axis}"));
            }
            foreach (SceneJoint joint in scene.Joints)
            {
                IEnumerable<string> names = joint.Type == "sixDegree" ? joint.Axes.Select(a => $"{joint.Name}.axes.{a.Name}")
                    : joint.Type == "hinge" || joint.Type == "slider" || joint.Type == "distance" || joint.Type == "wheel" ? new[] { joint.Name } : new string[0];
                foreach (string name in names) inputs.AddRange(new[] { $"joints.{name}.position", $"joints.{name}.speed" });
            }
            return inputs;
        }
    }

    /// <summary>One parameter of a controller: how paths name it behind the controller's name, and where the document keeps it.</summary>
    internal readonly struct ControllerNumber
    {
        public ControllerNumber(string path, Func<double> get, Action<double> set)
        {
            Path = path;
            Get = get;
            Set = set;
        }

        public string Path { get; }
        public Func<double> Get { get; }
        public Action<double> Set { get; }
    }
}
