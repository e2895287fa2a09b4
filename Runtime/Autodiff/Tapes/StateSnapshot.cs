using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>What stood in all written buffers at the start of a frame. Its memory is used again.</summary>
    sealed unsafe class StateSnapshot : IDisposable
    {
        const int Alignment = 64;

        byte* data;
        long[] offsets = new long[16]; // by the position of the buffer's record; -1 for one that was not written yet
        int count;

        ~StateSnapshot() => Free();

        public int Frame { get; private set; }

        /// <summary>Bytes held.</summary>
        public long Bytes { get; private set; }

        public void Take(List<BufferRecord> records, int frame)
        {
            Frame = frame;
            count = records.Count;
            if (offsets.Length < count) offsets = new long[count * 2];
            long bytes = 0;
            for (int k = 0; k < count; k++)
            {
                offsets[k] = records[k].IsWritten ? bytes : -1;
                if (records[k].IsWritten) bytes += (records[k].Buffer.ByteLength + Alignment - 1) / Alignment * Alignment;
            }
            if (bytes > Bytes)
            {
                Free();
                data = (byte*)Marshal.AllocHGlobal((IntPtr)bytes);
                Bytes = bytes;
            }
            for (int k = 0; k < count; k++)
                if (offsets[k] >= 0) Copy(records[k].Buffer.Data, data + offsets[k], records[k].Buffer.ByteLength);
        }

        /// <summary>Puts the numbers back; buffers that were not written yet get those from before they were.</summary>
        public void Restore(List<BufferRecord> records)
        {
            for (int k = 0; k < records.Count; k++)
            {
                if (!records[k].IsWritten) continue;
                byte* numbers = k < count && offsets[k] >= 0 ? data + offsets[k] : records[k].Start;
                Copy(numbers, records[k].Buffer.Data, records[k].Buffer.ByteLength);
            }
        }

        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        static void Copy(byte* source, byte* target, long bytes) => System.Buffer.MemoryCopy(source, target, bytes, bytes);

        void Free()
        {
            if (data != null) Marshal.FreeHGlobal((IntPtr)data);
            data = null;
            Bytes = 0;
        }
    }
}
