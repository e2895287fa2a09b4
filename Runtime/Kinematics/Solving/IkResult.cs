using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>How a solve ended.</summary>
    public enum IkStatus : byte
    {
        /// <summary>Every goal is within its tolerance.</summary>
        Reached,
        /// <summary>The nearest pose was found, and joint limits hold it back from its goals.</summary>
        AtLimit,
        /// <summary>The nearest pose was found, and no joint limit is to blame: too far, or goals in conflict.</summary>
        OutOfReach,
        /// <summary>The budget ended while the pose still improved.</summary>
        BudgetSpent,
    }

    /// <summary>The outcome of a solve; the pose itself stays with the solver.</summary>
    public readonly struct IkResult
    {
        internal IkResult(IkStatus status, int iterations, double cost, bool tookOver)
        {
            Status = status;
            Iterations = iterations;
            Cost = cost;
            TookOver = tookOver;
        }

        /// <summary>How the solve ended.</summary>
        public IkStatus Status { get; }

        /// <summary>The number of iterations, each over all starts.</summary>
        public int Iterations { get; }

        /// <summary>The sum over the goals of Weight^2 |residual|^2.</summary>
        public double Cost { get; }

        /// <summary>Whether another start replaced the one from the last frame.</summary>
        public bool TookOver { get; }

        /// <summary>Status, iterations and cost.</summary>
        public override string ToString() => FormattableString.Invariant($"{Status} after {Iterations} iterations at cost {Cost:g3}");
    }

    /// <summary>What a solver may spend.</summary>
    public sealed class IkOptions
    {
        /// <summary>Poses tried at once, one per SIMD lane; 8 by default. The first is the last frame's.</summary>
        public int Starts { get; set; } = 8;

        /// <summary>The most iterations of a solve from nothing; 300 by default.</summary>
        public int Iterations { get; set; } = 300;

        /// <summary>The most iterations of a solve from the last frame's pose; 40 by default.</summary>
        public int WarmIterations { get; set; } = 40;

        /// <summary>The most time of a solve, looked at after every iteration; none by default, which keeps results repeatable.</summary>
        public TimeSpan? Time { get; set; }

        /// <summary>
        /// A pose counts as the nearest one when the next step promises to lower the cost by no more than this fraction; 1e-10 by default.
        /// </summary>
        public double Stationarity { get; set; } = 1e-10;

        /// <summary>Where the random starts begin.</summary>
        public int Seed { get; set; } = 1;

        internal void Check()
        {
            if (Starts < 1) throw new ArgumentOutOfRangeException(nameof(Starts), Starts, "At least one start is needed.");
            if (Iterations < 1) throw new ArgumentOutOfRangeException(nameof(Iterations), Iterations, "At least one iteration is needed.");
            if (WarmIterations < 1) throw new ArgumentOutOfRangeException(nameof(WarmIterations), WarmIterations, "At least one iteration is needed.");
            if (!(Stationarity >= 0)) throw new ArgumentOutOfRangeException(nameof(Stationarity), Stationarity, "The stationarity is 0 or more.");
        }
    }
}
