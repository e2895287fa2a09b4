using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>A force on all dynamic bodies, compiled, with its parameters, one element a world.</summary>
    internal sealed class ForceField
    {
        private readonly Func<BodyInputs, BodyForce> formula;
        private readonly string name;
        private readonly bool[] acts;

        public ForceField(string name, double[] parameters, Func<BodyInputs, BodyForce> formula, bool[] acts, int worlds, Precision precision)
        {
            this.name = name;
            this.formula = formula;
            this.acts = acts;
            Parameters = new Buffer(name + " parameters", worlds, Math.Max(parameters.Length, 1), precision);
            Count = parameters.Length;
            for (int k = 0; k < parameters.Length; k++)
                for (int w = 0; w < worlds; w++) Parameters[w, k] = parameters[k];
        }

        public Buffer Parameters { get; }

        private int Count { get; }

        /// <summary>The launch that adds the force to what acts on the bodies.</summary>
        public Launch Launch(BodyBuffers bodies)
        {
            Kernel kernel = Kernel.Define(name, k =>
            {
                var state = new RigidState(k.Gather("state", "body", RigidState.Size));
                Real[] mass = k.Gather("mass", "body", RigidMass.Size), given = Count > 0 ? k.Gather("parameters", "world", Count) : Array.Empty<Real>();
                BodyForce f = formula(new BodyInputs(state, mass[0], given));
                k.AccumulateAt("applied", "body", f.Force.X, f.Force.Y, f.Force.Z, f.Torque.X, f.Torque.Y, f.Torque.Z);
            });
            int[] lanes = Array.FindAll(Range(bodies.State.Elements), element => acts[element / bodies.Worlds]);
            var launch = new Launch(kernel, lanes.Length);
            for (int s = 0; s < kernel.Slots.Count; s++)
                if (!bodies.TryBind(launch, s)) launch.Bind(s, Parameters);
            foreach (string index in kernel.Indices)
                launch.BindIndex(index, new IndexBuffer(index, index == "world" ? Array.ConvertAll(lanes, body => body % bodies.Worlds) : lanes));
            return launch;
        }

        private static int[] Range(int count)
        {
            var range = new int[count];
            for (int k = 0; k < count; k++) range[k] = k;
            return range;
        }
    }
}
