using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>How compiled code reads or writes one scalar channel, lane by lane.</summary>
    enum ChannelAccess : byte
    {
        /// <summary>Read pointer[i].</summary>
        Contiguous,
        /// <summary>Read pointer[0] in every lane.</summary>
        Broadcast,
        /// <summary>Read pointer[index[i] stride].</summary>
        Gather,
        /// <summary>Read pointer[index[i]], where the index rises by one from lane to lane but for one jump per vector at most.</summary>
        Stretches,
        /// <summary>Read pointer[lane of place i], where the index is an array of groups of places.</summary>
        Spread,
        /// <summary>Write pointer[i].</summary>
        Store,
        /// <summary>Add to pointer[i].</summary>
        Accumulate,
        /// <summary>Write nothing: whoever runs the code knows the result from another channel.</summary>
        Omitted,
    }

    /// <summary>The arrays that compiled code works on: one entry per channel, inputs first.</summary>
    unsafe struct LaneArguments
    {
        /// <summary>First scalar of each channel.</summary>
        public byte** Pointers;

        /// <summary>The index of each gathered channel (of one that is spread, the groups of places), with room before and behind it as that of an <see cref="IndexBuffer"/>.</summary>
        public int** Indices;

        /// <summary>Scalars from one element to the next of each gathered channel.</summary>
        public long* Strides;

        /// <summary>Working memory of <see cref="CompiledKernel.ScratchBytes"/>, aligned to 64 bytes.</summary>
        public byte* Scratch;

        /// <summary>Whether the last lane is the last of all rows that are written, so that writes may run on into their padding.</summary>
        public bool EndsRows;
    }

    /// <summary>A program as an executor runs it.</summary>
    abstract unsafe class CompiledKernel
    {
        /// <summary>Lanes that are worked on at a time where intermediate results pass through memory.</summary>
        public const int BlockLanes = 256;

        /// <summary>What runs at present: this, or what stands in until this is ready. Asked for once per launch.</summary>
        public virtual CompiledKernel Current => this;

        /// <summary>Whether this is what runs at present.</summary>
        public virtual bool IsReady => true;

        /// <summary>Waits until this is ready.</summary>
        public virtual void Finish()
        {
        }

        /// <summary>The number of operations per lane.</summary>
        public abstract int Operations { get; }

        /// <summary>Bytes of working memory that a call needs.</summary>
        public abstract int ScratchBytes { get; }

        /// <summary>Bytes of working memory that a call for so many lanes needs; asked before the memory is fetched, which takes time.</summary>
        public virtual int ScratchBytesFor(long lanes) => ScratchBytes;

        /// <summary>Computes lanes start (included) to end (excluded). Reads may run up to 64 bytes past the last lane, and ahead of the first; writes do not, unless they end their rows.</summary>
        public abstract void Run(in LaneArguments arguments, long start, long end);

        /// <summary>Computes lanes 0 to a count of them several times; after each, pointers of the channels that move go on by a stride in bytes.</summary>
        public virtual void Repeat(in LaneArguments arguments, long lanes, int times, bool[] moves, long stride)
        {
            for (int t = 0; t < times; t++)
            {
                Run(arguments, 0, lanes);
                for (int k = 0; k < moves.Length; k++) arguments.Pointers[k] += moves[k] ? stride : 0;
            }
        }
    }

    /// <summary>What distinguishes compiled code: the program, how its channels are accessed and, where known, how they stand.</summary>
    readonly struct CompiledKey : IEquatable<CompiledKey>
    {
        public readonly KernelProgram Program;
        public readonly ChannelAccess[] Access;
        public readonly ChannelLayout Layout; // null where it is not known

        public CompiledKey(KernelProgram program, ChannelAccess[] access, ChannelLayout layout)
        {
            Program = program;
            Access = access;
            Layout = layout;
        }

        public bool Equals(CompiledKey other)
        {
            for (int k = 0; k < Access.Length; k++)
                if (k >= other.Access.Length || Access[k] != other.Access[k]) return false;
            return Access.Length == other.Access.Length && Equals(Layout, other.Layout) && Program.Equals(other.Program);
        }

        public override bool Equals(object obj) => obj is CompiledKey key && Equals(key);

        public override int GetHashCode()
        {
            var mixer = new HashMixer();
            mixer.Add(Program.GetHashCode());
            foreach (ChannelAccess each in Access) mixer.Add((int)each);
            mixer.Add(Layout == null ? 0 : Layout.GetHashCode());
            return mixer.Value;
        }
    }
}
