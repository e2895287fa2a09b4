using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Contact of particles with bodies. A contact i changes the relative velocity of a particle of mass m and of the point of a body that it is
    /// at, by an impulse j on the particle and -j on the body:
    /// <code>j = K (c + b),   K = m 1 (sticking)  or  m (n - mu s) n^T (sliding along s),   c = dv + dw x r</code>
    /// with dv, dw the change of the body's velocity and b the change that is wanted of the relative one. As a particle has no other contact in the
    /// same solve, all contacts of a body are solved together and exactly, through the six numbers of the body alone:
    /// <code>(M + sum J^T K J) (dv, dw) = -sum J^T K b,   J = (1, -[r]x)</code>
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

        /// <summary>Numbers of a row: normal, sliding direction n - mu s, mass, friction, b for velocities and positions, r.</summary>
        public const int RowSize = 17;

        /// <summary>Numbers of a body's system: the sum by rows, and two right sides.</summary>
        public const int SystemSize = 48;

        /// <summary>Numbers of a change of velocity and angular velocity, then of position and turn; or of the impulses that make them.</summary>
        public const int ChangeSize = 12;

        private const int ChordSteps = 2, NewtonSteps = 6;
        private readonly MaterialRules rules;
        private readonly bool isBallistic, isConstant;

        public BodyContactKernels(MaterialRules rules, ParticleOptions options)
        {
            this.rules = rules;
            isBallistic = options.Integrator == ParticleIntegrator.Ballistic;
            isConstant = options.ConstantInertia;
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
                Real over = 1 / row.Mass;
                Real3 dx = position * over, dv = velocity * over, turn = Real3.Cross(row.Arm, velocity), shift = Real3.Cross(row.Arm, position);
                k.AccumulateAt("state", "particle", dx.X, dx.Y, dx.Z, dv.X, dv.Y, dv.Z);
                k.AccumulateAt(
                    "wrench", "body", -velocity.X, -velocity.Y, -velocity.Z, -turn.X, -turn.Y, -turn.Z, -position.X, -position.Y, -position.Z, -shift.X, -shift.Y, -shift.Z);
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
        public Kernel Answer { get; } = Kernel.Define("answer of bodies", k =>
        {
            var state = new RigidState(k.Gather("state", "body", RigidState.Size));
            var mass = new RigidMass(k.Gather("mass", "body", RigidMass.Size), k.Gather("mobility", "body"));
            Real[] system = k.Gather("system", "body", SystemSize);
            k.Constant("mobility");
            // (1 + M^-1 sum) x = M^-1 right side, which also holds for bodies that nothing moves.
            var matrix = new Real[6, 6];
            for (int j = 0; j < 6; j++)
            {
                Real[] column = Over(new Real3(system[j], system[6 + j], system[12 + j]), new Real3(system[18 + j], system[24 + j], system[30 + j]));
                for (int i = 0; i < 6; i++) matrix[i, j] = column[i] + (i == j ? 1 : 0);
            }

            var change = new Real[ChangeSize];
            for (int side = 0; side < 2; side++)
            {
                Real[] right = Over(new Real3(system, 36 + 6 * side), new Real3(system, 39 + 6 * side));
                SmallSystem.Solve((Real[,])matrix.Clone(), right);
                right.CopyTo(change, 6 * side);
            }

            k.StoreAt("change", "body", change);
            k.StoreAt("system", "body", Zeros(SystemSize));

            Real[] Over(Real3 linear, Real3 angular)
            {
                Real3 v = linear * mass.Inverse, w = mass.InverseInertia(state.Rotation, angular);
                return new[] { v.X, v.Y, v.Z, w.X, w.Y, w.Z };
            }
        });

        /// <summary>Moves bodies by the impulses that were added up: momentum and angular momentum change by just these.</summary>
        public Kernel Move { get; } = Kernel.Define("move bodies", k =>
        {
            var state = new RigidState(k.Gather("state", "body", RigidState.Size));
            var mass = new RigidMass(k.Gather("mass", "body", RigidMass.Size), k.Gather("mobility", "body"));
            Real[] wrench = k.Gather("wrench", "body", ChangeSize);
            k.Constant("mobility");
            Real3 momentum = mass.AngularMomentum(state.Rotation, state.AngularVelocity) + new Real3(wrench, 3);
            Real3 turn = mass.InverseInertia(state.Rotation, new Real3(wrench, 9));
            RealQuaternion rotation = RealQuaternion.Normalise(RealQuaternion.FromVector(turn) * state.Rotation);
            k.StoreAt("state", "body", new RigidState(
                state.Position + new Real3(wrench, 6) * mass.Inverse, rotation, state.Velocity + new Real3(wrench, 0) * mass.Inverse,
                mass.AngularVelocity(rotation, momentum, state.AngularVelocity)).Values);
            k.StoreAt("wrench", "body", Zeros(ChangeSize));
        });

        private Kernel TraceLook() => Kernel.Define("look at particles", k =>
        {
            var scene = new Scene(k, this);
            (Real gap, Real3 normal) = scene.Surface(scene.Path.Position, scene.Body);
            Real opening = Real3.Dot(normal, scene.Path.Velocity - scene.Body.VelocityAt(scene.Path.Position)), pressed = Real.Min(Real3.Dot(normal, scene.Kick), 0);
            k.Store("found", gap, opening, pressed, normal.X, normal.Y, normal.Z);
        });

        private Kernel TraceProbe() => Kernel.Define("probe particles", k =>
        {
            var scene = new Scene(k, this);
            Real time = scene.Substep, step = 0;
            for (int n = 0; n < NewtonSteps; n++)
            {
                (Real at, Real3 facing, Real3 slip, _) = scene.At(time);
                Real rate = Real3.Dot(facing, slip);
                Real next = Real.Clamp(time - Real.Select(rate < 0, at / rate, 0), -scene.Substep, scene.Substep);
                step = Real.Abs(next - time);
                time = next;
            }

            (_, Real3 hit, Real3 meets, _) = scene.At(time);
            Real speed = Real3.Dot(hit, meets);
            // Where Newton's method has not found a root, the surfaces have overlapped for longer.
            k.Store("found", time, Real.Select(step <= 1e-4 * scene.Substep, Real.Min(speed, 0), 0), speed, 0, 0, 0);
        });

        // As for bodies among one another: v_n' = -e v_n, and no slip, or friction on the cone against the slip at t.
        private Kernel TraceImpact() => Kernel.Define("impacts of particles", k =>
        {
            var scene = new Scene(k, this);
            Real[] choice = scene.Choice();
            Real time = choice[1], rate = choice[2];
            for (int step = 0; step < ChordSteps; step++) time -= scene.At(time).gap / rate;
            time = Real.Select(rate < 0, time, -scene.Substep);
            (_, Real3 normal, Real3 slip, Real3 arm) = scene.At(time);
            Real speed = Real3.Dot(normal, slip);
            Real3 wanted = -slip - normal * (scene.Restitution * speed);
            k.StoreAt("event time", "contact", time);
            Add(k, scene, choice, normal, slip - normal * speed, wanted, wanted * (scene.Substep - time), arm);
        });

        // What is closed at the end and not opening. Along the surface, steady acceleration a, friction, and the kick of the forces act together
        // through the time T that the contact lasts. A slip that friction stops, from s0 at t* = |s0| / f with f the deceleration, has gone on for that
        // long only, and what it holds from the start does not creep.
        private Kernel TraceRest() => Kernel.Define("lasting contacts of particles", k =>
        {
            var scene = new Scene(k, this);
            Real[] choice = scene.Choice();
            var start = new RigidState(k.Gather("start", "body", RigidState.Size));
            Real3 arm = scene.Path.Position - scene.Body.Position;
            (Real gap, Real3 normal) = scene.Surface(scene.Path.Position, scene.Body);
            Real3 relative = scene.Path.Velocity - scene.Body.VelocityAt(scene.Path.Position);
            Real speed = Real3.Dot(normal, relative), h = scene.Substep, lasts = Real.Min(h - k.Gather("event time", "contact"), h);
            Real3 slip = relative - normal * speed;
            Real3 gain = scene.Body.Velocity - start.Velocity + Real3.Cross(scene.Body.AngularVelocity - start.AngularVelocity, arm);
            Real3 pull = Along(Real3.Select(lasts >= h, scene.Kick, Real3.Zero)), along = Along(scene.Path.Acceleration - gain * (1 / h)) * lasts + pull;
            Real3 first = slip - along, direction = Real3.Normalise(first, out Real s0);
            Real net = scene.Friction * -speed - Real3.Dot(along, direction);
            Real unused = Real.Select(net > s0, 1 - s0 / net, 0); // the slip itself times this, not its size times its direction, which has no slope at rest
            Real3 back = -(slip * (0.5 * lasts) + first * (0.5 * lasts * unused) + pull * (0.5 * lasts));
            Add(k, scene, choice, normal, slip, -relative, back - normal * gap, arm);

            Real3 Along(Real3 a) => a - normal * Real3.Dot(normal, a);
        });

        private static void Add(KernelBuilder k, Scene scene, Real[] choice, Real3 normal, Real3 slip, Real3 wantedVelocity, Real3 wantedPosition, Real3 arm)
        {
            Real size = slip.Length;
            Bool sticks = choice[0] > 0;
            Real3 cone = normal - slip * (scene.Friction * Real.Select(size > 0, 1 / size, 0));
            var row = new Row(normal, cone, scene.MassFor(choice), scene.Friction, wantedVelocity, wantedPosition, arm);
            k.StoreAt("row", "contact", row.Values);
            var system = new Real[SystemSize];
            Real3[] axes = { Real3.UnitX, Real3.UnitY, Real3.UnitZ };
            for (int j = 0; j < 6; j++) Column(j, 6, row.Answer(sticks, j < 3 ? axes[j] : Real3.Cross(axes[j - 3], arm)));
            Column(36, 1, -row.Answer(sticks, wantedVelocity));
            Column(42, 1, -row.Answer(sticks, wantedPosition));
            k.AccumulateAt("system", "body", system);

            void Column(int at, int stride, Real3 force)
            {
                Real3 moment = Real3.Cross(arm, force);
                Real[] numbers = { force.X, force.Y, force.Z, moment.X, moment.Y, moment.Z };
                for (int i = 0; i < 6; i++) system[at + stride * i] = numbers[i];
            }
        }

        private static (Real3 velocity, Real3 position, Row row) Pushes(KernelBuilder k)
        {
            var row = new Row(k.Gather("row", "contact", RowSize));
            Real[] change = k.Gather("change", "body", ChangeSize);
            Bool sticks = k.Gather("choice", "choice", ChoiceSize)[0] > 0;
            k.Constant("choice");
            return (Of(0, row.Velocity), Of(6, row.Position), row);

            Real3 Of(int at, Real3 wanted) => row.Answer(sticks, new Real3(change, at) + Real3.Cross(new Real3(change, at + 3), row.Arm) + wanted);
        }

        private static void Store(KernelBuilder k, string slot, Real3 a, Real3 b) => k.Store(slot, a.X, a.Y, a.Z, b.X, b.Y, b.Z);

        private static Real[] Zeros(int count)
        {
            var zeros = new Real[count];
            for (int c = 0; c < count; c++) zeros[c] = 0;
            return zeros;
        }

        private readonly struct Row
        {
            public readonly Real3 Normal, Cone, Velocity, Position, Arm;
            public readonly Real Mass, Friction;

            public Row(Real3 normal, Real3 cone, Real mass, Real friction, Real3 velocity, Real3 position, Real3 arm)
            {
                (Normal, Cone, Mass, Friction) = (normal, cone, mass, friction);
                (Velocity, Position, Arm) = (velocity, position, arm);
            }

            public Row(Real[] values)
                : this(new Real3(values, 0), new Real3(values, 3), values[6], values[7], new Real3(values, 8), new Real3(values, 11), new Real3(values, 14))
            {
            }

            public Real[] Values => new[]
            {
                Normal.X, Normal.Y, Normal.Z, Cone.X, Cone.Y, Cone.Z, Mass, Friction,
                Velocity.X, Velocity.Y, Velocity.Z, Position.X, Position.Y, Position.Z, Arm.X, Arm.Y, Arm.Z,
            };

            /// <summary>K y.</summary>
            public Real3 Answer(Bool sticks, Real3 y) => Real3.Select(sticks, y, Cone * Real3.Dot(Normal, y)) * Mass;
        }

        /// <summary>A particle and a body at the end of the substep, and the feature at which they may touch.</summary>
        private sealed class Scene
        {
            public readonly ParticlePath Path;
            public readonly Real3 Kick;
            public readonly RigidState Body;
            public readonly Real Mass, Substep, Friction, Restitution;
            private readonly KernelBuilder k;
            private readonly Real radius;
            private readonly RigidMass bodyMass;
            private readonly Real3 bodyAcceleration;
            private readonly TracedCollider shape;
            private readonly Real[] feature;

            public Scene(KernelBuilder k, BodyContactKernels kernels)
            {
                this.k = k;
                Real[] state = k.Gather("particle state", "particle", ParticleBuffers.StateSize), environment = k.Shared("environment", ParticleBuffers.EnvironmentSize);
                Real[] material = k.Gather("material", "collider", PairMaterial.Size), own = k.Shared("contact material", 2);
                radius = environment[4];
                Mass = k.Gather("particle mass", "particle");
                Substep = k.Shared("substep");
                Kick = new Real3(k.Gather("kick", "particle", 3), 0);
                Path = new ParticlePath(new Real3(state, 0), new Real3(state, 3), kernels.isBallistic ? new Real3(environment, 0) : Real3.Zero, Substep);
                Body = new RigidState(k.Gather("state", "body", RigidState.Size));
                bodyMass = new RigidMass(k.Gather("mass", "body", RigidMass.Size), k.Gather("mobility", "body"));
                bodyAcceleration = new Real3(k.Gather("acceleration", "body", 3), 0);
                shape = new TracedCollider(k.Gather("shape", "collider", TracedCollider.Size));
                feature = k.Gather("feature", "feature", FeatureSize);
                Friction = kernels.rules.Friction.Combine(material[0], own[0]);
                Restitution = kernels.rules.Restitution.Combine(material[1], own[1]);
                k.Constant("feature", "mobility");
                if (kernels.isConstant) k.Constant("particle mass", "substep");
            }

            /// <summary>
            /// What the body feels of the particle. One that cannot give way, as something that stands is behind it, weighs as much as many bodies: what the body gives to it goes there.
            /// </summary>
            public Real MassFor(Real[] choice) => Real.Select(choice[3] > 0, choice[3] / Real.Select(bodyMass.Inverse > 0, bodyMass.Inverse, 1), Mass);

            public Real[] Choice()
            {
                Real[] choice = k.Gather("choice", "choice", ChoiceSize);
                k.Constant("choice");
                return choice;
            }

            /// <summary>Gap and normal; the formulas are those of <see cref="ContactFeature"/>.</summary>
            public (Real gap, Real3 normal) Surface(Real3 point, RigidState body)
            {
                Real3 b = shape.Point(body, new Real3(feature, 0), new Real3(feature, 3)), w = shape.Direction(body, new Real3(feature, 6)), r = point - b;
                Bool isFace = feature[9] < 0.5, isEdge = feature[9] > 1.5;
                Real along = Real3.Dot(w, r);
                Real3 round = Real3.Normalise(r - w * Real.Select(isEdge, along, 0), out Real distance);
                return (Real.Select(isFace, along, distance) - shape.Radius - radius, Real3.Select(isFace, w, round));
            }

            /// <summary>Gap, normal, relative velocity and arm from the body's centre at a time of the substep.</summary>
            public (Real gap, Real3 normal, Real3 slip, Real3 arm) At(Real time)
            {
                RigidState body = Body.Fly(bodyMass, bodyAcceleration, time - Substep);
                Real3 point = Path.PositionAt(time);
                (Real gap, Real3 normal) = Surface(point, body);
                return (gap, normal, Path.VelocityAt(time) - body.VelocityAt(point), point - body.Position);
            }
        }
    }
}
