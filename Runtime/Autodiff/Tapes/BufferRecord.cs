namespace DiffPhysics.Autodiff
{
    /// <summary>What a tape knows of a buffer. Components are bits, as in <see cref="AdjointKernel.Bit"/>.</summary>
    sealed unsafe class BufferRecord
    {
        (ulong needed, ulong liveIn, ulong writtenThisFrame) kept;

        public BufferRecord(FrameTape tape, Buffer buffer, int position)
        {
            Tape = tape;
            Buffer = buffer;
            Position = position;
            ExpectedVersion = buffer.Version;
            AdjointWorlds = buffer.Worlds;
        }

        public FrameTape Tape { get; }

        public Buffer Buffer { get; }

        /// <summary>The place among the tape's records.</summary>
        public int Position { get; }

        /// <summary>Where a schedule last used the buffer's numbers, and its cotangents.</summary>
        public readonly Touches Values = new Touches(), Cotangents = new Touches();

        /// <summary>Whether a recording that was not cleared uses the buffer.</summary>
        public bool IsInUse;

        /// <summary>Components whose present numbers an adjoint reads: they are saved before they are overwritten.</summary>
        public ulong Needed;

        /// <summary>Components whose present numbers were read in a later frame than they were written in: a replay reads them.</summary>
        public ulong LiveIn;

        /// <summary>Components that were overwritten in this frame.</summary>
        public ulong WrittenThisFrame;

        /// <summary>Whether any recorded operation wrote the buffer.</summary>
        public bool IsWritten;

        /// <summary>The buffer's version after the last recorded operation on it.</summary>
        public int ExpectedVersion;

        /// <summary>The last recorded operation that read or wrote the buffer, for messages.</summary>
        public int LastUse = -1;

        /// <summary>Cotangents, made for the first backward sweep that reaches the buffer.</summary>
        public Buffer Adjoint;

        /// <summary>The gradient summed over worlds, for a buffer that all worlds share.</summary>
        public Buffer Summed;

        /// <summary>Worlds that the cotangents need: a buffer shared by all worlds has a cotangent in each.</summary>
        public int AdjointWorlds;

        /// <summary>Whether the losses depend on the buffer's numbers at the present point of the sweep.</summary>
        public bool IsReached;

        /// <summary>Whether a seed was given for the next sweep.</summary>
        public bool IsSeeded;

        /// <summary>Tangents, made for the first run in forward mode.</summary>
        public Buffer Tangent;

        /// <summary>Whether the buffer's numbers depend on what was seeded with tangents.</summary>
        public bool HasTangent;

        /// <summary>Whether tangents were given for the next run in forward mode.</summary>
        public bool IsTangentSeeded;

        /// <summary>The buffer's numbers before the first recorded operation that wrote it.</summary>
        public byte* Start;

        /// <summary>The buffer's numbers at the end of the recording, while a sweep rewinds them.</summary>
        public byte* Final;

        public ulong AllComponents => Buffer.Components >= 64 ? ulong.MaxValue : (1ul << Buffer.Components) - 1;

        /// <summary>The cotangents, zero if they are new.</summary>
        public Buffer NeedAdjoint()
        {
            if (Adjoint != null && Adjoint.Worlds == AdjointWorlds) return Adjoint;
            Adjoint?.Dispose();
            return Adjoint = new Buffer(AdjointKernel.Bar(Buffer.Name), Buffer.Elements, Buffer.Components, Buffer.Precision, AdjointWorlds);
        }

        /// <summary>The tangents, zero if they are new.</summary>
        public Buffer NeedTangent() => Tangent ??= new Buffer(TangentKernel.Dot(Buffer.Name), Buffer.Elements, Buffer.Components, Buffer.Precision, Buffer.Worlds);

        /// <summary>Keeps what recording goes by, which replays change.</summary>
        public void KeepMarks() => kept = (Needed, LiveIn, WrittenThisFrame);

        /// <summary>Takes back what was kept.</summary>
        public void RestoreMarks() => (Needed, LiveIn, WrittenThisFrame) = kept;

        /// <summary>Forgets the recording, but keeps the cotangents of buffers that were only read.</summary>
        public void Clear()
        {
            Needed = LiveIn = WrittenThisFrame = 0;
            if (IsWritten) IsReached = false;
            IsInUse = IsWritten = IsSeeded = IsTangentSeeded = HasTangent = false;
            Start = null;
            ExpectedVersion = Buffer.Version;
            LastUse = -1;
        }
    }

    /// <summary>The last copy that a tape took of indices.</summary>
    sealed unsafe class IndexRecord
    {
        public IndexRecord(FrameTape tape) => Tape = tape;

        public FrameTape Tape { get; }

        /// <summary>The tape's recording, and the version of the indices, of which this is the copy.</summary>
        public int Recording, Version;

        /// <summary>The number of indices copied.</summary>
        public int Length;

        public int* Copy;
    }
}
