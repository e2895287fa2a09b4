using System;

namespace DiffPhysics.Autodiff
{
    // The backward sweep: rewinding the buffers and launching adjoints.
    public sealed unsafe partial class FrameTape
    {
        readonly Arena finals = new Arena();
        bool isReplaying;

        /// <summary>
        /// Cotangents to be seeded before <see cref="Backward(bool)"/>: the derivative of the loss with respect to each number of the
        /// buffer as it is at the end of the recording. Zero at first.
        /// </summary>
        public Buffer Seed(Buffer buffer)
        {
            BufferRecord record = Recorded(buffer);
            SpreadWorlds();
            Buffer adjoint = record.NeedAdjoint();
            if (!record.IsSeeded) adjoint.Clear();
            record.IsSeeded = true;
            return adjoint;
        }

        /// <summary>Sweeps back from losses, each seeded with 1 in every element and world.</summary>
        /// <exception cref="TapeException">See <see cref="Backward(bool)"/>.</exception>
        public void Backward(params Buffer[] losses) => Backward(false, losses);

        /// <inheritdoc cref="Backward(Buffer[])"/>
        public void Backward(bool retain, params Buffer[] losses)
        {
            CheckSweep();
            foreach (Buffer loss in losses)
            {
                Buffer seed = Seed(loss);
                for (int c = 0; c < seed.Components; c++)
                    for (int e = 0; e < seed.Elements; e++)
                        for (int w = 0; w < seed.Worlds; w++) seed[e, c, w] += 1;
            }
            Backward(retain);
        }

        /// <summary>
        /// Sweeps back from the seeds. Gradients of buffers that the recording wrote are those with respect to their numbers at its start;
        /// gradients of buffers that it only read add up over sweeps.
        /// </summary>
        /// <param name="retain">Whether the recording stays for another sweep.</param>
        /// <exception cref="TapeException">
        /// The recording was released; nothing was seeded; a number that is needed was overwritten outside of the tape; in check mode, a
        /// cotangent is not finite.
        /// </exception>
        public void Backward(bool retain)
        {
            CheckSweep();
            SpreadWorlds();
            bool anySeed = false;
            foreach (BufferRecord record in records)
            {
                if (!record.IsInUse) continue;
                CheckFresh(record, true, false);
                anySeed |= record.IsSeeded;
                if (Options.Check && record.IsSeeded) CheckGiven(record.Adjoint, "given as a seed");
                if (record.IsWritten && !record.IsSeeded) record.NeedAdjoint().Clear();
                record.IsReached = record.IsSeeded || !record.IsWritten && record.IsReached;
                record.IsSeeded = false;
                record.KeepMarks();
                if (record.IsWritten) SaveFinal(record);
            }
            if (!anySeed) throw new TapeException("Backward has nothing to start from: name the loss buffers, or fill Seed(buffer) first.");
            try
            {
                rerunFrames = 0;
                NotePeak();
                if (firstRecomputed >= 0) SweepRecomputed();
                for (int f = (firstRecomputed >= 0 ? firstRecomputed : frameCount) - 1; f >= 0; f--) SweepFrame(ref frames[f]);
            }
            finally
            {
                RestoreFinals();
            }
            isReleased = !retain;
        }

        /// <summary>
        /// The gradient of the seeded losses with respect to a buffer, in its shape. For buffers that the recording wrote: with respect to
        /// their numbers at its start.
        /// </summary>
        /// <exception cref="TapeException">The losses do not depend on the buffer, which is not the same as a gradient of zero.</exception>
        public Buffer Gradient(Buffer buffer)
        {
            BufferRecord record = Recorded(buffer);
            if (record.Adjoint == null || !record.IsReached)
                throw new TapeException(
                    $"The loss does not depend on buffer '{buffer.Name}': no recorded operation leads from it to what was seeded. "
                    + "If that is meant, ask Depends(buffer) first; a gradient that happens to be zero would be returned.");
            return record.Adjoint.Worlds == buffer.Worlds ? record.Adjoint : SumOverWorlds(record);
        }

        /// <summary>The gradient of the seeded losses, in the last sweep, by numbers that were written on the tape.</summary>
        /// <param name="write">The recorded write.</param>
        /// <param name="target">Takes a derivative for each number, in their order.</param>
        /// <exception cref="TapeException">The write is not part of this recording, or the losses do not depend on it.</exception>
        public void Gradient(TapeWrite write, Span<double> target)
        {
            if (write.Recording != recording || write.Entry >= entryCount || entries[write.Entry].Target == null)
                throw new TapeException("This write is not part of the recording: the tape was cleared since, or was not recording.");
            ref TapeEntry entry = ref entries[write.Entry];
            int count = entry.Target.Elements * entry.Target.Worlds;
            if (target.Length != count) throw new ArgumentException($"{Where(write.Entry)} gave {count} numbers; there is room for {target.Length}.", nameof(target));
            if (!entry.IsReached) throw new TapeException($"The loss does not depend on {Where(write.Entry)}: no recorded operation leads from it to what was seeded.");
            new ReadOnlySpan<double>(entry.Gradient, count).CopyTo(target);
        }

