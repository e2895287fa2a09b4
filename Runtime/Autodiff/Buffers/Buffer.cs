using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Numbers of many elements as struct-of-arrays: element x component x world, worlds contiguous. The scalar (c, e, w) stands at
    /// c <see cref="ComponentStride"/> + e <see cref="Worlds"/> + w. Memory is unmanaged, zeroed and aligned to 64 bytes.
    /// </summary>
    /// <remarks>
    /// Each component's row ends in padding, so that vector loads may run past its last element; as much stands before the first row. The rows are an odd number of
    /// cache lines apart: powers of two would put all components of an element into one set of the cache.
    /// </remarks>
    public sealed unsafe class Buffer : IDisposable
    {
        const int CacheLine = 64, Page = 4096, Large = 1 << 16;

        byte* data;
        IntPtr allocation;

        /// <summary>A zeroed buffer.</summary>
        /// <param name="name">What error messages call it.</param>
        /// <param name="elements">Number of elements, at least 0.</param>
        /// <param name="components">Scalars per element, at least 1.</param>
        /// <param name="precision">The number format.</param>
        /// <param name="worlds">Number of worlds, at least 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below its least value.</exception>
        public Buffer(string name, int elements, int components = 1, Precision precision = Precision.Float, int worlds = 1)
        {
            if (elements < 0) throw new ArgumentOutOfRangeException(nameof(elements), elements, $"Buffer '{name}' cannot have a negative number of elements.");
            if (components < 1) throw new ArgumentOutOfRangeException(nameof(components), components, $"Buffer '{name}' needs at least one component.");
            if (worlds < 1) throw new ArgumentOutOfRangeException(nameof(worlds), worlds, $"Buffer '{name}' needs at least one world.");
            Name = name;
            Elements = elements;
            Components = components;
            Worlds = worlds;
            Precision = precision;
            long lines = ((long)elements * worlds * precision.Size() + CacheLine - 1) / CacheLine + 1;
            ComponentStride = (components > 1 ? ApartInPage(lines | 1) : lines | 1) * CacheLine / precision.Size();
            ByteLength = ComponentStride * components * precision.Size();
            bool isLarge = ByteLength >= Large;
            allocation = Marshal.AllocHGlobal((IntPtr)(ByteLength + 2 * CacheLine + (isLarge ? Page : 0)));
            data = (byte*)(((long)allocation + CacheLine - 1) / CacheLine * CacheLine + CacheLine + (isLarge ? Colour((long)allocation) : 0));
            Clear();
        }

        /// <summary>Frees memory that was not disposed of.</summary>
        ~Buffer() => Free();

        /// <summary>What error messages call the buffer.</summary>
        public string Name { get; }

        /// <summary>The number of elements.</summary>
        public int Elements { get; }

        /// <summary>Scalars per element.</summary>
        public int Components { get; }

        /// <summary>The number of worlds.</summary>
        public int Worlds { get; }

        /// <summary>The number format.</summary>
        public Precision Precision { get; }

        /// <summary>Scalars from one component of an element to the next.</summary>
        public long ComponentStride { get; }

        /// <summary>Bytes in use, padding included.</summary>
        public long ByteLength { get; }

        /// <summary>The first scalar.</summary>
        /// <exception cref="ObjectDisposedException">The buffer was disposed of.</exception>
        public byte* Data => data != null ? data : throw new ObjectDisposedException($"Buffer '{Name}'");

        /// <summary>One number, in either precision.</summary>
        /// <exception cref="IndexOutOfRangeException">Element, component or world is out of range.</exception>
        public double this[int element, int component = 0, int world = 0]
        {
            get
            {
                long at = Offset(element, component, world);
                return Precision == Precision.Float ? ((float*)Data)[at] : ((double*)Data)[at];
            }
            set
            {
                Touch();
                long at = Offset(element, component, world);
                if (Precision == Precision.Float) ((float*)Data)[at] = (float)value;
                else ((double*)Data)[at] = value;
            }
        }

        /// <summary>
        /// Counts the writes from outside of a tape: a tape that needs numbers which were overwritten behind its back says so. Asking for a
        /// span counts as a write.
        /// </summary>
        public int Version { get; private set; }

        internal void Touch() => Version++;

        /// <summary>What the tape that recorded this buffer last knows of it.</summary>
        internal BufferRecord Record;

        /// <summary>Sets every number to zero.</summary>
        public void Clear()
        {
            Touch();
            Memory.Zero(Data, ByteLength);
        }

        /// <summary>The numbers of one component, element by element with worlds innermost, as the floats they are.</summary>
        /// <exception cref="InvalidOperationException">The buffer holds doubles.</exception>
        public Span<float> Floats(int component = 0)
        {
            Require(Precision.Float);
            Touch();
            return new Span<float>((float*)Data + Offset(0, component, 0, true), Elements * Worlds);
        }

        /// <summary>The numbers of one component, element by element with worlds innermost, as the doubles they are.</summary>
        /// <exception cref="InvalidOperationException">The buffer holds floats.</exception>
        public Span<double> Doubles(int component = 0)
        {
            Require(Precision.Double);
            Touch();
            return new Span<double>((double*)Data + Offset(0, component, 0, true), Elements * Worlds);
        }

        /// <summary>Copies one component from numbers in element order with worlds innermost, rounding them if the buffer holds floats.</summary>
        /// <exception cref="ArgumentException">The count differs from elements times worlds.</exception>
        public void CopyFrom(ReadOnlySpan<double> source, int component = 0)
        {
            Fits(source.Length);
            if (Precision == Precision.Double) source.CopyTo(Doubles(component));
            else
            {
                Span<float> target = Floats(component);
                for (int k = 0; k < source.Length; k++) target[k] = (float)source[k];
            }
        }

        /// <summary>Copies one component to numbers in element order with worlds innermost.</summary>
        /// <exception cref="ArgumentException">The count differs from elements times worlds.</exception>
        public void CopyTo(Span<double> target, int component = 0)
        {
            Fits(target.Length);
            byte* source = Data + Offset(0, component, 0, true) * Precision.Size();
            if (Precision == Precision.Double) new ReadOnlySpan<double>(source, target.Length).CopyTo(target);
            else for (int k = 0; k < target.Length; k++) target[k] = ((float*)source)[k];
        }

        /// <summary>Copies all numbers of a buffer of the same shape and precision.</summary>
        /// <exception cref="ArgumentException">Shape or precision differ.</exception>
        public void CopyFrom(Buffer source)
        {
            if (!SameShape(source))
                throw new ArgumentException($"Buffer '{Name}' is {Shape}; '{source.Name}' is {source.Shape}.", nameof(source));
            Touch();
            System.Buffer.MemoryCopy(source.Data, Data, ByteLength, ByteLength);
        }

        /// <summary>Whether another buffer has the same sizes and precision.</summary>
        public bool SameShape(Buffer other) => other.Elements == Elements && other.Components == Components
            && other.Worlds == Worlds && other.Precision == Precision;

        /// <summary>Sizes and precision in words, for error messages.</summary>
        public string Shape => $"{Elements} elements x {Components} components x {Worlds} worlds of {(Precision == Precision.Float ? "float" : "double")}";

        /// <inheritdoc/>
        public override string ToString() => $"{Name}: {Shape}";

        /// <summary>Frees the memory; later use throws.</summary>
        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        // To the processor, a read near where another component was just written looks like one of the same place if both stand at about the same place of their pages
        // (only the lowest 12 bits of addresses are compared at first). So rows of about whole pages are made longer by 10 lines or so: those of six components are apart then.
        static long ApartInPage(long lines)
        {
            const long LinesOfPage = Page / CacheLine, Near = 8, Apart = 11;
            long place = (lines + Near) % LinesOfPage;
            return lines < LinesOfPage - Near || place > 2 * Near ? lines : lines + Near + Apart - place;
        }

        // Large allocations all start at the same place of a page. Buffers that did so too would share the sets of the cache and, for
        // the processor, look like overlapping reads and writes; so each starts some lines on, by a hash of its page. Small ones follow
        // one another, without gaps, which spreads them evenly.
        static long Colour(long address) =>
            address % Page > CacheLine ? 0 : (uint)((ulong)(address / Page) * 0x9E3779B97F4A7C15ul >> 58) * CacheLine;

        void Free()
        {
            if (allocation != IntPtr.Zero) Marshal.FreeHGlobal(allocation);
            allocation = IntPtr.Zero;
            data = null;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        long Offset(int element, int component, int world, bool mayBeEmpty = false)
        {
            if ((uint)component >= (uint)Components || (uint)world >= (uint)Worlds || (uint)element >= (uint)Elements && !mayBeEmpty)
                throw new IndexOutOfRangeException($"Buffer '{Name}' ({Shape}) has no element {element}, component {component}, world {world}.");
            return component * ComponentStride + (long)element * Worlds + world;
        }

        void Require(Precision wanted)
        {
            if (Precision != wanted) throw new InvalidOperationException($"Buffer '{Name}' holds {Precision}, not {wanted}.");
        }

        void Fits(int count)
        {
            if (count != Elements * Worlds)
                throw new ArgumentException($"Buffer '{Name}' has {Elements} elements x {Worlds} worlds = {Elements * Worlds} numbers a component; {count} were given.");
        }
    }
}
