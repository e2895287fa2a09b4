using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Records kernel launches and structural operations, frame by frame, and sweeps back over them: from the seeds of one or many losses
    /// to the gradient of every recorded buffer as it was at the start.
    /// </summary>
    /// <remarks>
    /// <para>Buffers are state that operations overwrite. Before numbers are overwritten that an adjoint reads, they are saved, once. The
    /// sweep goes through the operations in reverse: it puts the saved numbers back, then launches the adjoint, which reads the buffers
    /// as the operation found them. Nothing that is only read is ever copied.</para>
    /// <para>When saved numbers outgrow <see cref="TapeOptions.MemoryBudget"/>, later frames log only what stood in overwritten buffers at
    /// their start and is read from there, and are run again on the way back. When those logs outgrow <see cref="TapeOptions.LogBudget"/>,
    /// only snapshots at spaced frames are kept, and the frames between are run again as often as a binomial schedule asks.</para>
    /// <para>After the sweep the buffers hold what they held before it. Memory is reused: recording the same frames again allocates nothing.</para>
    /// </remarks>
    /// <example><code>
    /// tape.BeginFrame();
    /// tape.Run(step);
    /// tape.EndFrame();
    /// tape.Backward(loss);
    /// double slope = tape.Gradient(stiffness)[0];
    /// </code></example>
    public sealed unsafe partial class FrameTape : IDisposable
    {
        readonly List<BufferRecord> records = new List<BufferRecord>();
        readonly Arena arena = new Arena();
        readonly List<string> scopes = new List<string> { "" };
        readonly Dictionary<(int outer, string name), int> scopeNumbers = new Dictionary<(int, string), int>();
        readonly Func<Buffer, Buffer> adjointOf;
        TapeEntry[] entries = new TapeEntry[64];
        TapeFrame[] frames = new TapeFrame[16];
        int entryCount, frameCount, scope, recording = 1;
        bool inFrame, isReleased, isRecording = true;

        /// <summary>A tape on which an executor runs kernels.</summary>
        public FrameTape(Executor executor, TapeOptions options = null)
        {
            Executor = executor ?? throw new ArgumentNullException(nameof(executor));
            Options = options ?? new TapeOptions();
            NoIndices = new IndexBuffer("none", 0);
            forwards = new RoundSchedule(RunForward);
            sweeps = new RoundSchedule(RunSweep);
            adjointOf = buffer => RecordOf(buffer).NeedAdjoint();
            tangentOf = buffer => RecordOf(buffer).NeedTangent();
            ownTangentOf = buffer => FindRecord(buffer).NeedTangent();
        }

        /// <summary>What runs the kernels.</summary>
        public Executor Executor { get; }

        /// <summary>How the tape works.</summary>
        public TapeOptions Options { get; }

        /// <summary>Whether operations are recorded; if not, they run just the same, bit for bit.</summary>
        /// <exception cref="InvalidOperationException">Set inside a <see cref="Together"/> section.</exception>
        public bool IsRecording
        {
            get => isRecording;
            set
            {
                if (together > 0 && value != isRecording) throw new InvalidOperationException("A Together section is open; end it before recording is turned on or off.");
                isRecording = value;
            }
        }

        /// <summary>The number of recorded frames.</summary>
        public int FrameCount => frameCount;

        /// <summary>What the recording takes.</summary>
        public TapeReport Report
        {
            get
            {
                int whole = 0, logged = 0;
                for (int f = 0; f < frameCount; f++)
                {
                    whole += frames[f].Keeping == Keeping.Whole ? 1 : 0;
                    logged += frames[f].Keeping == Keeping.Logged ? 1 : 0;
                }
                NotePeak();
                return new TapeReport(whole, logged, frameCount - whole - logged, snapshotsInUse.Count, rerunFrames, entryCount, arena.Bytes, peakBytes);
            }
        }

        internal IndexBuffer NoIndices { get; }

        /// <summary>Starts a frame, the unit of replay.</summary>
        /// <exception cref="InvalidOperationException">A frame is open.</exception>
        public void BeginFrame()
        {
            if (!IsRecording) return;
            if (inFrame) throw new InvalidOperationException("A frame is open; call EndFrame before BeginFrame.");
            if (isReleased) throw new TapeException("This recording was released by Backward. Call Clear to record anew, or Backward with retain: true to go on.");
            RefuseBroken();
            if (frameCount == frames.Length) Array.Resize(ref frames, frameCount * 2);
            frames[frameCount] = new TapeFrame { FirstEntry = entryCount, Keeping = NextKeeping() };
            frameCount++;
            if (frames[frameCount - 1].Keeping == Keeping.Recomputed) KeepSnapshot();
            foreach (BufferRecord record in records) record.WrittenThisFrame = 0;
            inFrame = true;
        }

        /// <summary>Ends the frame.</summary>
        /// <exception cref="InvalidOperationException">No frame is open.</exception>
        public void EndFrame()
        {
            if (!IsRecording) return;
            if (!inFrame) throw new InvalidOperationException("No frame is open; call BeginFrame first.");
            if (together > 0) throw new InvalidOperationException("A Together section is open; dispose of it before EndFrame.");
            frames[frameCount - 1].EntryCount = entryCount - frames[frameCount - 1].FirstEntry;
            inFrame = false;
        }

        /// <summary>Names what is recorded until the result is disposed of; error messages say the name.</summary>
        public ScopeEnd Scope(string name)
        {
            int before = scope;
            if (!scopeNumbers.TryGetValue((scope, name), out int inner))
            {
                inner = scopeNumbers[(scope, name)] = scopes.Count;
                scopes.Add(scope == 0 ? name : scopes[scope] + "/" + name);
            }
            scope = inner;
            return new ScopeEnd(this, before);
        }

        /// <summary>Ends a named scope.</summary>
        public readonly struct ScopeEnd : IDisposable
        {
            readonly FrameTape tape;
            readonly int before;

            internal ScopeEnd(FrameTape tape, int before)
            {
                this.tape = tape;
                this.before = before;
            }

            /// <summary>Goes back to the scope before.</summary>
            public void Dispose() => tape.scope = before;
        }

        /// <summary>
        /// Forgets the recording and keeps its memory. Gradients of buffers that were only read stay, and later sweeps add to them, until
        /// <see cref="ZeroGradients"/>.
        /// </summary>
        public void Clear()
        {
            if (together > 0) throw new InvalidOperationException("A Together section is open; dispose of it before Clear.");
            brokenBy = null;
            arena.Clear();
            foreach (BufferRecord record in records) record.Clear();
            ClearMemory();
            Array.Clear(entries, 0, entryCount);
            entryCount = frameCount = 0;
            recording++;
            inFrame = isReleased = false;
        }

        /// <summary>Frees the tape's memory and lets go of its buffers, which stay.</summary>
        public void Dispose()
        {
            foreach (BufferRecord record in records)
            {
                record.Adjoint?.Dispose();
                record.Summed?.Dispose();
                record.Tangent?.Dispose();
                if (record.Buffer.Record == record) record.Buffer.Record = null;
            }
            records.Clear();
            foreach (KeyValuePair<IndexBuffer, IndexRecord> known in indexRecords)
                if (known.Key.Record == known.Value) known.Key.Record = null;
            indexRecords.Clear();
            second?.Dispose();
            foreach (StateSnapshot snapshot in allSnapshots) snapshot.Dispose();
            arena.Dispose();
            finals.Dispose();
            NoIndices.Dispose();
        }

        internal BufferRecord RecordOf(Buffer buffer)
        {
            BufferRecord record = buffer.Record;
            if (record != null && record.Tape == this) return record;
            if (record != null && record.IsInUse)
                throw new TapeException($"Buffer '{buffer.Name}' is part of the recording of another tape. Record all that works on one buffer on one tape, or Clear the other.");
            record = FindRecord(buffer); // one may be left from before another tape used the buffer
            if (record != null) return buffer.Record = record;
            record = new BufferRecord(this, buffer, records.Count);
            records.Add(record);
            return buffer.Record = record;
        }
    }
}