        /// <summary>Whether the losses of the last sweep depend on the buffer.</summary>
        public bool Depends(Buffer buffer) => buffer.Record != null && buffer.Record.Tape == this && buffer.Record.IsReached;

        /// <summary>Sets all gradients to zero.</summary>
        public void ZeroGradients()
        {
            foreach (BufferRecord record in records)
            {
                record.Adjoint?.Clear();
                record.IsReached = false;
            }
        }

        void CheckSweep()
        {
            if (isReleased) throw new TapeException("This recording was swept and released. Call Backward with retain: true the first time to sweep it again.");
            RefuseBroken();
            if (inFrame) throw new InvalidOperationException("A frame is open; call EndFrame before Backward.");
        }

        BufferRecord Recorded(Buffer buffer)
        {
            if (buffer.Record == null || buffer.Record.Tape != this || !buffer.Record.IsInUse)
                throw new TapeException($"Buffer '{buffer.Name}' is not part of this recording: no recorded operation used it.");
            return buffer.Record;
        }

        void SweepFrame(ref TapeFrame frame)
        {
            Arena.Mark mark = arena.Here();
            if (!frame.IsWhole) Replay(ref frame);
            SweepEntries(frame);
            if (frame.IsWhole) return;
            Restore(records, frame.Log);
            for (int k = frame.FirstEntry; k < frame.FirstEntry + frame.EntryCount; k++) entries[k].Saved = null;
            arena.Release(mark);
        }

        // Runs a frame again from its log, if there is one, this time saving what its adjoints need.
        void Replay(ref TapeFrame frame)
        {
            Restore(records, frame.Log);
            isReplaying = true;
            foreach (BufferRecord record in records) (record.Needed, record.WrittenThisFrame) = (0, 0);
            for (int k = frame.FirstEntry; k < frame.FirstEntry + frame.EntryCount; k++) BeforeWriting(ref entries[k], ref frame, Keeping.Whole);
            RunAgain(frame);
            isReplaying = false;
            rerunFrames++;
            NotePeak();
        }

        void RunAgain(in TapeFrame frame) => RunRange(frame.FirstEntry, frame.FirstEntry + frame.EntryCount, frame.Work);

        void SweepEntries(in TapeFrame frame)
        {
            bool isShared = IsWorthSharing(frame.Work, frame.EntryCount);
            if (isShared) sweeps.Clear();
            for (int k = frame.FirstEntry + frame.EntryCount - 1; k >= frame.FirstEntry; k--)
            {
                NoteSweep(k);
                if (isShared) ScheduleSweep(k);
                else
                {
                    RunSweep(k, true);
                    if (Options.Check && entries[k].IsReached) CheckSwept(k);
                }
            }
            if (isShared) sweeps.Run(Executor.Pool, Executor.Threads);
        }

        // Whether the losses depend on what the operation wrote, and what they depend on before it.
        void NoteSweep(int k)
        {
            ref TapeEntry entry = ref entries[k];
            if (entry.Plan != null) NoteLaunch(ref entry);
            else if (entry.Target != null)
            {
                BufferRecord record = RecordOf(entry.Target);
                entry.IsReached = record.IsReached;
                if (entry.Target.Components == 1) record.IsReached = false;
            }
            else NoteOperation(ref entry);
        }

        void NoteLaunch(ref TapeEntry entry)
        {
            LaunchPlan plan = entry.Plan;
            KernelSlot[] slots = plan.Kernel.SlotArray;
            entry.IsReached = false;
            for (int s = 0; s < slots.Length; s++) entry.IsReached |= slots[s].Writes != Writing.None && RecordOf(plan.BufferOf(s)).IsReached;
            entry.IsReached &= entry.Elements > 0;
            if (!entry.IsReached) return;
            if (plan.Adjoint == null || !plan.Adjoint.IsFor(this, plan)) plan.Adjoint = DerivedLaunch.AdjointOf(plan, this);
            bool[] reaches = plan.Kernel.Adjoint.Reaches;
            for (int s = 0; s < slots.Length; s++)
            {
                KernelSlot slot = slots[s];
                BufferRecord record = RecordOf(plan.BufferOf(s));
                if (reaches[s]) record.IsReached = true;
                else if (slot.Writes == Writing.Store && slot.Addressing == Addressing.Lane && entry.Elements == record.Buffer.Elements && slot.Components == record.Buffer.Components)
                    record.IsReached = false;
            }
        }

        void NoteOperation(ref TapeEntry entry)
        {
            TapeOperation operation = entry.Operation;
            entry.IsReached = false;
            for (int n = 0; n < operation.Writes.Count; n++) entry.IsReached |= RecordOf(operation.Writes[n]).IsReached;
            entry.IsReached &= !entry.HasFailed;
            if (!entry.IsReached) return;
            for (int n = 0; n < operation.Writes.Count; n++) RecordOf(operation.Writes[n]).IsReached = false;
            for (int n = 0; n < operation.Reads.Count; n++)
            {
                BufferRecord record = RecordOf(operation.Reads[n]);
                record.NeedAdjoint();
                record.IsReached = true;
            }
        }

