using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    // How much of a frame is kept, and how what is not kept is found again.
    public sealed unsafe partial class FrameTape
    {
        readonly List<StateSnapshot> allSnapshots = new List<StateSnapshot>(), snapshotsInUse = new List<StateSnapshot>();
        readonly Stack<StateSnapshot> spareSnapshots = new Stack<StateSnapshot>();
        int firstRecomputed = -1, stride, rerunFrames;
        long logStart, peakBytes;

        // Whole frames while they fit the budget, then logs while they fit theirs, then snapshots.
        Keeping NextKeeping()
        {
            Keeping last = frameCount == 0 ? Keeping.Whole : frames[frameCount - 1].Keeping;
            if (last == Keeping.Whole)
            {
                if (arena.Bytes < Options.MemoryBudget) return Keeping.Whole;
                logStart = arena.Bytes;
                last = Keeping.Logged;
            }
            return last == Keeping.Logged && arena.Bytes - logStart < Options.LogBudget ? Keeping.Logged : Keeping.Recomputed;
        }

        // A recording does not know how long it will be. So it takes a snapshot every so many frames, and when half of all snapshots are
        // taken, gives back every other one and goes on in strides twice as long. The other half serves the way back.
        void KeepSnapshot()
        {
            int frame = frameCount - 1;
            if (firstRecomputed < 0) (firstRecomputed, stride) = (frame, 1);
            if ((frame - firstRecomputed) % stride != 0) return;
            if (snapshotsInUse.Count >= Math.Max(1, Options.Snapshots / 2))
            {
                stride *= 2;
                for (int k = snapshotsInUse.Count - 1; k >= 0; k--)
                {
                    if ((snapshotsInUse[k].Frame - firstRecomputed) % stride == 0) continue;
                    spareSnapshots.Push(snapshotsInUse[k]);
                    snapshotsInUse.RemoveAt(k);
                }
                if ((frame - firstRecomputed) % stride != 0) return;
            }
            snapshotsInUse.Add(TakeSnapshot(frame));
        }

        void SweepRecomputed()
        {
            int end = frameCount, free = Math.Max(0, Options.Snapshots - snapshotsInUse.Count);
            for (int k = snapshotsInUse.Count - 1; k >= 0; k--)
            {
                SweepStretch(snapshotsInUse[k], end, free);
                end = snapshotsInUse[k].Frame;
            }
        }

        // Sweeps the frames from a snapshot to an end, the last first, and leaves the buffers as the snapshot has them.
        void SweepStretch(StateSnapshot start, int end, int free)
        {
            while (end > start.Frame)
            {
                start.Restore(records);
                int steps = end - start.Frame;
                if (steps == 1 || free == 0)
                {
                    Advance(start.Frame, end - 1);
                    SweepFrame(ref frames[--end]);
                    continue;
                }
                int middle = start.Frame + BinomialSchedule.Advance(steps, free + 1);
                Advance(start.Frame, middle);
                StateSnapshot snapshot = TakeSnapshot(middle);
                SweepStretch(snapshot, end, free - 1);
                spareSnapshots.Push(snapshot);
                end = middle;
            }
            start.Restore(records);
        }

        // Runs frames again, saving nothing.
        void Advance(int from, int to)
        {
            rerunFrames += to - from;
            for (int f = from; f < to; f++) RunAgain(frames[f]);
        }

        StateSnapshot TakeSnapshot(int frame)
        {
            if (spareSnapshots.Count == 0)
            {
                allSnapshots.Add(new StateSnapshot());
                spareSnapshots.Push(allSnapshots[allSnapshots.Count - 1]);
            }
            StateSnapshot snapshot = spareSnapshots.Pop();
            snapshot.Take(records, frame);
            return snapshot;
        }

        void NotePeak()
        {
            long bytes = arena.Bytes + finals.Bytes;
            foreach (StateSnapshot snapshot in allSnapshots) bytes += snapshot.Bytes;
            peakBytes = Math.Max(peakBytes, bytes);
        }

        void ClearMemory()
        {
            snapshotsInUse.Clear();
            spareSnapshots.Clear();
            foreach (StateSnapshot snapshot in allSnapshots) spareSnapshots.Push(snapshot);
            firstRecomputed = -1;
            rerunFrames = 0;
            peakBytes = 0;
        }
    }
}
