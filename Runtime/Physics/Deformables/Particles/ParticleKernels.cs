using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The kernels over all particles: their flight, and the two ends of a substep of soft constraints.</summary>
    internal static class ParticleKernels
    {
        /// <summary>Point masses, to which elements then add theirs.</summary>
        public static Kernel OwnMass() => Kernel.Define("own mass", k => k.Store("mass", k.Lane("point mass")));

        /// <summary>An explicit substep: forces kick, the particle flies, and touches obstacles on its way.</summary>
        public static Kernel Flight(ParticleOptions options, IReadOnlyList<Obstacle> obstacles, ParticleBuffers particles) => Kernel.Define("flight of particles", k =>
        {
            var p = new Inputs(k);
            bool isSymplectic = options.Integrator == ParticleIntegrator.Symplectic;
            Real3 kick = p.Response(k) * p.Substep;
            if (isSymplectic) kick += p.Gravity * p.Substep;
            kick = p.WhereFree(kick);
            Real3 acceleration = isSymplectic ? Real3.Zero : p.WhereFree(p.Gravity), v1 = p.Velocity + kick;
            var path = new ParticlePath(
                p.Position + v1 * p.Substep + acceleration * (0.5 * p.Substep * p.Substep), v1 + acceleration * p.Substep, acceleration, p.Substep);
            TracedChoices choices = TracedChoices.Of(k, particles, options);
            path = ParticleContact.Resolve(k, obstacles, path, kick, p.IsFree, isBallistic: !isSymplectic, options.RestitutionThreshold, ref choices);
            Store(k, path.Position, path.Velocity);
            k.Store("force", Real3.Zero);
            choices.Store(k);
            if (particles.Kick != null) k.Store("kick", kick);
            if (options.ConstantInertia) k.Constant("mass", "substep");
        });

        /// <summary>Opens a substep of soft constraints: x* = x + h v + h^2 (f / m + g), put where the solver has the particle's place.</summary>
        public static Kernel Predict() => Kernel.Define("predict particles", k =>
        {
            var p = new Inputs(k);
            Real3 v1 = p.Velocity + p.WhereFree((p.Response(k) + p.Gravity) * p.Substep);
            k.StoreAt("position", "place", p.Position + v1 * p.Substep);
            k.Store("force", Real3.Zero);
        });

        /// <summary>Ends it: v = (x - x_start) / h, then contact.</summary>
        /// <param name="options">How particles move.</param>
        /// <param name="obstacles">What they may touch.</param>
        /// <param name="particles">What is kept of them.</param>
        /// <param name="isDamped">Whether the solver goes on with what results.</param>
        public static Kernel Finish(ParticleOptions options, IReadOnlyList<Obstacle> obstacles, ParticleBuffers particles, bool isDamped) => Kernel.Define("finish particles", k =>
        {
            Real[] start = k.Lane("state", ParticleBuffers.StateSize);
            Real h = k.Shared("environment", ParticleBuffers.EnvironmentSize)[3];
            Real3 x = k.Gather3("position", "place"), v = (x - new Real3(start, 0)) * (1 / h), before = new Real3(start, 3);
            Bool isFree = k.Lane("mobility") > 0;
            var path = new ParticlePath(x, v, Real3.Zero, h);
            if (particles.Kick != null) k.Store("kick", v - before);
            TracedChoices choices = TracedChoices.Of(k, particles, options);
            path = ParticleContact.Resolve(k, obstacles, path, v - before, isFree, isBallistic: false, options.RestitutionThreshold, ref choices);
            choices.Store(k);
            Real3 after = Real3.Select(isFree, path.Velocity, before);
            Store(k, path.Position, after);
            if (!isDamped) return;
            k.StoreAt("position", "place", path.Position);
            k.StoreAt("velocity", "place", after);
        });

        /// <summary>Takes back the velocities that damping has left.</summary>
        public static Kernel TakeVelocity() => Kernel.Define("damped particles", k => k.Store("damped velocity", k.Gather3("velocity", "place")));

        /// <summary>1 / m where the solver has the particle's place, and 0 for pinned ones.</summary>
        public static Kernel InverseMass() => Kernel.Define("inverse mass", k =>
            k.StoreAt("inverse mass", "place", Real.Select(k.Lane("mobility") > 0, 1 / k.Lane("mass"), 0)));

        private static void Store(KernelBuilder k, Real3 x, Real3 v) => k.Store("state", x.X, x.Y, x.Z, v.X, v.Y, v.Z);

        private readonly struct Inputs
        {
            public readonly Real3 Position, Velocity, Gravity;
            public readonly Real Substep;
            public readonly Bool IsFree;

            public Inputs(KernelBuilder k)
            {
                Real[] state = k.Lane("state", ParticleBuffers.StateSize), environment = k.Shared("environment", ParticleBuffers.EnvironmentSize);
                Position = new Real3(state, 0);
                Velocity = new Real3(state, 3);
                Gravity = new Real3(environment, 0);
                Substep = k.Shared("substep");
                IsFree = k.Lane("mobility") > 0;
            }

            /// <summary>Acceleration by all forces but gravity: (f - c v) / m.</summary>
            public Real3 Response(KernelBuilder k) =>
                (k.Lane3("force") + k.Lane3("applied force") - Velocity * k.Lane("drag")) * (1 / k.Lane("mass"));

            /// <summary>Zero for pinned particles, which move on with the velocity that they have.</summary>
            public Real3 WhereFree(Real3 change) => Real3.Select(IsFree, change, Real3.Zero);
        }
    }
}
