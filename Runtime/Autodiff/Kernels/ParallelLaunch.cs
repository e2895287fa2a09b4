using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A launch by several threads, to the bits of one: lanes (with many worlds, ranges of worlds) are divided among them. What is
    /// scattered or summed is first computed for all lanes, then each scalar channel is scattered or summed by one thread in the
    /// fixed order.
    /// </summary>
    sealed unsafe class ParallelLaunch : IPartedWork
    {
        // Divisions fall on chunks of sums and on whole cache lines.
        const int LaneGrain = FixedSum.Chunk, WorldGrain = 16;

        /// <summary>Lanes times operations below which one thread is faster, since waking another takes microseconds.</summary>
        const long LeastWork = 200_000;

        readonly Executor executor;
        readonly WorkerPool pool;
        readonly int threads;
        LaunchPlan plan;
        CompiledKernel compiled;
        int elements, grains, parts;
        int** index;
        byte* temporary;
        long rowBytes;
        bool isSecondPhase;

        public ParallelLaunch(Executor executor, WorkerPool pool, int threads)
        {
            this.executor = executor;
            this.pool = pool;
            this.threads = threads;
        }

        /// <summary>
        /// Whether several threads are faster than one. Scatters that stream are not divided: they are bound by memory, and their results would have
        /// to go from core to core.
        /// </summary>
        public static bool IsWorthIt(LaunchPlan plan, CompiledKernel compiled, int elements) =>
            !(plan.Scatters > 0 && compiled == plan.Streaming)
            && (long)elements * plan.Worlds * compiled.Operations >= LeastWork
            && (plan.Worlds > 1 ? plan.Worlds >= 2 * WorldGrain : elements >= 2 * LaneGrain);

        /// <summary>Runs the launch; false if another thread is running one in parallel.</summary>
        public bool TryRun(LaunchPlan launchPlan, CompiledKernel code, int count, int** indices)
        {
            if (!System.Threading.Monitor.TryEnter(this)) return false;
            try
            {
                (plan, compiled, elements, isSecondPhase) = (launchPlan, code, count, false);
                index = indices;
                grains = plan.Worlds > 1 ? (plan.Worlds + WorldGrain - 1) / WorldGrain : (count + LaneGrain - 1) / LaneGrain;
                parts = Math.Min(threads, grains);
                if (plan.Worlds > 1 || plan.Scatters + plan.Sums == 0) pool.Run(this, parts);
                else RunInTwoPhases();
                return true;
            }
            finally
            {
                System.Threading.Monitor.Exit(this);
            }
        }

        public void RunPart(int part)
        {
            if (isSecondPhase)
            {
                FinishChannel(part);
                return;
            }
            int grain = plan.Worlds > 1 ? WorldGrain : LaneGrain;
            int from = (int)((long)grains * part / parts) * grain, to = (int)((long)grains * (part + 1) / parts) * grain;
            if (plan.Worlds > 1) LaunchRunner.RunWorlds(plan, compiled, executor, elements, index, from, Math.Min(to, plan.Worlds));
            else LaunchRunner.RunLanes(plan, compiled, executor, index, from, Math.Min(to, elements), temporary, rowBytes);
        }

        void RunInTwoPhases()
        {
            rowBytes = ((long)elements * plan.Precision.Size() + 127) / 64 * 64;
            int rows = plan.Scatters + plan.Sums;
            ScratchPool.Block block = executor.Scratch.Rent(rows * rowBytes);
            temporary = block.Data;
            pool.Run(this, parts);
            isSecondPhase = true;
            pool.Run(this, rows);
            temporary = null;
            executor.Scratch.Return(block);
        }

        // Scatters or sums the n-th channel that is not direct; and with it, block by block as one thread does, all that go to the same
        // numbers (the two ends of a spring are slots on one buffer), which the first of them stands for.
        void FinishChannel(int n)
        {
            int channel = plan.Inputs, row = 0;
            for (; ; channel++)
                if (plan.Results[channel] != LaunchPlan.Result.Direct && row++ == n) break;
            for (int before = plan.Inputs; before < channel; before++)
                if (plan.Results[before] != LaunchPlan.Result.Direct && plan.First[before] == plan.First[channel]) return;
            for (int start = 0; start < elements; start += CompiledKernel.BlockLanes)
            {
                int at = n;
                for (int c = channel; c < plan.Channels; c++)
                {
                    if (plan.Results[c] == LaunchPlan.Result.Direct) continue;
                    byte* results = temporary + at++ * rowBytes;
                    if (plan.Results[c] != LaunchPlan.Result.Scatter || plan.First[c] != plan.First[channel]) continue;
                    LaunchRunner.Scatter(plan, c, 1, index[plan.Index[c]], &results, start, Math.Min(elements, start + CompiledKernel.BlockLanes));
                }
            }
            for (int c = channel, at = n; c < plan.Channels; c++)
            {
                if (plan.Results[c] == LaunchPlan.Result.Direct) continue;
                byte* results = temporary + at++ * rowBytes;
                if (plan.Results[c] == LaunchPlan.Result.Sum && plan.First[c] == plan.First[channel]) FixedSum.AddTo(plan.First[c], results, elements, plan.Precision);
            }
        }
    }
}
