using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    // Operations that do not depend on one another, side by side on several threads.
    public sealed unsafe partial class FrameTape
    {
        readonly RoundSchedule forwards, sweeps;
        readonly Dictionary<Buffer, Touches> looseTouches = new Dictionary<Buffer, Touches>();
        readonly Stack<Touches> spareTouches = new Stack<Touches>();
        int together, firstPending;
        bool areLoose; // the operations that are being run are not recorded
        bool indicesStay; // no index is rewritten before the section ends
        string brokenBy;
        Arena.Mark beforePending;

        /// <summary>
        /// Puts off what is run until the result is disposed of. Then operations run in the order given, except that those which share no
        /// buffer that one of them writes run side by side, on <see cref="Executor.Threads"/> threads, where there is enough to gain. The bits are those
        /// of running one after another.
        /// </summary>
        /// <remarks>
        /// Until the end buffers hold what they held before, and neither they nor indices may be written by the host. Sections may be nested; the outermost
        /// counts. A <see cref="LaunchSequence"/> is such a section by itself, and the backward sweep and replays find out alone what may run side by side.
        /// </remarks>
        /// <example><code>
        /// using (tape.Together())
        /// {
        ///     tape.Run(cloth);
        ///     tape.Run(rope);
        /// }
        /// </code></example>
        public TogetherEnd Together()
        {
            if (together++ > 0) return new TogetherEnd(this);
            try
            {
                if (IsRecording) NeedFrame();
            }
            catch
            {
                together = 0;
                throw;
            }
            (firstPending, beforePending) = (entryCount, arena.Here());
            return new TogetherEnd(this);
        }

        /// <summary>Ends a section of operations that may run side by side.</summary>
        public readonly struct TogetherEnd : IDisposable
        {
            readonly FrameTape tape;

            internal TogetherEnd(FrameTape tape) => this.tape = tape;

            /// <summary>Runs what was put off.</summary>
            /// <exception cref="TapeException">
            /// A buffer was written by the host meanwhile; an operation failed; in check mode, a result is not finite. The recording can then not be swept.
            /// </exception>
            public void Dispose() => tape.EndTogether();
        }

        /// <summary>Rounds of operations that were shared by several threads so far.</summary>
        internal int SharedRounds => forwards.SharedRounds + sweeps.SharedRounds;

        /// <summary>Operations to be saved for several threads to share a round.</summary>
        internal long LeastGain
        {
            set => forwards.LeastGain = sweeps.LeastGain = value;
        }

        void EndTogether()
        {
            if (together == 0) throw new InvalidOperationException("This section has ended.");
            if (--together > 0) return;
            bool isDone = false;
            try
            {
                if (IsRecording) CheckPending();
                areLoose = !IsRecording;
                RunPending();
                isDone = true;
            }
            finally
            {
                if (!IsRecording) DropPending();
                else if (!isDone) brokenBy = "an operation inside a Together section failed";
                areLoose = false;
            }
        }

        void RunPending()
        {
            long work = 0;
            for (int k = firstPending; k < entryCount && Executor.Pool != null; k++) work += WorkOf(entries[k]);
            bool checks = Options.Check && IsRecording;
            for (int k = firstPending; k < entryCount && checks; k++)
            {
                RunForward(k, true);
                AfterWriting(k);
            }
            if (checks) return;
            RunRange(firstPending, entryCount, work);
            for (int k = firstPending; k < entryCount && IsRecording; k++) AfterWriting(k);
        }

        // What was put off without being recorded leaves nothing.
        void DropPending()
        {
            foreach (Touches touches in looseTouches.Values) spareTouches.Push(touches);
            looseTouches.Clear();
            Array.Clear(entries, firstPending, entryCount - firstPending);
            entryCount = firstPending;
            arena.Release(beforePending);
        }

        void CheckPending()
        {
            for (int k = firstPending; k < entryCount; k++)
            {
                ref TapeEntry entry = ref entries[k];
                if (entry.Plan != null)
                    for (int s = 0; s < entry.Plan.Kernel.SlotArray.Length; s++) CheckUntouched(entry.Plan.BufferOf(s));
                else if (entry.Target != null) CheckUntouched(entry.Target);
                else
                {
                    for (int n = 0; n < entry.Operation.Reads.Count; n++) CheckUntouched(entry.Operation.Reads[n]);
                    for (int n = 0; n < entry.Operation.Writes.Count; n++) CheckUntouched(entry.Operation.Writes[n]);
                }
            }
        }

        void CheckUntouched(Buffer buffer)
        {
            BufferRecord record = RecordOf(buffer);
            if (buffer.Version != record.ExpectedVersion)
                throw new TapeException(
                    $"Buffer '{buffer.Name}' was written by the host inside a Together section, before {Where(record.LastUse)}, which uses it and was put off, had run. "
                    + "Write it by FrameTape.Write, or outside of the section.");
        }

        // Runs launches between which the host has no say.
        void RunTogether(IReadOnlyList<Launch> launches)
        {
            bool outer = indicesStay;
            indicesStay |= together == 0;
            try
            {
                using (Together())
                    for (int k = 0; k < launches.Count; k++) Run(launches[k]);
            }
            finally
            {
                indicesStay = outer;
            }
        }

        // Puts off a launch that is not recorded, with the indices as they are.
        void PutOff(Launch launch)
        {
            LaunchPlan plan = launch.PlanFor(Executor);
            if (Executor.Checked) plan.CheckIndices(launch.Elements);
            foreach (Buffer written in plan.Written) written.Touch();
            ref TapeEntry entry = ref NewEntry();
            entry.Plan = plan;
            entry.Elements = launch.Elements;
            int count = plan.Kernel.Indices.Count;
            if (count > 0) entry.Indices = (int**)arena.Allocate(count * sizeof(int*));
            for (int k = 0; k < count; k++) entry.Indices[k] = indicesStay ? launch.IndexOf(k).Data : Copied(launch.IndexOf(k), launch.Elements);
        }

        // Whether what runs over a stretch of the recording is enough to look for what may run side by side.
        bool IsWorthSharing(long work, int count) => Executor.Pool != null && count > 1 && work >= 2 * forwards.LeastGain && !Options.Check;

        // Runs entries, saving what their adjoints need where room was made for it.
        void RunRange(int from, int to, long work)
        {
            if (!IsWorthSharing(work, to - from))
            {
                for (int k = from; k < to; k++) RunForward(k, true);
                return;
            }
            forwards.Clear();
            for (int k = from; k < to; k++) ScheduleForward(k);
            forwards.Run(Executor.Pool, Executor.Threads);
        }

        void RunForward(int k, bool isAlone)
        {
            CopySaved(entries[k].Saved);
            try
            {
                Execute(entries[k], isAlone);
            }
            catch (ArithmeticException failure) when (!areLoose)
            {
                throw Failed(k, failure);
            }
        }

        void ScheduleForward(int k)
        {
            ref TapeEntry entry = ref entries[k];
            if (entry.Plan != null)
            {
                KernelSlot[] slots = entry.Plan.Kernel.SlotArray;
                for (int s = 0; s < slots.Length; s++) forwards.Touch(ValuesOf(entry.Plan.BufferOf(s)), slots[s].Writes != Writing.None);
            }
            else if (entry.Target != null) forwards.Touch(ValuesOf(entry.Target), true);
            else
            {
                for (int n = 0; n < entry.Operation.Reads.Count; n++) forwards.Touch(ValuesOf(entry.Operation.Reads[n]), false);
                for (int n = 0; n < entry.Operation.Writes.Count; n++) forwards.Touch(ValuesOf(entry.Operation.Writes[n]), true);
            }
            forwards.Add(k, WorkOf(entry), CanDivide(entry.Plan, entry.Elements), IsBarrier(entry));
        }

        // The sweep of an entry puts saved numbers back, then reads values and adds to or replaces cotangents.
        void ScheduleSweep(int k)
        {
            ref TapeEntry entry = ref entries[k];
            if (!entry.IsReached && entry.Saved == null) return;
            for (SavedRows* saved = entry.Saved; saved != null; saved = saved->Next) sweeps.Touch(records[saved->Buffer].Values, true);
            if (!entry.IsReached)
            {
                sweeps.Add(k, 0, false, false);
                return;
            }
            if (entry.Plan != null)
            {
                AdjointKernel adjoint = entry.Plan.Kernel.Adjoint;
                for (int s = 0; s < adjoint.BarSlots.Length; s++)
                {
                    BufferRecord record = RecordOf(entry.Plan.BufferOf(s));
                    if (adjoint.ValueSlots[s] >= 0) sweeps.Touch(record.Values, false);
                    int bar = adjoint.BarSlots[s];
                    if (bar >= 0) sweeps.Touch(record.Cotangents, adjoint.Adjoint.SlotArray[bar].Writes != Writing.None);
                }
                LaunchPlan plan = entry.Plan.Adjoint.Plan;
                sweeps.Add(k, plan == null ? 0 : WorkOf(plan, entry.Elements), CanDivide(plan, entry.Elements), false);
                return;
            }
            if (entry.Target != null) sweeps.Touch(RecordOf(entry.Target).Cotangents, true);
            else
            {
                TouchAll(entry.Operation.Reads);
                TouchAll(entry.Operation.Writes);
            }
            sweeps.Add(k, 2 * WorkOf(entry), false, IsBarrier(entry));
        }

        void TouchAll(IReadOnlyList<Buffer> buffers)
        {
            for (int n = 0; n < buffers.Count; n++)
            {
                BufferRecord record = RecordOf(buffers[n]);
                sweeps.Touch(record.Values, false);
                sweeps.Touch(record.Cotangents, true);
            }
        }

        Touches ValuesOf(Buffer buffer)
        {
            if (!areLoose) return RecordOf(buffer).Values;
            if (!looseTouches.TryGetValue(buffer, out Touches touches))
                looseTouches.Add(buffer, touches = spareTouches.Count > 0 ? spareTouches.Pop() : new Touches());
            return touches;
        }

        static bool IsBarrier(in TapeEntry entry) => entry.Operation != null && entry.Operation.ParallelWork == 0;

        bool CanDivide(LaunchPlan plan, int elements) => plan != null && ParallelLaunch.IsWorthIt(plan, plan.Compiled.Current, elements);

        static long WorkOf(LaunchPlan plan, int elements)
        {
            const int PerCarried = 8; // a scattered or summed number costs about as much as so many vectorised operations
            return (long)elements * plan.Worlds * (plan.Compiled.Operations + PerCarried * (plan.Scatters + plan.Sums));
        }

        static long WorkOf(in TapeEntry entry) => entry.Plan != null ? WorkOf(entry.Plan, entry.Elements)
            : entry.Target != null ? (long)entry.Target.Elements * entry.Target.Worlds : entry.Operation.ParallelWork;
    }
}
