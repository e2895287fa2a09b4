#if NET10_0_OR_GREATER
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Brings what indices name into rows of working memory, a block of lanes at a time, and runs machine code on the rows. All
    /// components behind an index are fetched in one pass over it, and runs of it (<see cref="IndexRuns"/>) by vectors.
    /// </summary>
    sealed unsafe class GatheringKernel : CompiledKernel
    {
        const int VectorBytes = 32;

        readonly CompiledKernel onRows;
        readonly int channels, size, rowBytes, ownBytes;
        readonly int[] gathered, ends; // channels, ascending; for each, where those through the same index end among them

        GatheringKernel(CompiledKernel onRows, KernelProgram program, int[] gathered)
        {
            this.onRows = onRows;
            this.gathered = gathered;
            channels = program.ChannelCount;
            size = program.Precision.Size();
            rowBytes = BlockLanes * size + 64; // whole vectors are written and read
            ownBytes = (onRows.ScratchBytes + 63) / 64 * 64;
            ends = new int[gathered.Length];
            for (int k = gathered.Length - 1; k >= 0; k--)
                ends[k] = k + 1 < gathered.Length && program.IndexOf(gathered[k]) == program.IndexOf(gathered[k + 1]) ? ends[k + 1] : k + 1;
        }

        /// <summary>The kernel itself, if it gathers nothing.</summary>
        /// <param name="onRows">Reads gathered channels as rows: pointer[i].</param>
        /// <param name="program">What it computes.</param>
        /// <param name="access">How each channel is accessed.</param>
        public static CompiledKernel Around(CompiledKernel onRows, KernelProgram program, ChannelAccess[] access)
        {
            var gathered = new SortedSet<int>();
            Graph g = program.Graph;
            for (int node = 0; node < g.Count; node++)
                if (g.OpOf(node) == Op.Input && access[g.A(node)] == ChannelAccess.Gather) gathered.Add(g.A(node));
            return gathered.Count == 0 ? onRows : new GatheringKernel(onRows, program, new List<int>(gathered).ToArray());
        }

        public override int Operations => onRows.Operations;

        public override int ScratchBytes => ownBytes + gathered.Length * rowBytes;

        [SkipLocalsInit]
        public override void Run(in LaneArguments arguments, long start, long end)
        {
            byte** pointers = stackalloc byte*[channels];
            System.Buffer.MemoryCopy(arguments.Pointers, pointers, channels * sizeof(byte*), channels * sizeof(byte*));
            LaneArguments ofRows = arguments;
            ofRows.Pointers = pointers;
            byte* rows = arguments.Scratch + ownBytes;
            for (long block = start; block < end; block += BlockLanes)
            {
                int lanes = (int)Math.Min(BlockLanes, end - block);
                for (int from = 0; from < gathered.Length; from = ends[from])
                    Gather(arguments, from, ends[from], arguments.Indices[gathered[from]] + block, arguments.Strides[gathered[from]], rows + from * rowBytes, lanes);
                byte* row = rows - block * size; // code adds the lane
                for (int k = 0; k < gathered.Length; k++, row += rowBytes) pointers[gathered[k]] = row;
                onRows.Run(ofRows, block, block + lanes);
            }
        }

        // Fetches the gathered channels from (included) to (excluded), which share an index.
        void Gather(in LaneArguments arguments, int from, int to, int* index, long stride, byte* row, int lanes)
        {
            bool isRun = false;
            for (int lane = 0, count; lane < lanes; lane += count)
            {
                count = stride == 1 ? IndexRuns.Stretch(index + lane, lanes - lane, out isRun) : lanes - lane;
                byte* target = row + lane * size;
                for (int k = from; k < to; k++, target += rowBytes)
                {
                    byte* source = arguments.Pointers[gathered[k]];
                    if (isRun) CopyRun(source + (long)index[lane] * size, target, count * size);
                    else if (size == sizeof(float)) Gather((float*)source, stride, index + lane, (float*)target, count);
                    else Gather((double*)source, stride, index + lane, (double*)target, count);
                }
            }
        }

        static void CopyRun(byte* source, byte* target, int bytes)
        {
            for (int b = 0; b < bytes; b += VectorBytes) Vector256.Load(source + b).Store(target + b);
        }

        static void Gather<T>(T* source, long stride, int* index, T* target, int count) where T : unmanaged
        {
            int i = 0;
            for (; stride == 1 && i + 4 <= count; i += 4)
            {
                T a = source[index[i]], b = source[index[i + 1]], c = source[index[i + 2]], d = source[index[i + 3]];
                (target[i], target[i + 1], target[i + 2], target[i + 3]) = (a, b, c, d);
            }
            for (; i + 4 <= count; i += 4)
            {
                T a = source[index[i] * stride], b = source[index[i + 1] * stride], c = source[index[i + 2] * stride], d = source[index[i + 3] * stride];
                (target[i], target[i + 1], target[i + 2], target[i + 3]) = (a, b, c, d);
            }
            for (; i < count; i++) target[i] = source[index[i] * stride];
        }
    }
}
#endif
