using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Bodies that move, touch and bounce. Whatever steps do is recorded on a tape, when asked, and swept back for gradients.
    /// </summary>
    /// <example><code>
    /// var world = new World(new WorldOptions { Precision = Precision.Double });
    /// world.AddStatic(new PlaneShape());
    /// Body ball = world.AddBody(new SphereShape(0.1)).At(0, 1, 0).MadeOf(friction: 0.5, restitution: 0.8);
    /// world.Record();
    /// for (int frame = 0; frame &lt; 60; frame++) world.Step();
    /// world.Tape.Seed(world.State)[ball.Index, 1] = 1;   // the loss: the height at the end
    /// world.Tape.Backward(retain: false);
    /// double slope = world.Tape.Gradient(world.State)[ball.Index, 1]; // by the height at the start
    /// </code></example>
    public sealed partial class World : IDisposable
    {
        private readonly List<Body> bodies = new List<Body>();
        private readonly CollisionFilter filter = new CollisionFilter();
        private readonly WorldOptions options;
        private Double3 gravity = new Double3(0, -9.81, 0);
        private BodyBuffers buffers;
        private readonly List<ICoupledSystem> coupled = new List<ICoupledSystem>();
        private SizedMass sizedMass;
        private Stepper stepper;
        private ParameterCheck parameterCheck;

        /// <summary>An empty world.</summary>
        /// <param name="options">How it steps; null for the defaults.</param>
        public World(WorldOptions options = null)
        {
            this.options = options ?? new WorldOptions();
            this.options.Validate();
            Tape = new FrameTape(this.options.Executor ?? Executor.CreateDefault()) { IsRecording = false };
        }

        /// <summary>What steps are recorded on, once <see cref="Record"/> was called.</summary>
        public FrameTape Tape { get; }

        /// <summary>The bodies, in the order of their indices.</summary>
        public IReadOnlyList<Body> Bodies => bodies;

        /// <summary>Whether buffers exist: from the first step, or the first use of a buffer, on.</summary>
        public bool IsBuilt => stepper != null;

        /// <summary>Number of steps taken.</summary>
        public int Frame { get; private set; }

        /// <summary>Number of worlds that are stepped together.</summary>
        public int Worlds => options.Worlds;

        /// <summary>
        /// Where a thing stands in the world's buffers: things are elements, and of each thing the worlds stand side by side. With one
        /// world it is the thing's own number.
        /// </summary>
        /// <param name="thing">A body's <see cref="Body.Index"/>, or the number of a shape.</param>
        /// <param name="world">Which of the worlds.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such world.</exception>
        public int Element(int thing, int world) => (uint)world < (uint)Worlds
            ? thing * Worlds + world
            : throw new ArgumentOutOfRangeException(nameof(world), world, $"There are {Worlds} worlds.");

        /// <summary>Gravity of all worlds, in metres per second squared.</summary>
        public Double3 Gravity
        {
            get => gravity;
            set
            {
                if (!value.IsFinite) throw new ArgumentException($"Gravity must be finite, but is {value}.");
                gravity = value;
                if (IsBuilt) WriteEnvironment(options.TimeStep);
            }
        }

        /// <summary>
        /// States, an element for each body and world (<see cref="Element"/>): position of the centre of mass 0..2, rotation of the principal axes 3..6, velocity 7..9 and
        /// angular velocity 10..12.
        /// </summary>
        public DiffPhysics.Autodiff.Buffer State => Built.State;

        /// <summary>Mass 0 and principal moments of inertia 1..3 of each body.</summary>
        public DiffPhysics.Autodiff.Buffer Mass => Built.Mass;

        /// <summary>Gravity scale 0, linear damping 1 and angular damping 2 of each body.</summary>
        public DiffPhysics.Autodiff.Buffer Response => Built.Response;

        /// <summary>Force at the centre of mass 0..2 (newtons) and torque 3..5 (newton metres) on each body, kept until changed.</summary>
        public DiffPhysics.Autodiff.Buffer Force => Built.Force;

        /// <summary>Radius 0, extents 1..3 and pose in the mass frame (position 4..6, rotation 7..10) of each shape, in the order of bodies.</summary>
        public DiffPhysics.Autodiff.Buffer Shapes => Built.Shape;

        /// <summary>
        /// Friction 0 and restitution 1 of each shape; rolling 2 and torsional 3 friction, in metres; frequency 4, in hertz and 0 for rigid, and
        /// damping ratio 5 of soft contacts.
        /// </summary>
        public DiffPhysics.Autodiff.Buffer Materials => Built.Material;

        /// <summary>Density of each shape, in kg per cubic metre, of bodies whose mass follows their sizes (<see cref="Body.Dense"/>).</summary>
        public DiffPhysics.Autodiff.Buffer Densities => Built.Density;

        /// <summary>Gravity 0..2 and the length of a substep 3, one element a world.</summary>
        public DiffPhysics.Autodiff.Buffer Environment => Built.Environment;

        private BodyBuffers Built
        {
            get
            {
                if (!IsBuilt) Build();
                return buffers;
            }
        }

        /// <summary>Adds a body that forces and contacts move.</summary>
        /// <param name="shape">Its shape, centred on its frame; null to add shapes later.</param>
        /// <param name="name">What error messages call it.</param>
        public Body AddBody(Shape shape = null, string name = null) => Add(shape, name, BodyKind.Dynamic);

        /// <summary>Adds a body that does not move.</summary>
        public Body AddStatic(Shape shape = null, string name = null) => Add(shape, name, BodyKind.Static);

        /// <summary>Adds a body that moves with its velocity, whatever it meets.</summary>
        public Body AddKinematic(Shape shape = null, string name = null) => Add(shape, name, BodyKind.Kinematic);

        /// <summary>
        /// A number that stands for what contacts have chosen since the last <see cref="Reset"/> or <see cref="Record"/>: who met whom in which order, what stuck, and what lasted
        /// when. Runs with equal numbers lie on one smooth piece of what they compute, up to slipping and sticking of lasting contacts.
        /// </summary>
        /// <param name="world">Which of the worlds.</param>
        public ulong Choices(int world = 0)
        {
            Build();
            Element(0, world);
            return stepper.Choices[world];
        }

        /// <summary>Keeps two bodies from touching.</summary>
        public void Ignore(Body a, Body b) => filter.Exclude(a.Index, b.Index);

        /// <summary>Makes buffers and kernels, and checks what was added. The first step does it too.</summary>
        /// <exception cref="ArgumentException">A body is not right; the message names it and the rule.</exception>
        public void Build()
        {
            if (IsBuilt) return;
            var colliders = new List<Collider>();
            var masses = new (double mass, Double3 moments)[bodies.Count];
            var isDynamic = new bool[bodies.Count];
            foreach (Body body in bodies)
            {
                masses[body.Index] = body.Weigh();
                isDynamic[body.Index] = body.Kind == BodyKind.Dynamic;
                foreach ((Shape shape, Pose pose) in body.Shapes)
                {
                    if (shape.IsStaticOnly && isDynamic[body.Index])
                        throw new ArgumentException($"Body '{body.Name}' is dynamic and has a {shape.Kind}: only static and kinematic bodies may carry one.");
                    colliders.Add(new Collider(body.Index, shape, body.BodyFromMass.Inverse * pose, body.Layer, body.CollidesWith, body.IsTrigger));
                }
            }

            buffers = new BodyBuffers(bodies.Count, Math.Max(colliders.Count, 1), Worlds, options.Precision);
            for (int k = 0; k < colliders.Count; k++) WriteCollider(k, colliders[k]);
            foreach (Body body in bodies)
            {
                int i = body.Index;
                WriteAll(buffers.Mass, i, masses[i].mass, masses[i].moments.X, masses[i].moments.Y, masses[i].moments.Z);
                WriteAll(buffers.Mobility, i, isDynamic[i] ? 1 : 0);
                WriteAll(buffers.Response, i, body.GravityScale, body.LinearDamping, body.AngularDamping);
                WriteStart(body);
            }

            WriteEnvironment(options.TimeStep);
            SettleJoints();
            BuildForces(isDynamic);
            sizedMass = new SizedMass(WithDensity(), buffers);
            stepper = new Stepper(options, buffers, colliders, isDynamic, filter, fields, joints, Tape, coupled);
            parameterCheck = new ParameterCheck(stepper);
            WriteJoints();
            foreach (ICoupledSystem system in coupled) system.BuildCoupled();
            BuildControls();
            if (!double.IsInfinity(options.SleepTime) && coupled.Count == 0 && controls.Count == 0 && controllers.Count == 0) LetSleep();
        }

        /// <summary>
        /// Puts all bodies back to where they were defined to start, and forgets contacts and any recording. Parameters in buffers (masses,
        /// materials, sizes, forces) stay as they are, and so do compiled kernels: this is how one world is run again and again.
        /// </summary>
        public void Reset()
        {
            Build();
            Tape.Clear();
            stepper.Restart();
            foreach (Control control in controls) control.Restart();
            foreach (Body body in bodies) WriteStart(body);
            stepper.ForgetImpulses();
            stepper.Sleeping?.WakeAll();
            foreach (ICoupledSystem system in coupled) system.Restart(toStart: true);
            Frame = 0;
        }

        /// <summary>Keeps all that the next step depends on beside parameters, the impulses that contacts start with included.</summary>
        public WorldState Save()
        {
            Build();
            var saved = new WorldState(this, Frame);
            stepper.Save(saved);
            return saved;
        }

        /// <summary>
        /// Puts a world back to a state that was saved of it; the steps from there give the same bits again. A recording is forgotten.
        /// </summary>
        /// <exception cref="ArgumentException">The state was saved of another world.</exception>
        public void Restore(WorldState saved)
        {
            if (saved == null || saved.Owner != this) throw new ArgumentException("A world can only be put back to a state that was saved of the same world.", nameof(saved));
            Tape.Clear();
            stepper.Restart();
            stepper.Restore(saved);
            Frame = saved.Frame;
        }

        /// <summary>Starts a recording; a recording before it is forgotten, and its gradients.</summary>
        public void Record()
        {
            Build();
            Tape.Clear();
            Tape.ZeroGradients();
            stepper.Restart();
            foreach (ICoupledSystem system in coupled) system.Restart(toStart: false);
            foreach (Control control in controls) control.Restart();
            Tape.IsRecording = true;
        }

        /// <summary>
        /// Forgets what contacts remember between steps, so that a world whose state was written anew runs as one that was just built.
        /// </summary>
        public void ForgetContacts() => stepper?.ForgetImpulses();

        /// <summary>Advances by <see cref="WorldOptions.TimeStep"/>. Recorded, a step is a frame of the tape.</summary>
        /// <exception cref="DivergenceException">A body has come to numbers that are none; the message names frame, body and cause.</exception>
        public void Step()
        {
            Build();
            stepper.FollowShapes();
            stepper.Reports?.Clear();
            stepper.Sleeping?.BeginStep();
            Tape.BeginFrame();
            sizedMass.Run(Tape);
            try
            {
                parameterCheck.Run();
                for (int substep = 0; substep < options.Substeps; substep++)
                {
                    RunControls(substep);
                    Explode(substep);
                    stepper.Advance();
                }
            }
            catch (NotFiniteException e)
            {
                throw new DivergenceException(Frame, bodies[e.Element / Worlds].Name, e.Element % Worlds, Worlds > 1, e.Message);
            }

            Tape.EndFrame();
            stepper.Reports?.Finish();
            stepper.Sleeping?.EndStep();
            Frame++;
            for (int k = 0; k < coupled.Count; k++) coupled[k].EndStep();
        }

        /// <summary>Advances by a number of steps.</summary>
        public void Step(int count)
        {
            for (int step = 0; step < count; step++) Step();
        }

        /// <summary>Frees buffers and tape.</summary>
        public void Dispose()
        {
            Tape.Dispose();
            stepper?.Contacts.Dispose();
            sizedMass?.Dispose();
            stepper?.Joints?.Dispose();
            if (IsBuilt) DisposeControls();
            foreach (Explosion explosion in explosions) explosion.Dispose();
            buffers?.Dispose();
        }

        internal WorldOptions Options => options;

        internal bool IsAsleep(int element) => IsBuilt && stepper.Sleeping != null && stepper.Sleeping.IsAsleep(element);

        internal void Wake(int element) => stepper?.Sleeping?.Wake(element);

        internal BodyBuffers Buffers => Built;

        internal ChoiceSums ChoiceSums => stepper.Choices;

        internal int ColliderCount => stepper.ColliderCount;

        internal Collider ColliderOf(int collider) => stepper.ColliderOf(0, collider);

        /// <summary>Steps something together with the bodies from now on.</summary>
        internal void Couple(ICoupledSystem system) => coupled.Add(system);

        internal void RequireOpen(Body body)
        {
            if (IsBuilt) throw new InvalidOperationException($"Body '{body.Name}' cannot be redefined: its world has been built. Write to the world's buffers to change numbers.");
        }

        internal Pose ReadPose(int body) => new Pose(
            ReadVector(body, 0), new DoubleQuaternion(buffers.State[body, 3], buffers.State[body, 4], buffers.State[body, 5], buffers.State[body, 6]));

        internal Double3 ReadVector(int body, int component) =>
            new Double3(buffers.State[body, component], buffers.State[body, component + 1], buffers.State[body, component + 2]);

        internal void WritePose(int body, Pose pose)
        {
            WriteVector(body, 0, pose.Position);
            DoubleQuaternion q = pose.Rotation.Normalised();
            Write(buffers.State, body, 3, q.X, q.Y, q.Z, q.W);
        }

        internal void WriteVector(int body, int component, Double3 v) => Write(buffers.State, body, component, v.X, v.Y, v.Z);

        // The same numbers in all worlds.
        private void WriteAll(DiffPhysics.Autodiff.Buffer buffer, int thing, params double[] values)
        {
            for (int w = 0; w < Worlds; w++) Write(buffer, Element(thing, w), 0, values);
        }

        private static void Write(DiffPhysics.Autodiff.Buffer buffer, int element, int component, params double[] values)
        {
            for (int c = 0; c < values.Length; c++) buffer[element, component + c] = values[c];
        }

        private Body Add(Shape shape, string name, BodyKind kind)
        {
            if (IsBuilt) throw new InvalidOperationException("A body cannot be added: the world has been built by its first step.");
            var body = new Body(this, bodies.Count, name ?? $"{kind.ToString().ToLowerInvariant()} body {bodies.Count}", kind);
            bodies.Add(body);
            return shape == null ? body : body.With(shape);
        }

        private void WriteCollider(int index, Collider collider)
        {
            ShapeSize size = collider.Shape.Size;
            Pose pose = collider.BodyFromShape;
            WriteAll(buffers.Shape, index, size.Radius, size.Extents.X, size.Extents.Y, size.Extents.Z, pose.Position.X, pose.Position.Y, pose.Position.Z,
                pose.Rotation.X, pose.Rotation.Y, pose.Rotation.Z, pose.Rotation.W);
            Body body = bodies[collider.Body];
            WriteAll(
                buffers.Material, index, body.Friction, body.Restitution, body.RollingFriction, body.TorsionalFriction, body.ContactFrequency, body.ContactDampingRatio);
        }

        // Body, collider and shape of those whose mass follows sizes; each has one shape.
        private List<(int, int, ShapeKind)> WithDensity()
        {
            var list = new List<(int, int, ShapeKind)>();
            int collider = 0;
            foreach (Body body in bodies)
            {
                if (body.Kind == BodyKind.Dynamic && body.Density != null)
                {
                    list.Add((body.Index, collider, body.Shapes[0].shape.Kind));
                    WriteAll(buffers.Density, collider, body.Density.Value);
                }

                collider += body.Shapes.Count;
            }

            return list;
        }

        private void WriteStart(Body body)
        {
            bool moves = body.Kind != BodyKind.Static;
            for (int w = 0; w < Worlds; w++)
            {
                int element = Element(body.Index, w);
                WritePose(element, body.StartPose * body.BodyFromMass);
                WriteVector(element, 7, moves ? body.StartVelocity : Double3.Zero);
                WriteVector(element, 10, moves ? body.StartAngularVelocity : Double3.Zero);
            }
        }

        // Joints are solved as one system, whose bodies stay awake; so does all that controls or deformable things act on.
        private void LetSleep()
        {
            bool[] held = new bool[bodies.Count], kinematic = new bool[bodies.Count];
            foreach (Joint joint in joints) held[joint.A.Index] = held[joint.B.Index] = true;
            foreach (Body body in bodies) kinematic[body.Index] = body.Kind == BodyKind.Kinematic;
            stepper.LetSleep(fields, held, kinematic);
        }

        private void WriteEnvironment(double timeStep) =>
            WriteAll(buffers.Environment, 0, gravity.X, gravity.Y, gravity.Z, timeStep / options.Substeps);
    }
}
