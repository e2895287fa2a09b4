using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    // Particles that move together with the bodies of a world.
    public sealed partial class ParticleWorld : ICoupledSystem
    {
        private readonly World host;
        private readonly List<Attachments> attachments = new List<Attachments>();
        private readonly HashSet<(int particle, int body)> ignored = new HashSet<(int, int)>();
        private (double friction, double restitution)? touch;
        private BodyContacts bodyContacts, triangleContacts;
        private Buffer contactMaterial;
        private bool byTriangles;

        /// <summary>
        /// A world of particles beside the bodies of another world: both step together, on that world's tape, with its time step, substeps,
        /// precision and gravity.
        /// </summary>
        /// <param name="host">The world of the bodies; not built yet, and a single one.</param>
        /// <param name="options">How particles move; null for the defaults.</param>
        /// <example><code>
        /// var bodies = new World();
        /// Body crate = bodies.AddBody(new BoxShape(new Double3(0.2))).At(0, 1, 0);
        /// var particles = new ParticleWorld(bodies);
        /// Rope rope = particles.AddRope(new Double3(0, 3, 0), new Double3(0, 1.2, 0), 20);
        /// particles.Pin(rope.FirstParticle);
        /// particles.Attach(rope.LastParticle, crate, stiffness: 5000, damping: 10);
        /// bodies.Step(60);
        /// </code></example>
        public ParticleWorld(World host, ParticleOptions options = null)
        {
            this.host = host ?? throw new ArgumentNullException(nameof(host), "Coupled particles need a world of bodies.");
            options ??= new ParticleOptions();
            if (host.IsBuilt) throw new InvalidOperationException("Particles cannot be coupled to a world that has been built.");
            if (host.Options.Worlds > 1 || options.Worlds > 1) throw new ArgumentException("Particles can be coupled to the bodies of a single world only.", nameof(options));
            this.options = new ParticleOptions
            {
                Precision = host.Options.Precision, TimeStep = host.Options.TimeStep, Substeps = host.Options.Substeps, Integrator = options.Integrator,
                Iterations = options.Iterations, ConstantInertia = options.ConstantInertia, RestitutionThreshold = options.RestitutionThreshold, StopsAtDivergence = options.StopsAtDivergence, Executor = host.Tape.Executor,
            };
            this.options.Validate();
            gravity = host.Gravity;
            Tape = host.Tape;
            host.Couple(this);
        }

        /// <summary>Ties a particle to the point of a body at which it starts.</summary>
        /// <param name="particle">The particle.</param>
        /// <param name="body">The body; a kinematic one leads the particle along.</param>
        /// <param name="stiffness">In N/m.</param>
        /// <param name="damping">In N s/m.</param>
        public Attachments Attach(int particle, Body body, double stiffness, double damping = 0) => Attach(new[] { (particle, body) }, stiffness, damping);

        /// <summary>Ties particles to the points of bodies at which they start.</summary>
        /// <param name="pairs">Particles and bodies.</param>
        /// <param name="stiffness">In N/m: one number, or one for each.</param>
        /// <param name="damping">In N s/m: one number, or one for each.</param>
        /// <exception cref="InvalidOperationException">The particles are not coupled to a world of bodies.</exception>
        public Attachments Attach(IReadOnlyList<(int particle, Body body)> pairs, ElementValues stiffness, ElementValues damping) => Attach(pairs, stiffness, damping, false);

        /// <summary>Ties particles to the points of bodies at which they start, by how they would swing there.</summary>
        /// <param name="pairs">Particles and bodies.</param>
        /// <param name="frequency">In hertz: one number, or one for each. Explicit springs need it to be below 1 / (pi h), with h the substep.</param>
        /// <param name="dampingRatio">1 is critical.</param>
        /// <exception cref="InvalidOperationException">The particles are not coupled to a world of bodies.</exception>
        public Attachments AttachTuned(IReadOnlyList<(int particle, Body body)> pairs, ElementValues frequency, ElementValues dampingRatio) => Attach(pairs, frequency, dampingRatio, true);

        private Attachments Attach(IReadOnlyList<(int particle, Body body)> pairs, ElementValues stiffness, ElementValues damping, bool byFrequency)
        {
            RequireOpen("An attachment");
            if (host == null) throw new InvalidOperationException("There are no bodies to attach to: make the particles with new ParticleWorld(world).");
            var added = new Attachments(pairs, stiffness, damping, byFrequency, Count, options.ConstantInertia);
            attachments.Add(added);
            foreach ((int particle, Body body) in pairs) ignored.Add((particle, body.Index));
            return added;
        }

        /// <summary>
        /// Lets particles touch all bodies of the world that they are coupled to, as balls of <see cref="ContactRadius"/>, and be touched by them: what
        /// a particle gains in momentum, the body loses. Attached particles do not touch the body that they are attached to.
        /// </summary>
        /// <param name="friction">Friction of the particles, which the world's rule combines with that of a body.</param>
        /// <param name="restitution">Restitution of the particles, combined likewise.</param>
        /// <param name="corners">
        /// Whether, besides, the triangles of cloth and of the surfaces of soft bodies touch the corners of boxes and hulls, and balls and capsules that are smaller than them, so that
        /// these do not poke through a coarse mesh.
        /// </param>
        /// <exception cref="InvalidOperationException">The particles are not coupled to a world of bodies.</exception>
        public void TouchBodies(double friction = 0.5, double restitution = 0, bool corners = false)
        {
            RequireOpen("Contact with bodies");
            if (host == null) throw new InvalidOperationException("There are no bodies to touch: make the particles with new ParticleWorld(world).");
            if (!(friction >= 0) || double.IsInfinity(friction)) throw new ArgumentException($"The friction of particles must be finite and not negative, but is {friction}.", nameof(friction));
            if (!(restitution >= 0 && restitution <= 1)) throw new ArgumentException($"The restitution of particles must be between 0 and 1, but is {restitution}.", nameof(restitution));
            touch = (friction, restitution);
            byTriangles = corners;
        }

        /// <summary>Keeps a particle from touching a body.</summary>
        public void Ignore(int particle, Body body)
        {
            RequireOpen("An exception");
            if ((uint)particle >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(particle), particle, $"There is no particle {particle}; there are {Count}.");
            if (body == null) throw new ArgumentNullException(nameof(body), $"What particle {particle} is kept from touching must be a body.");
            ignored.Add((particle, body.Index));
        }

        /// <summary>Friction 0 and restitution 1 of the particles where they touch bodies.</summary>
        /// <exception cref="InvalidOperationException">They do not: <see cref="TouchBodies"/> was not called.</exception>
        public Buffer ContactMaterial
        {
            get
            {
                Build();
                return contactMaterial ?? throw new InvalidOperationException("The particles touch no bodies: call TouchBodies before the world is built.");
            }
        }

        void ICoupledSystem.BuildCoupled()
        {
            BuildParticles();
            foreach (Attachments attachment in attachments) attachment.Build(host, buffers, options);
            if (touch == null) return;
            RequireContactRadius("touch bodies");
            contactMaterial = new Buffer("contact material", 1, 2, options.Precision);
            WriteAll(contactMaterial, 0, 0, touch.Value.friction, touch.Value.restitution);
            bool[] isPinned = particles.ConvertAll(p => p.isPinned).ToArray();
            bodyContacts = new BodyContacts(host, buffers, options, new ParticleTouchFinder(host, buffers, isPinned, ignored), contactMaterial);
            if (byTriangles && triangles.Count > 0)
                triangleContacts = new BodyContacts(host, buffers, options, new TriangleTouchFinder(host, buffers, isPinned, ignored, triangles.ToArray()), contactMaterial);
        }

        void ICoupledSystem.Restart(bool toStart)
        {
            if (toStart) WriteStart();
            Restart();
        }

        void ICoupledSystem.ActOnBodies(FrameTape tape)
        {
            preparation.Run(tape);
            for (int k = 0; k < attachments.Count; k++) attachments[k].Begin(tape);
            bodyContacts?.Begin(tape);
            triangleContacts?.Begin(tape);
        }

        void ICoupledSystem.Advance(FrameTape tape) => Advance(tape);

        void ICoupledSystem.EndStep() => finiteCheck?.EndStep(Tape.Executor, host.Frame - 1);
    }
}
