using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    // What can be recorded: launches, structural operations and given numbers.
    public sealed unsafe partial class FrameTape
    {
        /// <summary>Runs a launch and records it.</summary>
        /// <exception cref="TapeException">A buffer belongs to another tape, or was overwritten behind this one's back; in check mode, a result is not finite.</exception>
        public void Run(Launch launch)
        {
            if (!IsRecording)
            {
                if (together > 0) PutOff(launch);
                else launch.Run(Executor);
                return;
            }
            LaunchPlan plan = launch.PlanFor(Executor);
            NeedFrame();
            if (Options.Check || Executor.Checked) CheckIndices(plan, launch.Elements);
            int count = plan.Kernel.Indices.Count;
            int** indices = stackalloc int*[count + 1];
            for (int k = 0; k < count; k++) indices[k] = Snapshot(launch.IndexOf(k), launch.Elements);
            Record(plan, launch.Elements, indices);
        }

        /// <summary>Runs and records a launch through indices that stay as they are.</summary>
        internal void Record(LaunchPlan plan, int elements, int** indices)
        {
            CheckFresh(plan, elements);
            ref TapeEntry entry = ref NewEntry();
            entry.Plan = plan;
            entry.Elements = elements;
            int count = plan.Kernel.Indices.Count;
            if (count > 0) entry.Indices = (int**)arena.Allocate(count * sizeof(int*));
            for (int k = 0; k < count; k++) entry.Indices[k] = indices[k];
            RunNew(ref entry);
        }

        /// <summary>Runs launches as if in turn, joined where they can be and side by side as by <see cref="Together"/>, and records them.</summary>
        public void Run(LaunchSequence sequence)
        {
            IReadOnlyList<Launch> launches = sequence.Joined;
            if (Executor.Pool == null || launches.Count == 1 || Options.Check)
                for (int k = 0; k < launches.Count; k++) Run(launches[k]);
            else RunTogether(launches);
        }

        /// <summary>Runs a structural operation and records it.</summary>
        /// <exception cref="TapeException">As for a launch; or the operation failed on the numbers, as a solve does on a singular matrix.</exception>
        public void Run(TapeOperation operation)
        {
            if (!IsRecording)
            {
                if (together > 0) NewEntry().Operation = operation;
                else operation.ForwardUnrecorded();
                return;
            }
            NeedFrame();
            CheckFresh(operation);
            ref TapeEntry entry = ref NewEntry();
            entry.Operation = operation;
            try
            {
                RunNew(ref entry);
            }
            catch (ArithmeticException failure)
            {
                // What it wrote before it failed counts as written from outside.
                entry.HasFailed = true;
                for (int k = 0; k < operation.Writes.Count; k++)
                {
                    operation.Writes[k].Touch();
                    RecordOf(operation.Writes[k]).Needed = 0; // no adjoint will run that could read it
                }
                throw Failed(entryCount - 1, failure);
            }
        }

        TapeException Failed(int k, ArithmeticException failure) => new TapeException($"{Where(k)}: {failure.Message}{Stack(k)}", failure);

        /// <summary>
        /// Overwrites one component of a buffer with given numbers, and records it: how controls are set frame by frame. The sweep finds
        /// the gradient by the given numbers too (<see cref="Gradient(TapeWrite, Span{double})"/>).
        /// </summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="component">Which component of all its elements.</param>
        /// <param name="values">Numbers in element order with worlds innermost; they are copied.</param>
        /// <returns>What to ask for the gradient by.</returns>
        /// <exception cref="ArgumentException">There is no such component, or the count differs from elements times worlds.</exception>
        /// <exception cref="TapeException">As for a launch.</exception>
        public TapeWrite Write(Buffer buffer, int component, ReadOnlySpan<double> values)
        {
            if ((uint)component >= (uint)buffer.Components)
                throw new ArgumentOutOfRangeException(nameof(component), component, $"Buffer '{buffer.Name}' has {buffer.Components} components.");
            if (!IsRecording && together == 0)
            {
                buffer.CopyFrom(values, component);
                return default;
            }
            if (IsRecording) NeedFrame();
            int count = buffer.Elements * buffer.Worlds;
            if (values.Length != count)
                throw new ArgumentException($"Buffer '{buffer.Name}' has {buffer.Elements} elements x {buffer.Worlds} worlds = {count} numbers a component; {values.Length} were given.", nameof(values));
            SavedRows* rows = NewRows(buffer, IsRecording ? RecordOf(buffer).Position : -1, component, 1, buffer.Elements, null);
            byte* given = SavedRows.DataOf(rows);
            for (int k = 0; k < count; k++)
            {
                if (buffer.Precision == Precision.Float) ((float*)given)[k] = (float)values[k];
                else ((double*)given)[k] = values[k];
            }
            if (!IsRecording)
            {
                buffer.Touch();
                ref TapeEntry entry = ref NewEntry();
                entry.Target = buffer;
                entry.Given = rows;
                return default;
            }
            Record(buffer, rows);
            return new TapeWrite(recording, entryCount - 1);
        }

        /// <summary>Writes and records given numbers.</summary>
        internal void Record(Buffer target, SavedRows* given)
        {
            CheckFresh(RecordOf(target), target.Components == 1, false);
            ref TapeEntry entry = ref NewEntry();
            entry.Target = target;
            entry.Given = given;
            entry.Gradient = (double*)arena.Allocate((long)target.Elements * target.Worlds * sizeof(double));
            RunNew(ref entry);
        }

        // Saves what will be lost and runs the operation for the first time, unless it is put off.
        void RunNew(ref TapeEntry entry)
        {
            ref TapeFrame frame = ref frames[frameCount - 1];
            BeforeWriting(ref entry, ref frame, frame.Keeping);
            frame.Work += WorkOf(entry);
            if (together > 0) return;
            CopySaved(entry.Saved);
            Execute(entry);
            AfterWriting(entryCount - 1);
        }

        void Execute(in TapeEntry entry, bool isAlone = true)
        {
            if (entry.Plan != null) LaunchRunner.Run(entry.Plan, Executor, entry.Elements, entry.Indices, isAlone);
            else if (entry.Target != null) CopyRows(entry.Target, entry.Given, false);
            else if (!entry.HasFailed) entry.Operation.Forward();
        }

        ref TapeEntry NewEntry()
        {
            if (entryCount == entries.Length) Array.Resize(ref entries, entryCount * 2);
            ref TapeEntry entry = ref entries[entryCount++];
            entry = new TapeEntry { Scope = scope };
            if (Options.Check) entry.Stack = new System.Diagnostics.StackTrace(2, true).ToString();
            return ref entry;
        }

        void NeedFrame()
        {
            if (isReleased) throw new TapeException("This recording was released by Backward. Call Clear to record anew, or Backward with retain: true to go on.");
            RefuseBroken();
            if (!inFrame) throw new InvalidOperationException("No frame is open; call BeginFrame before recording.");
        }
    }
}
