using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    // Recording: what is saved before it is overwritten.
    public sealed unsafe partial class FrameTape
    {
        readonly Dictionary<IndexBuffer, IndexRecord> indexRecords = new Dictionary<IndexBuffer, IndexRecord>();

        // The first so many indices as they are now; those that have not changed since they were last copied are copied no more.
        int* Snapshot(IndexBuffer index, int length)
        {
            IndexRecord record = RecordOf(index);
            if (record.Recording == recording && record.Version == index.Version && record.Length >= length) return record.Copy;
            (record.Recording, record.Version, record.Length) = (recording, index.Version, length);
            return record.Copy = Copied(index, length);
        }

        IndexRecord RecordOf(IndexBuffer index)
        {
            IndexRecord record = index.Record;
            if (record != null && record.Tape == this) return record;
            if (!indexRecords.TryGetValue(index, out record)) indexRecords.Add(index, record = new IndexRecord(this));
            return index.Record = record;
        }

        // With as many more as vector loads may run past the last, and room for what is known of their runs.
        int* Copied(IndexBuffer index, int length)
        {
            long bytes = ((long)length + IndexBuffer.Padding) * sizeof(int);
            int* copy = (int*)arena.Allocate(IndexRuns.Header * sizeof(int) + bytes) + IndexRuns.Header;
            System.Buffer.MemoryCopy(index.Data, copy, bytes, bytes);
            IndexRuns.Forget(copy);
            return copy;
        }

        // Notes what the operation reads, and sees to what it is about to overwrite. For whole frames and replays, the entry gets room for what
        // adjoints read, which is filled when the operation is run. Otherwise the frame's log gets what a replay of this frame or an earlier
        // one reads: numbers from before the frame, so they stand there already.
        void BeforeWriting(ref TapeEntry entry, ref TapeFrame frame, Keeping keeping)
        {
            if (entry.Plan != null)
            {
                LaunchPlan plan = entry.Plan;
                AdjointKernel adjoint = plan.Kernel.Adjoint;
                for (int s = 0; s < plan.Kernel.SlotArray.Length; s++)
                {
                    KernelSlot slot = plan.Kernel.SlotArray[s];
                    BufferRecord record = RecordOf(plan.BufferOf(s));
                    int first = plan.FirstComponentOf(s);
                    record.AdjointWorlds = Math.Max(record.AdjointWorlds, plan.Worlds);
                    ulong used = Range(first, slot.Components);
                    bool isPartial = slot.Addressing != Addressing.Lane || entry.Elements < record.Buffer.Elements;
                    NoteReading(record, keeping == Keeping.Whole ? adjoint.Reads[s] << first : 0, slot.Reads || slot.Writes == Writing.Accumulate || slot.Writes == Writing.Store && isPartial ? used : 0);
                }
                for (int s = 0; s < plan.Kernel.SlotArray.Length; s++)
                {
                    KernelSlot slot = plan.Kernel.SlotArray[s];
                    if (slot.Writes == Writing.None) continue;
                    BufferRecord record = RecordOf(plan.BufferOf(s));
                    int* index = plan.SlotIndex[s] < 0 ? null : entry.Indices[plan.SlotIndex[s]];
                    int rows = slot.Addressing == Addressing.Shared ? 1 : entry.Elements;
                    bool overwritesAll = slot.Writes == Writing.Store && slot.Addressing == Addressing.Lane && rows == record.Buffer.Elements;
                    SaveBeforeWriting(ref entry, ref frame, keeping, record, Range(plan.FirstComponentOf(s), slot.Components), rows, index, overwritesAll);
                }
                return;
            }
            if (entry.Target != null)
            {
                BufferRecord target = RecordOf(entry.Target);
                SaveBeforeWriting(ref entry, ref frame, keeping, target, AdjointKernel.Bit(entry.Given->Component), target.Buffer.Elements, null, true);
                return;
            }
            TapeOperation operation = entry.Operation;
            for (int k = 0; k < operation.Reads.Count; k++)
            {
                BufferRecord record = RecordOf(operation.Reads[k]);
                NoteReading(record, keeping == Keeping.Whole && operation.AdjointReads(record.Buffer) ? record.AllComponents : 0, record.AllComponents);
            }
            for (int k = 0; k < operation.Writes.Count; k++)
            {
                BufferRecord record = RecordOf(operation.Writes[k]);
                SaveBeforeWriting(ref entry, ref frame, keeping, record, record.AllComponents, record.Buffer.Elements, null, true);
                if (keeping == Keeping.Whole && operation.AdjointReads(record.Buffer)) NoteReading(record, record.AllComponents, 0); // what it wrote
            }
        }

        void NoteReading(BufferRecord record, ulong byAdjoint, ulong byOperation)
        {
            record.IsInUse = true;
            record.Needed |= byAdjoint;
            record.LiveIn |= byOperation & ~record.WrittenThisFrame;
            if (!isReplaying) record.LastUse = entryCount - 1;
        }

        void SaveBeforeWriting(ref TapeEntry entry, ref TapeFrame frame, Keeping keeping, BufferRecord record, ulong components, int rows, int* index, bool overwritesAll)
        {
            if (!record.IsWritten)
            {
                record.Start = arena.Allocate(record.Buffer.ByteLength);
                Copy(record.Buffer.Data, record.Start, record.Buffer.ByteLength);
            }
            record.IsWritten = true;
            record.IsInUse = true;
            if (!isReplaying) record.LastUse = entryCount - 1;
            if (keeping == Keeping.Whole)
            {
                // Later frames may be logged: what this frame finds at its start must be there when it is swept.
                bool savesAll = rows >= record.Buffer.Elements / 2; // one copy then costs less than row after row
                entry.Saved = MakeRoom(entry.Saved, record, components & record.Needed, savesAll ? record.Buffer.Elements : rows, index);
                if (overwritesAll || savesAll) record.Needed &= ~components;
            }
            else if (keeping == Keeping.Recomputed) record.Needed &= ~components; // snapshots have it
            else
            {
                ulong lost = components & ~record.WrittenThisFrame & (record.LiveIn | record.Needed);
                SavedRows* logged = frame.Log;
                frame.Log = MakeRoom(logged, record, lost, record.Buffer.Elements, null);
                for (SavedRows* saved = frame.Log; saved != logged; saved = saved->Next) CopyRows(record.Buffer, saved, true);
                record.Needed &= ~lost;
            }
            record.WrittenThisFrame |= components;
            record.LiveIn &= ~components;
        }

        // Room for each run of components.
        SavedRows* MakeRoom(SavedRows* list, BufferRecord record, ulong components, int rows, int* index)
        {
            if (components == 0) return list;
            int count = record.Buffer.Components;
            for (int c = 0; c < count; c++)
            {
                if ((components & AdjointKernel.Bit(c)) == 0) continue;
                int first = c;
                while (c + 1 < count && (components & AdjointKernel.Bit(c + 1)) != 0) c++;
                SavedRows* saved = NewRows(record.Buffer, record.Position, first, c + 1 - first, rows, index);
                saved->Next = list;
                list = saved;
            }
            return list;
        }

        // Room for rows of components: those that the index names, or all if there are as many.
        SavedRows* NewRows(Buffer buffer, int position, int component, int components, int rows, int* index)
        {
            if (rows >= buffer.Elements)
            {
                rows = buffer.Elements;
                index = null;
            }
            long bytes = (components - 1) * SavedRows.PitchOf(buffer, rows) + rows * (long)buffer.Worlds * buffer.Precision.Size();
            var saved = (SavedRows*)arena.Allocate(SavedRows.HeaderBytes + bytes);
            *saved = new SavedRows { Buffer = position, Component = component, Components = components, Rows = rows, Index = index };
            return saved;
        }

        void AfterWriting(int k)
        {
            ref TapeEntry entry = ref entries[k];
            if (entry.Plan != null)
            {
                for (int s = 0; Options.Check && s < entry.Plan.Kernel.SlotArray.Length; s++)
                {
                    KernelSlot slot = entry.Plan.Kernel.SlotArray[s];
                    if (slot.Writes != Writing.None) CheckFinite(k, entry.Plan.BufferOf(s), entry.Plan.FirstComponentOf(s), slot.Components, "result");
                }
                return;
            }
            if (entry.Operation == null)
            {
                if (Options.Check) CheckFinite(k, entry.Target, entry.Given->Component, 1, "number");
                return;
            }
            for (int n = 0; n < entry.Operation.Writes.Count; n++)
            {
                Buffer buffer = entry.Operation.Writes[n];
                RecordOf(buffer).ExpectedVersion = buffer.Version; // the operation wrote through spans
                if (Options.Check) CheckFinite(k, buffer, 0, buffer.Components, "result");
            }
        }

        // The bits of components, as AdjointKernel.Bit has them.
        static ulong Range(int first, int count)
        {
            if (count == 0) return 0;
            ulong from = ulong.MaxValue << Math.Min(first, 63);
            return first + count >= 64 ? from : from & ((1ul << (first + count)) - 1);
        }

        static void Restore(List<BufferRecord> records, SavedRows* saved)
        {
            for (; saved != null; saved = saved->Next) CopyRows(records[saved->Buffer].Buffer, saved, false);
        }

        // Fills the room that was made for what is about to be overwritten.
        void CopySaved(SavedRows* saved)
        {
            for (; saved != null; saved = saved->Next) CopyRows(records[saved->Buffer].Buffer, saved, true);
        }

        // Between a buffer and what is saved of it.
        static void CopyRows(Buffer buffer, SavedRows* saved, bool isSaving)
        {
            int size = buffer.Precision.Size();
            long rowBytes = (long)buffer.Worlds * size, stride = buffer.ComponentStride * size, pitch = SavedRows.PitchOf(buffer, saved->Rows);
            byte* rows = buffer.Data + saved->Component * stride, data = SavedRows.DataOf(saved);
            if (saved->Rows == buffer.Elements)
            {
                CopyBytes(rows, data, (saved->Components - 1) * pitch + saved->Rows * rowBytes, isSaving);
                return;
            }
            for (int c = 0; c < saved->Components; c++, rows += stride, data += pitch)
            {
                if (saved->Index == null) CopyBytes(rows, data, pitch, isSaving);
                else if (rowBytes == sizeof(int)) CopyIndexed((int*)rows, (int*)data, saved->Index, saved->Rows, isSaving);
                else if (rowBytes == sizeof(long)) CopyIndexed((long*)rows, (long*)data, saved->Index, saved->Rows, isSaving);
                else for (int k = 0; k < saved->Rows; k++) CopyBytes(rows + saved->Index[k] * rowBytes, data + k * rowBytes, rowBytes, isSaving);
            }
        }

        static void CopyBytes(byte* rows, byte* data, long bytes, bool isSaving)
        {
            if (isSaving) System.Buffer.MemoryCopy(rows, data, bytes, bytes);
            else System.Buffer.MemoryCopy(data, rows, bytes, bytes);
        }

        // Rows of one float, as those of one world are.
        static void CopyIndexed(int* rows, int* data, int* index, int count, bool isSaving)
        {
            if (isSaving) for (int k = 0; k < count; k++) data[k] = rows[index[k]];
            else for (int k = 0; k < count; k++) rows[index[k]] = data[k];
        }

        // Rows of one double, or of two floats.
        static void CopyIndexed(long* rows, long* data, int* index, int count, bool isSaving)
        {
            if (isSaving) for (int k = 0; k < count; k++) data[k] = rows[index[k]];
            else for (int k = 0; k < count; k++) rows[index[k]] = data[k];
        }
    }
}
