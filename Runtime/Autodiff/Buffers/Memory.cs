using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>Plain loops over unmanaged memory, for lengths beyond what a span can hold.</summary>
    static unsafe class Memory
    {
        public static void Zero(byte* target, long bytes)
        {
            const int Chunk = 1 << 30;
            for (; bytes > Chunk; target += Chunk, bytes -= Chunk) new Span<byte>(target, Chunk).Clear();
            new Span<byte>(target, (int)bytes).Clear();
        }
    }
}
