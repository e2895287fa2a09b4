using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Damped springs, without length at rest, between particles and points of bodies: the force k (p - x) + d (p' - v) on the particle at x, with p the
    /// body's point, and its opposite on the body there. Or, in place of k and d, frequency and damping ratio, for the mass 1 / (1/m + 1/M) that particle and body have
    /// against each other. With soft constraints they are solved implicitly, all of a body together, and are stable at any stiffness.
    /// </summary>
    public sealed class Attachments
    {
        private readonly List<(int particle, Body body)> pairs;
        private readonly ElementValues stiffness, damping;
        private readonly bool byFrequency, isConstant;
        private IndexBuffer particleIndex, bodyIndex;
        private Launch launch;
        private ImplicitTies implicitTies;

        internal Attachments(IReadOnlyList<(int particle, Body body)> pairs, ElementValues stiffness, ElementValues damping, bool byFrequency, int particles, bool isConstant)
        {
            this.pairs = new List<(int, Body)>(pairs);
            this.stiffness = stiffness;
            this.damping = damping;
            this.byFrequency = byFrequency;
            this.isConstant = isConstant;
            if (pairs.Count == 0) throw new ArgumentException("Attachments need at least one pair.", nameof(pairs));
            foreach ((int particle, Body body) in pairs)
            {
                if ((uint)particle >= (uint)particles) throw new ArgumentException($"An attachment names particle {particle}; there are {particles}.", nameof(pairs));
                if (body == null) throw new ArgumentException($"The attachment of particle {particle} needs a body.", nameof(pairs));
            }

            Check(byFrequency ? "frequency" : "stiffness", stiffness);
            Check(byFrequency ? "damping ratio" : "damping", damping);
        }

        /// <summary>Stiffness of each in N/m; or frequency in hertz, where it was given. Exists once the world is built.</summary>
        public Buffer Stiffness { get; private set; }

        /// <summary>Damping of each in N s/m; or damping ratio. Exists once the world is built.</summary>
        public Buffer Damping { get; private set; }

        /// <summary>The point of each in the mass frame of its body, in metres. Exists once the world is built.</summary>
        public Buffer Anchor { get; private set; }

        internal void Build(World host, ParticleBuffers particles, ParticleOptions options)
        {
            Precision precision = options.Precision;
            int count = pairs.Count;
            Stiffness = new Buffer("attachment stiffness", count, 1, precision);
            Damping = new Buffer("attachment damping", count, 1, precision);
            Anchor = new Buffer("attachment anchor", count, 3, precision);
            particleIndex = new IndexBuffer("attached particle", count);
            bodyIndex = new IndexBuffer("attached body", count);
            for (int k = 0; k < count; k++)
            {
                (int particle, Body body) = pairs[k];
                (particleIndex.Indices[k], bodyIndex.Indices[k]) = (particle, body.Index);
                Stiffness[k] = Pick(stiffness, k);
                Damping[k] = Pick(damping, k);
                var position = new Double3(particles.State[particle, 0], particles.State[particle, 1], particles.State[particle, 2]);
                Double3 anchor = (body.StartPose * body.BodyFromMass).InverseTransformPoint(position);
                for (int c = 0; c < 3; c++) Anchor[k, c] = anchor[c];
            }

            if (options.Integrator == ParticleIntegrator.SoftConstraints)
            {
                implicitTies = new ImplicitTies(host, particles, pairs, options, slot => slot == "anchor" ? Anchor : slot == "stiffness" ? Stiffness : slot == "damping" ? Damping : null, Law);
                return;
            }

            launch = new Launch(Pull(), count)
                .Bind("state", particles.State).Bind("force", particles.Force).Bind("body state", host.State).Bind("applied", host.Buffers.Applied)
                .Bind("anchor", Anchor).Bind("stiffness", Stiffness).Bind("damping", Damping)
                .BindIndex("particle", particleIndex).BindIndex("body", bodyIndex);
            if (byFrequency) launch.Bind("mass", particles.Mass).Bind("mobility", particles.Mobility).Bind("body mass", host.Mass).Bind("body mobility", host.Buffers.Mobility);
        }

        /// <summary>At the start of a substep: explicit forces.</summary>
        internal void Begin(FrameTape tape)
        {
            if (launch != null) tape.Run(launch);
        }

        /// <summary>At its end: implicit ones.</summary>
        internal void End(FrameTape tape) => implicitTies?.Run(tape);

        internal void Dispose()
        {
            implicitTies?.Dispose();
            foreach (IDisposable owned in new IDisposable[] { Stiffness, Damping, Anchor, particleIndex, bodyIndex }) owned?.Dispose();
        }

        // Of a tie in a row of the solver.
        private (Real, Real) Law(KernelBuilder k, Real particleInverse, RigidMass mass)
        {
            Real stiffness = k.Gather("stiffness", "row"), damping = k.Gather("damping", "row");
            return byFrequency ? SpringKind.Tuned(stiffness, damping, particleInverse + mass.Inverse) : (stiffness, damping);
        }

        private Kernel Pull() => Kernel.Define("attachments", k =>
        {
            Real[] particle = k.Gather("state", "particle", ParticleBuffers.StateSize);
            var body = new RigidState(k.Gather("body state", "body", RigidState.Size));
            Real3 point = body.Point(k.Lane3("anchor"));
            Real stiffness = k.Lane("stiffness"), damping = k.Lane("damping");
            if (byFrequency)
            {
                Real particleInverse = Real.Select(k.Gather("mobility", "particle") > 0, 1 / k.Gather("mass", "particle"), 0);
                var mass = new RigidMass(k.Gather("body mass", "body", RigidMass.Size), k.Gather("body mobility", "body"));
                k.Constant("mobility", "body mobility");
                if (isConstant) k.Constant("mass");
                (stiffness, damping) = SpringKind.Tuned(stiffness, damping, particleInverse + mass.Inverse);
            }

            Real3 force = (point - new Real3(particle, 0)) * stiffness + (body.VelocityAt(point) - new Real3(particle, 3)) * damping;
            Real3 moment = Real3.Cross(point - body.Position, force);
            k.AccumulateAt("force", "particle", force);
            k.AccumulateAt("applied", "body", -force.X, -force.Y, -force.Z, -moment.X, -moment.Y, -moment.Z);
        });

        private void Check(string what, ElementValues values)
        {
            ReadOnlySpan<double> numbers = values.Numbers;
            if (numbers.Length != 1 && numbers.Length != pairs.Count)
                throw new ArgumentException($"The {what} of attachments wants 1 number for all, or {pairs.Count}; {numbers.Length} were given.");
            foreach (double number in numbers)
                if (!(number >= 0) || double.IsInfinity(number)) throw new ArgumentException($"The {what} of attachments must be finite and not negative, but is {number}.");
        }

        private static double Pick(ElementValues values, int k) => values.Numbers[values.Numbers.Length == 1 ? 0 : k];
    }
}
