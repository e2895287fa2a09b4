using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>The goals of a solver: where each one's numbers stand, and the residuals of all as formulas.</summary>
    sealed class GoalSet
    {
        // One level outweighs the next a thousand to one in the residual.
        const double LevelRatio = 1e-3;

        readonly Goal[] goals;
        readonly int[] first;
        readonly double[] levelFactors;

        public GoalSet(Skeleton skeleton, IEnumerable<Goal> given)
        {
            Skeleton = skeleton ?? throw new ArgumentNullException(nameof(skeleton));
            if (skeleton.CoordinateCount == 0) throw new ArgumentException($"Skeleton '{skeleton.Name}' has no joint that moves.", nameof(skeleton));
            goals = new List<Goal>(given ?? throw new ArgumentNullException(nameof(given))).ToArray();
            if (goals.Length == 0) throw new ArgumentException("At least one goal is needed.", nameof(given));
            first = new int[goals.Length + 1];
            levelFactors = new double[goals.Length];
            for (int g = 0; g < goals.Length; g++)
            {
                if (goals[g] == null) throw new ArgumentException($"Goal {g} is null.", nameof(given));
                if (Array.IndexOf(goals, goals[g]) < g) throw new ArgumentException($"Goal '{goals[g]}' was given twice.", nameof(given));
                first[g + 1] = first[g] + goals[g].ParameterCount(skeleton);
                levelFactors[g] = Math.Pow(LevelRatio, 2 * goals[g].Level);
                if (goals[g].Level < 0 || goals[g].Level > 2) throw new ArgumentException($"Goal '{goals[g]}' has level {goals[g].Level}; levels are 0, 1 and 2.", nameof(given));
            }
        }

        public Skeleton Skeleton { get; }

        public int Count => goals.Length;

        public int ParameterCount => first[goals.Length];

        public Goal this[int index] => goals[index];

        public int FirstParameter(int goal) => first[goal];

        public int IndexOf(Goal goal)
        {
            int index = Array.IndexOf(goals, goal);
            return index >= 0 ? index : throw new ArgumentException($"Goal '{goal}' is not one of this solver's.", nameof(goal));
        }

        /// <summary>Whether some goals only prefer, so that a pose within all tolerances may still improve.</summary>
        public bool HasPreferences => Array.Exists(goals, goal => double.IsInfinity(goal.Tolerance));

        /// <summary>The factor of |residual|^2 in the cost.</summary>
        public double Importance(int goal) => goals[goal].Weight * goals[goal].Weight * levelFactors[goal];

        /// <summary>The derivative of <see cref="Importance"/> by the goal's weight.</summary>
        public double ImportanceSlope(int goal) => 2 * goals[goal].Weight * levelFactors[goal];

        public void WriteParameters(Span<double> to)
        {
            for (int g = 0; g < goals.Length; g++) goals[g].WriteParameters(to.Slice(first[g], first[g + 1] - first[g]));
        }

        /// <summary>The residuals of every goal.</summary>
        public List<Dual>[] Trace(TracedSkeleton traced, Real[] parameters, Real[] start)
        {
            var residuals = new List<Dual>[goals.Length];
            for (int g = 0; g < goals.Length; g++)
            {
                var trace = new GoalTrace(goals[g], Skeleton, traced, parameters.AsSpan(first[g], first[g + 1] - first[g]).ToArray(), start);
                goals[g].Trace(trace);
                residuals[g] = trace.Residuals;
            }
            return residuals;
        }

        /// <summary>|residual|^2 of a goal.</summary>
        public static Real SquaredNorm(List<Dual> residuals)
        {
            Real sum = 0;
            foreach (Dual residual in residuals) sum = Sparse.MultiplyAdd(residual.Value, residual.Value, sum);
            return sum;
        }
    }
}
