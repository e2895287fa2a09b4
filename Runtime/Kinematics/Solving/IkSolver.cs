using System;
using System.Collections.Generic;
using System.Diagnostics;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// Finds poses of one skeleton that satisfy its goals, within its joint limits. Several starts are solved at once in SIMD
    /// lanes: the first is the last frame's pose, the others are random and begin anew where they stall. Solving allocates nothing.
    /// </summary>
    /// <example><code>
    /// var hand = new PositionGoal("panda_flange");
    /// using var solver = new IkSolver(StandardSkeletons.Panda(), new Goal[] { hand }, executor);
    /// hand.Target = new Vector3d(0.4, 0.1, 0.5);
    /// IkResult result = solver.Solve(); // solver.Pose holds the joint coordinates
    /// </code></example>
    public sealed class IkSolver : IDisposable
    {
        // A random start begins anew unless five iterations lower its cost to 0.3 of what it was; chosen by solution rate.
        const int StallIterations = 5;
        const double StallRatio = 0.3;
        const double RandomRange = 0.8; // of each joint's range, about its middle: solutions at both ends of all ranges are rare

        // The last frame's pose usually needs no help: others start only if it is not done after these iterations.
        const int TrackingIterations = 4;

        // Another start takes over from the last frame's only if it halves the residual, that is quarters the cost.
        const double TakeOverRatio = 0.25;

        // A stretched arm may stand where no joint moves its tip towards the target to first order. While tracking, the first of
        // the other starts are the last pose nudged by so many radians, once and twice, which finds the way out without a jump.
        const int NudgedStarts = 2;
        const double Nudge = 0.05;

        readonly GoalSet goals;
        readonly IkOptions options;
        readonly LaneRows lanes;
        readonly double[] pose, found, middle, range, lower, upper;
        readonly int[] age;
        readonly double[] checkpoint;
        ulong random;
        double foundCost;
        bool foundReached, foundStationary, foundHeld, warm, started;

        /// <summary>A solver for a skeleton and its goals; traces and compiles their kernel.</summary>
        /// <param name="skeleton">The skeleton.</param>
        /// <param name="goals">The goals; their targets and weights are read anew at every solve.</param>
        /// <param name="executor">What runs the kernel.</param>
        /// <param name="options">Budget and number of starts; defaults if null.</param>
        /// <exception cref="SkeletonException">A goal names a joint that the skeleton lacks.</exception>
        /// <exception cref="ArgumentException">There is no goal, or no joint that moves.</exception>
        public IkSolver(Skeleton skeleton, IEnumerable<Goal> goals, Executor executor, IkOptions options = null)
        {
            this.goals = new GoalSet(skeleton, goals);
            this.options = options ?? new IkOptions();
            this.options.Check();
            lanes = new LaneRows(this.goals, IterationKernel.Define(this.goals), executor ?? throw new ArgumentNullException(nameof(executor)), this.options.Starts);
            int n = skeleton.CoordinateCount;
            (pose, found) = (new double[n], new double[n]);
            (age, checkpoint) = (new int[lanes.Lanes], new double[lanes.Lanes]);
            middle = skeleton.MiddlePose();
            (range, lower, upper) = (new double[n], new double[n], new double[n]);
            for (int i = 0; i < n; i++)
            {
                Limit limit = skeleton.LimitOf(i);
                (lower[i], upper[i]) = (limit.Lower, limit.Upper);
                // Half turns for endless hinges; a character's root stays where it is.
                bool root = skeleton.Joints[skeleton.JointOf(i)].Kind == JointKind.Free;
                range[i] = root ? 0 : limit.IsBounded ? RandomRange * (limit.Upper - limit.Lower) : skeleton.Joints[skeleton.JointOf(i)].Kind == JointKind.Slider ? 2 : 2 * Math.PI;
            }
            Reset();
        }

        /// <summary>The skeleton.</summary>
        public Skeleton Skeleton => goals.Skeleton;

        /// <summary>The pose found last, or set by <see cref="Reset(ReadOnlySpan{double})"/>.</summary>
        public ReadOnlySpan<double> Pose => pose;

        internal GoalSet Goals => goals;

        /// <summary>Forgets the last frame: the next solve starts from the middle of every range, and from random poses.</summary>
        public void Reset() => Reset(middle);

        /// <summary>Forgets the last frame: the next solve starts from a pose, and from random ones.</summary>
        /// <exception cref="ArgumentException">The number of coordinates is not the skeleton's, or one is not finite.</exception>
        public void Reset(ReadOnlySpan<double> start)
        {
            SetPose(start);
            random = (ulong)options.Seed * 0x9E3779B97F4A7C15ul + 1;
            warm = false;
        }

        /// <summary>Continues from a pose as if it were the last frame's.</summary>
        /// <exception cref="ArgumentException">The number of coordinates is not the skeleton's, or one is not finite.</exception>
        public void Continue(ReadOnlySpan<double> lastFrame)
        {
            SetPose(lastFrame);
            warm = true;
        }

        /// <summary>Solves for the goals' present targets and leaves the answer in <see cref="Pose"/>.</summary>
        /// <returns>How it went. Whatever the status, the pose is finite, within all limits, and the best one found.</returns>
        /// <exception cref="ArgumentException">A target is not finite.</exception>
        public IkResult Solve()
        {
            lanes.WriteGoals(0, lanes.Lanes);
            long deadline = options.Time is TimeSpan time ? Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency) : long.MaxValue;
            for (int i = 0; i < pose.Length; i++)
            {
                lanes.SetStart(i, 0, lanes.Lanes, pose[i]);
                lanes.SetTrial(i, 0, pose[i]);
            }
            Begin(0, warm);
            started = false;
            if (!warm) RestartOthers();
            foundCost = IterationKernel.NoCost;
            foundReached = foundStationary = false;

            int budget = warm ? options.WarmIterations : options.Iterations, iteration = 0, winner = -1;
            while (winner < 0 && iteration < budget)
            {
                lanes.Iterate();
                iteration++;
                winner = Finished();
                if (winner >= 0 || deadline != long.MaxValue && Stopwatch.GetTimestamp() > deadline) break;
                if (warm && iteration <= TrackingIterations)
                {
                    if (iteration == TrackingIterations) RestartOthers();
                    continue;
                }
                RestartStalled();
            }
            return Conclude(winner, iteration);
        }

        /// <summary>Frees the buffers.</summary>
        public void Dispose() => lanes.Dispose();

        int FirstRandom => Math.Min(1 + NudgedStarts, lanes.Lanes);

        // The lane that ends the solve, or -1: the last frame's if it is done; in a first solve any that is; while tracking, one
        // that was nudged, if the last frame's has come to rest short of its targets.
        int Finished()
        {
            if (Done(0)) return 0;
            if (warm && (!started || !lanes.Stationary(0, options.Stationarity))) return -1;
            for (int lane = 1; lane < (warm ? FirstRandom : lanes.Lanes); lane++)
                if (Done(lane)) return lane;
            // Alone there is nothing to wait for.
            return lanes.Lanes == 1 && lanes.Stationary(0, options.Stationarity) ? 0 : -1;
        }

        bool Done(int lane)
        {
            if (!lanes.Reached(lane)) return lanes.Lanes == 1 && lanes.Stationary(lane, options.Stationarity);
            // Preferences go on improving after the targets are met, but only as far as anyone would see.
            return !goals.HasPreferences || lanes.Stationary(lane, 1e-4);
        }

        void RestartOthers()
        {
            for (int lane = 1; lane < lanes.Lanes; lane++) Restart(lane);
            for (int lane = 1; lane < FirstRandom && warm; lane++) NudgeStart(lane, Nudge * lane);
            started = true;
        }

        // Towards the middle of the ranges, where there is room to go on.
        void NudgeStart(int lane, double most)
        {
            double largest = 0;
            for (int i = 0; i < pose.Length; i++) largest = Math.Max(largest, Math.Abs(middle[i] - pose[i]));
            for (int i = 0; i < pose.Length; i++)
                lanes.SetTrial(i, lane, pose[i] + (middle[i] - pose[i]) * Math.Min(1, most / Math.Max(largest, 1e-12)));
            Begin(lane, true);
        }

        void RestartStalled()
        {
            for (int lane = 0; lane < lanes.Lanes; lane++)
            {
                if (++age[lane] < StallIterations) continue;
                age[lane] = 0;
                double cost = lanes.State(IterationKernel.Cost, lane);
                bool stalled = cost > StallRatio * checkpoint[lane];
                checkpoint[lane] = cost;
                // The first lane goes on to its nearest pose; so does a restart that may turn out to be the nearest of all.
                if (lane < (warm ? FirstRandom : 1) || !stalled || cost < foundCost && !lanes.Stationary(lane, options.Stationarity)) continue;
                Remember(lane);
                Restart(lane);
            }
        }

        void Remember(int lane)
        {
            double cost = lanes.State(IterationKernel.Cost, lane);
            if (!(cost < foundCost)) return;
            foundCost = cost;
            foundReached = lanes.Reached(lane);
            foundStationary = lanes.Stationary(lane, options.Stationarity);
            foundHeld = false;
            for (int i = 0; i < pose.Length; i++)
            {
                found[i] = lanes.Accepted(i, lane);
                foundHeld |= found[i] <= lower[i] || found[i] >= upper[i];
            }
        }

        // Prefers a nudged start that is good enough to a better one from elsewhere.
        bool RememberNudged(double enough)
        {
            for (int lane = 1; lane < FirstRandom; lane++)
            {
                if (!(lanes.State(IterationKernel.Cost, lane) < enough)) continue;
                foundCost = double.PositiveInfinity;
                Remember(lane);
                return true;
            }
            return false;
        }

        IkResult Conclude(int winner, int iterations)
        {
            bool tookOver = false;
            if (winner >= 0)
            {
                foundCost = IterationKernel.NoCost;
                Remember(winner);
                tookOver = winner > 0;
            }
            else
            {
                double enough = (warm ? TakeOverRatio : 1) * lanes.State(IterationKernel.Cost, 0);
                bool nudged = warm && started && RememberNudged(enough);
                for (int lane = 1; lane < lanes.Lanes && started && !nudged; lane++) Remember(lane);
                tookOver = foundCost < enough;
                if (!tookOver)
                {
                    foundCost = double.PositiveInfinity;
                    Remember(0);
                }
            }
            found.CopyTo(pose, 0);
            RotationVectors.Shorten(Skeleton, pose);
            warm = true;
            IkStatus status = foundReached ? IkStatus.Reached : !foundStationary ? IkStatus.BudgetSpent : foundHeld ? IkStatus.AtLimit : IkStatus.OutOfReach;
            return new IkResult(status, iterations, foundCost, tookOver);
        }

        void SetPose(ReadOnlySpan<double> from)
        {
            if (from.Length != pose.Length)
                throw new ArgumentException($"Skeleton '{Skeleton.Name}' has {pose.Length} coordinates; the pose has {from.Length}.");
            for (int i = 0; i < pose.Length; i++)
            {
                if (double.IsNaN(from[i]) || double.IsInfinity(from[i]))
                    throw new ArgumentException($"Coordinate {i} (joint '{Skeleton.Joints[Skeleton.JointOf(i)].Name}') of the pose is {from[i]}; it has to be finite.");
                pose[i] = Skeleton.LimitOf(i).Clamp(from[i]);
            }
        }

        void Restart(int lane)
        {
            for (int i = 0; i < pose.Length; i++)
                lanes.SetTrial(i, lane, range[i] == 0 ? pose[i] : middle[i] + range[i] * (NextRandom() - 0.5));
            Begin(lane);
        }

        void Begin(int lane, bool tracking = false)
        {
            lanes.Begin(lane, tracking);
            age[lane] = 0;
            checkpoint[lane] = IterationKernel.NoCost;
        }

        // xorshift64*. Source: S. Vigna, An experimental exploration of Marsaglia's xorshift generators (2016).
        double NextRandom()
        {
            random ^= random >> 12;
            random ^= random << 25;
            random ^= random >> 27;
            return (random * 0x2545F4914F6CDD1Dul >> 11) * (1.0 / (1ul << 53));
        }
    }
}
