using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>How a <see cref="ParticleWorld"/> moves its particles.</summary>
    public enum ParticleIntegrator
    {
        /// <summary>
        /// Explicit: forces kick first, v1 = v + h f / m, then gravity g acts during the flight, x += h v1 + h^2 g / 2, v = v1 + h g. Energy
        /// stays bounded while h is below 2 / w, with w the fastest angular frequency; flight in gravity is exact.
        /// </summary>
        Ballistic,

        /// <summary>
        /// Explicit: v += h (f / m + g), then x += h v (symplectic Euler). Energy stays bounded while h is below 2 / w.
        /// </summary>
        Symplectic,

        /// <summary>
        /// Soft constraints, batch by batch: implicit Euler, one sweep (or more) a substep. Stable for any stiffness and step; energy only
        /// falls, the faster the longer the substep.
        /// </summary>
        SoftConstraints,
    }

    /// <summary>How a <see cref="ParticleWorld"/> steps.</summary>
    public sealed class ParticleOptions
    {
        /// <summary>Float to run, double to verify.</summary>
        public Precision Precision { get; set; } = Precision.Float;

        /// <summary>Time step of <see cref="ParticleWorld.Step()"/>, in seconds.</summary>
        public double TimeStep { get; set; } = 1.0 / 60;

        /// <summary>Substeps of a step.</summary>
        public int Substeps { get; set; } = 8;

        /// <summary>How particles move.</summary>
        public ParticleIntegrator Integrator { get; set; } = ParticleIntegrator.Ballistic;

        /// <summary>Sweeps over the constraints in each substep, for <see cref="ParticleIntegrator.SoftConstraints"/>.</summary>
        public int Iterations { get; set; } = 1;

        /// <summary>
        /// Copies of the scene that run side by side, each with a state of its own: restarts, populations, differences.
        /// </summary>
        public int Worlds { get; set; } = 1;

        /// <summary>Whether parameters too (stiffness, masses, gravity...) are different in each world; otherwise all worlds share them.</summary>
        public bool ParametersPerWorld { get; set; }

        /// <summary>
        /// Whether masses and the length of a substep are constants of a recording: they have no gradient then, and explicit steps need not keep
        /// their forces, a third of what a recording takes.
        /// </summary>
        public bool ConstantInertia { get; set; }

        /// <summary>The closing speed, in metres per second, up to which a contact is a lasting one, without restitution.</summary>
        public double RestitutionThreshold { get; set; } = 0.1;

        /// <summary>
        /// Whether steps look now and then (every 32 substeps) if all particles still have numbers for states, and throw a <see cref="DivergenceException"/> if not.
        /// </summary>
        public bool StopsAtDivergence { get; set; } = true;

        /// <summary>What compiles and runs the kernels; null for the fastest there is. Worlds that share one share its compiled kernels.</summary>
        public Executor Executor { get; set; }

        internal int ParameterWorlds => ParametersPerWorld ? Worlds : 1;

        internal void Validate()
        {
            if (!(TimeStep > 0) || double.IsInfinity(TimeStep)) throw new ArgumentException($"Particle option TimeStep must be positive and finite, but is {TimeStep}.");
            if (!(RestitutionThreshold >= 0)) throw new ArgumentException($"Particle option RestitutionThreshold must not be negative, but is {RestitutionThreshold}.");
            AtLeastOne(Substeps, nameof(Substeps));
            AtLeastOne(Iterations, nameof(Iterations));
            AtLeastOne(Worlds, nameof(Worlds));
        }

        private static void AtLeastOne(int value, string name)
        {
            if (value < 1) throw new ArgumentException($"Particle option {name} must be at least 1, but is {value}.");
        }
    }
}
