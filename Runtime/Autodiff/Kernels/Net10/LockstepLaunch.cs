#if NET10_0_OR_GREATER
using System;
using System.Runtime.CompilerServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A launch that gathers and scatters through indices which rise in lockstep (<see cref="LockstepRuns"/>), run over their places instead of its lanes:
    /// what is behind indices is read as it lies, results are added as they lie, and gaps are passed over. Each element takes the same sums in the same
    /// order as over lanes.
    /// </summary>
    /// <remarks>Results go through rows of working memory. Where one is another with the other sign, as the forces of a spring's two ends are, they share a row.</remarks>
    sealed unsafe class LockstepLaunch
    {
        readonly LaunchPlan plan;
        readonly Executor executor;
        readonly KernelProgram program;
        readonly LockstepRuns runs = new LockstepRuns();
        readonly ChannelLayout layout;
        readonly int[] moving, ofLanes; // inputs behind indices whose addresses do not follow from others'; inputs of the lanes themselves
        readonly Result[] results;
        readonly int rowCount, rowBytes;
        CompiledKernel compiled; // once it was wanted

        struct Result
        {
            public LaunchPlan.Result Way;
            public int Channel, Index, Row; // Row: bytes from the first row of results
            public bool IsNegative; // the row has the other sign
        }

        LockstepLaunch(LaunchPlan plan, Executor executor)
        {
            this.plan = plan;
            this.executor = executor;
            program = plan.Kernel.ProgramFor(plan.Precision);
            rowBytes = LockstepRuns.BlockPlaces * plan.Precision.Size();
            results = new Result[plan.Channels - plan.Inputs];
            for (int k = 0; k < results.Length; k++)
            {
                int channel = plan.Inputs + k;
                results[k] = new Result { Way = plan.Results[channel], Channel = channel, Index = plan.Index[channel], IsNegative = NegativeOf(k) >= 0 };
                if (!results[k].IsNegative) results[k].Row = rowBytes * rowCount++;
            }
            for (int k = 0; k < results.Length; k++)
                if (results[k].IsNegative) results[k].Row = results[NegativeOf(k)].Row;
            layout = Layout();
            moving = Inputs(c => plan.Index[c] >= 0 && layout.Leader[c] == c);
            ofLanes = Inputs(c => plan.Access[c] == ChannelAccess.Contiguous);
        }

        /// <summary>The launch of a plan, if it is of the kind that is faster this way; else null.</summary>
        public static LockstepLaunch Of(LaunchPlan plan, Executor executor)
        {
            if (!executor.Streams || plan.Worlds > 1 || plan.Scatters == 0) return null;
            int behindIndices = 0, ofLanes = 0;
            for (int c = 0; c < plan.Channels; c++)
            {
                bool isScattered = plan.Results[c] == LaunchPlan.Result.Scatter;
                if (isScattered && (!plan.Accumulates(c) || plan.Kernel.SlotArray[plan.Kernel.Outputs[c - plan.Inputs].Slot].Reads)) return null;
                if (isScattered || plan.Access[c] == ChannelAccess.Gather) behindIndices++;
                else if (plan.Access[c] != ChannelAccess.Broadcast) ofLanes++;
            }
            return behindIndices >= 2 * ofLanes ? new LockstepLaunch(plan, executor) : null;
        }

        /// <summary>Whether indices rise in lockstep.</summary>
        public bool Fits(int** index, int elements) => runs.AreOf(index, plan.Kernel.Indices.Count, elements);

        /// <summary>Whether the code is there; who asks wants it.</summary>
        public bool IsReady => (compiled ??= executor.Compiled(program, Access(), layout)).IsReady;

        /// <summary>Runs over elements that were found to fit, once it is ready.</summary>
        [SkipLocalsInit]
        public void Run(int elements)
        {
            CompiledKernel code = compiled.Current;
            long own = (code.ScratchBytes + 63L) / 64 * 64;
            ScratchPool.Block memory = executor.Scratch.Rent(own + (rowCount + 1L) * rowBytes + BlockSums.Bytes(plan.Sums));
            byte* firstRow = memory.Data + own, packed = firstRow + rowCount * rowBytes;
            int size = plan.Precision.Size(), indexCount = plan.Kernel.Indices.Count;
            byte** pointers = stackalloc byte*[plan.Channels];
            int** indices = stackalloc int*[plan.Inputs + 1];
            for (int c = 0; c < plan.Inputs; c++) pointers[c] = plan.First[c];
            bool* areNegative = stackalloc bool[plan.Channels];
            foreach (ref readonly Result result in results.AsSpan())
            {
                pointers[result.Channel] = firstRow + result.Row;
                areNegative[result.Channel] = result.IsNegative;
            }
            var arguments = new LaneArguments { Pointers = pointers, Indices = indices, Scratch = memory.Data };
            var sums = new BlockSums(packed + rowBytes, plan.Sums, plan.Precision);
            for (int block = 0, start = 0; start < elements; block++, start += CompiledKernel.BlockLanes)
            {
                ReadOnlySpan<LockstepRuns.Piece> pieces = runs.PiecesOf(block);
                ReadOnlySpan<int> firstElements = runs.FirstElementsOf(block);
                PlaceGroup* groups = runs.GroupsOf(block);
                foreach (int c in ofLanes) indices[c] = (int*)groups;
                for (int p = 0; p < pieces.Length; p++)
                {
                    ref readonly LockstepRuns.Piece piece = ref pieces[p];
                    foreach (int c in moving) pointers[c] = plan.First[c] + ((long)firstElements[p * indexCount + plan.Index[c]] - piece.Place) * size;
                    code.Run(arguments, piece.Place, piece.Place + PlaceGroup.Whole(piece.Places));
                }
                int lanes = Math.Min(CompiledKernel.BlockLanes, elements - start), sum = 0;
                for (int k = 0; k < results.Length; k++)
                {
                    Result result = results[k];
                    if (result.Way == LaunchPlan.Result.Scatter)
                    {
                        int together = plan.ScatteredTogether[result.Channel];
                        for (int p = 0; p < pieces.Length; p++)
                        {
                            ref readonly LockstepRuns.Piece piece = ref pieces[p];
                            PlacedRows.Add(plan.First + result.Channel, firstElements[p * indexCount + result.Index], pointers + result.Channel, piece.Place, areNegative + result.Channel,
                                together, groups + piece.Place / PlaceGroup.Places, piece.Places, plan.Precision);
                        }
                        k += together - 1;
                        continue;
                    }
                    foreach (ref readonly LockstepRuns.Piece piece in pieces)
                        PlacedRows.Pack(packed - (long)start * size, firstRow + result.Row + piece.Place * size, groups + piece.Place / PlaceGroup.Places, piece.Places, plan.Precision);
                    if (result.Way == LaunchPlan.Result.Sum) sums.Add(sum++, block, packed, lanes);
                    else Carry(result.Channel, start, packed, lanes);
                }
            }
            int summed = 0;
            foreach (ref readonly Result result in results.AsSpan())
                if (result.Way == LaunchPlan.Result.Sum) sums.AddTo(plan.First[result.Channel], summed++);
            executor.Scratch.Return(memory);
        }

        void Carry(int channel, int start, byte* packed, int lanes)
        {
            int size = plan.Precision.Size();
            byte* target = plan.First[channel] + (long)start * size;
            if (plan.Accumulates(channel)) Rows.AddRun(target, packed, lanes, plan.Precision);
            else System.Buffer.MemoryCopy(packed, target, lanes * size, lanes * size);
        }

        ChannelAccess[] Access()
        {
            ChannelAccess[] access = Array.ConvertAll(plan.Access, a => a == ChannelAccess.Gather ? ChannelAccess.Contiguous : a == ChannelAccess.Contiguous ? ChannelAccess.Spread : a);
            foreach (Result result in results) access[result.Channel] = result.IsNegative ? ChannelAccess.Omitted : ChannelAccess.Store;
            return access;
        }

        // Behind different indices inputs of one buffer stand apart as pieces will have it. Results stand apart as rows do.
        ChannelLayout Layout()
        {
            (int[] group, long[] place) = plan.LayoutOfInputs();
            int behind = plan.Kernel.Indices.Count + 1;
            for (int c = 0; c < plan.Inputs; c++)
                if (group[c] >= 0) group[c] = group[c] * behind + plan.Index[c] + 1;
            foreach (Result result in results) (group[result.Channel], place[result.Channel]) = (int.MaxValue, result.Row);
            return new ChannelLayout(group, place);
        }

        // The output whose negative this one is; -1 if there is none.
        int NegativeOf(int output)
        {
            int value = program.Output(output);
            if (plan.Results[plan.Inputs + output] != LaunchPlan.Result.Scatter || program.Graph.OpOf(value) != Op.Negate) return -1;
            for (int k = 0; k < program.OutputCount; k++)
                if (program.Output(k) == program.Graph.A(value)) return k;
            return -1;
        }

        int[] Inputs(Predicate<int> which)
        {
            var channels = new int[plan.Inputs];
            for (int c = 0; c < channels.Length; c++) channels[c] = c;
            return Array.FindAll(channels, which);
        }
    }
}
#endif
