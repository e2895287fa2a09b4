using System;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// How the numbers of a block of a <see cref="Rollout"/> stand in working memory: a row of lanes for each component that the
    /// step reads or writes and for its derivative, and for each repetition a row for each component of the state that adjoints read.
    /// </summary>
    /// <remarks>
    /// What a step stores anew and adjoints read is not written twice: it flows through the rows that are kept, each repetition reading its own
    /// and writing those of the next (<see cref="Flows"/>).
    /// </remarks>
    sealed unsafe class RolloutRows
    {
        readonly int lanes, size;
        readonly int[] firstRow; // per slot
        readonly int[,] keptRow;  // per slot and component; -1 where adjoints read no such thing

        public RolloutRows(Launch step, int blockLanes)
        {
            Step = step;
            Kernel kernel = step.Kernel;
            Buffer any = step.BufferOf(0);
            lanes = any.Elements * any.Worlds;
            size = any.Precision.Size();
            BlockLanes = blockLanes;
            Blocks = (lanes + blockLanes - 1) / blockLanes;
            // Rows stand 25 lines apart in a page of 64: no two of some twenty then lie in one set of the cache, or close by, where the
            // processor takes a read for one of what was just written.
            long lines = (long)blockLanes * size / 64;
            RowBytes = (lines + (25 - lines % 64 + 64) % 64) * 64;
            firstRow = new int[kernel.SlotArray.Length];
            int most = 1;
            for (int s = 0; s < firstRow.Length; s++)
            {
                firstRow[s] = Rows;
                Rows += kernel.SlotArray[s].Components;
                most = Math.Max(most, kernel.SlotArray[s].Components);
            }
            keptRow = new int[firstRow.Length, most];
            for (int s = 0; s < firstRow.Length; s++)
                for (int c = 0; c < kernel.SlotArray[s].Components; c++)
                    keptRow[s, c] = IsState(s) && (kernel.Adjoint.Reads[s] & AdjointKernel.Bit(c)) != 0 && IsRead(kernel, s, c) ? Kept++ : -1;
        }

        public Launch Step { get; }

        public int BlockLanes { get; }

        public long Blocks { get; }

        public long RowBytes { get; }

        /// <summary>Rows of values, and as many of derivatives.</summary>
        public int Rows { get; }

        /// <summary>Rows kept of each repetition.</summary>
        public int Kept { get; }

        /// <summary>Bytes kept of each repetition.</summary>
        public long KeptBytes => Kept * KeptRowBytes;

        /// <summary>Bytes of a row that is kept.</summary>
        public long KeptRowBytes => (long)BlockLanes * size;

        /// <summary>Bytes of values, derivatives and the working memory of compiled code.</summary>
        public long WorkingBytes => 2 * Rows * RowBytes + ScratchBytes;

        /// <summary>Working memory of compiled code.</summary>
        public long ScratchBytes { get; private set; }

        public void NeedScratch(long bytes) => ScratchBytes = Math.Max(ScratchBytes, (bytes + 127) / 64 * 64);

        public bool IsState(int slot) => Step.Kernel.SlotArray[slot].Writes != Writing.None;

        public int ValueRow(int slot) => firstRow[slot];

        public int DerivativeRow(int slot) => Rows + firstRow[slot];

        public int KeptRow(int slot, int component) => keptRow[slot, component];

        /// <summary>Whether the components of a slot that are kept flow from repetition to repetition.</summary>
        public bool Flows(int slot) => Step.Kernel.SlotArray[slot].Writes == Writing.Store;

        /// <summary>Bytes kept of so many repetitions, and of what the last one leaves.</summary>
        public long TrajectoryBytes(int repetitions) => KeptBytes * (repetitions + 1);

        /// <summary>Copies what flows from the rows of values to those kept of a repetition, or back.</summary>
        public void CopyFlow(in RolloutBlock block, int repetition, bool toKept)
        {
            for (int s = 0; s < firstRow.Length; s++)
            {
                if (!Flows(s)) continue;
                for (int c = 0; c < Step.Kernel.SlotArray[s].Components; c++)
                {
                    if (keptRow[s, c] < 0) continue;
                    byte* value = block.Memory + (firstRow[s] + c) * RowBytes;
                    byte* kept = block.Trajectory + repetition * KeptBytes + keptRow[s, c] * KeptRowBytes;
                    if (toKept) System.Buffer.MemoryCopy(value, kept, KeptRowBytes, KeptRowBytes);
                    else System.Buffer.MemoryCopy(kept, value, KeptRowBytes, KeptRowBytes);
                }
            }
        }

        public RolloutBlock Block(long block, byte* memory, byte* trajectory)
        {
            long start = block * BlockLanes;
            return new RolloutBlock { Start = start, Lanes = (int)Math.Min(BlockLanes, lanes - start), Memory = memory, Trajectory = trajectory };
        }

        /// <summary>Loads rows from the components of a buffer; zeros, if it is null.</summary>
        public void Load(in RolloutBlock block, int row, Buffer source, int components, int first)
        {
            for (int c = 0; c < components; c++)
            {
                byte* target = block.Memory + (row + c) * RowBytes;
                if (source == null) Memory.Zero(target, RowBytes);
                else if (IsContiguous(source)) System.Buffer.MemoryCopy(At(source, first + c, block.Start), target, block.Lanes * size, block.Lanes * size);
                else for (int lane = 0; lane < block.Lanes; lane++) CopyNumber(At(source, first + c, Place(source, block.Start + lane)), target + lane * size);
            }
        }

        /// <summary>Writes rows to all components of a buffer, or adds them.</summary>
        public void Store(in RolloutBlock block, int row, Buffer target, bool adds) => Store(block, row, target, adds, 0, target.Components);

        /// <summary>Writes rows to components of a buffer, or adds them.</summary>
        public void Store(in RolloutBlock block, int row, Buffer target, bool adds, int first, int components)
        {
            for (int c = 0; c < components; c++)
            {
                byte* source = block.Memory + (row + c) * RowBytes;
                if (!IsContiguous(target)) for (int lane = 0; lane < block.Lanes; lane++) StoreNumber(source + lane * size, At(target, first + c, Place(target, block.Start + lane)), adds);
                else if (adds) Autodiff.Rows.Add(At(target, first + c, block.Start), source, block.Lanes, target.Precision);
                else System.Buffer.MemoryCopy(source, At(target, first + c, block.Start), block.Lanes * size, block.Lanes * size);
            }
        }

        /// <summary>A number of a buffer.</summary>
        public byte* At(Buffer buffer, int component, long place) => buffer.Data + (component * buffer.ComponentStride + place) * size;

        // Cotangents may have more worlds than the values; then those of one world stand apart.
        bool IsContiguous(Buffer buffer) => buffer.Worlds == Step.BufferOf(0).Worlds;

        long Place(Buffer buffer, long lane)
        {
            int worlds = Step.BufferOf(0).Worlds;
            return lane / worlds * buffer.Worlds + lane % worlds;
        }

        void CopyNumber(byte* source, byte* target)
        {
            if (size == sizeof(float)) *(float*)target = *(float*)source;
            else *(double*)target = *(double*)source;
        }

        void StoreNumber(byte* source, byte* target, bool adds)
        {
            if (size == sizeof(float)) *(float*)target = adds ? *(float*)target + *(float*)source : *(float*)source;
            else *(double*)target = adds ? *(double*)target + *(double*)source : *(double*)source;
        }

        static bool IsRead(Kernel kernel, int slot, int component)
        {
            foreach (Channel input in kernel.Inputs)
                if (input.Slot == slot && input.Component == component) return true;
            return false;
        }
    }

    /// <summary>A block of lanes and where its numbers stand.</summary>
    unsafe struct RolloutBlock
    {
        public long Start;
        public int Lanes;
        public byte* Memory;
        public byte* Trajectory;
    }

    /// <summary>Memory that grows when it has to, aligned to 64 bytes.</summary>
    sealed unsafe class RolloutMemory : IDisposable
    {
        IntPtr allocation;
        long size;

        ~RolloutMemory() => Free();

        public byte* Data => (byte*)(((long)allocation + 63) / 64 * 64);

        public void Need(long bytes)
        {
            if (bytes <= size) return;
            Free();
            allocation = Marshal.AllocHGlobal((IntPtr)(bytes + 128));
            size = bytes;
        }

        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        void Free()
        {
            if (allocation != IntPtr.Zero) Marshal.FreeHGlobal(allocation);
            (allocation, size) = (IntPtr.Zero, 0);
        }
    }
}
