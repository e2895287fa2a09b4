using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Steps worlds: launches kernels, and picks between launches what the next ones work on. What is picked is not differentiated;
    /// what is computed from it is. Launches work on the elements of all worlds; what is picked for a world depends on that world alone,
    /// and its elements come in the order that they have when it is alone, so that it gives the same bits in any number of worlds.
    /// </summary>
    internal sealed class Stepper
    {
        private readonly Dictionary<ManifoldSignature, ManifoldLaunches> launches = new Dictionary<ManifoldSignature, ManifoldLaunches>();
        private readonly Dictionary<Buffer, Launch> zeros = new Dictionary<Buffer, Launch>();
        private readonly BodyMotion[] motions; // of one world at a time
        private readonly HostNumbers state, end;
        private readonly Launch[] forces;
        private readonly IReadOnlyList<ICoupledSystem> coupled;
        private readonly Launch givenForces, flight, finish;
        private readonly ImpactSolver impacts;
        private readonly LastingSolver lasting;
        private readonly CollisionDetector[] detectors; // one for each world
        private readonly MaterialTraits traits;
        private readonly HostNumbers shapes;
        private readonly double[] shapesSeen;

        public Stepper(WorldOptions options, BodyBuffers bodies, IReadOnlyList<Collider> colliders, bool[] isDynamic, CollisionFilter filter, IReadOnlyList<ForceField> forces, IReadOnlyList<Joint> joints, FrameTape tape, IReadOnlyList<ICoupledSystem> coupled)
        {
            Options = options;
            Bodies = bodies;
            Worlds = options.Worlds;
            IsDynamic = new bool[isDynamic.Length * Worlds];
            for (int e = 0; e < IsDynamic.Length; e++) IsDynamic[e] = isDynamic[e / Worlds];
            Tape = tape;
            this.coupled = coupled;
            Kernels = new KernelLibrary(options, joints.Count > 0);
            if (joints.Count > 0) Joints = new JointSolver(new List<Joint>(joints).ToArray(), bodies, isDynamic, tape, options.Precision);
            Contacts = new ContactBuffers(16, options.Precision);
            Logs = new ContactLogs(options.Precision);
            Choices = new ChoiceSums(options.Worlds);
            (state, end) = (new HostNumbers(bodies.State), new HostNumbers(bodies.End));
            detectors = new CollisionDetector[Worlds];
            for (int w = 0; w < Worlds; w++) detectors[w] = new CollisionDetector(colliders, isDynamic, filter);
            motions = new BodyMotion[isDynamic.Length];
            this.forces = new Launch[forces.Count];
            for (int k = 0; k < forces.Count; k++) this.forces[k] = forces[k].Launch(bodies);
            givenForces = OverBodies(Kernels.GivenForces);
            flight = OverBodies(Kernels.Flight);
            finish = OverBodies(Kernels.Finish);
            shapes = new HostNumbers(bodies.Shape);
            shapesSeen = new double[bodies.Shape.Elements * TracedCollider.Size];
            for (int e = 0; e < bodies.Shape.Elements; e++) IsShapeNew(e);
            traits = new MaterialTraits(bodies.Material);
            impacts = new ImpactSolver(this);
            lasting = new LastingSolver(this);
            if (options.ReportContacts) Reports = new ContactReports(this);
        }

        /// <summary>Lets bodies sleep from now on.</summary>
        /// <param name="fields">Forces, whose parameters wake all when they are changed.</param>
        /// <param name="stayAwake">Bodies that do not.</param>
        /// <param name="kinematic">Bodies that move with their velocity.</param>
        public void LetSleep(IReadOnlyList<ForceField> fields, bool[] stayAwake, bool[] kinematic) =>
            Sleeping = new Sleeping(this, detectors, fields, stayAwake, kinematic);

        /// <summary>What sleeps, or null if nothing does.</summary>
        public Sleeping Sleeping { get; private set; }

        public WorldOptions Options { get; }

        public BodyBuffers Bodies { get; }

        public ContactBuffers Contacts { get; private set; }

        public ContactLogs Logs { get; }

        /// <summary>What was chosen so far.</summary>
        public ChoiceSums Choices { get; }

        public KernelLibrary Kernels { get; }

        public FrameTape Tape { get; }

        public ManifoldTable Table { get; } = new ManifoldTable();

        public int Worlds { get; }

        /// <summary>Whether contacts move a body, by its element.</summary>
        public bool[] IsDynamic { get; }

        /// <summary>Length of the substep of a world in seconds, as the kernels read it.</summary>
        public double Substep(int world) => Bodies.Environment[world, BodyBuffers.EnvironmentSize - 1];

        /// <summary>The joints, or null if there are none.</summary>
        public JointSolver Joints { get; }

        /// <summary>Starts the next substep without impulses kept from the last.</summary>
        public void ForgetImpulses()
        {
            lasting.ForgetImpulses();
            Joints?.Reset();
        }

        /// <summary>Account of contacts and triggers, or null if none is kept.</summary>
        public ContactReports Reports { get; }

        /// <summary>Number of colliders of a world.</summary>
        public int ColliderCount => detectors[0].ColliderCount;

        public Collider ColliderOf(int world, int collider) => detectors[world].GetCollider(collider);

        /// <summary>The colliders of a world, as they are now.</summary>
        public Collider[] CollidersOf(int world)
        {
            var colliders = new Collider[detectors[world].ColliderCount];
            for (int k = 0; k < colliders.Length; k++) colliders[k] = ColliderOf(world, k);
            return colliders;
        }

        /// <summary>Where a body of a world stands.</summary>
        public Pose PoseOf(int world, int body) => PoseOf(state, body * Worlds + world);

        /// <summary>Lets go of what a recording keeps outside of the tape; the tape has been cleared.</summary>
        public void Restart()
        {
            Logs.Restart();
            Choices.Restart();
            Joints?.RestartLog();
        }

        /// <summary>Adds the state to what is saved.</summary>
        public void Save(WorldState saved)
        {
            saved.Add(Bodies.State);
            lasting.Save(saved);
            Joints?.Save(saved);
            Sleeping?.Save(saved);
        }

        /// <summary>Goes back to a state; the tape has been cleared.</summary>
        public void Restore(WorldState saved)
        {
            saved.Restore();
            while (saved.Points.Count > Contacts.Capacity || saved.Pairs.Count > Contacts.Capacity) Grow(2 * Contacts.Capacity);
            lasting.Restore(saved);
            Joints?.Restore(saved);
            Sleeping?.Restore(saved);
        }

        /// <summary>Counts the changes of shapes that collision detection has seen.</summary>
        public int ShapeChanges { get; private set; }

        /// <summary>Lets collision detection see the sizes and poses that the shapes' buffer has now, whoever wrote them.</summary>
        /// <exception cref="ArgumentException">A size is not one that its shape can have.</exception>
        public void FollowShapes()
        {
            for (int e = 0; e < detectors[0].ColliderCount * Worlds; e++)
            {
                if (!IsShapeNew(e)) continue;
                ShapeChanges++;
                CollisionDetector detector = detectors[e % Worlds];
                Collider old = detector.GetCollider(e / Worlds);
                var size = new ShapeSize(shapes.Vector(e, 1), shapes[e, 0]);
                var pose = new Pose(shapes.Vector(e, 4), new DoubleQuaternion(shapes[e, 7], shapes[e, 8], shapes[e, 9], shapes[e, 10]).Normalised());
                ShapeSize had = old.Shape.Size;
                bool same = Near(had.Radius, size.Radius) && Near(had.Extents.X, size.Extents.X) && Near(had.Extents.Y, size.Extents.Y) && Near(had.Extents.Z, size.Extents.Z);
                Shape shape = same ? old.Shape : old.Shape.WithSize(size);
                detector.SetCollider(e / Worlds, new Collider(old.Body, shape, pose, old.Layer, old.CollidesWith, old.IsTrigger));
            }
        }

        private bool IsShapeNew(int element)
        {
            bool any = false;
            for (int c = 0; c < TracedCollider.Size; c++)
            {
                ref double seen = ref shapesSeen[element * TracedCollider.Size + c];
                if (seen == shapes[element, c]) continue;
                seen = shapes[element, c];
                any = true;
            }

            return any;
        }

        // The buffer may be single precision; shapes that were not changed keep their exact sizes.
        private bool Near(double a, double b) => Options.Precision == Precision.Double ? a == b : (float)a == (float)b;

        /// <summary>Advances by one substep.</summary>
        public void Advance()
        {
            Tape.Run(givenForces);
            foreach (Launch force in forces) Tape.Run(force);
            for (int k = 0; k < coupled.Count; k++) coupled[k].ActOnBodies(Tape);
            Joints?.Warm();
            if (Sleeping != null) Reports?.Mark();
            while (!Fly()) Reports?.Undo();
            Tape.Run(finish);
            if (lasting.Choose() || Joints != null) lasting.Run();
            Joints?.Break();
            Sleeping?.EndSubstep();
            Choices.EndSubstep();
            CheckEnd();
            for (int k = 0; k < coupled.Count; k++) coupled[k].Advance(Tape);
        }

        // To the end of the substep, with the impacts on the way; false if that woke bodies, which then have to take part from the start.
        private bool Fly()
        {
            Tape.Run(flight);
            Detect();
            if (Sleeping != null && Sleeping.TakeWoken()) return false;
            if (Table.Count == 0) return true;
            if (Table.Count > Contacts.Capacity) Grow(Table.Count);
            Logs.Write(Tape, Table);
            Zero(Contacts.EventTime);
            return impacts.Run();
        }

        /// <summary>The launches over manifolds of a signature.</summary>
        public ManifoldLaunches LaunchesOf(ManifoldSignature signature)
        {
            if (!launches.TryGetValue(signature, out ManifoldLaunches found))
                launches.Add(signature, found = new ManifoldLaunches(signature, Kernels, Bodies, Contacts, Logs));
            return found;
        }

        /// <summary>Sets a buffer to zero.</summary>
        public void Zero(Buffer buffer)
        {
            if (!zeros.TryGetValue(buffer, out Launch launch))
                zeros.Add(buffer, launch = new Launch(Kernels.Zero(buffer.Components), buffer.Elements).Bind("target", buffer));
            Tape.Run(launch);
        }

        private Launch OverBodies(Kernel kernel)
        {
            var launch = new Launch(kernel, IsDynamic.Length);
            for (int s = 0; s < kernel.Slots.Count; s++) Bodies.TryBind(launch, s);
            foreach (string index in kernel.Indices) launch.BindIndex(index, Bodies.WorldOf);
            return launch;
        }

        private void Detect()
        {
            Table.Clear();
            traits.Follow();
            for (int w = 0; w < Worlds; w++) Detect(w);
            Table.Sort();
        }

        private void Detect(int world)
        {
            double fastest = 0;
            for (int body = 0; body < motions.Length; body++)
            {
                int element = body * Worlds + world;
                Pose from = PoseOf(state, element), to = PoseOf(end, element);
                Double3 shift = to.Position - from.Position;
                motions[body] = new BodyMotion(from) { Displacement = shift, Rotation = RotationVector(to.Rotation * from.Rotation.Conjugate) };
                if (IsDynamic[element]) fastest = Math.Max(fastest, shift.Length);
                if (!shift.IsFinite || !to.Rotation.IsFinite) throw new NotFiniteException(element, CauseAt(element));
            }

            // Impacts of this substep may send bodies elsewhere than expected, about as far as they would have gone.
            CollisionDetector detector = detectors[world];
            detector.Detect(motions, 2 * Options.ContactMargin + Math.Min(fastest, 0.5));
            Sleeping?.Near(world, detector.Pairs);
            Table.Add(world, Worlds, detector.Pairs, detector.Features, IsDynamic, traits);
            Reports?.AddTriggers(world, detector.Triggers);
        }

        // Flight leads from numbers to none: what was not finite before it.
        private string CauseAt(int element)
        {
            string Bad(Buffer buffer, int row, string what)
            {
                for (int c = 0; c < buffer.Components; c++)
                {
                    double value = buffer[row, c];
                    if (double.IsNaN(value) || double.IsInfinity(value)) return $"{what} that is {value}";
                }

                return null;
            }

            return Bad(Bodies.State, element, "has a state") is string state ? state + "; look at what was written to it"
                : Bad(Bodies.Force, element, "is given a force") ?? Bad(Bodies.Mass, element, "has a mass") ?? Bad(Bodies.Environment, element % Worlds, "is under gravity or a time step")
                ?? (Bad(Bodies.Applied, element, "is under a force") is string force ? force + "; look at the formulas of forces" : null)
                ?? "has a velocity beyond all numbers; shorten the time step, or look for forces that grow without bound";
        }

        // Nothing that was not finite is left to the next step, which could not say where it came from.
        private void CheckEnd()
        {
            for (int element = 0; element < IsDynamic.Length; element++)
            {
                double none = 0;
                for (int c = 0; c < RigidState.Size; c++) none += state[element, c] * 0;
                if (none == 0) continue;
                throw new NotFiniteException(element, "has no numbers for a state after its contacts and joints were solved; look at masses, sizes and materials, or shorten the time step");
            }
        }

        private void Grow(int least)
        {
            ContactBuffers old = Contacts;
            Contacts = new ContactBuffers(Math.Max(2 * old.Capacity, least), Options.Precision);
            for (int k = 0; k < 2; k++)
            {
                Tape.Run(new CopyRows(old.KeptNormal[k], Contacts.KeptNormal[k]));
                Tape.Run(new CopyRows(old.KeptFriction[k], Contacts.KeptFriction[k]));
            }

            launches.Clear();
            lasting.Forget();
        }

        private static Pose PoseOf(HostNumbers states, int body) => new Pose(
            states.Vector(body, 0), new DoubleQuaternion(states[body, 3], states[body, 4], states[body, 5], states[body, 6]).Normalised());

        private static Double3 RotationVector(DoubleQuaternion q)
        {
            double sine = q.Vector.Length;
            if (sine == 0) return Double3.Zero;
            double angle = 2 * Math.Atan2(sine, Math.Abs(q.W));
            return q.Vector * ((q.W < 0 ? -angle : angle) / sine);
        }
    }
}
