using System;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A launch whose sizes were found to fit, as addresses: for each channel the first scalar, the way it is accessed and the
    /// distance between elements.
    /// </summary>
    /// <remarks>
    /// With one world the lanes are the elements. With several, elements are taken one after another and the lanes are the worlds:
    /// every access is then contiguous or the same for all lanes, and an index only moves a row's start.
    /// </remarks>
    sealed unsafe class LaunchPlan
    {
        /// <summary>What becomes of a channel's results after compiled code wrote them.</summary>
        public enum Result : byte
        {
            /// <summary>They went where they belong.</summary>
            Direct,
            /// <summary>They are scattered through an index.</summary>
            Scatter,
            /// <summary>They are summed over elements.</summary>
            Sum,
            /// <summary>Many worlds: they wait for the end of the block, since another slot adds to the same numbers.</summary>
            Wait,
        }

        readonly Launch launch;
        readonly Buffer[] buffers;
        readonly int[] firstComponents;
        readonly bool[] accumulates; // per channel

        public readonly Precision Precision;
        public readonly int Worlds;
        public readonly int Inputs, Channels;
        public readonly ChannelAccess[] Access;
        public readonly Result[] Results;
        public readonly byte** First;        // per channel; unmanaged, so that compiled code can work on it as it is
        public readonly long* ElementStride; // scalars; 0 for shared
        public readonly int[] Index;          // per channel: position among the kernel's indices, or -1
        public readonly int Scatters, Sums, Waits;
        public readonly int[] ScatteredTogether; // per channel: how many from it on are components of one slot, scattered in one pass
        public CompiledKernel Compiled;
        Executor compiledBy;
        CompiledKernel streaming; // or what stands in for it

        public LaunchPlan(Launch launch)
        {
            this.launch = launch;
            Kernel kernel = Kernel = launch.Kernel;
            (Precision, Worlds) = CheckShapes(launch);
            buffers = new Buffer[kernel.Slots.Count];
            firstComponents = new int[kernel.Slots.Count];
            SlotIndex = new int[kernel.Slots.Count];
            Capacity = int.MaxValue;
            HasIndices = kernel.Indices.Count > 0;
            for (int s = 0; s < buffers.Length; s++)
            {
                buffers[s] = launch.BufferOf(s);
                firstComponents[s] = launch.FirstComponentOf(s);
                SlotIndex[s] = kernel.Slots[s].Index == null ? -1 : kernel.IndexOf(kernel.Slots[s].Index);
                if (kernel.Slots[s].Addressing == Addressing.Lane) Capacity = Math.Min(Capacity, buffers[s].Elements);
            }
            Written = BuffersWritten();
            for (int k = 0; k < kernel.Indices.Count; k++) Capacity = Math.Min(Capacity, launch.IndexOf(k).Length);
            Inputs = kernel.Inputs.Count;
            Channels = Inputs + kernel.Outputs.Count;
            Access = new ChannelAccess[Channels];
            Results = new Result[Channels];
            accumulates = new bool[Channels];
            First = (byte**)Marshal.AllocHGlobal(Channels * (sizeof(byte*) + sizeof(long)));
            ElementStride = (long*)(First + Channels);
            Index = new int[Channels];
            ScatteredTogether = new int[Channels];
            readsThrough = new bool[kernel.Indices.Count];
            for (int channel = 0; channel < Channels; channel++)
            {
                bool isInput = channel < Inputs;
                Channel c = isInput ? kernel.Inputs[channel] : kernel.Outputs[channel - Inputs];
                KernelSlot slot = kernel.Slots[c.Slot];
                Buffer buffer = launch.BufferOf(c.Slot);
                First[channel] = buffer.Data + (launch.FirstComponentOf(c.Slot) + c.Component) * buffer.ComponentStride * Precision.Size();
                ElementStride[channel] = slot.Addressing == Addressing.Shared ? 0 : buffer.Worlds;
                Index[channel] = slot.Index == null ? -1 : kernel.IndexOf(slot.Index);
                if (isInput)
                {
                    Access[channel] = ReadAccess(slot, buffer);
                    if (Access[channel] == ChannelAccess.Gather) gathers = readsThrough[Index[channel]] = true;
                }
                else
                {
                    accumulates[channel] = slot.Writes == Writing.Accumulate;
                    Results[channel] = slot.Addressing == Addressing.Shared ? Result.Sum
                        : slot.Addressing != Addressing.Indexed ? Result.Direct
                        : Worlds == 1 ? Result.Scatter
                        : MeetsOthers(c.Slot) ? Result.Wait : Result.Direct;
                    Access[channel] = Results[channel] == Result.Direct && slot.Writes == Writing.Accumulate ? ChannelAccess.Accumulate : ChannelAccess.Store;
                    Sums += Results[channel] == Result.Sum ? 1 : 0;
                    Scatters += Results[channel] == Result.Scatter ? 1 : 0;
                    Waits += Results[channel] == Result.Wait ? 1 : 0;
                    if (Results[channel] == Result.Direct) directRows = directRows == 0 || directRows == buffer.Elements ? buffer.Elements : -1;
                }
            }
            for (int channel = Channels - 1; channel >= Inputs; channel--)
            {
                bool goesOn = channel + 1 < Channels && kernel.Outputs[channel + 1 - Inputs].Slot == kernel.Outputs[channel - Inputs].Slot;
                ScatteredTogether[channel] = goesOn ? 1 + ScatteredTogether[channel + 1] : 1;
            }
        }

        ~LaunchPlan() => Marshal.FreeHGlobal((IntPtr)First);

        /// <summary>The launch's kernel; or its equal that the executor keeps.</summary>
        public Kernel Kernel { get; private set; }

        /// <summary>Makes it ready for an executor.</summary>
        public void Compile(Executor executor)
        {
            Kernel = executor.Kept(launch.Kernel);
            Compiled = executor.Compiled(Kernel.ProgramFor(Precision), Access);
            (compiledBy, streaming, Streaming) = (executor, null, null);
#if NET10_0_OR_GREATER
            Lockstep = LockstepLaunch.Of(this, executor);
#endif
        }

#if NET10_0_OR_GREATER
        /// <summary>The way over indices that rise in lockstep; null where it would not be faster.</summary>
        public LockstepLaunch Lockstep { get; private set; }
#endif

        /// <summary>The code that reads straight through indices in stretches, once it was wanted and is ready; else null.</summary>
        public CompiledKernel Streaming { get; private set; }

        /// <summary>
        /// What runs over so many elements: code that reads straight through the indices if all are in stretches, as those of grids are; else what
        /// gathers. Both give the same bits. Few lanes are not worth the compilation.
        /// </summary>
        public CompiledKernel CompiledFor(int** index, int elements)
        {
            if (!gathers || elements < CompiledKernel.BlockLanes || !compiledBy.Streams) return Compiled.Current;
            for (int k = 0; k < Kernel.Indices.Count; k++)
                if (readsThrough[k] && !IndexRuns.AreStretches(index[k], elements)) return Compiled.Current;
            if (streaming == null)
            {
                (int[] group, long[] place) = LayoutOfInputs();
                streaming = compiledBy.Compiled(Kernel.ProgramFor(Precision), Array.ConvertAll(Access, a => a == ChannelAccess.Gather ? ChannelAccess.Stretches : a), new ChannelLayout(group, place));
            }
            if (streaming.IsReady) Streaming = streaming.Current;
            return Streaming ?? Compiled.Current;
        }

        /// <summary>
        /// How inputs stand apart: those from one buffer as its components do. As groups and places of a <see cref="ChannelLayout"/>; outputs are on their own.
        /// </summary>
        public (int[] group, long[] place) LayoutOfInputs()
        {
            var group = new int[Channels];
            var place = new long[Channels];
            for (int channel = 0; channel < Channels; channel++)
            {
                Buffer buffer = channel < Inputs && Access[channel] != ChannelAccess.Broadcast ? buffers[Kernel.Inputs[channel].Slot] : null;
                group[channel] = buffer == null ? -1 : Array.IndexOf(buffers, buffer);
                place[channel] = buffer == null ? 0 : First[channel] - buffer.Data;
                if (place[channel] > int.MaxValue) group[channel] = -1;
            }
            return (group, place);
        }

        /// <summary>Whether lanes over so many elements end the rows of all buffers that they write directly; other results have rows of their own.</summary>
        public bool EndsRows(int elements) => directRows == 0 || directRows == elements;

        /// <summary>The launch whose sizes were found to fit.</summary>
        public Launch Launch => launch;

        /// <summary>The buffer of a slot. A plan is made anew when its launch is bound anew, so it stands for these buffers for good.</summary>
        public Buffer BufferOf(int slot) => buffers[slot];

        /// <summary>The first component of the buffer that a slot uses.</summary>
        public int FirstComponentOf(int slot) => firstComponents[slot];

        /// <summary>The adjoint of this launch on the tape that it was recorded on last.</summary>
        public DerivedLaunch Adjoint;

        /// <summary>The tangent of this launch on the tape that ran it forward last.</summary>
        public DerivedLaunch Tangent;

        /// <summary>The smallest number of elements of the buffers and indices that lanes walk along.</summary>
        public readonly int Capacity;

        public readonly bool HasIndices;

        readonly int directRows; // elements of all buffers that are written directly; 0 if there are none, -1 if they differ
        readonly bool gathers;
        readonly bool[] readsThrough; // per index: whether a channel is gathered through it

        /// <summary>The number of the index through which a slot is addressed; -1 for none.</summary>
        public readonly int[] SlotIndex;

        /// <summary>The buffers that the kernel writes.</summary>
        public readonly Buffer[] Written;

        Buffer[] BuffersWritten()
        {
            var written = new System.Collections.Generic.List<Buffer>();
            for (int s = 0; s < buffers.Length; s++)
                if (Kernel.SlotArray[s].Writes != Writing.None) written.Add(buffers[s]);
            return written.ToArray();
        }

        /// <summary>Whether a scattered channel adds to what is there.</summary>
        public bool Accumulates(int channel) => accumulates[channel];

        // Whether another slot adds to the same numbers, so that the order of additions shows in the last bits.
        bool MeetsOthers(int s)
        {
            Kernel kernel = launch.Kernel;
            if (launch.Disjoint || kernel.Slots[s].Writes != Writing.Accumulate) return false;
            int from = firstComponents[s], to = from + kernel.Slots[s].Components;
            for (int other = 0; other < buffers.Length; other++)
            {
                if (other == s || buffers[other] != buffers[s] || kernel.Slots[other].Writes != Writing.Accumulate) continue;
                if (firstComponents[other] < to && firstComponents[other] + kernel.Slots[other].Components > from) return true;
            }

            return false;
        }

        ChannelAccess ReadAccess(KernelSlot slot, Buffer buffer)
        {
            if (Worlds > 1) return buffer.Worlds > 1 ? ChannelAccess.Contiguous : ChannelAccess.Broadcast;
            return slot.Addressing == Addressing.Lane ? ChannelAccess.Contiguous
                : slot.Addressing == Addressing.Shared ? ChannelAccess.Broadcast : ChannelAccess.Gather;
        }

        /// <summary>Every index names an element of every buffer it leads to, and stored elements are named once.</summary>
        public void CheckIndices(int elements)
        {
            Kernel kernel = Kernel;
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                KernelSlot slot = kernel.Slots[s];
                if (slot.Index == null) continue;
                Buffer buffer = launch.BufferOf(s);
                ReadOnlySpan<int> index = launch.IndexOf(kernel.IndexOf(slot.Index)).Values.Slice(0, elements);
                bool once = slot.Writes == Writing.Store || slot.Writes == Writing.Accumulate && slot.Reads;
                bool[] seen = once ? new bool[buffer.Elements] : null;
                for (int other = 0; once && launch.Disjoint && other < s; other++) MarkWritten(other, buffer, elements, seen);
                for (int lane = 0; lane < index.Length; lane++)
                {
                    if ((uint)index[lane] >= (uint)buffer.Elements)
                        throw new IndexOutOfRangeException($"Lane {lane} of {launch} has index '{slot.Index}' = {index[lane]}; buffer '{buffer.Name}' of slot '{slot.Name}' has {buffer.Elements} elements.");
                    if (!once) continue;
                    if (seen[index[lane]])
                        throw new InvalidOperationException($"Lane {lane} of {launch} writes element {index[lane]} of slot '{slot.Name}' through index '{slot.Index}' again; a slot that is stored, or read and written, wants each element once.");
                    seen[index[lane]] = true;
                }
            }
        }

        // What another slot writes of the same buffer counts as seen: only disjoint launches have two such slots.
        void MarkWritten(int other, Buffer buffer, int elements, bool[] seen)
        {
            KernelSlot slot = Kernel.SlotArray[other];
            if (slot.Index == null || slot.Writes == Writing.None || launch.BufferOf(other) != buffer) return;
            foreach (int element in launch.IndexOf(Kernel.IndexOf(slot.Index)).Values.Slice(0, elements)) seen[element] = true;
        }

        static (Precision, int) CheckShapes(Launch launch)
        {
            Kernel kernel = launch.Kernel;
            Precision? precision = null;
            int worlds = 1;
            string first = null, widest = null;
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                KernelSlot slot = kernel.Slots[s];
                Buffer buffer = launch.BufferOf(s) ?? throw new InvalidOperationException($"Slot '{slot.Name}' of {launch} has no buffer; bind one before launching.");
                if (precision != null && buffer.Precision != precision)
                    throw new InvalidOperationException($"{launch}: buffer '{buffer.Name}' of slot '{slot.Name}' holds {buffer.Precision}, buffer '{first}' holds {precision}. One launch works in one precision.");
                precision = buffer.Precision;
                first ??= buffer.Name;
                if (slot.Addressing == Addressing.Lane && !launch.Fits(buffer.Elements))
                    throw new InvalidOperationException($"{launch} runs over {launch.Elements} elements; buffer '{buffer.Name}' of slot '{slot.Name}' has {buffer.Elements}.");
                if (slot.Addressing == Addressing.Shared && buffer.Elements < 1)
                    throw new InvalidOperationException($"{launch} shares element 0 of slot '{slot.Name}'; buffer '{buffer.Name}' has 0 elements.");
                if (buffer.Worlds == 1) continue;
                if (worlds > 1 && buffer.Worlds != worlds)
                    throw new InvalidOperationException($"{launch}: buffer '{buffer.Name}' of slot '{slot.Name}' has {buffer.Worlds} worlds, buffer '{widest}' has {worlds}.");
                worlds = buffer.Worlds;
                widest = buffer.Name;
            }
            for (int k = 0; k < kernel.Indices.Count; k++)
            {
                IndexBuffer index = launch.IndexOf(k) ?? throw new InvalidOperationException($"Index '{kernel.Indices[k]}' of {launch} has no buffer; bind one before launching.");
                if (!launch.Fits(index.Length))
                    throw new InvalidOperationException($"{launch} runs over {launch.Elements} elements; index '{kernel.Indices[k]}' ('{index.Name}') has {index.Length}.");
            }
            CheckWrites(launch, worlds);
            return (precision.Value, worlds);
        }

        // Two slots on one buffer are the same numbers under two names: if one of them is written, what the other reads depends on
        // the order of lanes, and no adjoint could be right. In place means one slot that is read and written.
        static void CheckWrites(Launch launch, int worlds)
        {
            Kernel kernel = launch.Kernel;
            for (int s = 0; s < kernel.Slots.Count; s++)
            {
                KernelSlot slot = kernel.Slots[s];
                if (slot.Writes == Writing.None) continue;
                Buffer buffer = launch.BufferOf(s);
                if (buffer.Worlds != worlds)
                    throw new InvalidOperationException($"{launch} writes slot '{slot.Name}' in {worlds} worlds; buffer '{buffer.Name}' has {buffer.Worlds}.");
                int from = launch.FirstComponentOf(s), to = from + slot.Components;
                for (int other = 0; other < kernel.Slots.Count; other++)
                {
                    if (other == s || launch.BufferOf(other) != buffer) continue;
                    KernelSlot otherSlot = kernel.Slots[other];
                    bool apart = launch.FirstComponentOf(other) >= to || launch.FirstComponentOf(other) + otherSlot.Components <= from;
                    bool bothAdd = slot.Writes == Writing.Accumulate && otherSlot.Writes == Writing.Accumulate && !slot.Reads && !otherSlot.Reads;
                    bool disjoint = launch.Disjoint && slot.Addressing == Addressing.Indexed && otherSlot.Addressing == Addressing.Indexed;
                    if (!apart && !bothAdd && !disjoint)
                        throw new InvalidOperationException($"{launch}: buffer '{buffer.Name}' is bound to slot '{slot.Name}', which is written, and to slot '{otherSlot.Name}'. Read and write it through one slot, or use two buffers.");
                }
            }
        }
    }
}
