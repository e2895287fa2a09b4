using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// Something that a pose should satisfy: residuals that are 0 when it does. A solver minimises the sum over all goals of
    /// Weight^2 |residual|^2. Targets and weights may change from solve to solve; everything else is fixed when a goal is made.
    /// </summary>
    public abstract class Goal
    {
        double weight = 1, tolerance;

        private protected Goal(string name, double tolerance)
        {
            Name = name ?? throw new ArgumentNullException(nameof(name));
            this.tolerance = tolerance;
        }

        /// <summary>What error messages call the goal.</summary>
        public string Name { get; }

        /// <summary>How much a residual counts, 0 or more. Metres and radians are comparable at a ratio of 1 to 0.4 for things of human size.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
        public double Weight
        {
            get => weight;
            set => weight = value >= 0 && !double.IsInfinity(value) ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, $"The weight of goal '{Name}' is 0 or more, and finite.");
        }

        /// <summary>
        /// The priority: 0 comes first; a goal of level k yields to those of lower levels where they conflict. Set it before a solver is made.
        /// </summary>
        public int Level { get; set; }

        /// <summary>The length of the residual at which the goal counts as reached; infinite for goals that only prefer one pose to another.</summary>
        public double Tolerance
        {
            get => tolerance;
            set => tolerance = value > 0 ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, $"The tolerance of goal '{Name}' is positive.");
        }

        /// <summary>How many numbers describe the target.</summary>
        internal abstract int ParameterCount(Skeleton skeleton);

        /// <summary>Checks the target and writes its numbers.</summary>
        internal abstract void WriteParameters(Span<double> parameters);

        /// <summary>Writes the residuals as a formula of the pose and the parameters.</summary>
        internal abstract void Trace(GoalTrace trace);

        /// <summary>The gradient with respect to the target, from that with respect to the parameters.</summary>
        internal virtual double[] TargetGradient(double[] ofParameters) => ofParameters;

        private protected double Finite(double value, string what) => !double.IsNaN(value) && !double.IsInfinity(value) ? value
            : throw new ArgumentException($"{what} of goal '{Name}' is {value}; it has to be finite.");

        private protected void Write(Span<double> to, Vector3d value, string what)
        {
            for (int c = 0; c < 3; c++) to[c] = Finite(value[c], what);
        }

        private protected Vector3d Direction(Vector3d value, string what)
        {
            if (value.IsFinite && value.Length > 1e-12) return Vector3d.Normalise(value);
            throw new ArgumentException($"{what} of goal '{Name}' is {value}; it needs a direction.");
        }

        /// <summary>The goal's name.</summary>
        public override string ToString() => Name;
    }

    /// <summary>What a goal sees while it is traced, and where it leaves its residuals.</summary>
    sealed class GoalTrace
    {
        readonly Goal goal;

        public GoalTrace(Goal goal, Skeleton description, TracedSkeleton skeleton, Real[] parameters, Real[] start)
        {
            this.goal = goal;
            Description = description;
            Skeleton = skeleton;
            Parameters = parameters;
            Start = start;
        }

        public Skeleton Description { get; }

        public TracedSkeleton Skeleton { get; }

        public Real[] Parameters { get; }

        /// <summary>The pose of the last frame.</summary>
        public Real[] Start { get; }

        public List<Dual> Residuals { get; } = new List<Dual>();

        public TracedVector Vector(int first) => new TracedVector(Parameters[first], Parameters[first + 1], Parameters[first + 2]);

        public DualVector Point(string joint, Vector3d local) => Skeleton.Point(IndexOf(joint), local);

        public void Add(Dual residual) => Residuals.Add(residual);

        public void Add(DualVector residual)
        {
            for (int c = 0; c < 3; c++) Residuals.Add(residual[c]);
        }

        public int IndexOf(string joint)
        {
            try
            {
                return Description.IndexOf(joint);
            }
            catch (SkeletonException e)
            {
                throw new SkeletonException($"Goal '{goal.Name}': {e.Message}", joint, 0, e);
            }
        }
    }
}
