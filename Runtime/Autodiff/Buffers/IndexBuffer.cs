using System;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Element indices through which kernels gather and scatter. Behind the last index stand zeros, so that vector loads may run
    /// past it and still read a valid index; before the first, what is known of its runs (<see cref="IndexRuns"/>).
    /// </summary>
    public sealed unsafe class IndexBuffer : IDisposable
    {
        internal const int Padding = 16;

        int* data;

        /// <summary>Indices, all zero.</summary>
        /// <param name="name">What error messages call it.</param>
        /// <param name="length">Number of indices.</param>
        public IndexBuffer(string name, int length)
        {
            if (length < 0) throw new ArgumentOutOfRangeException(nameof(length), length, $"Index buffer '{name}' cannot have a negative length.");
            Name = name;
            Length = length;
            long bytes = (IndexRuns.Header + (long)length + Padding) * sizeof(int);
            byte* allocation = (byte*)Marshal.AllocHGlobal((IntPtr)bytes);
            Memory.Zero(allocation, bytes);
            data = (int*)allocation + IndexRuns.Header;
        }

        /// <summary>Indices copied from a span.</summary>
        public IndexBuffer(string name, ReadOnlySpan<int> indices) : this(name, indices.Length) => indices.CopyTo(Indices);

        /// <summary>Frees memory that was not disposed of.</summary>
        ~IndexBuffer() => Free();

        /// <summary>What error messages call the buffer.</summary>
        public string Name { get; }

        /// <summary>The number of indices.</summary>
        public int Length { get; }

        /// <summary>The first index.</summary>
        /// <exception cref="ObjectDisposedException">The buffer was disposed of.</exception>
        public int* Data => data != null ? data : throw new ObjectDisposedException($"Index buffer '{Name}'");

        /// <summary>Counts the writes; asking for <see cref="Indices"/> counts as one.</summary>
        public int Version { get; private set; }

        /// <summary>What the tape that recorded these indices last knows of them.</summary>
        internal IndexRecord Record;

        /// <summary>The indices, to be written before the next launch that reads them; a span that was kept from before a launch must not be written.</summary>
        public Span<int> Indices
        {
            get
            {
                Version++;
                IndexRuns.Forget(Data);
                return new Span<int>(Data, Length);
            }
        }

        /// <summary>The indices, to be read.</summary>
        public ReadOnlySpan<int> Values => new ReadOnlySpan<int>(Data, Length);

        /// <summary>Frees the memory; later use throws.</summary>
        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        void Free()
        {
            if (data != null) Marshal.FreeHGlobal((IntPtr)(data - IndexRuns.Header));
            data = null;
        }
    }
}
