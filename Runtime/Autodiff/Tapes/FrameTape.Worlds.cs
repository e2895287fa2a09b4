using System;

namespace DiffPhysics.Autodiff
{
    // Cotangents of what all worlds share.
    public sealed unsafe partial class FrameTape
    {
        int spreadEntries, spreadRecording = -1;

        // A buffer that all worlds share has a cotangent in each world that reads it; and so has all from which it was computed. Backwards
        // through the entries, until nothing grows: a buffer can be written, and so widened, after an entry that was looked at before.
        void SpreadWorlds()
        {
            if (spreadRecording == recording && spreadEntries == entryCount) return;
            (spreadRecording, spreadEntries) = (recording, entryCount);
            int widest = 1;
            foreach (BufferRecord record in records) widest = Math.Max(widest, record.AdjointWorlds);
            for (bool grows = widest > 1; grows;)
            {
                grows = false;
                for (int e = entryCount - 1; e >= 0; e--)
                    if (entries[e].Plan != null && entries[e].Plan.Worlds == 1) grows |= SpreadWorlds(entries[e].Plan);
            }
        }

        bool SpreadWorlds(LaunchPlan plan)
        {
            int worlds = 1;
            for (int s = 0; s < plan.Kernel.SlotArray.Length; s++)
                if (plan.Kernel.SlotArray[s].Writes != Writing.None) worlds = Math.Max(worlds, RecordOf(plan.BufferOf(s)).AdjointWorlds);
            bool grows = false;
            for (int s = 0; s < plan.Kernel.SlotArray.Length && worlds > 1; s++)
            {
                BufferRecord record = RecordOf(plan.BufferOf(s));
                grows |= record.AdjointWorlds < worlds;
                record.AdjointWorlds = Math.Max(record.AdjointWorlds, worlds);
            }

            return grows;
        }
    }
}
