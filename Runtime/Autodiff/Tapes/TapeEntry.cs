namespace DiffPhysics.Autodiff
{
    /// <summary>One recorded operation: a kernel launch, a structural operation, or given numbers.</summary>
    unsafe struct TapeEntry
    {
        /// <summary>The launch; null for anything else.</summary>
        public LaunchPlan Plan;

        /// <summary>The structural operation; null for anything else.</summary>
        public TapeOperation Operation;

        /// <summary>The buffer that given numbers overwrite; null for anything else.</summary>
        public Buffer Target;

        /// <summary>The given numbers, in the arena.</summary>
        public SavedRows* Given;

        /// <summary>The gradient by the given numbers, in their order; in the arena.</summary>
        public double* Gradient;

        /// <summary>Whether the losses of the last sweep depend on what the operation wrote.</summary>
        public bool IsReached;

        /// <summary>Whether the operation read what has a tangent, in the last run that carried tangents for a Hessian.</summary>
        public bool IsActive;

        /// <summary>Whether the operation threw when it was to be recorded; it is passed over then.</summary>
        public bool HasFailed;

        public int Elements;

        public int Scope;

        /// <summary>The stack of the call that recorded the operation; kept in check mode.</summary>
        public string Stack;

        /// <summary>The launch's indices as they were; in the arena, as the kernel orders them.</summary>
        public int** Indices;

        /// <summary>Numbers that the operation overwrote and that an adjoint reads.</summary>
        public SavedRows* Saved;

        public string Name => Plan != null ? Plan.Launch.ToString() : Operation != null ? Operation.ToString() : $"the write to '{Target.Name}'";
    }

    /// <summary>
    /// Overwritten numbers of components that follow one another, in the arena, followed by the data. Where whole rows are saved, these are
    /// the bytes of the buffer, padding between components included, so that one copy does; otherwise the rows stand side by side.
    /// </summary>
    unsafe struct SavedRows
    {
        public SavedRows* Next;
        public int Buffer;    // its position among the tape's records
        public int Component; // the first
        public int Components;
        public int Rows;      // elements saved: the first so many, or those that Index names
        public int* Index;    // null for the first so many

        public const int HeaderBytes = 64; // rounded up to the arena's alignment

        public static byte* DataOf(SavedRows* saved) => (byte*)saved + HeaderBytes;

        /// <summary>Bytes from one component to the next in the data.</summary>
        public static long PitchOf(Buffer buffer, int rows) => (rows == buffer.Elements ? buffer.ComponentStride : rows * (long)buffer.Worlds) * buffer.Precision.Size();
    }

    /// <summary>What a recording keeps of a frame.</summary>
    enum Keeping : byte
    {
        /// <summary>Whatever its adjoints need.</summary>
        Whole,
        /// <summary>What it overwrote of the state at its start, as <see cref="TapeFrame.Log"/>; it is run again from there.</summary>
        Logged,
        /// <summary>Nothing; it is run again from a snapshot of an earlier frame's start.</summary>
        Recomputed,
    }

    /// <summary>A frame of a recording.</summary>
    unsafe struct TapeFrame
    {
        public int FirstEntry, EntryCount;

        /// <summary>About how many arithmetic operations the frame takes.</summary>
        public long Work;

        public Keeping Keeping;

        public bool IsWhole => Keeping == Keeping.Whole;

        /// <summary>The numbers at the frame's start that the frame, or one before it, reads and this one overwrote.</summary>
        public SavedRows* Log;
    }
}
