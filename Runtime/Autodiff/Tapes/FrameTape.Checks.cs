using System;
using System.Globalization;

namespace DiffPhysics.Autodiff
{
    // What the tape refuses, and how it says so.
    public sealed unsafe partial class FrameTape
    {
        void CheckIndices(LaunchPlan plan, int elements)
        {
            try
            {
                plan.CheckIndices(elements);
            }
            catch (IndexOutOfRangeException failure)
            {
                throw new IndexOutOfRangeException($"{failure.Message} It was to be recorded in {Place(frameCount - 1, scope)}.", failure);
            }
        }

        void RefuseBroken()
        {
            if (brokenBy != null) throw new TapeException($"This recording broke off: {brokenBy}. Call Clear to record anew.");
        }

        void CheckFresh(LaunchPlan plan, int elements)
        {
            for (int s = 0; s < plan.Kernel.SlotArray.Length; s++)
            {
                KernelSlot slot = plan.Kernel.SlotArray[s];
                CheckFresh(RecordOf(plan.BufferOf(s)), Replaces(plan, s, elements), slot.Reads || slot.Writes == Writing.Accumulate);
            }
        }

        // Whether a launch stores the whole of a slot's buffer without having read it.
        static bool Replaces(LaunchPlan plan, int s, int elements)
        {
            KernelSlot slot = plan.Kernel.SlotArray[s];
            Buffer buffer = plan.BufferOf(s);
            return slot.Writes == Writing.Store && !slot.Reads && slot.Addressing == Addressing.Lane
                && elements == buffer.Elements && slot.Components == buffer.Components;
        }

        void CheckFresh(TapeOperation operation)
        {
            for (int k = 0; k < operation.Reads.Count; k++)
            {
                CheckFresh(RecordOf(operation.Reads[k]), false, true);
                for (int w = 0; w < operation.Writes.Count; w++)
                    if (operation.Writes[w] == operation.Reads[k])
                        throw new InvalidOperationException($"{operation} reads and overwrites buffer '{operation.Reads[k].Name}'; its adjoint would find what was read gone. Use two buffers.");
            }
            for (int k = 0; k < operation.Writes.Count; k++) CheckFresh(RecordOf(operation.Writes[k]), true, false);
        }

        // Numbers that were overwritten outside of the tape are lost to adjoints and replays that read them. And where an operation goes
        // on from them, cotangents would flow past the overwriting, as if the numbers still came from what had been recorded.
        void CheckFresh(BufferRecord record, bool isReplaced, bool isRead)
        {
            Buffer buffer = record.Buffer;
            _ = buffer.Data; // throws if it was disposed of
            if (record.IsInUse && buffer.Version == record.ExpectedVersion) return;
            if (record.IsInUse && ((record.Needed | record.LiveIn) != 0 || !isReplaced))
                throw new TapeException(
                    $"Buffer '{buffer.Name}' was overwritten outside of the tape after {Where(record.LastUse)} had used it; the gradient would be taken at the wrong numbers. "
                    + $"Write it by a recorded operation (FrameTape.Write), or use a buffer of its own for each frame.{Stack(record.LastUse)}");
            record.ExpectedVersion = buffer.Version;
            if (Options.Check && isRead) CheckGiven(buffer, "given from outside of the tape");
        }

        void CheckGiven(Buffer buffer, string how)
        {
            // Infinity may be meant, as a limit that is never reached.
            if (FindNotFinite(buffer, 0, buffer.Components, true, out string where, out _))
                throw new TapeException($"NaN was {how}: {where}. No recorded operation made it.");
        }

        void CheckFinite(int entry, Buffer buffer, int first, int count, string what)
        {
            if (!FindNotFinite(buffer, first, count, false, out string where, out double value)) return;
            throw new TapeException($"{value.ToString(CultureInfo.InvariantCulture)} first appeared as {what} of {Where(entry)}: {where}.{Stack(entry)}");
        }

        static bool FindNotFinite(Buffer buffer, int first, int count, bool onlyNaN, out string where, out double value)
        {
            where = null;
            value = 0;
            for (int c = first; c < first + count; c++)
                for (int e = 0; e < buffer.Elements; e++)
                    for (int w = 0; w < buffer.Worlds; w++)
                    {
                        value = buffer[e, c, w];
                        if (!double.IsNaN(value) && (onlyNaN || !double.IsInfinity(value))) continue;
                        where = $"buffer '{buffer.Name}', element {e}, component {c}, world {w}";
                        return true;
                    }
            return false;
        }

        string Where(int entry)
        {
            int frame = 0;
            while (frame + 1 < frameCount && frames[frame + 1].FirstEntry <= entry) frame++;
            return $"{entries[entry].Name} in {Place(frame, entries[entry].Scope)}";
        }

        string Place(int frame, int inScope) => $"frame {frame}{(inScope == 0 ? "" : $", scope '{scopes[inScope]}'")}";

        string Stack(int entry) => entries[entry].Stack == null ? "" : $"\nIt was recorded by:\n{entries[entry].Stack}";
    }
}
