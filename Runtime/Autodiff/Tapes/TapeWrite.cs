namespace DiffPhysics.Autodiff
{
    /// <summary>Numbers that <see cref="FrameTape.Write"/> recorded; asks for the gradient by them.</summary>
    public readonly struct TapeWrite
    {
        internal TapeWrite(int recording, int entry)
        {
            Recording = recording;
            Entry = entry;
        }

        /// <summary>Which of the tape's recordings, counted from 1; 0 for a write that was not recorded.</summary>
        internal int Recording { get; }

        internal int Entry { get; }
    }
}
