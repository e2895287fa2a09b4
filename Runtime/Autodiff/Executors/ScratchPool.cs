using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>Working memory for launches, kept and handed out again; aligned to 64 bytes.</summary>
    sealed unsafe class ScratchPool
    {
        const int Alignment = 64;
        readonly Stack<Block> free = new Stack<Block>();

        public readonly struct Block
        {
            public readonly IntPtr Allocation;
            public readonly long Bytes;

            public Block(IntPtr allocation, long bytes)
            {
                Allocation = allocation;
                Bytes = bytes;
            }

            public byte* Data => (byte*)(((long)Allocation + Alignment - 1) / Alignment * Alignment);
        }

        ~ScratchPool()
        {
            foreach (Block block in free) Marshal.FreeHGlobal(block.Allocation);
        }

        /// <summary>A block of at least so many bytes, not cleared.</summary>
        public Block Rent(long bytes)
        {
            lock (free)
            {
                while (free.Count > 0)
                {
                    Block block = free.Pop();
                    if (block.Bytes >= bytes) return block;
                    Marshal.FreeHGlobal(block.Allocation); // outgrown
                }
            }
            long size = Math.Max(1 << 16, bytes + bytes / 2);
            return new Block(Marshal.AllocHGlobal((IntPtr)(size + Alignment)), size);
        }

        /// <summary>Takes a block back.</summary>
        public void Return(Block block)
        {
            lock (free) free.Push(block);
        }
    }
}
