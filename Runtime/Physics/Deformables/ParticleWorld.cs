using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Particles and what acts between them: springs, cloth, ropes, soft bodies. Whatever steps do is recorded on a tape, when asked, and
    /// swept back for gradients.
    /// </summary>
    /// <example><code>
    /// var world = new ParticleWorld(new ParticleOptions { Precision = Precision.Double });
    /// int hook = world.AddParticle(new Double3(0, 1, 0)), weight = world.AddParticle(new Double3(0, 0.5, 0), mass: 2);
    /// world.Pin(hook);
    /// Springs spring = world.AddSprings(new[] { (hook, weight) }, stiffness: 100, damping: 1);
    /// world.Record();
    /// world.Step(60);
    /// world.Tape.Seed(world.State)[weight, 1] = 1;                  // the loss: the height at the end
    /// world.Tape.Backward(retain: false);
    /// double slope = world.Tape.Gradient(spring.Stiffness)[0];      // by the stiffness
    /// </code></example>
    public sealed partial class ParticleWorld : IDisposable
    {
        private readonly ParticleOptions options;
        private readonly List<ElementSet> sets = new List<ElementSet>();
        private readonly List<Obstacle> obstacles = new List<Obstacle>();
        private readonly List<int[]> triangles = new List<int[]>(); // of cloth, and of the surfaces of soft bodies
        private readonly List<Tethers> tethers = new List<Tethers>();
        private readonly List<(Double3 position, Double3 velocity, double mass, bool isPinned)> particles =
            new List<(Double3, Double3, double, bool)>();

        private ParticleBuffers buffers;
        private ParticleStepper stepper;
        private Preparation preparation;
        private ElasticEnergy energy;
        private PairContacts pairContacts;
        private double? pairFriction;
        private FiniteCheck finiteCheck;
        private int ownFrame;
        private Double3 gravity = new Double3(0, -9.81, 0);

        /// <summary>An empty world.</summary>
        /// <param name="options">How it steps; null for the defaults.</param>
        public ParticleWorld(ParticleOptions options = null)
        {
            this.options = options ?? new ParticleOptions();
            this.options.Validate();
            Tape = new FrameTape(this.options.Executor ?? Executor.CreateDefault()) { IsRecording = false };
        }

        /// <summary>What steps are recorded on, once <see cref="Record"/> was called.</summary>
        public FrameTape Tape { get; }

        /// <summary>The number of particles.</summary>
        public int Count => particles.Count;

        /// <summary>Whether buffers exist: from the first step, or the first use of a buffer, on.</summary>
        public bool IsBuilt => stepper != null;

        /// <summary>Number of steps taken.</summary>
        public int Frame => host != null ? host.Frame : ownFrame;

        /// <summary>Gravity, in metres per second squared, before the world is built; then it stands in <see cref="Environment"/>.</summary>
        public Double3 Gravity
        {
            get => gravity;
            set
            {
                if (!value.IsFinite) throw new ArgumentException($"Gravity must be finite, but is {value}.");
                gravity = value;
                if (IsBuilt) WriteAll(buffers.Environment, 0, 0, value.X, value.Y, value.Z);
            }
        }

        /// <summary>How far from its obstacles a particle is held, in metres; then it stands in <see cref="Environment"/>.</summary>
        public double ContactRadius { get; set; }

        /// <summary>States, one particle an element: position 0..2 (m), velocity 3..5 (m/s).</summary>
        public Buffer State => Built.State;

        /// <summary>Mass of each particle without what elements (cloth, soft bodies) add to it, in kilograms.</summary>
        public Buffer PointMass => Built.PointMass;

        /// <summary>Mass of each particle in all, as of the last step.</summary>
        public Buffer Mass => Built.Mass;

        /// <summary>Linear drag c of each particle, in kg/s: a force -c v.</summary>
        public Buffer Drag => Built.Drag;

        /// <summary>A force on each particle, in newtons, kept until changed.</summary>
        public Buffer Force => Built.Applied;

        /// <summary>Positions in which elements with a rest shape (cloth, soft bodies) are at rest, in metres.</summary>
        public Buffer RestPosition => Built.RestPosition;

        /// <summary>Gravity 0..2, length of a substep 3 and contact radius 4.</summary>
        public Buffer Environment => Built.Environment;

        /// <summary>All elements, in the order in which they were added.</summary>
        public IReadOnlyList<ElementSet> Elements => sets;

        private ParticleBuffers Built
        {
            get
            {
                if (!IsBuilt) Build();
                return buffers;
            }
        }

        /// <summary>Adds a particle.</summary>
        /// <param name="position">Where it starts, and where it is at rest, in metres.</param>
        /// <param name="mass">Its own mass in kilograms; 0 only if elements give it some.</param>
        /// <param name="velocity">Its first velocity, in metres per second.</param>
        /// <returns>Its number.</returns>
        /// <exception cref="ArgumentException">A number is not finite, or the mass is negative.</exception>
        public int AddParticle(Double3 position, double mass = 1, Double3 velocity = default)
        {
            RequireOpen("A particle");
            if (!position.IsFinite || !velocity.IsFinite) throw new ArgumentException($"Particle {Count} must have finite position and velocity, but has {position} and {velocity}.");
            if (!(mass >= 0) || double.IsInfinity(mass)) throw new ArgumentException($"Particle {Count} must have a finite mass that is not negative, but has {mass}.", nameof(mass));
            particles.Add((position, velocity, mass, false));
            return Count - 1;
        }

        /// <summary>Adds particles.</summary>
        /// <returns>The number of the first; the others follow.</returns>
        public int AddParticles(IReadOnlyList<Double3> positions, double mass = 1, Double3 velocity = default)
        {
            int first = Count;
            for (int p = 0; p < positions.Count; p++) AddParticle(positions[p], mass, velocity);
            return first;
        }

        /// <summary>Makes a particle keep its velocity, whatever pulls at it: at rest, it stays where it is.</summary>
        public void Pin(int particle)
        {
            RequireOpen("A pin");
            if ((uint)particle >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(particle), particle, $"There is no particle {particle}; there are {Count}.");
            (Double3 position, Double3 velocity, double mass, _) = particles[particle];
            particles[particle] = (position, velocity, mass, true);
        }

        /// <summary>Adds a shape that stands still and that all particles touch.</summary>
        /// <param name="shape">Plane, sphere, capsule or box.</param>
        /// <param name="pose">Where it stands; null for the origin.</param>
        /// <param name="friction">Coulomb's coefficient.</param>
        /// <param name="restitution">The part of the normal speed that an impact gives back, 0 to 1.</param>
        /// <param name="name">What error messages call it.</param>
        public Obstacle AddObstacle(Shape shape, Pose? pose = null, double friction = 0.5, double restitution = 0, string name = null)
        {
            RequireOpen("An obstacle");
            var obstacle = new Obstacle(name ?? "obstacle " + obstacles.Count, shape, pose ?? Pose.Identity, friction, restitution);
            obstacles.Add(obstacle);
            return obstacle;
        }

        /// <summary>
        /// Lets particles touch one another, of one cloth and of different ones: they keep twice the <see cref="ContactRadius"/> apart. So that nothing slips through,
        /// that distance should be more than 0.7 of the mesh's. Particles of one thing that are nearer than it at rest are left alone.
        /// </summary>
        /// <param name="friction">Coulomb's coefficient between them.</param>
        /// <exception cref="InvalidOperationException">There are several worlds.</exception>
        public void TouchOneAnother(double friction = 0.5)
        {
            RequireOpen("Contact between particles");
            if (options.Worlds > 1) throw new InvalidOperationException($"Particles touch one another in a single world only, but there are {options.Worlds}.");
            if (!(friction >= 0) || double.IsInfinity(friction)) throw new ArgumentException($"The friction between particles must be finite and not negative, but is {friction}.", nameof(friction));
            pairFriction = friction;
        }

        /// <summary>Friction between particles, one number for all.</summary>
        /// <exception cref="InvalidOperationException">They do not touch: <see cref="TouchOneAnother"/> was not called.</exception>
        public Buffer PairFriction
        {
            get
            {
                Build();
                return pairContacts?.Friction ?? throw new InvalidOperationException("The particles do not touch one another: call TouchOneAnother before the world is built.");
            }
        }

        /// <summary>Adds elements of any kind, the user's own too.</summary>
        /// <param name="kind">What they are.</param>
        /// <param name="elements">The particles of each.</param>
        /// <param name="values">Numbers for the kind's parameters by name.</param>
        /// <param name="name">What error messages call them.</param>
        /// <exception cref="ArgumentException">Particles or numbers are not right; the message says which.</exception>
        public ElementSet AddElements(ElementKind kind, int[][] elements, IReadOnlyDictionary<string, ElementValues> values, string name = null)
        {
            RequireOpen("An element");
            var set = new ElementSet(name ?? $"{kind.Name} {sets.Count}", kind, elements, values, Count, options);
            sets.Add(set);
            return set;
        }

        /// <summary>Adds damped springs between pairs of particles.</summary>
        /// <param name="pairs">The particles that each spring joins.</param>
        /// <param name="stiffness">In N/m: one number, or one for each spring.</param>
        /// <param name="damping">In N s/m; where 0 is given for all, damping is left out, and cannot be added later.</param>
        /// <param name="restLength">In m; by default the distances at the start.</param>
        /// <param name="name">What error messages call them.</param>
        public Springs AddSprings(IReadOnlyList<(int a, int b)> pairs, ElementValues stiffness, ElementValues damping = default, ElementValues restLength = default, string name = null) =>
            AddSprings(new SpringKind(!damping.IsZero), pairs, ("stiffness", stiffness), ("damping", damping), restLength, name);

        /// <summary>
        /// Adds damped springs by how two particles swing on one of them: each has the stiffness m (2 pi f)^2 and the damping 4 pi f z m, with m the mass that
        /// its particles have against each other.
        /// </summary>
        /// <param name="pairs">The particles that each spring joins.</param>
        /// <param name="frequency">f in hertz: one number, or one for each spring.</param>
        /// <param name="dampingRatio">z, 1 for critical damping; where 0 is given for all, damping is left out, and cannot be added later.</param>
        /// <param name="restLength">In m; by default the distances at the start.</param>
        /// <param name="name">What error messages call them.</param>
        public Springs AddTunedSprings(IReadOnlyList<(int a, int b)> pairs, ElementValues frequency, ElementValues dampingRatio = default, ElementValues restLength = default, string name = null) =>
            AddSprings(new SpringKind(!dampingRatio.IsZero, byFrequency: true), pairs, ("frequency", frequency), ("damping ratio", dampingRatio), restLength, name);

        private Springs AddSprings(
            SpringKind kind, IReadOnlyList<(int a, int b)> pairs, (string name, ElementValues values) pull, (string name, ElementValues values) damping, ElementValues restLength, string name)
        {
            var elements = new int[pairs.Count][];
            for (int s = 0; s < elements.Length; s++) elements[s] = new[] { pairs[s].a, pairs[s].b };
            if (restLength.IsEmpty) restLength = Array.ConvertAll(elements, Distance);
            return new Springs(AddElements(kind, elements, new Dictionary<string, ElementValues>
            {
                [pull.name] = pull.values, [damping.name] = damping.values.IsEmpty ? 0 : damping.values, ["rest length"] = restLength,
            }, name));
        }

        /// <summary>Frees buffers, and the tape unless it is that of a world of bodies.</summary>
        public void Dispose()
        {
            if (host == null) Tape.Dispose();
            foreach (Attachments attachment in attachments) attachment.Dispose();
            foreach (ElementSet set in sets) set.Dispose();
            foreach (Obstacle obstacle in obstacles) obstacle.Dispose();
            foreach (Tethers each in tethers) each.Dispose();
            stepper?.Dispose();
            bodyContacts?.Dispose();
            triangleContacts?.Dispose();
            contactMaterial?.Dispose();
            pairContacts?.Dispose();
            energy?.Dispose();
            finiteCheck?.Dispose();
            buffers?.Dispose();
        }

        private double Distance(int[] pair)
        {
            foreach (int p in pair)
                if ((uint)p >= (uint)Count) return 0; // named when the elements are checked
            return Double3.Distance(particles[pair[0]].position, particles[pair[1]].position);
        }

        private void RequireOpen(string what)
        {
            if (IsBuilt) throw new InvalidOperationException($"{what} cannot be added: the world has been built by its first step or use of a buffer.");
        }
    }
}
