using System;

namespace DiffPhysics.Autodiff
{
    // Forward mode: the recording is run again from its start, tangents beside the values.
    public sealed unsafe partial class FrameTape
    {
        readonly Func<Buffer, Buffer> tangentOf, ownTangentOf; // the other also while buffers are lent to the second tape
        FrameTape second;
        int hessianOf;

        /// <summary>
        /// Tangents to be seeded before <see cref="Forward"/> or <see cref="HessianSweep"/>: the rate at which each number of the buffer
        /// changes as it is at the start of the recording. Zero at first.
        /// </summary>
        /// <exception cref="TapeException">The buffer is not part of the recording.</exception>
        public Buffer SeedTangent(Buffer buffer)
        {
            BufferRecord record = Recorded(buffer);
            Buffer tangent = record.NeedTangent();
            if (!record.IsTangentSeeded) tangent.Clear();
            record.IsTangentSeeded = true;
            return tangent;
        }

        /// <summary>
        /// Runs the recording again from its start and carries the seeded tangents along: the derivative of every buffer in one direction.
        /// Values are afterwards what they were before.
        /// </summary>
        /// <exception cref="TapeException">As for <see cref="Backward(bool)"/>.</exception>
        /// <exception cref="NotSupportedException">A structural operation has no tangent.</exception>
        public void Forward()
        {
            Rewind();
            try
            {
                for (int k = 0; k < entryCount; k++)
                {
                    ref TapeEntry entry = ref entries[k];
                    if (entry.Plan != null) RunTangent(k);
                    Execute(entry);
                    if (entry.Plan == null) RunTangent(k);
                }
            }
            finally
            {
                RestoreFinals();
            }
        }

        /// <summary>The tangents of a buffer at the end of the recording, by what was seeded for the last <see cref="Forward"/>.</summary>
        /// <exception cref="TapeException">The buffer does not depend on what was seeded, which is not the same as a tangent of zero.</exception>
        public Buffer Tangent(Buffer buffer)
        {
            BufferRecord record = Recorded(buffer);
            if (!record.HasTangent)
                throw new TapeException($"Buffer '{buffer.Name}' does not depend on what was seeded: no recorded operation leads from there to it.");
            return record.Tangent;
        }

        /// <summary>Whether the recording uses the buffer, so that it can be seeded.</summary>
        public bool Uses(Buffer buffer) => buffer.Record != null && buffer.Record.Tape == this && buffer.Record.IsInUse;

        /// <summary>Whether the buffer depends, at the end of the recording, on what was seeded for the last <see cref="Forward"/>.</summary>
        public bool HasTangent(Buffer buffer) => Uses(buffer) && buffer.Record.HasTangent;

        /// <summary>
        /// Second order, reverse over forward: with tangents v seeded, one sweep back over values and tangents gives the product of the
        /// Hessian of the losses' sum with v, for every buffer. The loss carries the tangent g'v, whose gradient is H v.
        /// </summary>
        /// <exception cref="TapeException">As for <see cref="Backward(bool)"/>.</exception>
        /// <exception cref="NotSupportedException">A tangent goes through an operation of one's own without <see cref="TapeOperation.TangentBackward"/>.</exception>
        public void HessianSweep(params Buffer[] losses)
        {
            Rewind();
            try
            {
                var tangents = new DerivedLaunch[entryCount];
                for (int k = 0; k < entryCount; k++) tangents[k] = PrepareTangent(k);
                Buffer[] seeds = Array.ConvertAll(losses, loss => Tangent(loss));
                SweepSecond(tangents, seeds);
                hessianOf = recording;
            }
            finally
            {
                RestoreFinals();
            }
        }

        /// <summary>H v after <see cref="HessianSweep"/>, by the buffer's numbers as they were at the start.</summary>
        /// <exception cref="TapeException">The losses do not depend on the buffer at all. Where they do in first order only, this is zero.</exception>
        public Buffer HessianProduct(Buffer buffer)
        {
            BufferRecord first = Recorded(buffer);
            if (hessianOf != recording) throw new TapeException("There was no HessianSweep of this recording.");
            if (!second.Depends(first.NeedTangent())) throw new TapeException($"The loss does not depend on buffer '{buffer.Name}'.");
            BufferRecord record = second.FindRecord(buffer);
            if (!record.IsReached) record.NeedAdjoint().Clear();
            return record.NeedAdjoint().Worlds == buffer.Worlds ? record.Adjoint : SumOverWorlds(record);
        }

        // Puts all buffers back to the start of the recording, with their tangents seeded or zero.
        void Rewind()
        {
            CheckSweep();
            bool anySeed = false;
            foreach (BufferRecord record in records)
            {
                if (!record.IsInUse) continue;
                CheckFresh(record, true, false);
                anySeed |= record.IsTangentSeeded;
            }
            if (!anySeed) throw new TapeException("Forward has nothing to carry along: fill SeedTangent(buffer) first.");
            foreach (BufferRecord record in records)
            {
                if (!record.IsInUse) continue;
                if (!record.IsTangentSeeded) record.NeedTangent().Clear();
                record.HasTangent = record.IsTangentSeeded;
                record.IsTangentSeeded = false;
                record.KeepMarks();
                if (!record.IsWritten) continue;
                SaveFinal(record);
                Copy(record.Start, record.Buffer.Data, record.Buffer.ByteLength);
            }
        }

