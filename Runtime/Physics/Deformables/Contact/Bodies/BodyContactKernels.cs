using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Contact of particles with bodies. A contact i changes the relative velocity of a particle of mass m and of the point of a body that it is
    /// at, by an impulse j on the particle and -j on the body:
    /// <code>j = K (c + b),   K = m 1 (sticking)  or  m (n - mu s) n^T (sliding along s),   c = dv + dw x r</code>
    /// with dv, dw the change of the body's velocity and b the change that is wanted of the relative one. As a particle has no other contact in the
    /// same solve, all contacts of a body are solved together and exactly, through the six numbers of the body alone (<see cref="BodySystem"/>).
    /// The same matrix with another right side moves positions: by an impact at time t, (h - t) b; by a lasting contact, what brings the particle to the
    /// surface and takes back the way that friction would not have let it go.
    /// </summary>
    internal sealed class BodyContactKernels
    {
        /// <summary>Numbers of a feature: constant, scale and direction of the body's side; 0 for a face, 1 for a point, 2 for an edge.</summary>
        public const int FeatureSize = 10;

        /// <summary>
        /// Numbers of a choice: whether it sticks; for impacts the time near which the root of the gap is, and the gap's rate there; the part of the body's mass that counts as
        /// that of a particle between it and one that stands, 0 for its own mass.
        /// </summary>
        public const int ChoiceSize = 4;

        /// <summary>Numbers that a look finds at the end: gap, opening speed, pressing and normal; or a probe of an impact: time, rate and opening speed.</summary>
        public const int FoundSize = 6;

        /// <summary>Numbers of a row: normal, sliding direction n - mu s, mass, friction, b for velocities and positions, r; shares of a triangle's corners.</summary>
        public int RowSize => isOfTriangles ? 20 : 17;

        private const int ChordSteps = 2, NewtonSteps = 6;
        private readonly MaterialRules rules;
        private readonly ParticleOptions options;
        private readonly bool isOfTriangles;

        /// <param name="rules">How materials combine.</param>
        /// <param name="options">How particles move.</param>
        /// <param name="isOfTriangles">Whether triangles of particles touch vertices of bodies, in place of particles that touch their surfaces.</param>
        public BodyContactKernels(MaterialRules rules, ParticleOptions options, bool isOfTriangles)
        {
            this.rules = rules;
            this.options = options;
            this.isOfTriangles = isOfTriangles;
            Look = TraceLook();
            Probe = TraceProbe();
            Impact = TraceImpact();
            Rest = TraceRest();
            Impulses = Kernel.Define("impulses of particles", k =>
            {
                (Real3 velocity, Real3 position, _) = Pushes(k);
                Store(k, "impulse", velocity, position);
            });
            Push = Kernel.Define("push particles", k =>
            {
                (Real3 velocity, Real3 position, Row row) = Pushes(k);
                Real[] inverse = isOfTriangles ? TriangleTouchScene.InverseMass(k, options) : null;
                for (int c = 0; c < (isOfTriangles ? 3 : 1); c++)
                {
                    Real over = isOfTriangles ? row.Weights[c] * inverse[c] : 1 / row.Mass;
                    Real3 dx = position * over, dv = velocity * over;
                    k.AccumulateAt("moved state " + c, isOfTriangles ? TriangleTouchScene.Corner(c) : "particle", dx.X, dx.Y, dx.Z, dv.X, dv.Y, dv.Z);
                }

                BodySystem.Take(k, row.Arm, velocity, position);
            });
        }

        /// <summary>Looks at each contact at the end of the substep, to choose from; not differentiated.</summary>
        public Kernel Look { get; }

        /// <summary>Finds the impact at a contact; not differentiated.</summary>
        public Kernel Probe { get; }

        /// <summary>Makes the row of an impact, and adds it to its body's system.</summary>
        public Kernel Impact { get; }

        /// <summary>Makes the row of a lasting contact, and adds it to its body's system.</summary>
        public Kernel Rest { get; }

        /// <summary>The impulses of contacts, from what their bodies answer.</summary>
        public Kernel Impulses { get; }

        /// <summary>Gives impulses to particles, and adds them up for bodies.</summary>
        public Kernel Push { get; }

        /// <summary>Keeps the state at the start of a substep.</summary>
        public Kernel Remember { get; } = Kernel.Define("remember bodies", k => k.Store("start", k.Lane("state", RigidState.Size)));

        /// <summary>Sets times of impacts to zero.</summary>
        public Kernel NoImpacts { get; } = Kernel.Define("no impacts yet", k => k.Store("event time", 0));

        /// <summary>Solves the system of a body, and clears it.</summary>
        public Kernel Answer { get; } = BodySystem.Answer();

        /// <summary>Moves bodies by the impulses that were added up.</summary>
        public Kernel Move { get; } = BodySystem.Move();

        private Kernel TraceLook() => Kernel.Define("look at particles", k =>
        {
            var scene = See(k);
            Touch end = scene.AtEnd;
            Real opening = Real3.Dot(end.Normal, end.Slip), pressed = Real.Min(Real3.Dot(end.Normal, scene.Kick(end)), 0);
            k.Store("found", end.Gap, opening, pressed, end.Normal.X, end.Normal.Y, end.Normal.Z);
        });

        private Kernel TraceProbe() => Kernel.Define("probe particles", k =>
        {
            var scene = See(k);
            Real time = scene.Substep, step = 0;
            for (int n = 0; n < NewtonSteps; n++)
            {
                Touch at = scene.At(time);
                Real rate = Real3.Dot(at.Normal, at.Slip);
                Real next = Real.Clamp(time - Real.Select(rate < 0, at.Gap / rate, 0), -scene.Substep, scene.Substep);
                step = Real.Abs(next - time);
                time = next;
            }

            Touch hit = scene.At(time);
            Real speed = Real3.Dot(hit.Normal, hit.Slip);
            // Where Newton's method has not found a root, the surfaces have overlapped for longer.
            k.Store("found", time, Real.Select(step <= 1e-4 * scene.Substep, Real.Min(speed, 0), 0), speed, 0, 0, 0);
        });

        // As for bodies among one another: v_n' = -e v_n, and no slip, or friction on the cone against the slip at t.
        private Kernel TraceImpact() => Kernel.Define("impacts of particles", k =>
        {
            var scene = See(k);
            Real[] choice = scene.Choice();
            Real time = choice[1], rate = choice[2];
            for (int step = 0; step < ChordSteps; step++) time -= scene.At(time).Gap / rate;
            time = Real.Select(rate < 0, time, -scene.Substep);
            Touch hit = scene.At(time);
            Real3 normal = hit.Normal, slip = hit.Slip;
            Real speed = Real3.Dot(normal, slip);
            Real3 wanted = -slip - normal * (scene.Restitution * speed);
            k.StoreAt("event time", "contact", time);
            Add(k, scene, choice, hit, slip - normal * speed, wanted, wanted * (scene.Substep - time));
        });

        // What is closed at the end and not opening. Along the surface, steady acceleration a, friction, and the kick of the forces act together
        // through the time T that the contact lasts. A slip that friction stops, from s0 at t* = |s0| / f with f the deceleration, has gone on for that
        // long only, and what it holds from the start does not creep.
        private Kernel TraceRest() => Kernel.Define("lasting contacts of particles", k =>
        {
            var scene = See(k);
            Real[] choice = scene.Choice();
            var start = new RigidState(k.Gather("start", "body", RigidState.Size));
            Touch end = scene.AtEnd;
            Real3 arm = end.Arm, normal = end.Normal, relative = end.Slip;
            Real speed = Real3.Dot(normal, relative), h = scene.Substep, lasts = Real.Min(h - k.Gather("event time", "contact"), h);
            Real3 slip = relative - normal * speed;
            Real3 gain = scene.Body.Velocity - start.Velocity + Real3.Cross(scene.Body.AngularVelocity - start.AngularVelocity, arm);
            Real3 pull = Along(Real3.Select(lasts >= h, scene.Kick(end), Real3.Zero)), along = Along(scene.Gravity - gain * (1 / h)) * lasts + pull;
            Real3 first = slip - along, direction = Real3.Normalise(first, out Real s0);
            Real net = scene.Friction * -speed - Real3.Dot(along, direction);
            Real unused = Real.Select(net > s0, 1 - s0 / net, 0); // the slip itself times this, not its size times its direction, which has no slope at rest
            Real3 back = -(slip * (0.5 * lasts) + first * (0.5 * lasts * unused) + pull * (0.5 * lasts));
            Add(k, scene, choice, end, slip, -relative, back - normal * end.Gap);

            Real3 Along(Real3 a) => a - normal * Real3.Dot(normal, a);
        });

        private void Add(KernelBuilder k, ContactScene scene, Real[] choice, Touch touch, Real3 slip, Real3 wantedVelocity, Real3 wantedPosition)
        {
            Real size = slip.Length;
            Bool sticks = choice[0] > 0;
            Real3 arm = touch.Arm, cone = touch.Normal - slip * (scene.Friction * Real.Select(size > 0, 1 / size, 0));
            var row = new Row(touch.Normal, cone, scene.MassFor(choice, touch), scene.Friction, wantedVelocity, wantedPosition, arm, isOfTriangles ? touch.Weights : null);
            k.StoreAt("row", "contact", row.Values);
            BodySystem.Add(k, arm, y => row.Answer(sticks, y), row.Answer(sticks, wantedVelocity), row.Answer(sticks, wantedPosition));
        }

        private (Real3 velocity, Real3 position, Row row) Pushes(KernelBuilder k)
        {
            var row = new Row(k.Gather("row", "contact", RowSize));
            Real[] change = k.Gather("change", "body", BodySystem.ChangeSize);
            Bool sticks = k.Gather("choice", "choice", ChoiceSize)[0] > 0;
            k.Constant("choice");
            return (Of(0, row.Velocity), Of(6, row.Position), row);

            Real3 Of(int at, Real3 wanted) => row.Answer(sticks, new Real3(change, at) + Real3.Cross(new Real3(change, at + 3), row.Arm) + wanted);
        }

        private static void Store(KernelBuilder k, string slot, Real3 a, Real3 b) => k.Store(slot, a.X, a.Y, a.Z, b.X, b.Y, b.Z);

        private ContactScene See(KernelBuilder k) => isOfTriangles ? (ContactScene)new TriangleTouchScene(k, rules, options) : new ParticleTouchScene(k, rules, options);

        private readonly struct Row
        {
            public readonly Real3 Normal, Cone, Velocity, Position, Arm;
            public readonly Real Mass, Friction;
            public readonly Real[] Weights;

            public Row(Real3 normal, Real3 cone, Real mass, Real friction, Real3 velocity, Real3 position, Real3 arm, Real[] weights)
            {
                (Normal, Cone, Mass, Friction) = (normal, cone, mass, friction);
                (Velocity, Position, Arm, Weights) = (velocity, position, arm, weights);
            }

            public Row(Real[] values)
                : this(new Real3(values, 0), new Real3(values, 3), values[6], values[7], new Real3(values, 8), new Real3(values, 11), new Real3(values, 14), values.Length > 17 ? new[] { values[17], values[18], values[19] } : null)
            {
            }

            public Real[] Values
            {
                get
                {
                    var values = new List<Real>
                    {
                        Normal.X, Normal.Y, Normal.Z, Cone.X, Cone.Y, Cone.Z, Mass, Friction,
                        Velocity.X, Velocity.Y, Velocity.Z, Position.X, Position.Y, Position.Z, Arm.X, Arm.Y, Arm.Z,
                    };
                    if (Weights != null) values.AddRange(Weights);
                    return values.ToArray();
                }
            }

            /// <summary>K y.</summary>
            public Real3 Answer(Bool sticks, Real3 y) => Real3.Select(sticks, y, Cone * Real3.Dot(Normal, y)) * Mass;
        }
    }
}
