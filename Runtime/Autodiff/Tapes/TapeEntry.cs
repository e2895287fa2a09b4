namespace DiffPhysics.Autodiff
{
    /// <summary>One recorded operation: a kernel launch or a structural operation.</summary>
    unsafe struct TapeEntry
    {
        /// <summary>The launch; null for a structural operation.</summary>
        public LaunchPlan Plan;

        /// <summary>The structural operation; null for a launch.</summary>
        public TapeOperation Operation;

        public int Elements;

        public int Scope;

        /// <summary>The launch's indices as they were; in the arena, as the kernel orders them.</summary>
        public int** Indices;

        /// <summary>Numbers that the operation overwrote and that an adjoint reads.</summary>
        public SavedRows* Saved;

        public string Name => Plan != null ? Plan.Kernel.ToString() : Operation.ToString();
    }

    /// <summary>Overwritten numbers of one component, in the arena, followed by the data.</summary>
    unsafe struct SavedRows
    {
        public SavedRows* Next;
        public int Buffer;    // its position among the tape's records
        public int Component;
        public int Rows;      // elements saved: the first so many, or those that Index names
        public int* Index;    // null for the first so many

        public static byte* DataOf(SavedRows* saved) => (byte*)saved + 64; // the header's size, rounded up to the arena's alignment
    }

    /// <summary>A frame of a recording.</summary>
    unsafe struct TapeFrame
    {
        public int FirstEntry, EntryCount;

        /// <summary>Whether every operation saved what its adjoint needs; else the frame is replayed from <see cref="Log"/>.</summary>
        public bool IsWhole;

        /// <summary>The numbers at the frame's start that the frame, or one before it, reads and this one overwrote.</summary>
        public SavedRows* Log;
    }
}