        void RunTangent(int k)
        {
            ref TapeEntry entry = ref entries[k];
            bool isActive = NoteTangents(entry, out bool isTouched);
            if (!isTouched) return;
            if (entry.Plan != null)
            {
                DerivedLaunch tangent = TangentOf(entry.Plan);
                if (tangent.Plan != null) tangent.Run(Executor, entry);
            }
            else if (entry.Target != null) Clear(RecordOf(entry.Target).NeedTangent(), entry.Given->Component);
            else if (isActive) entry.Operation.Tangent(tangentOf);
            else for (int n = 0; n < entry.Operation.Writes.Count; n++) RecordOf(entry.Operation.Writes[n]).NeedTangent().Clear();
            if (Options.Check) CheckTangents(k);
        }

        // Whether the operation reads what has a tangent; touched is also what only overwrites it.
        bool NoteTangents(in TapeEntry entry, out bool isTouched)
        {
            bool isActive = false;
            isTouched = false;
            if (entry.Plan != null)
            {
                KernelSlot[] slots = entry.Plan.Kernel.SlotArray;
                bool[] reaches = entry.Plan.Kernel.Adjoint.Reaches;
                for (int s = 0; s < slots.Length; s++)
                {
                    bool hasTangent = RecordOf(entry.Plan.BufferOf(s)).HasTangent;
                    isTouched |= hasTangent;
                    isActive |= hasTangent && reaches[s];
                }
                for (int s = 0; s < slots.Length; s++)
                {
                    if (slots[s].Writes == Writing.None) continue;
                    BufferRecord record = RecordOf(entry.Plan.BufferOf(s));
                    record.HasTangent = isActive || record.HasTangent && !Replaces(entry.Plan, s, entry.Elements);
                }
            }
            else if (entry.Target != null)
            {
                BufferRecord record = RecordOf(entry.Target);
                isTouched = record.HasTangent;
                record.HasTangent &= entry.Target.Components > 1;
            }
            else if (!entry.HasFailed)
            {
                for (int n = 0; n < entry.Operation.Reads.Count; n++) isActive |= RecordOf(entry.Operation.Reads[n]).HasTangent;
                isTouched = isActive;
                for (int n = 0; n < entry.Operation.Writes.Count; n++)
                {
                    BufferRecord record = RecordOf(entry.Operation.Writes[n]);
                    isTouched |= record.HasTangent;
                    record.HasTangent = isActive;
                }
            }
            return isActive;
        }

        DerivedLaunch TangentOf(LaunchPlan plan)
        {
            if (plan.Tangent == null || !plan.Tangent.IsFor(this, plan)) plan.Tangent = DerivedLaunch.TangentOf(plan, this);
            return plan.Tangent;
        }

        DerivedLaunch PrepareTangent(int k)
        {
            ref TapeEntry entry = ref entries[k];
            bool isActive = NoteTangents(entry, out bool isTouched);
            entry.IsActive = isActive;
            return isTouched && entry.Plan != null ? TangentOf(entry.Plan) : null;
        }

        // Records values and tangents on the second tape, to which the buffers are lent, and sweeps it back.
        void SweepSecond(DerivedLaunch[] tangents, Buffer[] seeds)
        {
            second ??= new FrameTape(Executor, Options);
            second.Clear();
            second.ZeroGradients();
            foreach (BufferRecord record in records) record.Buffer.Record = null;
            try
            {
                for (int f = 0; f < frameCount; f++)
                {
                    second.BeginFrame();
                    for (int k = frames[f].FirstEntry; k < frames[f].FirstEntry + frames[f].EntryCount; k++)
                        using (second.Scope(scopes[entries[k].Scope])) RecordSecond(entries[k], tangents[k]);
                    second.EndFrame();
                }
                second.Backward(false, seeds);
            }
            finally
            {
                foreach (BufferRecord record in records) record.Buffer.Record = record;
            }
        }

        void RecordSecond(in TapeEntry entry, DerivedLaunch tangent)
        {
            if (entry.Plan != null)
            {
                if (tangent != null && tangent.Plan != null) tangent.RecordOn(second, entry);
                second.Record(entry.Plan, entry.Elements, entry.Indices);
            }
            else if (entry.Target != null)
            {
                Buffer dot = FindRecord(entry.Target).NeedTangent();
                second.Write(dot, entry.Given->Component, new double[dot.Elements * dot.Worlds]);
                second.Record(entry.Target, entry.Given);
            }
            else if (!entry.HasFailed)
            {
                second.Run(entry.Operation);
                if (entry.IsActive)
                {
                    second.Run(new TangentOperation(entry.Operation, ownTangentOf));
                    return;
                }
                foreach (Buffer written in entry.Operation.Writes)
                {
                    Buffer dot = FindRecord(written).NeedTangent();
                    for (int c = 0; c < dot.Components; c++) second.Write(dot, c, new double[dot.Elements * dot.Worlds]);
                }
            }
        }

        BufferRecord FindRecord(Buffer buffer)
        {
            foreach (BufferRecord record in records)
                if (record.Buffer == buffer) return record;
            return null;
        }

        void CheckTangents(int k)
        {
            foreach (BufferRecord record in records)
                if (record.IsInUse && record.HasTangent) CheckFinite(k, record.Tangent, 0, record.Buffer.Components, "tangent");
        }

        static void Clear(Buffer buffer, int component)
        {
            for (int e = 0; e < buffer.Elements; e++)
                for (int w = 0; w < buffer.Worlds; w++) buffer[e, component, w] = 0;
        }
    }
}
