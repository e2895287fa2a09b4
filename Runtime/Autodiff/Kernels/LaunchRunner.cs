using System;
#if NET10_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace DiffPhysics.Autodiff
{
    /// <summary>Drives compiled code over the lanes of a plan, and carries out the scatters and sums that are not per-lane.</summary>
    static unsafe class LaunchRunner
    {
        /// <summary>
        /// Runs over the first elements, through indices that may be null where the kernel has none. Alone, a large launch is divided among
        /// threads, which are busy otherwise.
        /// </summary>
        public static void Run(LaunchPlan plan, Executor executor, int elements, int** index, bool isAlone = true)
        {
            if (elements == 0) return;
#if NET10_0_OR_GREATER
            bool inLockstep = plan.Lockstep != null && elements >= CompiledKernel.BlockLanes && plan.Lockstep.Fits(index, elements);
            if (inLockstep && plan.Lockstep.IsReady)
            {
                plan.Lockstep.Run(elements);
                GC.KeepAlive(plan);
                return;
            }
            CompiledKernel compiled = inLockstep ? plan.Compiled.Current : plan.CompiledFor(index, elements);
#else
            CompiledKernel compiled = plan.CompiledFor(index, elements);
#endif
            if (isAlone && executor.Parallel != null && ParallelLaunch.IsWorthIt(plan, compiled, elements) && executor.Parallel.TryRun(plan, compiled, elements, index)) return;
            long lanes = plan.Worlds > 1 ? plan.Worlds : elements;
            bool isOneRun = plan.Sums == 0 && (plan.Worlds > 1 ? elements == 1 && !plan.HasIndices : plan.Scatters == 0);
            if (isOneRun && !plan.HasIndices && compiled.ScratchBytesFor(lanes) == 0)
                compiled.Run(new LaneArguments { Pointers = plan.First, Strides = plan.ElementStride, EndsRows = plan.EndsRows(elements) }, 0, lanes);
            else RunWithMemory(plan, compiled, executor, elements, index, isOneRun);
            GC.KeepAlive(plan); // its addresses go with it
        }

#if NET10_0_OR_GREATER
        [SkipLocalsInit]
#endif
        static void RunWithMemory(LaunchPlan plan, CompiledKernel compiled, Executor executor, int elements, int** index, bool isOneRun)
        {
            int** indices = stackalloc int*[plan.HasIndices ? plan.Channels : 1];
            for (int c = 0; plan.HasIndices && c < plan.Channels; c++) indices[c] = plan.Index[c] < 0 ? null : index[plan.Index[c]];
            var arguments = new LaneArguments { Pointers = plan.First, Indices = indices, Strides = plan.ElementStride };
            long lanes = plan.Worlds > 1 ? plan.Worlds : elements;
            // Working memory: what compiled code asks for, a row of results per channel that is not direct, and for sums over many
            // worlds two sets of 16 partial rows.
            int rowLanes = plan.Worlds > 1 ? plan.Worlds : CompiledKernel.BlockLanes;
            long rowBytes = ((long)rowLanes * plan.Precision.Size() + 127) / 64 * 64;
            long own = (compiled.ScratchBytes + 63L) / 64 * 64;
            long partialRows = plan.Worlds > 1 ? plan.Sums * 2L * FixedSum.Partials : plan.Sums;
            ScratchPool.Block block = executor.Scratch.Rent(own + (plan.Sums + plan.Scatters + partialRows) * rowBytes + WaitingBytes(plan, elements) + 64);
            arguments.Scratch = block.Data;
            arguments.EndsRows = (isOneRun || plan.Worlds == 1) && plan.EndsRows(elements);
            if (isOneRun) compiled.Run(arguments, 0, lanes);
            else
            {
                byte** pointers = stackalloc byte*[plan.Channels];
                for (int c = 0; c < plan.Channels; c++) pointers[c] = plan.First[c];
                arguments.Pointers = pointers;
                if (plan.Worlds > 1) OverWorlds(plan, compiled, arguments, elements, block.Data + own, rowBytes, 0, plan.Worlds);
                else OverBlocks(plan, compiled, arguments, elements, block.Data + own, rowBytes);
            }
            executor.Scratch.Return(block);
        }

        /// <summary>Lanes of one world, all results of channels that are not direct going to rows of their own.</summary>
#if NET10_0_OR_GREATER
        [SkipLocalsInit]
#endif
        public static void RunLanes(LaunchPlan plan, CompiledKernel compiled, Executor executor, int** index, int from, int to, byte* rows, long rowBytes)
        {
            int** indices = stackalloc int*[plan.Channels];
            byte** pointers = stackalloc byte*[plan.Channels];
            for (int c = 0; c < plan.Channels; c++)
            {
                indices[c] = plan.Index[c] < 0 ? null : index[plan.Index[c]];
                pointers[c] = plan.First[c];
                if (c < plan.Inputs || plan.Results[c] == LaunchPlan.Result.Direct) continue;
                pointers[c] = rows;
                rows += rowBytes;
            }
            ScratchPool.Block block = executor.Scratch.Rent(compiled.ScratchBytes + 64L);
            compiled.Run(new LaneArguments { Pointers = pointers, Indices = indices, Strides = plan.ElementStride, Scratch = block.Data }, from, to);
            executor.Scratch.Return(block);
        }

        /// <summary>A range of worlds: as the whole launch, since worlds do not touch one another.</summary>
        public static void RunWorlds(LaunchPlan plan, CompiledKernel compiled, Executor executor, int elements, int** index, int from, int to)
        {
            int** indices = stackalloc int*[plan.Channels];
            byte** pointers = stackalloc byte*[plan.Channels];
            for (int c = 0; c < plan.Channels; c++) indices[c] = plan.Index[c] < 0 ? null : index[plan.Index[c]];
            long rowBytes = ((long)(to - from) * plan.Precision.Size() + 127) / 64 * 64, own = (compiled.ScratchBytes + 63L) / 64 * 64;
            ScratchPool.Block block = executor.Scratch.Rent(own + plan.Sums * (1 + 2L * FixedSum.Partials) * rowBytes + WaitingBytes(plan, elements) + 64);
            var arguments = new LaneArguments { Pointers = pointers, Indices = indices, Strides = plan.ElementStride, Scratch = block.Data };
            OverWorlds(plan, compiled, arguments, elements, block.Data + own, rowBytes, from, to);
            executor.Scratch.Return(block);
        }

        /// <summary>
        /// Carries the results of channels of one slot to the elements that its index names, in lane order. Index and results are given by
        /// the addresses of lane 0.
        /// </summary>
        public static void Scatter(LaunchPlan plan, int channel, int channels, int* index, byte** results, long from, long to)
        {
            long stride = plan.ElementStride[channel];
            if (plan.Accumulates(channel)) Rows.ScatterAdd(plan.First + channel, stride, index, results, channels, from, to, plan.Precision);
            else
                for (int c = 0; c < channels; c++)
                    Rows.Scatter(plan.First[channel + c], stride, index + from, results[c] + from * plan.Precision.Size(), (int)(to - from), plan.Precision);
        }

        // One world: blocks of lanes, whose scattered or summed results pass through a row of working memory.
#if NET10_0_OR_GREATER
        [SkipLocalsInit]
#endif
        static void OverBlocks(LaunchPlan plan, CompiledKernel compiled, in LaneArguments arguments, int elements, byte* rows, long rowBytes)
        {
            int size = plan.Precision.Size();
            byte* partials = stackalloc byte[(int)BlockSums.Bytes(plan.Sums)];
            var sums = new BlockSums(partials, plan.Sums, plan.Precision);
            for (long start = 0; start < elements; start += CompiledKernel.BlockLanes)
            {
                int lanes = (int)Math.Min(CompiledKernel.BlockLanes, elements - start);
                byte* row = rows;
                for (int c = plan.Inputs; c < plan.Channels; c++)
                {
                    if (plan.Results[c] == LaunchPlan.Result.Direct) continue;
                    arguments.Pointers[c] = row - start * size; // compiled code adds the lane
                    row += rowBytes;
                }
                compiled.Run(arguments, start, start + lanes);
                for (int c = plan.Inputs, sum = 0; c < plan.Channels; c++)
                {
                    if (plan.Results[c] == LaunchPlan.Result.Direct) continue;
                    if (plan.Results[c] == LaunchPlan.Result.Scatter)
                    {
                        int together = plan.ScatteredTogether[c];
                        Scatter(plan, c, together, arguments.Indices[c], arguments.Pointers + c, start, start + lanes);
                        c += together - 1;
                        continue;
                    }
                    sums.Add(sum++, start / CompiledKernel.BlockLanes, arguments.Pointers[c] + start * size, lanes);
                }
            }
            for (int c = plan.Inputs, sum = 0; c < plan.Channels && plan.Sums > 0; c++)
                if (plan.Results[c] == LaunchPlan.Result.Sum) sums.AddTo(plan.First[c], sum++);
        }

        // Worlds that go together where results wait for the end of a block: what waits should stay in the cache.
        const int WaitingWorlds = 64;

        static long WaitingRow(LaunchPlan plan) => (long)Math.Min(plan.Worlds, WaitingWorlds) * plan.Precision.Size();

        static long WaitingBytes(LaunchPlan plan, int elements) => plan.Waits * WaitingRow(plan) * Math.Min(elements, CompiledKernel.BlockLanes);

        // Many worlds: element after element, lanes across a range of worlds. Sums follow FixedSum with rows of worlds in place of numbers.
        static void OverWorlds(LaunchPlan plan, CompiledKernel compiled, in LaneArguments arguments, int elements, byte* rows, long rowBytes, int from, int to)
        {
            if (plan.Waits == 0) OverWorldsTogether(plan, compiled, arguments, elements, rows, rowBytes, from, to);
            for (int first = from; plan.Waits > 0 && first < to; first += WaitingWorlds)
                OverWorldsTogether(plan, compiled, arguments, elements, rows, rowBytes, first, Math.Min(to, first + WaitingWorlds));
        }

        static void OverWorldsTogether(LaunchPlan plan, CompiledKernel compiled, in LaneArguments arguments, int elements, byte* rows, long rowBytes, int from, int to)
        {
            int size = plan.Precision.Size(), worlds = to - from, sums = plan.Sums;
            long partialBytes = FixedSum.Partials * rowBytes;
            byte* partials = rows + sums * rowBytes;
            byte* waiting = partials + sums * 2 * partialBytes;
            long waitingRow = WaitingRow(plan);
            if (sums > 0) Memory.Zero(partials, sums * 2 * partialBytes);
            for (long element = 0; element < elements; element++)
            {
                int sum = 0, wait = 0;
                long inBlock = element % CompiledKernel.BlockLanes;
                for (int c = 0; c < plan.Channels; c++)
                {
                    if (plan.Results[c] == LaunchPlan.Result.Wait)
                    {
                        arguments.Pointers[c] = waiting + (wait++ * (long)Math.Min(elements, CompiledKernel.BlockLanes) + inBlock) * waitingRow;
                        continue;
                    }

                    long at = plan.HasIndices && arguments.Indices[c] != null ? arguments.Indices[c][element] : element;
                    long world = plan.Access[c] == ChannelAccess.Broadcast ? 0 : from;
                    if (c >= plan.Inputs && plan.Results[c] == LaunchPlan.Result.Sum) arguments.Pointers[c] = rows + sum++ * rowBytes;
                    else arguments.Pointers[c] = plan.First[c] + (at * plan.ElementStride[c] + world) * size;
                }
                compiled.Run(arguments, 0, worlds);
                if (plan.Waits > 0 && (inBlock == CompiledKernel.BlockLanes - 1 || element == elements - 1))
                    AddWaiting(plan, arguments, element - inBlock, element + 1, elements, waiting, from, worlds);
                for (int s = 0; s < sums; s++)
                {
                    byte* inChunk = partials + s * 2 * partialBytes, ofChunks = inChunk + partialBytes;
                    Rows.Add(inChunk + element % FixedSum.Partials * rowBytes, rows + s * rowBytes, worlds, plan.Precision);
                    bool ends = element % FixedSum.Chunk == FixedSum.Chunk - 1 || element == elements - 1;
                    if (!ends) continue;
                    FixedSum.Tree(inChunk, worlds, rowBytes, plan.Precision);
                    Rows.Add(ofChunks + element / FixedSum.Chunk % FixedSum.Partials * rowBytes, inChunk, worlds, plan.Precision);
                    Memory.Zero(inChunk, partialBytes);
                }
            }
            int k = 0;
            for (int c = plan.Inputs; c < plan.Channels; c++)
            {
                if (plan.Results[c] != LaunchPlan.Result.Sum) continue;
                byte* ofChunks = partials + k++ * 2 * partialBytes + partialBytes;
                FixedSum.Tree(ofChunks, worlds, rowBytes, plan.Precision);
                Rows.Add(plan.First[c] + (long)from * size, ofChunks, worlds, plan.Precision);
            }
        }

        // Slot after slot through the elements of a block, as with one world, so that a world has the bits that it has alone.
        static void AddWaiting(LaunchPlan plan, in LaneArguments arguments, long first, long end, int elements, byte* waiting, int world, int worlds)
        {
            int size = plan.Precision.Size();
            long row = WaitingRow(plan), channel = Math.Min(elements, CompiledKernel.BlockLanes) * row;
            for (int c = plan.Inputs; c < plan.Channels; c++)
            {
                if (plan.Results[c] != LaunchPlan.Result.Wait) continue;
                for (long element = first; element < end; element++)
                    Rows.Add(plan.First[c] + (arguments.Indices[c][element] * plan.ElementStride[c] + world) * size, waiting + (element - first) * row, worlds, plan.Precision);
                waiting += channel;
            }
        }
    }
}
