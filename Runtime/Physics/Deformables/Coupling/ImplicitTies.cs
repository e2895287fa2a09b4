using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Attachments by implicit Euler, at the end of a substep of soft constraints. With the deviation C of a particle from the body's point and its rate C', as they would be without, the impulse on the
    /// particle is that of the spring and damper after it has acted: j = -h k (C + h u) - h d (C' + u), where u = j / m - c is the change of C' and c that of the velocity of the body's point. So
    /// <code>j = K (c + b),   K = a / (1 + a / m),   K b = -(h k C + h d C') / (1 + a / m),   a = h^2 k + h d</code>
    /// and all ties of a body are solved together (<see cref="BodySystem"/>); positions change by h times what velocities do. Stable at any stiffness; a weight at rest hangs at m g / k.
    /// </summary>
    internal sealed class ImplicitTies
    {
        private const int RowSize = 7; // K, K b, arm
        private readonly List<Launch> launches = new List<Launch>();
        private readonly List<IDisposable> owned = new List<IDisposable>();

        /// <param name="host">The bodies.</param>
        /// <param name="particles">The particles.</param>
        /// <param name="pairs">Who is tied to whom.</param>
        /// <param name="options">Precision; whether masses are constants.</param>
        /// <param name="ties">Anchor, stiffness and damping by the name of their slots.</param>
        /// <param name="law">Stiffness and damping of a tie, as its kernel has them.</param>
        public ImplicitTies(
            World host, ParticleBuffers particles, IReadOnlyList<(int particle, Body body)> pairs, ParticleOptions options, Func<string, Buffer> ties,
            Func<KernelBuilder, Real, RigidMass, (Real stiffness, Real damping)> law)
        {
            int bodies = host.Bodies.Count;
            Buffer rows = Own(new Buffer("ties", pairs.Count, RowSize, options.Precision)), system = Own(new Buffer("systems of tied bodies", bodies, BodySystem.Size, options.Precision));
            Buffer change = Own(new Buffer("answers of tied bodies", bodies, BodySystem.ChangeSize, options.Precision)), wrench = Own(new Buffer("wrenches of ties", bodies, BodySystem.ChangeSize, options.Precision));
            Kernel tie = Tie(law), pull = Pull(options), answer = BodySystem.Answer(), move = BodySystem.Move();
            foreach (List<int> layer in Layers(pairs))
            {
                IndexBuffer row = Own(new IndexBuffer("tie", layer.ToArray())), particle = Own(new IndexBuffer("tied particle", layer.ConvertAll(k => pairs[k].particle).ToArray()));
                IndexBuffer body = Own(new IndexBuffer("tied body", layer.ConvertAll(k => pairs[k].body.Index).ToArray()));
                IndexBuffer each = Own(new IndexBuffer("tied bodies", new List<int>(new SortedSet<int>(body.Values.ToArray())).ToArray()));
                launches.Add(Bind(tie, layer.Count));
                launches.Add(Bind(answer, each.Length));
                launches.Add(Bind(pull, layer.Count));
                launches.Add(Bind(move, each.Length));

                Launch Bind(Kernel kernel, int count)
                {
                    var launch = new Launch(kernel, count);
                    for (int s = 0; s < kernel.Slots.Count; s++)
                    {
                        string slot = kernel.Slots[s].Name;
                        if (slot == "substep") launch.Bind(s, particles.Environment, 3);
                        else if (Find(slot) is Buffer buffer) launch.Bind(s, buffer);
                        else if (!host.Buffers.TryBind(launch, s)) throw new InvalidOperationException($"{kernel} has a slot '{slot}' that no buffer is for.");
                    }

                    foreach (string index in kernel.Indices) launch.BindIndex(index, index == "row" ? row : index == "particle" ? particle : kernel == answer || kernel == move ? each : body);
                    return launch;
                }
            }

            Buffer Find(string slot)
            {
                switch (slot)
                {
                    case "particle state": return particles.State;
                    case "particle mass": return particles.Mass;
                    case "particle mobility": return particles.Mobility;
                    case "row": return rows;
                    case "system": return system;
                    case "change": return change;
                    case "wrench": return wrench;
                    default: return ties(slot);
                }
            }
        }

        public void Run(FrameTape tape)
        {
            for (int k = 0; k < launches.Count; k++) tape.Run(launches[k]);
        }

        public void Dispose()
        {
            foreach (IDisposable each in owned) each.Dispose();
        }

        // In a layer each particle is tied once.
        private static List<List<int>> Layers(IReadOnlyList<(int particle, Body body)> pairs)
        {
            var layers = new List<List<int>>();
            var met = new Dictionary<int, int>();
            for (int k = 0; k < pairs.Count; k++)
            {
                met.TryGetValue(pairs[k].particle, out int layer);
                met[pairs[k].particle] = layer + 1;
                if (layer == layers.Count) layers.Add(new List<int>());
                layers[layer].Add(k);
            }

            return layers;
        }

        private static Kernel Tie(Func<KernelBuilder, Real, RigidMass, (Real stiffness, Real damping)> law) => Kernel.Define("ties", k =>
        {
            Real[] state = k.Gather("particle state", "particle", ParticleBuffers.StateSize);
            var body = new RigidState(k.Gather("state", "body", RigidState.Size));
            var mass = new RigidMass(k.Gather("mass", "body", RigidMass.Size), k.Gather("mobility", "body"));
            Real inverse = InverseMass(k), h = k.Shared("substep");
            (Real stiffness, Real damping) = law(k, inverse, mass);
            Real3 point = body.Point(k.Gather3("anchor", "row")), arm = point - body.Position;
            Real3 force = (new Real3(state, 0) - point) * stiffness + (new Real3(state, 3) - body.VelocityAt(point)) * damping;
            Real a = h * (h * stiffness + damping), soft = 1 / (1 + a * inverse), answer = a * soft;
            Real3 wanted = force * -(h * soft);
            k.StoreAt("row", "row", answer, wanted.X, wanted.Y, wanted.Z, arm.X, arm.Y, arm.Z);
            BodySystem.Add(k, arm, y => y * answer, wanted, wanted * h);
            k.Constant("mobility");
        });

        private static Kernel Pull(ParticleOptions options) => Kernel.Define("pull of ties", k =>
        {
            Real[] row = k.Gather("row", "row", RowSize), change = k.Gather("change", "body", BodySystem.ChangeSize);
            Real inverse = InverseMass(k), h = k.Shared("substep");
            Real3 arm = new Real3(row, 4), wanted = new Real3(row, 1), velocity = At(0) * row[0] + wanted, position = At(6) * row[0] + wanted * h;
            Real3 dx = position * inverse, dv = velocity * inverse;
            k.AccumulateAt("particle state", "particle", dx.X, dx.Y, dx.Z, dv.X, dv.Y, dv.Z);
            BodySystem.Take(k, arm, velocity, position);
            if (options.ConstantInertia) k.Constant("particle mass", "substep");

            Real3 At(int first) => new Real3(change, first) + Real3.Cross(new Real3(change, first + 3), arm);
        });

        private static Real InverseMass(KernelBuilder k)
        {
            Real inverse = Real.Select(k.Gather("particle mobility", "particle") > 0, 1 / k.Gather("particle mass", "particle"), 0);
            k.Constant("particle mobility");
            return inverse;
        }

        private T Own<T>(T each)
            where T : IDisposable
        {
            owned.Add(each);
            return each;
        }
    }
}
