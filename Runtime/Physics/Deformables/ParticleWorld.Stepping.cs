using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    // Building, recording and stepping.
    public sealed partial class ParticleWorld
    {
        /// <summary>Makes buffers and kernels, and checks what was added. The first step does it too.</summary>
        /// <exception cref="ArgumentException">Something added is not right; the message names it and the rule.</exception>
        public void Build()
        {
            if (IsBuilt) return;
            if (host != null) host.Build();
            else BuildParticles();
        }

        /// <summary>
        /// Puts all particles back to where they were defined to start and forgets any recording. Parameters in buffers stay as they are, and so
        /// do compiled kernels: this is how one world is run again and again.
        /// </summary>
        public void Reset()
        {
            Build();
            if (host != null)
            {
                host.Reset();
                return;
            }

            Tape.Clear();
            WriteStart();
            Restart();
            ownFrame = 0;
        }

        /// <summary>Starts a recording; a recording before it is forgotten.</summary>
        public void Record()
        {
            Build();
            Tape.ZeroGradients();
            if (host != null)
            {
                host.Record();
                return;
            }

            Tape.Clear();
            Tape.IsRecording = true;
            Restart();
        }

        /// <summary>Advances by <see cref="ParticleOptions.TimeStep"/>. Recorded, a step is a frame of the tape. Bodies that the particles are coupled to step too.</summary>
        /// <exception cref="DivergenceException">Particles have no numbers for states any more (<see cref="ParticleOptions.StopsAtDivergence"/>).</exception>
        public void Step()
        {
            Build();
            if (host != null)
            {
                host.Step(); // comes back to Advance
                return;
            }

            Tape.BeginFrame();
            preparation.Run(Tape);
            for (int substep = 0; substep < options.Substeps; substep++) Advance(Tape);
            Tape.EndFrame();
            ownFrame++;
            finiteCheck?.EndStep(Tape.Executor, ownFrame - 1);
        }

        /// <summary>Advances by a number of steps.</summary>
        public void Step(int count)
        {
            for (int step = 0; step < count; step++) Step();
        }

        /// <summary>
        /// Runs launches of the user's own, such as a loss that a kernel sums from <see cref="State"/>, in a frame of the tape.
        /// </summary>
        public void Run(params Launch[] launches)
        {
            Build();
            Tape.BeginFrame();
            foreach (Launch launch in launches) Tape.Run(launch);
            Tape.EndFrame();
        }

        /// <summary>
        /// Computes masses and rest shapes from parameters, as the next step would, in a frame of the tape: from then on <see cref="Mass"/> is right.
        /// </summary>
        public void Prepare()
        {
            Build();
            Tape.BeginFrame();
            preparation.Run(Tape);
            Tape.EndFrame();
        }

        /// <summary>
        /// The elastic energy of all elements, in joules, in the first element of a buffer, one number a world. Recorded, it can be seeded as
        /// a loss.
        /// </summary>
        public Buffer MeasureElasticEnergy()
        {
            Build();
            Tape.BeginFrame();
            preparation.Run(Tape);
            energy.Run(Tape);
            Tape.EndFrame();
            return energy.Total;
        }

        /// <summary>Kinetic energy of one world's particles, pinned ones left out, in joules.</summary>
        public double KineticEnergy(int world = 0)
        {
            double sum = 0;
            for (int p = 0; p < Count; p++)
                if (!particles[p].isPinned) sum += 0.5 * MassOf(p, world) * Velocity(p, world).LengthSquared;
            return sum;
        }

        /// <summary>Potential energy of one world's particles in gravity, pinned ones left out, in joules; zero at the origin.</summary>
        public double PotentialEnergy(int world = 0)
        {
            double sum = 0;
            int at = options.ParametersPerWorld ? world : 0;
            var g = new Double3(Environment[0, 0, at], Environment[0, 1, at], Environment[0, 2, at]);
            for (int p = 0; p < Count; p++)
                if (!particles[p].isPinned) sum -= MassOf(p, world) * Double3.Dot(g, Position(p, world));
            return sum;
        }

        /// <summary>Where a particle is, in metres.</summary>
        public Double3 Position(int particle, int world = 0) => new Double3(State[particle, 0, world], State[particle, 1, world], State[particle, 2, world]);

        /// <summary>How fast a particle moves, in metres per second.</summary>
        public Double3 Velocity(int particle, int world = 0) => new Double3(State[particle, 3, world], State[particle, 4, world], State[particle, 5, world]);

        /// <summary>
        /// A number that stands for what contacts have chosen since the last <see cref="Reset"/> or <see cref="Record"/>: which particles met what, what stuck or slid, and
        /// what lasted when; of bodies that the particles are coupled to, too. Runs with equal numbers lie on one smooth piece of what they compute.
        /// </summary>
        /// <param name="world">Which of the worlds.</param>
        public ulong Choices(int world = 0)
        {
            Build();
            ulong sum = host?.Choices(world) ?? ChoiceSums.Start;
            for (int p = 0; p < Count && buffers.Choices != null; p++) sum = ChoiceSums.Add(sum, (ulong)buffers.Choices[p, 0, world]);
            return sum;
        }

        // A recording, or a run from the start: masses and rest shapes are computed anew, and choices count from here.
        private void Restart()
        {
            preparation.MustRun = true;
            buffers.Choices?.Clear();
            bodyContacts?.Restart();
            triangleContacts?.Restart();
        }

        private void Advance(FrameTape tape)
        {
            stepper.Advance(tape);
            for (int k = 0; k < attachments.Count; k++) attachments[k].End(tape);
            pairContacts?.Run(tape);
            bodyContacts?.Run(tape);
            triangleContacts?.Run(tape);
        }

        private void BuildParticles()
        {
            if (Count == 0) throw new ArgumentException("A world of particles needs at least one.");
            RequireMass();
            buffers = new ParticleBuffers(Count, options, touch != null, obstacles.Count > 0 || pairFriction != null);
            for (int p = 0; p < Count; p++)
            {
                (Double3 x, _, double mass, bool isPinned) = particles[p];
                WriteAll(buffers.PointMass, p, 0, mass);
                WriteAll(buffers.Mass, p, 0, mass);
                WriteAll(buffers.Mobility, p, 0, isPinned ? 0 : 1);
                WriteAll(buffers.RestPosition, p, 0, x.X, x.Y, x.Z);
            }

            WriteStart();
            WriteAll(buffers.Environment, 0, 0, gravity.X, gravity.Y, gravity.Z, options.TimeStep / options.Substeps, ContactRadius);
            foreach (Obstacle obstacle in obstacles) obstacle.Build(options);
            stepper = options.Integrator == ParticleIntegrator.SoftConstraints
                ? (ParticleStepper)new ConstraintStepper(options, sets, obstacles, buffers, tethers, particles.ConvertAll(p => p.isPinned).ToArray())
                : new ExplicitStepper(options, sets, obstacles, buffers);
            foreach (ElementSet set in sets) set.IsBuilt = true;
            preparation = new Preparation(sets, buffers, stepper.Preparations);
            energy = new ElasticEnergy(sets, buffers, options);
            if (options.StopsAtDivergence) finiteCheck = new FiniteCheck(buffers, options);
            if (pairFriction == null) return;
            RequireContactRadius("touch one another");
            pairContacts = new PairContacts(buffers, options, sets, particles.ConvertAll(p => p.isPinned).ToArray(), pairFriction.Value);
        }

        private void RequireContactRadius(string what)
        {
            if (!(ContactRadius > 0)) throw new ArgumentException($"Particles that {what} need a positive ContactRadius, but it is {ContactRadius}.");
        }

        private double MassOf(int particle, int world)
        {
            Build();
            preparation.Run(Tape);
            return Mass[particle, 0, options.ParametersPerWorld ? world : 0];
        }

        private void WriteStart()
        {
            for (int p = 0; p < Count; p++)
            {
                (Double3 x, Double3 v, _, _) = particles[p];
                WriteAll(buffers.State, p, 0, x.X, x.Y, x.Z, v.X, v.Y, v.Z);
            }
        }

        private void RequireMass()
        {
            var hasMass = new bool[Count];
            foreach (ElementSet set in sets)
            {
                if (!set.Kind.HasMass) continue;
                foreach (int[] element in set.Elements)
                    foreach (int p in element) hasMass[p] = true;
            }

            for (int p = 0; p < Count; p++)
                if (!hasMass[p] && particles[p].mass == 0 && !particles[p].isPinned)
                    throw new ArgumentException($"Particle {p} has no mass: give it some, pin it, or let cloth or a soft body with density hold it.");
        }

        private static void WriteAll(Buffer buffer, int element, int first, params double[] numbers)
        {
            for (int c = 0; c < numbers.Length; c++)
                for (int w = 0; w < buffer.Worlds; w++) buffer[element, first + c, w] = numbers[c];
        }
    }
}
