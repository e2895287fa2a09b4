#if NET10_0_OR_GREATER
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>A segment of a kernel in machine code: computes lanes start to end.</summary>
    unsafe delegate void LaneCode(byte** pointers, int** indices, byte* scratch, long start, long end);

    /// <summary>
    /// A program as machine code, which reads gathered channels as rows (see <see cref="GatheringKernel"/>). Beyond some hundred operations a method outgrows what the JIT optimises fully, so larger
    /// programs are cut into segments; values that cross a cut pass through working memory, a block of lanes at a time.
    /// </summary>
    [RequiresDynamicCode("Emits methods.")]
    sealed unsafe class JitKernel : CompiledKernel
    {
        readonly LaneCode[] segments;
        readonly ChannelAccess[] access;
        readonly ChannelLayout layout;
        readonly int inputs, lanes, size, rowBytes, stretches;
        readonly bool[] staysAsItIs; // per output

        public JitKernel(KernelProgram program, ChannelAccess[] access, ChannelLayout layout, VectorInstructions instructions)
        {
            this.access = access;
            this.layout = layout;
            inputs = program.InputCount;
            lanes = instructions.Lanes;
            size = program.Precision.Size();
            Operations = program.Count;
            foreach (ChannelAccess each in access) stretches += each == ChannelAccess.Stretches ? 1 : 0;
            staysAsItIs = new bool[program.OutputCount];
            for (int k = 0; k < staysAsItIs.Length; k++) staysAsItIs[k] = StaysAsItIs(program, access, k);
            var cuts = new SegmentCuts(program);
            segments = new LaneCode[cuts.Count];
            for (int s = 0; s < segments.Length; s++)
                segments[s] = new SegmentEmitter(program, access, layout, instructions, cuts, s).Emit();
            rowBytes = cuts.Rows * BlockLanes * size;
            ScratchBytes = rowBytes + program.OutputCount * VectorBytes;
        }

        public override int Operations { get; }

        public override int ScratchBytes { get; }

        public override int ScratchBytesFor(long lanes) => rowBytes == 0 && lanes % this.lanes == 0 ? 0 : ScratchBytes;

        const int VectorBytes = 64; // of the widest vector
        const int IndexRoom = 16; // lanes of the widest vector

        public override void Run(in LaneArguments arguments, long start, long end)
        {
            long whole = start + (end - start) / lanes * lanes;
            if (whole < end && arguments.EndsRows && stretches == 0) whole += lanes;
            RunWhole(arguments, start, whole);
            if (whole < end) RunRest(arguments, whole, (int)(end - whole));
        }

        public override void Repeat(in LaneArguments arguments, long lanes, int times, bool[] moves, long stride)
        {
            if (segments.Length > 1 || lanes % this.lanes != 0 || layout == null)
            {
                base.Repeat(arguments, lanes, times, moves, stride);
                return;
            }
            LaneCode code = segments[0];
            byte** pointers = arguments.Pointers;
            byte* scratch = arguments.Scratch;
            int* moving = stackalloc int[moves.Length]; // whoever follows a leader is not asked where it stands
            int count = 0;
            for (int k = 0; k < moves.Length; k++)
                if (moves[k] && layout.Leader[k] == k) moving[count++] = k;
            for (; times > 0; times--)
            {
                code(pointers, null, scratch, 0, lanes);
                for (int k = 0; k < count; k++) pointers[moving[k]] += stride;
            }
        }

        void RunWhole(in LaneArguments arguments, long start, long end)
        {
            if (segments.Length == 1)
            {
                if (start < end) segments[0](arguments.Pointers, arguments.Indices, arguments.Scratch, start, end);
                return;
            }
            for (long block = start; block < end; block += BlockLanes)
            {
                long blockEnd = Math.Min(end, block + BlockLanes);
                foreach (LaneCode segment in segments)
                    segment(arguments.Pointers, arguments.Indices, arguments.Scratch, block, blockEnd);
            }
        }

        // Fewer lanes than a vector has: reads may run past the last (buffers are padded), results go through working memory.
        [SkipLocalsInit]
        void RunRest(LaneArguments arguments, long start, int count)
        {
            byte** targets = arguments.Pointers, pointers = stackalloc byte*[access.Length];
            for (int k = 0; k < inputs; k++) pointers[k] = targets[k];
            byte* row = arguments.Scratch + rowBytes;
            for (int k = inputs; k < access.Length; k++, row += VectorBytes)
            {
                if (access[k] == ChannelAccess.Accumulate) Copy(targets[k] + start * size, row, count);
                pointers[k] = row - start * size; // compiled code adds the lane
            }
            arguments.Pointers = pointers;
            int** indices = stackalloc int*[inputs];
            int* room = stackalloc int[stretches * IndexRoom];
            for (int k = 0; k < inputs && stretches > 0; k++)
            {
                if (access[k] != ChannelAccess.Stretches) continue;
                GoOn(arguments.Indices[k] + start, count, room);
                indices[k] = room - start;
                room += IndexRoom;
            }
            arguments.Indices = indices;
            RunWhole(arguments, start, start + lanes);
            for (int k = inputs; k < access.Length; k++)
                if (!staysAsItIs[k - inputs]) Copy(pointers[k] + start * size, targets[k] + start * size, count);
        }

        // Lanes beyond the last go on where it leads, so that all are in stretches.
        static void GoOn(int* index, int count, int* target)
        {
            for (int lane = 0; lane < IndexRoom; lane++) target[lane] = lane < count ? index[lane] : target[lane - 1] + 1;
        }

        /// <summary>Whether an output is the very number that it overwrites, so that nothing need be stored.</summary>
        public static bool StaysAsItIs(KernelProgram program, ChannelAccess[] access, int output)
        {
            int value = program.Output(output), overwritten = program.InPlaceOf(output);
            return overwritten >= 0 && program.Graph.OpOf(value) == Op.Input && program.Graph.A(value) == overwritten
                && access[overwritten] == ChannelAccess.Contiguous && access[program.InputCount + output] == ChannelAccess.Store;
        }

        void Copy(byte* source, byte* target, int count)
        {
            if (size == sizeof(float)) for (int k = 0; k < count; k++) ((float*)target)[k] = ((float*)source)[k];
            else for (int k = 0; k < count; k++) ((double*)target)[k] = ((double*)source)[k];
        }
    }

    /// <summary>
    /// Where a program is cut, and in which row of working memory a value stands that is used beyond its segment. Constants and
    /// inputs are not carried over: each segment makes them anew. A result that overwrites an input waits for the last reader of that
    /// input, wherever it stands.
    /// </summary>
    sealed class SegmentCuts
    {
        /// <summary>Operations per segment, at most; measured best between 300 and 500.</summary>
        public const int SegmentLength = 400;

        readonly int[] starts;
        readonly int[] rows, stores;

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

            stores = Stores(program);
            var until = new int[program.Count];
            for (int value = 0; value < program.Count; value++)
                for (int k = 0; k < g.OpOf(value).Arity(); k++) until[g.Operand(value, k)] = Math.Max(until[g.Operand(value, k)], value);
            for (int k = 0; k < stores.Length; k++) until[program.Output(k)] = Math.Max(until[program.Output(k)], stores[k]);

            rows = new int[program.Count];
            var free = new Stack<int>();
            var expiring = new List<int>[Count + 1];
            for (int s = 0; s < Count; s++)
            {
                if (expiring[s] != null) foreach (int row in expiring[s]) free.Push(row);
                for (int k = starts[s]; k < starts[s + 1]; k++)
                {
                    rows[k] = -1;
                    int last = SegmentOf(until[k]);
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

        /// <summary>The value after whose computation an output is stored.</summary>
        public int StoreOf(int output) => stores[output];

        /// <summary>The row in which a value is carried over; -1 if it is not used beyond its segment.</summary>
        public int RowOf(int value) => rows[value];

        public int SegmentOf(int value)
        {
            int at = Array.BinarySearch(starts, value);
            return at >= 0 ? Math.Min(at, Count - 1) : ~at - 1;
        }

        // Each output is stored after it is known and the input that it overwrites was read for the last time. An output that is
        // itself an input reads it when it is stored, so whoever overwrites that one waits as long; in a swap, both wait alike.
        static int[] Stores(KernelProgram program)
        {
            Graph g = program.Graph;
            var lastReader = new int[program.Count];
            for (int reader = 0; reader < program.Count; reader++)
            {
                lastReader[reader] = reader;
                for (int k = 0; k < g.OpOf(reader).Arity(); k++) lastReader[g.Operand(reader, k)] = reader;
            }
            var nodeOfInput = new int[program.InputCount];
            for (int value = 0; value < program.Count; value++)
                if (g.OpOf(value) == Op.Input) nodeOfInput[g.A(value)] = value + 1;
            var stores = new int[program.OutputCount];
            for (int round = 0; round <= stores.Length; round++)
            {
                bool isSettled = true;
                for (int k = 0; k < stores.Length; k++)
                {
                    int overwritten = program.InPlaceOf(k) < 0 ? -1 : nodeOfInput[program.InPlaceOf(k)] - 1;
                    int at = Math.Max(program.Output(k), overwritten < 0 ? 0 : lastReader[overwritten]);
                    for (int other = 0; other < stores.Length && overwritten >= 0; other++)
                        if (program.Output(other) == overwritten) at = Math.Max(at, stores[other]);
                    isSettled &= at == stores[k];
                    stores[k] = at;
                }
                if (isSettled) break;
            }
            return stores;
        }

        static bool IsCarried(Graph g, int value) => !g.IsConstant(value) && g.OpOf(value) != Op.Input;
    }
}
#endif
