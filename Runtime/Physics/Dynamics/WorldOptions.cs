using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>How a world steps. The defaults suit games; for gradients of one impact one substep is as good as many.</summary>
    public sealed class WorldOptions
    {
        /// <summary>Float to run, double to verify.</summary>
        public Precision Precision { get; set; } = Precision.Float;

        /// <summary>
        /// Copies of the world that are stepped together, each with its own states, parameters and contacts. A world gives the same bits
        /// in any number of them.
        /// </summary>
        public int Worlds { get; set; } = 1;

        /// <summary>Time step of <see cref="World.Step()"/>, in seconds.</summary>
        public double TimeStep { get; set; } = 1.0 / 60;

        /// <summary>Substeps of a step.</summary>
        public int Substeps { get; set; } = 4;

        /// <summary>Sweeps over the lasting contacts that solve velocities, in each substep.</summary>
        public int VelocityIterations { get; set; } = 4;

        /// <summary>Sweeps over the lasting contacts that solve positions, in each substep.</summary>
        public int PositionIterations { get; set; } = 2;

        /// <summary>
        /// The closing speed, in metres per second, up to which a contact is not an impact but a lasting one, without restitution.
        /// </summary>
        public double RestitutionThreshold { get; set; } = 0.5;

        /// <summary>Gap, in metres, within which points of a manifold count as hit together, and as lasting when they are slow.</summary>
        public double ContactMargin { get; set; } = 5e-4;

        /// <summary>Overlap, in metres, that is left alone, so that contacts at rest stay closed (the linear slop of Box2D and Bullet).</summary>
        public double LinearSlop { get; set; } = 2e-4;

        /// <summary>
        /// The part of an overlap beyond <see cref="LinearSlop"/> that a substep takes away, 0 to 1: the error reduction parameter of ODE and
        /// Bullet. It moves bodies without giving them velocity.
        /// </summary>
        public double ErrorReduction { get; set; } = 0.1;

        /// <summary>
        /// Whether gravity kicks velocities before positions move (symplectic Euler: v += h g, then x += h v) instead of acting
        /// ballistically during the substep. Impulses of lasting contacts then move positions in full too, not as constant forces do.
        /// </summary>
        public bool Symplectic { get; set; }

        /// <summary>
        /// Time, in seconds, after which bodies at rest sleep together with all that they touch, until something hits or touches them or
        /// their numbers are changed. Infinity, the default, lets none sleep; half a second suits games. Bodies do not sleep while steps are
        /// recorded, nor those that joints hold.
        /// </summary>
        public double SleepTime { get; set; } = double.PositiveInfinity;

        /// <summary>The speed below which a body is at rest, in metres per second: the root of twice its kinetic energy per mass.</summary>
        public double SleepSpeed { get; set; } = 0.05;

        /// <summary>Whether steps keep account of contacts and triggers for <see cref="World.Contacts"/> and <see cref="World.Triggers"/>.</summary>
        public bool ReportContacts { get; set; }

        /// <summary>How the friction of two materials combines.</summary>
        public CombineRule FrictionRule { get; set; } = CombineRule.GeometricMean;

        /// <summary>How the restitution of two materials combines.</summary>
        public CombineRule RestitutionRule { get; set; } = CombineRule.Maximum;

        /// <summary>How the rolling and torsional friction of two materials combine.</summary>
        public CombineRule ResistanceRule { get; set; } = CombineRule.Maximum;

        /// <summary>What compiles and runs the kernels; null for the fastest there is. Worlds that share one share its compiled kernels.</summary>
        public Executor Executor { get; set; }

        internal void Validate()
        {
            Positive(TimeStep, nameof(TimeStep));
            AtLeast(Worlds, 1, nameof(Worlds));
            AtLeast(Substeps, 1, nameof(Substeps));
            AtLeast(VelocityIterations, 0, nameof(VelocityIterations));
            AtLeast(PositionIterations, 0, nameof(PositionIterations));
            Positive(RestitutionThreshold, nameof(RestitutionThreshold));
            Positive(ContactMargin, nameof(ContactMargin));
            Positive(SleepSpeed, nameof(SleepSpeed));
            if (!(SleepTime > 0)) throw new ArgumentException($"World option SleepTime must be positive, but is {SleepTime}.");
            if (!(LinearSlop >= 0)) throw new ArgumentException($"World option LinearSlop must not be negative, but is {LinearSlop}.");
            if (!(ErrorReduction >= 0 && ErrorReduction <= 1)) throw new ArgumentException($"World option ErrorReduction must be between 0 and 1, but is {ErrorReduction}.");
        }

        private static void Positive(double value, string name)
        {
            if (!(value > 0) || double.IsInfinity(value)) throw new ArgumentException($"World option {name} must be positive and finite, but is {value}.");
        }

        private static void AtLeast(int value, int least, string name)
        {
            if (value < least) throw new ArgumentException($"World option {name} must be at least {least}, but is {value}.");
        }
    }
}