        void RunSweep(int k, bool isAlone)
        {
            ref TapeEntry entry = ref entries[k];
            if (entry.Plan != null)
            {
                Restore(records, entry.Saved); // the adjoint reads what the launch found
                if (entry.IsReached && entry.Plan.Adjoint.Plan != null) entry.Plan.Adjoint.Run(Executor, entry, isAlone);
                return;
            }
            if (entry.IsReached && entry.Target != null) SweepWrite(ref entry);
            else if (entry.IsReached) SweepOperation(k);
            Restore(records, entry.Saved); // the adjoint may have read what the operation wrote
        }

        void SweepOperation(int k)
        {
            TapeOperation operation = entries[k].Operation;
            for (int n = 0; n < operation.Writes.Count; n++) GatherWorlds(RecordOf(operation.Writes[n]));
            try
            {
                operation.Backward(adjointOf);
            }
            catch (ArithmeticException failure)
            {
                throw Failed(k, failure);
            }
            for (int n = 0; n < operation.Writes.Count; n++) RecordOf(operation.Writes[n]).NeedAdjoint().Clear();
        }

        void CheckSwept(int k)
        {
            ref TapeEntry entry = ref entries[k];
            if (entry.Plan != null)
            {
                LaunchPlan plan = entry.Plan;
                for (int s = 0; s < plan.Kernel.SlotArray.Length; s++)
                {
                    KernelSlot slot = plan.Kernel.SlotArray[s];
                    if (plan.Kernel.Adjoint.Reaches[s] || slot.Writes == Writing.Store)
                        CheckFinite(k, RecordOf(plan.BufferOf(s)).NeedAdjoint(), plan.FirstComponentOf(s), slot.Components, "cotangent");
                }
            }
            for (int n = 0; entry.Operation != null && n < entry.Operation.Reads.Count; n++)
            {
                Buffer buffer = entry.Operation.Reads[n];
                CheckFinite(k, RecordOf(buffer).NeedAdjoint(), 0, buffer.Components, "cotangent");
            }
        }

        // What was written is independent of what stood there: its cotangents are the given numbers' gradient, then zero.
        void SweepWrite(ref TapeEntry entry)
        {
            BufferRecord record = RecordOf(entry.Target);
            GatherWorlds(record);
            Buffer adjoint = record.NeedAdjoint();
            int c = entry.Given->Component, worlds = entry.Target.Worlds;
            for (int e = 0; e < entry.Target.Elements; e++)
                for (int w = 0; w < worlds; w++)
                {
                    entry.Gradient[e * worlds + w] = adjoint[e, c, w];
                    adjoint[e, c, w] = 0;
                }
        }

        // A buffer that all worlds share has a cotangent in each. Those who know nothing of that find their sum in the first.
        static void GatherWorlds(BufferRecord record)
        {
            Buffer adjoint = record.NeedAdjoint();
            if (adjoint.Worlds == record.Buffer.Worlds) return;
            for (int c = 0; c < adjoint.Components; c++)
                for (int e = 0; e < adjoint.Elements; e++)
                {
                    double total = 0;
                    for (int w = 0; w < adjoint.Worlds; w++)
                    {
                        total += adjoint[e, c, w];
                        adjoint[e, c, w] = 0;
                    }
                    adjoint[e, c] = total;
                }
        }

        void SaveFinal(BufferRecord record)
        {
            record.Final = finals.Allocate(record.Buffer.ByteLength);
            Copy(record.Buffer.Data, record.Final, record.Buffer.ByteLength);
        }

        void RestoreFinals()
        {
            foreach (BufferRecord record in records)
            {
                if (!record.IsInUse) continue;
                record.RestoreMarks();
                if (record.Final != null) Copy(record.Final, record.Buffer.Data, record.Buffer.ByteLength);
                record.Final = null;
                if (record.IsWritten) record.ExpectedVersion = record.Buffer.Version; // a replayed operation may have written through spans
            }
            finals.Clear();
        }

        static void Copy(byte* source, byte* target, long bytes) => System.Buffer.MemoryCopy(source, target, bytes, bytes);

        static Buffer SumOverWorlds(BufferRecord record)
        {
            Buffer adjoint = record.Adjoint, sum = record.Summed ??= new Buffer(adjoint.Name, adjoint.Elements, adjoint.Components, adjoint.Precision);
            for (int c = 0; c < adjoint.Components; c++)
                for (int e = 0; e < adjoint.Elements; e++)
                {
                    double total = 0;
                    for (int w = 0; w < adjoint.Worlds; w++) total += adjoint[e, c, w];
                    sum[e, c] = total;
                }
            return sum;
        }
    }
}
