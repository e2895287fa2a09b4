using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Many worlds in blocks of a few: each block goes through its whole rollout and back before the next one starts, so that its
    /// trajectory stays in cache. Blocks are also what threads share; a world gives the same bits whatever its block and thread.
    /// </summary>
    /// <example><code>
    /// using var batch = new WorldBatch(64, worlds => Throw(new World(new WorldOptions { Worlds = worlds, Executor = executor })));
    /// batch.Run(4096, block =>
    /// {
    ///     for (int w = 0; w &lt; block.Count; w++) block.World.Bodies[1].In(w).Moving(speeds[block.First + w], 0, 0);
    ///     block.World.Record();
    ///     block.World.Step(60);
    ///     // seed, sweep back, and read gradients into places block.First to block.First + block.Count
    /// });
    /// </code></example>
    public sealed class WorldBatch : IDisposable
    {
        private readonly int blockSize;
        private readonly Func<int, World> make;
        private readonly Stack<World> idle = new Stack<World>();
        private readonly List<World> made = new List<World>();

        /// <summary>A batch that makes its worlds when they are first needed, one block for each thread.</summary>
        /// <param name="blockSize">Worlds of a block; 64 suit small scenes.</param>
        /// <param name="make">Makes a block with a number of worlds; blocks that share an executor share its compiled kernels.</param>
        /// <param name="threads">Threads that work on blocks.</param>
        /// <exception cref="ArgumentException">A number is below 1, or there is nothing that makes blocks.</exception>
        public WorldBatch(int blockSize, Func<int, World> make, int threads = 1)
        {
            if (blockSize < 1) throw new ArgumentOutOfRangeException(nameof(blockSize), blockSize, "A block has at least one world.");
            if (threads < 1) throw new ArgumentOutOfRangeException(nameof(threads), threads, "A batch works with at least one thread.");
            this.blockSize = blockSize;
            this.make = make ?? throw new ArgumentNullException(nameof(make), "A batch needs something that makes its worlds.");
            Threads = threads;
        }

        /// <summary>Threads that work on blocks.</summary>
        public int Threads { get; }

        /// <summary>Runs a rollout for each block, from the start that the worlds were defined with.</summary>
        /// <param name="worlds">Worlds in all.</param>
        /// <param name="rollout">
        /// What to do with a block. With several threads it is called from all of them at once, for blocks that share nothing. The last
        /// block may have worlds beyond its count; they run along and mean nothing.
        /// </param>
        public void Run(int worlds, Action<WorldBlock> rollout)
        {
            int blocks = (worlds + blockSize - 1) / blockSize;
            if (Threads == 1)
            {
                for (int block = 0; block < blocks; block++) RunBlock(block, worlds, rollout);
                return;
            }

            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Threads }, block => RunBlock(block, worlds, rollout));
        }

        /// <summary>Frees the worlds.</summary>
        public void Dispose()
        {
            foreach (World world in made) world.Dispose();
            made.Clear();
            idle.Clear();
        }

        private void RunBlock(int block, int worlds, Action<WorldBlock> rollout)
        {
            World world = Take();
            world.Reset();
            rollout(new WorldBlock(world, block * blockSize, Math.Min(blockSize, worlds - block * blockSize)));
            lock (idle) idle.Push(world);
        }

        private World Take()
        {
            lock (idle)
            {
                if (idle.Count > 0) return idle.Pop();
            }

            World world = make(blockSize);
            if (world.Worlds != blockSize) throw new InvalidOperationException($"A block of {blockSize} worlds was asked for, and one of {world.Worlds} was made.");
            lock (idle) made.Add(world);
            return world;
        }
    }

    /// <summary>Worlds of a <see cref="WorldBatch"/> that go through a rollout together.</summary>
    public readonly struct WorldBlock
    {
        internal WorldBlock(World world, int first, int count)
        {
            World = world;
            First = first;
            Count = count;
        }

        /// <summary>The worlds of the block.</summary>
        public World World { get; }

        /// <summary>Which of all worlds the first of the block is.</summary>
        public int First { get; }

        /// <summary>How many worlds count.</summary>
        public int Count { get; }
    }
}
