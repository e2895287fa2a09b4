using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A feedback controller written on <see cref="Real"/>: state in, activation out, the same formula with the same parameters at each
    /// substep. Its parameters (gains, weights of a network) have gradients, and so does all that its outputs move.
    /// </summary>
    public sealed class Controller
    {
        private readonly World world;
        private readonly ControlTarget[] outputs;
        private readonly double[] start;
        private readonly Func<ControllerInputs, Real[]> formula;
        private readonly List<Launch> set = new List<Launch>();
        private Buffer activations;
        private Launch launch;
        private bool readsJoints;

        internal Controller(World world, string name, double[] start, ControlTarget[] outputs, Func<ControllerInputs, Real[]> formula)
        {
            this.world = world;
            this.outputs = outputs;
            this.start = start;
            this.formula = formula;
            Name = name;
        }

        /// <summary>What error messages call it.</summary>
        public string Name { get; }

        /// <summary>The parameters, in the components of one element a world.</summary>
        public Buffer Parameters { get; private set; }

        internal void Build(Precision precision)
        {
            int worlds = world.Worlds;
            Parameters = new Buffer(Name + " parameters", worlds, Math.Max(start.Length, 1), precision);
            for (int w = 0; w < worlds; w++)
                for (int k = 0; k < start.Length; k++) Parameters[w, k] = start[k];
            activations = new Buffer(Name + " activations", worlds, outputs.Length, precision);

            ControllerInputs inputs = null;
            Kernel kernel = Kernel.Define(Name, k =>
            {
                inputs = new ControllerInputs(k, start.Length);
                Real[] values = formula(inputs);
                if (values.Length != outputs.Length)
                    throw new ArgumentException($"Controller '{Name}' has {outputs.Length} outputs, but its formula gives {values.Length} numbers.");
                k.Store("activations", values);
            });
            readsJoints = inputs.Joints.Count > 0;
            launch = new Launch(kernel, worlds) { Prefix = true }.Bind("activations", activations);
            if (inputs.ReadsParameters) launch.Bind("parameters", Parameters);
            foreach ((string slot, Body body) in inputs.Bodies) launch.Bind(slot, world.State).BindIndex(slot, Element(slot, body.Index));
            foreach ((string slot, Joint joint, JointAxis axis) in inputs.Joints)
            {
                if (axis.Row < 0) throw new ArgumentException($"Controller '{Name}' reads the {axis.Name} of joint '{joint.Name}', on which nothing acts: give it a drive, spring or limit.");
                launch.Bind(slot, world.JointMeasures, 2 * axis.Row).BindIndex(slot, Element(slot, joint.Index));
            }

            foreach ((string slot, ControlTarget at) in inputs.Numbers)
                launch.Bind(slot, at.Buffer(world), at.Component()).BindIndex(slot, Element(slot, at.Thing));

            Kernel copy = Kernel.Define("set output", k => k.StoreAt("target", "element", k.Lane("activation")));
            for (int k = 0; k < outputs.Length; k++)
                set.Add(new Launch(copy, worlds) { Prefix = true }.Bind("activation", activations, k).Bind("target", outputs[k].Buffer(world), outputs[k].Component())
                    .BindIndex("element", Element("element", outputs[k].Thing)));
        }

        internal void Run(FrameTape tape)
        {
            if (readsJoints) world.MeasureJoints();
            tape.Run(launch);
            foreach (Launch output in set) tape.Run(output);
        }

        internal void Dispose()
        {
            Parameters.Dispose();
            activations.Dispose();
        }

        private IndexBuffer Element(string name, int thing)
        {
            var index = new IndexBuffer(name, world.Worlds);
            for (int w = 0; w < world.Worlds; w++) index.Indices[w] = world.Element(thing, w);
            return index;
        }
    }

    /// <summary>What a controller's formula may read: states of bodies, coordinates of joints, numbers in buffers, and its parameters.</summary>
    public sealed class ControllerInputs
    {
        private readonly KernelBuilder kernel;
        private readonly int parameterCount;
        private Real[] parameters;

        internal ControllerInputs(KernelBuilder kernel, int parameterCount)
        {
            this.kernel = kernel;
            this.parameterCount = parameterCount;
        }

        internal List<(string slot, Body body)> Bodies { get; } = new List<(string, Body)>();

        internal List<(string slot, Joint joint, JointAxis axis)> Joints { get; } = new List<(string, Joint, JointAxis)>();

        internal List<(string slot, ControlTarget at)> Numbers { get; } = new List<(string, ControlTarget)>();

        internal bool ReadsParameters => parameters != null;

        /// <summary>Number of parameters.</summary>
        public int ParameterCount => parameterCount;

        /// <summary>A parameter.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The controller has fewer.</exception>
        public Real Parameter(int index)
        {
            if ((uint)index >= (uint)parameterCount) throw new ArgumentOutOfRangeException(nameof(index), index, $"The controller has {parameterCount} parameters.");
            parameters ??= kernel.Lane("parameters", parameterCount);
            return parameters[index];
        }

        /// <summary>State of a body: position and velocity of the centre of mass, rotation of the principal axes, angular velocity.</summary>
        public BodyReading Read(Body body)
        {
            int at = Bodies.FindIndex(b => b.body == body);
            if (at < 0)
            {
                at = Bodies.Count;
                Bodies.Add(($"body {at}", body));
            }

            return new BodyReading(kernel.Gather(Bodies[at].slot, Bodies[at].slot, RigidState.Size));
        }

        /// <summary>Coordinate and speed of a joint's axis.</summary>
        public (Real position, Real speed) Read(Joint joint, JointAxis axis)
        {
            string slot = $"joint {Joints.Count}";
            Joints.Add((slot, joint, axis));
            Real[] values = kernel.Gather(slot, slot, 2);
            return (values[0], values[1]);
        }

        /// <summary>A number of a buffer.</summary>
        public Real Read(ControlTarget number)
        {
            string slot = $"number {Numbers.Count}";
            Numbers.Add((slot, number));
            return kernel.Gather(slot, slot);
        }

        /// <summary>
        /// A layer of a network: tanh(W x + b), or W x + b. Weights by rows, each row followed by its bias, are the parameters from an offset
        /// on; the offset is moved behind them.
        /// </summary>
        /// <param name="inputs">x.</param>
        /// <param name="outputs">Number of rows of W.</param>
        /// <param name="offset">First parameter.</param>
        /// <param name="squash">Whether to take tanh.</param>
        public Real[] Layer(Real[] inputs, int outputs, ref int offset, bool squash = true)
        {
            var result = new Real[outputs];
            for (int row = 0; row < outputs; row++)
            {
                Real sum = 0;
                for (int k = 0; k < inputs.Length; k++) sum += Parameter(offset++) * inputs[k];
                sum += Parameter(offset++);
                result[row] = squash ? Real.Tanh(sum) : sum;
            }

            return result;
        }
    }

    /// <summary>State of a body as a controller reads it.</summary>
    public readonly struct BodyReading
    {
        internal BodyReading(Real[] values)
        {
            var state = new RigidState(values);
            Position = state.Position;
            Rotation = state.Rotation;
            Velocity = state.Velocity;
            AngularVelocity = state.AngularVelocity;
        }

        /// <summary>Centre of mass in the world, in metres.</summary>
        public Real3 Position { get; }

        /// <summary>Rotation of the principal axes to the world.</summary>
        public RealQuaternion Rotation { get; }

        /// <summary>Velocity of the centre of mass, in metres per second.</summary>
        public Real3 Velocity { get; }

        /// <summary>Angular velocity in the world frame, in radians per second.</summary>
        public Real3 AngularVelocity { get; }
    }
}
