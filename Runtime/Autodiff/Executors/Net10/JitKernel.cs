#if NET10_0_OR_GREATER
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace DiffPhysics.Autodiff
{
    /// <summary>A segment of a kernel in machine code: computes lanes start to end.</summary>
    unsafe delegate void LaneCode(byte** pointers, int** indices, long* strides, byte* scratch, long start, long end);

    /// <summary>
    /// A program as machine code. Beyond some hundred operations a method outgrows what the JIT optimises fully, so larger
    /// programs are cut into segments; values that cross a cut pass through working memory, a block of lanes at a time.
    /// </summary>
    [RequiresDynamicCode("Emits methods.")]
    sealed unsafe class JitKernel : CompiledKernel
    {
        readonly LaneCode[] segments;

        public JitKernel(KernelProgram program, ChannelAccess[] access, VectorInstructions instructions)
        {
            var cuts = new SegmentCuts(program);
            segments = new LaneCode[cuts.Count];
            for (int s = 0; s < segments.Length; s++)
                segments[s] = new SegmentEmitter(program, access, instructions, cuts, s).Emit();
            ScratchBytes = cuts.Rows * BlockLanes * program.Precision.Size() + 64;
        }

        public override int ScratchBytes { get; }

        public override void Run(in LaneArguments arguments, long start, long end)
        {
            if (segments.Length == 1)
            {
                segments[0](arguments.Pointers, arguments.Indices, arguments.Strides, arguments.Scratch, start, end);
                return;
            }
            for (long block = start; block < end; block += BlockLanes)
            {
                long blockEnd = Math.Min(end, block + BlockLanes);
                foreach (LaneCode segment in segments)
                    segment(arguments.Pointers, arguments.Indices, arguments.Strides, arguments.Scratch, block, blockEnd);
            }
        }
    }

    /// <summary>
    /// Where a program is cut, and in which row of working memory a value stands that is used beyond its segment. Constants and
    /// inputs are not carried over: each segment makes them anew. Results of early segments are carried to the last, which alone
    /// stores, so that no segment reads what another has overwritten.
    /// </summary>
    sealed class SegmentCuts
    {
        /// <summary>Operations per segment, at most; measured best between 300 and 500.</summary>
        public const int SegmentLength = 400;

        readonly int[] starts;
        readonly int[] rows;

        public SegmentCuts(KernelProgram program)
        {
            Graph g = program.Graph;
            var cuts = new List<int> { 0 };
            int operations = 0, total = 0;
            for (int k = 0; k < program.Count; k++) total += IsCarried(g, k) ? 1 : 0;
            int pieces = (total + SegmentLength - 1) / SegmentLength;
            int length = pieces == 0 ? 1 : (total + pieces - 1) / pieces;
            for (int k = 0; k < program.Count; k++)
            {
                if (operations == length)
                {
                    cuts.Add(k);
                    operations = 0;
                }
                if (IsCarried(g, k)) operations++;
            }
            cuts.Add(program.Count);
            starts = cuts.ToArray();

            rows = new int[program.Count];
            var free = new Stack<int>();
            var expiring = new List<int>[Count + 1];
            for (int s = 0; s < Count; s++)
            {
                if (expiring[s] != null) foreach (int row in expiring[s]) free.Push(row);
                for (int k = starts[s]; k < starts[s + 1]; k++)
                {
                    rows[k] = -1;
                    int last = program.LastUse[k] >= program.Count ? Count - 1 : SegmentOf(program.LastUse[k]);
                    if (last == s || !IsCarried(g, k)) continue;
                    rows[k] = free.Count > 0 ? free.Pop() : Rows++;
                    (expiring[last + 1] ??= new List<int>()).Add(rows[k]);
                }
            }
        }

        /// <summary>The number of segments.</summary>
        public int Count => starts.Length - 1;

        /// <summary>Rows of working memory in use.</summary>
        public int Rows { get; private set; }

        public int Start(int segment) => starts[segment];

        public int End(int segment) => starts[segment + 1];

        /// <summary>The row in which a value is carried over; -1 if it is not used beyond its segment.</summary>
        public int RowOf(int value) => rows[value];

        public int SegmentOf(int value)
        {
            int at = Array.BinarySearch(starts, value);
            return at >= 0 ? Math.Min(at, Count - 1) : ~at - 1;
        }

        static bool IsCarried(Graph g, int value) => !g.IsConstant(value) && g.OpOf(value) != Op.Input;
    }
}
#endif
