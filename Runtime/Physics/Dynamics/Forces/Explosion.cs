using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A blow at one time: every dynamic body is pushed away from a place with an impulse J / (1 + d^2 / r^2) at the distance d of its
    /// centre of mass, whatever stands between. It does not turn bodies.
    /// </summary>
    public sealed class Explosion
    {
        private readonly double[] start;
        private Launch launch;

        internal Explosion(string name, double time, double[] start)
        {
            Name = name;
            Time = time;
            this.start = start;
        }

        /// <summary>What error messages call it.</summary>
        public string Name { get; }

        /// <summary>When it happens, in seconds. It has no gradient.</summary>
        public double Time { get; }

        /// <summary>Place 0..2 (metres), impulse J 3 (N s) and radius r 4 (metres), one element a world, once the world is built.</summary>
        public Buffer Parameters { get; private set; }

        internal void Build(BodyBuffers bodies, bool[] isDynamic, Precision precision)
        {
            Parameters = new Buffer(Name + " parameters", bodies.Worlds, start.Length, precision);
            for (int w = 0; w < bodies.Worlds; w++)
                for (int k = 0; k < start.Length; k++) Parameters[w, k] = start[k];

            var body = new List<int>();
            for (int e = 0; e < bodies.State.Elements; e++)
                if (isDynamic[e / bodies.Worlds]) body.Add(e);
            Kernel kernel = Kernel.Define(Name, k =>
            {
                Real[] values = k.Gather("state", "body", RigidState.Size);
                var state = new RigidState(values);
                Real3 velocity = state.Velocity + Push(state.Position, k.Gather("parameters", "world", start.Length)) / k.Gather("mass", "body");
                k.StoreAt("state", "body", new RigidState(state.Position, state.Rotation, velocity, state.AngularVelocity).Values);
            });
            launch = new Launch(kernel, body.Count) { Prefix = true }.Bind("state", bodies.State).Bind("mass", bodies.Mass).Bind("parameters", Parameters)
                .BindIndex("body", new IndexBuffer("body", body.ToArray())).BindIndex("world", new IndexBuffer("world", body.ConvertAll(e => e % bodies.Worlds).ToArray()));
        }

        internal void Run(FrameTape tape) => tape.Run(launch);

        internal void Dispose() => Parameters?.Dispose();

        /// <summary>Away from a place, J / (1 + d^2 / r^2); nothing at the place itself.</summary>
        internal static Real3 Push(Real3 position, Real[] parameters)
        {
            Real3 away = position - new Real3(parameters, 0);
            return Real3.Normalise(away) * (parameters[3] / (1 + away.LengthSquared / (parameters[4] * parameters[4])));
        }
    }
}
