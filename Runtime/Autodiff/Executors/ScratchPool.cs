using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace DiffPhysics.Autodiff
{
    /// <summary>Working memory for launches, kept and handed out again; aligned to 64 bytes.</summary>
    sealed unsafe class ScratchPool
    {
        const int Alignment = 64;

        readonly Stack<Block> free = new Stack<Block>();
        Block handy; // the block of whoever works alone: taken without a lock

        /// <summary>A piece of memory.</summary>
        public sealed class Block
        {
            readonly IntPtr allocation;

            public Block(long bytes)
            {
                allocation = Marshal.AllocHGlobal((IntPtr)(bytes + Alignment));
                Bytes = bytes;
            }

            ~Block() => Marshal.FreeHGlobal(allocation);

            public long Bytes { get; }

            public byte* Data => (byte*)(((long)allocation + Alignment - 1) / Alignment * Alignment);
        }

        /// <summary>A block of at least so many bytes, not cleared.</summary>
        public Block Rent(long bytes)
        {
            Block block = Interlocked.Exchange(ref handy, null);
            if (block != null && block.Bytes >= bytes) return block;
            lock (free)
            {
                while (free.Count > 0)
                {
                    block = free.Pop();
                    if (block.Bytes >= bytes) return block; // smaller ones are outgrown and left to the collector
                }
            }
            return new Block(Math.Max(1 << 16, bytes + bytes / 2));
        }

        /// <summary>Takes a block back.</summary>
        public void Return(Block block)
        {
            block = Interlocked.Exchange(ref handy, block);
            if (block == null) return;
            lock (free) free.Push(block);
        }
    }
}
