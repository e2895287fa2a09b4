using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// Many characters of one skeleton and one list of goals, each with targets and a pose of its own, solved together: a lane each, in
    /// parts that threads take. Every frame starts from the last frame's poses and runs a fixed number of iterations.
    /// </summary>
    public sealed class IkCrowd : IDisposable
    {
        readonly GoalSet goals;
        readonly LaneRows[] parts;
        readonly int partSize;
        readonly double[] scratch;
        readonly Action<int> solvePart;
        int iterations;

        /// <summary>A crowd in its rest pose; traces and compiles the kernel of its goals.</summary>
        /// <param name="skeleton">The skeleton of all characters.</param>
        /// <param name="goals">The goals; <see cref="Capture"/> takes their targets and weights for one character.</param>
        /// <param name="executor">What runs the kernel.</param>
        /// <param name="characters">How many characters.</param>
        /// <param name="parts">Into how many parts they are split; as many threads can work at once. Results do not depend on it.</param>
        public IkCrowd(Skeleton skeleton, IEnumerable<Goal> goals, Executor executor, int characters, int parts = 1)
        {
            this.goals = new GoalSet(skeleton, goals);
            if (characters < 1) throw new ArgumentOutOfRangeException(nameof(characters), characters, "A crowd has at least one character.");
            if (parts < 1 || parts > characters) throw new ArgumentOutOfRangeException(nameof(parts), parts, "There is at least one part, and no part without a character.");
            if (executor == null) throw new ArgumentNullException(nameof(executor));
            Count = characters;
            partSize = (characters + parts - 1) / parts;
            Kernel kernel = IterationKernel.Define(this.goals);
            this.parts = new LaneRows[(characters + partSize - 1) / partSize];
            scratch = skeleton.RestPose();
            solvePart = part => SolvePart(part, iterations);
            for (int k = 0; k < this.parts.Length; k++)
                this.parts[k] = new LaneRows(this.goals, kernel, executor, Math.Min(partSize, characters - k * partSize));
            for (int c = 0; c < characters; c++)
            {
                SetPose(c, scratch);
                Capture(c);
            }
        }

        /// <summary>The number of characters.</summary>
        public int Count { get; }

        /// <summary>The number of parts.</summary>
        public int Parts => parts.Length;

        /// <summary>The skeleton of all characters.</summary>
        public Skeleton Skeleton => goals.Skeleton;

        /// <summary>Gives a character the goals' present targets and weights.</summary>
        /// <exception cref="ArgumentException">A target is not finite.</exception>
        public void Capture(int character) => parts[PartOf(character)].WriteGoals(character % partSize, 1);

        /// <summary>Sets a character's pose, from which the next frame starts; it is brought within the limits.</summary>
        /// <exception cref="ArgumentException">The number of coordinates is not the skeleton's, or one is not finite.</exception>
        public void SetPose(int character, ReadOnlySpan<double> pose)
        {
            if (pose.Length != Skeleton.CoordinateCount)
                throw new ArgumentException($"Skeleton '{Skeleton.Name}' has {Skeleton.CoordinateCount} coordinates; the pose has {pose.Length}.", nameof(pose));
            LaneRows part = parts[PartOf(character)];
            for (int i = 0; i < pose.Length; i++)
            {
                if (double.IsNaN(pose[i]) || double.IsInfinity(pose[i])) throw new ArgumentException($"Coordinate {i} of the pose is {pose[i]}; it has to be finite.", nameof(pose));
                part.SetAccepted(i, character % partSize, Skeleton.LimitOf(i).Clamp(pose[i]));
            }
        }

        /// <summary>Copies a character's pose.</summary>
        public void CopyPose(int character, Span<double> to)
        {
            LaneRows part = parts[PartOf(character)];
            for (int i = 0; i < to.Length; i++) to[i] = part.Accepted(i, character % partSize);
        }

        /// <summary>Whether every goal of a character is within its tolerance.</summary>
        public bool Reached(int character) => parts[PartOf(character)].Reached(character % partSize);

        /// <summary>The sum over a character's goals of Weight^2 |residual|^2.</summary>
        public double CostOf(int character) => parts[PartOf(character)].State(IterationKernel.Cost, character % partSize);

        /// <summary>Solves all characters for a frame on the thread pool, a part at a time.</summary>
        /// <param name="iterationsPerFrame">Iterations of every character; a step is judged by the next, so at least 2.</param>
        public void Solve(int iterationsPerFrame = 3)
        {
            CheckIterations(iterationsPerFrame);
            iterations = iterationsPerFrame;
            if (parts.Length == 1) SolvePart(0, iterations);
            else Parallel.For(0, parts.Length, solvePart);
        }

        /// <summary>Solves one part for a frame, on the thread that calls; for schedulers of your own. Allocates nothing.</summary>
        public void SolvePart(int part, int iterationsPerFrame = 3)
        {
            CheckIterations(iterationsPerFrame);
            LaneRows lanes = parts[part];
            lanes.BeginFromAccepted();
            for (int k = 0; k < iterationsPerFrame; k++) lanes.Iterate();
        }

        /// <summary>Frees the buffers.</summary>
        public void Dispose()
        {
            foreach (LaneRows part in parts) part.Dispose();
        }

        static void CheckIterations(int count)
        {
            if (count < 2) throw new ArgumentOutOfRangeException(nameof(count), count, "A frame takes at least 2 iterations: one to step, one to judge the step.");
        }

        int PartOf(int character) => (uint)character < (uint)Count ? character / partSize
            : throw new ArgumentOutOfRangeException(nameof(character), character, $"The crowd has {Count} characters.");
    }
}
