using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>Memory handed out in order and taken back all at once or down to a mark; chunks are kept for reuse.</summary>
    sealed unsafe class Arena : IDisposable
    {
        const long ChunkBytes = 1 << 20;
        const int Alignment = 64;

        readonly List<(IntPtr allocation, long bytes)> chunks = new List<(IntPtr, long)>();
        int chunk = -1;
        long used, full;

        /// <summary>A place to return to.</summary>
        public readonly struct Mark
        {
            public readonly int Chunk;
            public readonly long Used, Full;

            public Mark(int chunk, long used, long full)
            {
                Chunk = chunk;
                Used = used;
                Full = full;
            }
        }

        ~Arena() => Free();

        /// <summary>Bytes handed out.</summary>
        public long Bytes => full + used;

        /// <summary>Bytes held from the system.</summary>
        public long Capacity
        {
            get
            {
                long sum = 0;
                foreach ((IntPtr _, long bytes) in chunks) sum += bytes;
                return sum;
            }
        }

        /// <summary>Memory aligned to 64 bytes, not cleared; it stays where it is until it is taken back.</summary>
        public byte* Allocate(long bytes)
        {
            bytes = (bytes + Alignment - 1) / Alignment * Alignment;
            while (chunk < 0 || used + bytes > chunks[chunk].bytes)
            {
                if (chunk >= 0) full += used;
                used = 0;
                chunk++;
                if (chunk < chunks.Count && chunks[chunk].bytes >= bytes) break;
                long size = Math.Max(ChunkBytes, bytes);
                chunks.Insert(chunk, (Marshal.AllocHGlobal((IntPtr)(size + Alignment)), size));
            }
            byte* start = (byte*)(((long)chunks[chunk].allocation + Alignment - 1) / Alignment * Alignment) + used;
            used += bytes;
            return start;
        }

        /// <summary>The present place.</summary>
        public Mark Here() => new Mark(chunk, used, full);

        /// <summary>Takes back all that was handed out after a mark.</summary>
        public void Release(Mark mark) => (chunk, used, full) = (mark.Chunk, mark.Used, mark.Full);

        /// <summary>Takes back everything.</summary>
        public void Clear() => (chunk, used, full) = (-1, 0, 0);

        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        void Free()
        {
            foreach ((IntPtr allocation, long _) in chunks) Marshal.FreeHGlobal(allocation);
            chunks.Clear();
            Clear();
        }
    }
}
