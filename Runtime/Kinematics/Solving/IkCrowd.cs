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
        // Few enough lanes that what an iteration carries between its steps stays in the cache; enough to feed every vector.
        const int ChunkLanes = 64;

        readonly GoalSet goals;
        readonly LaneRows[] chunks;
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
            if (parts < 1) throw new ArgumentOutOfRangeException(nameof(parts), parts, "There is at least one part.");
            if (executor == null) throw new ArgumentNullException(nameof(executor));
            Count = characters;
            Parts = parts;
            Kernel kernel = IterationKernel.Define(this.goals);
            chunks = new LaneRows[(characters + ChunkLanes - 1) / ChunkLanes];
            scratch = skeleton.RestPose();
            solvePart = part => SolvePart(part, iterations);
            for (int k = 0; k < chunks.Length; k++)
                chunks[k] = new LaneRows(this.goals, kernel, executor, Math.Min(ChunkLanes, characters - k * ChunkLanes));
            for (int c = 0; c < characters; c++)
            {
                SetPose(c, scratch);
                Capture(c);
            }
        }

        /// <summary>The number of characters.</summary>
        public int Count { get; }

        /// <summary>The number of parts.</summary>
        public int Parts { get; }

        /// <summary>The skeleton of all characters.</summary>
        public Skeleton Skeleton => goals.Skeleton;

        /// <summary>Gives a character the goals' present targets and weights.</summary>
        /// <exception cref="ArgumentException">A target is not finite.</exception>
        public void Capture(int character) => ChunkOf(character).WriteGoals(character % ChunkLanes, 1);

        /// <summary>Sets a character's pose, from which the next frame starts; it is brought within the limits.</summary>
        /// <exception cref="ArgumentException">The number of coordinates is not the skeleton's, or one is not finite.</exception>
        public void SetPose(int character, ReadOnlySpan<double> pose)
        {
            if (pose.Length != Skeleton.CoordinateCount)
                throw new ArgumentException($"Skeleton '{Skeleton.Name}' has {Skeleton.CoordinateCount} coordinates; the pose has {pose.Length}.", nameof(pose));
            LaneRows chunk = ChunkOf(character);
            for (int i = 0; i < pose.Length; i++)
            {
                if (double.IsNaN(pose[i]) || double.IsInfinity(pose[i])) throw new ArgumentException($"Coordinate {i} of the pose is {pose[i]}; it has to be finite.", nameof(pose));
                chunk.SetAccepted(i, character % ChunkLanes, Skeleton.LimitOf(i).Clamp(pose[i]));
            }
        }

        /// <summary>Copies a character's pose.</summary>
        public void CopyPose(int character, Span<double> to)
        {
            LaneRows chunk = ChunkOf(character);
            for (int i = 0; i < to.Length; i++) to[i] = chunk.Accepted(i, character % ChunkLanes);
        }

        /// <summary>Whether every goal of a character is within its tolerance.</summary>
        public bool Reached(int character) => ChunkOf(character).Reached(character % ChunkLanes);

        /// <summary>The sum over a character's goals of Weight^2 |residual|^2.</summary>
        public double CostOf(int character) => ChunkOf(character).State(IterationKernel.Cost, character % ChunkLanes);

        /// <summary>Solves all characters for a frame on the thread pool, a part at a time.</summary>
        /// <param name="iterationsPerFrame">Iterations of every character; a step is judged by the next, so at least 2.</param>
        public void Solve(int iterationsPerFrame = 3)
        {
            CheckIterations(iterationsPerFrame);
            iterations = iterationsPerFrame;
            if (Parts == 1) SolvePart(0, iterations);
            else Parallel.For(0, Parts, solvePart);
        }

        /// <summary>Solves one part for a frame, on the thread that calls; for schedulers of your own. Allocates nothing.</summary>
        public void SolvePart(int part, int iterationsPerFrame = 3)
        {
            CheckIterations(iterationsPerFrame);
            if ((uint)part >= (uint)Parts) throw new ArgumentOutOfRangeException(nameof(part), part, $"The crowd has {Parts} parts.");
            int end = (int)((long)chunks.Length * (part + 1) / Parts);
            for (int chunk = (int)((long)chunks.Length * part / Parts); chunk < end; chunk++)
            {
                chunks[chunk].BeginFromAccepted();
                for (int k = 0; k < iterationsPerFrame; k++) chunks[chunk].Iterate();
            }
        }

        /// <summary>Frees the buffers.</summary>
        public void Dispose()
        {
            foreach (LaneRows chunk in chunks) chunk.Dispose();
        }

        static void CheckIterations(int count)
        {
            if (count < 2) throw new ArgumentOutOfRangeException(nameof(count), count, "A frame takes at least 2 iterations: one to step, one to judge the step.");
        }

        LaneRows ChunkOf(int character) => (uint)character < (uint)Count ? chunks[character / ChunkLanes]
            : throw new ArgumentOutOfRangeException(nameof(character), character, $"The crowd has {Count} characters.");
    }
}
