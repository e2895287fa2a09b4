using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A launch repeated many times as one operation of the tape, such as the steps of thousands of small worlds. Lanes do not touch one another, so they go
    /// in blocks, each through all repetitions and back: a block's numbers stay in the cache, and blocks are divided among the executor's
    /// threads. The bits are those of the launch recorded that many times.
    /// </summary>
    /// <remarks>
    /// The launch works in place: what it writes is the state, which starts from buffers of its own (<see cref="Start(string, Buffer)"/>) or from zero and
    /// ends in the buffers that the launch is bound to. What adjoints read of each repetition is written down by the kernel itself. It is
    /// kept until the sweep if it takes no more than <see cref="KeptBytes"/>; else each block runs again on the way back.
    /// </remarks>
    /// <example><code>
    /// var rollout = new Rollout(executor, step, 1000).Start("x", x0).Start("v", v0);
    /// tape.Run(rollout);       // x and v, to which the step is bound, now hold the state after 1000 steps
    /// tape.Backward(loss);
    /// Buffer slope = tape.Gradient(v0);
    /// </code></example>
    public sealed unsafe class Rollout : TapeOperation, IPartedWork, IDisposable
    {
        readonly Executor executor;
        readonly Launch step;
        readonly Kernel kernel;
        readonly Buffer[] starts; // per slot; null where it starts from zero or is only read
        readonly List<Buffer> reads = new List<Buffer>(), writes = new List<Buffer>();
        readonly RolloutRows rows;
        readonly RolloutStage plain, saving, adjoint, tangent;
        readonly Buffer[] derivatives; // per slot, while a sweep or forward mode runs
        readonly Buffer[] startDerivatives;
        readonly List<RolloutMemory> memories = new List<RolloutMemory>();
        readonly RolloutMemory kept = new RolloutMemory(), keptReads = new RolloutMemory();
        Pass pass;
        bool isKept, saves;
        int parts;

        enum Pass
        {
            Forward,
            Backward,
            Tangent,
        }

        /// <summary>A rollout of a launch whose buffers are bound.</summary>
        /// <param name="executor">What runs the kernel.</param>
        /// <param name="step">The launch; each of its slots is addressed by lane, and all its buffers have the same elements and worlds.</param>
        /// <param name="repetitions">How often it runs, at least once.</param>
        /// <param name="blockLanes">Lanes of a block, a multiple of 64: large enough that a launch's set-up does not count, small enough for the cache.</param>
        /// <exception cref="ArgumentOutOfRangeException">The repetitions are below 1, or the block is no positive multiple of 64.</exception>
        /// <exception cref="ArgumentException">A slot is gathered or shared, a buffer has another shape, or a slot writes a part of a buffer.</exception>
        public Rollout(Executor executor, Launch step, int repetitions, int blockLanes = 128)
        {
            this.executor = executor ?? throw new ArgumentNullException(nameof(executor));
            this.step = step ?? throw new ArgumentNullException(nameof(step));
            kernel = step.Kernel;
            if (repetitions < 1) throw new ArgumentOutOfRangeException(nameof(repetitions), repetitions, $"A rollout of {step} runs it at least once.");
            if (blockLanes < 64 || blockLanes % 64 != 0) throw new ArgumentOutOfRangeException(nameof(blockLanes), blockLanes, $"A block of a rollout of {step} has a positive multiple of 64 lanes.");
            Repetitions = repetitions;
            Check();
            starts = new Buffer[kernel.SlotArray.Length];
            derivatives = new Buffer[starts.Length];
            startDerivatives = new Buffer[starts.Length];
            for (int s = 0; s < starts.Length; s++)
                (kernel.SlotArray[s].Writes == Writing.None ? reads : writes).Add(step.BufferOf(s));
            rows = new RolloutRows(step, blockLanes);
            plain = RolloutStage.Plain(executor, rows);
            saving = RolloutStage.Saving(executor, rows);
            adjoint = RolloutStage.Adjoint(executor, rows);
            tangent = RolloutStage.Tangent(executor, rows);
        }

        /// <summary>How often the launch runs.</summary>
        public int Repetitions { get; }

        /// <summary>Bytes of what adjoints read that may be kept from the forward pass to the sweep, 64 MiB at first; beyond, blocks run again.</summary>
        public long KeptBytes { get; set; } = 64L << 20;

        /// <inheritdoc/>
        public override string Name => $"{Repetitions} times {step}";

        /// <inheritdoc/>
        public override IReadOnlyList<Buffer> Reads => reads;

        /// <inheritdoc/>
        public override IReadOnlyList<Buffer> Writes => writes;

        /// <summary>Names the buffer from which a slot that the launch writes starts.</summary>
        /// <exception cref="ArgumentException">The kernel only reads the slot, or the buffer has another shape than the bound one, or is written itself.</exception>
        public Rollout Start(string slot, Buffer buffer)
        {
            int s = kernel.SlotOf(slot);
            if (buffer == null) throw new ArgumentNullException(nameof(buffer), $"Slot '{slot}' of {step} cannot start from nothing.");
            if (kernel.SlotArray[s].Writes == Writing.None) throw new ArgumentException($"Slot '{slot}' of {step} is only read; it does not start from anything.", nameof(slot));
            if (!buffer.SameShape(step.BufferOf(s))) throw new ArgumentException($"Slot '{slot}' of {step} is bound to {step.BufferOf(s)} and cannot start from {buffer}.", nameof(buffer));
            if (writes.Contains(buffer)) throw new ArgumentException($"Slot '{slot}' of {step} cannot start from buffer '{buffer.Name}', which the rollout overwrites; use two buffers.", nameof(buffer));
            if (starts[s] != null) reads.Remove(starts[s]);
            starts[s] = buffer;
            reads.Add(buffer);
            isKept = false;
            return this;
        }

        /// <inheritdoc/>
        internal override void ForwardUnrecorded()
        {
            saves = isKept = false;
            Run(Pass.Forward);
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            long bytes = rows.Blocks * rows.TrajectoryBytes(Repetitions), readBytes = 0;
            foreach (Buffer read in reads) readBytes += read.ByteLength;
            saves = bytes + readBytes <= Math.Min(KeptBytes, int.MaxValue);
            isKept = false;
            if (saves)
            {
                kept.Need(bytes + 64);
                keptReads.Need(readBytes);
                CopyReads();
            }
            Run(Pass.Forward);
            isKept = saves;
        }

        /// <inheritdoc/>
        public override void Backward(Func<Buffer, Buffer> adjointOf)
        {
            if (adjoint.IsEmpty) return;
            saves = isKept && IsAsKept();
            Bind(adjointOf);
            Run(Pass.Backward);
        }

        /// <inheritdoc/>
        public override void Tangent(Func<Buffer, Buffer> tangentOf)
        {
            Bind(tangentOf);
            Run(Pass.Tangent);
        }

        /// <summary>Frees its working memory; the rollout can go on being used.</summary>
        public void Dispose()
        {
            isKept = false;
            kept.Dispose();
            keptReads.Dispose();
            foreach (RolloutMemory memory in memories) memory.Dispose();
        }

        void IPartedWork.RunPart(int part)
        {
            byte* memory = memories[part].Data;
            for (long block = part; block < rows.Blocks; block += parts)
            {
                RolloutBlock at = rows.Block(block, memory, saves ? kept.Data + block * rows.TrajectoryBytes(Repetitions) : memory + rows.WorkingBytes);
                if (pass == Pass.Forward) RunForward(at);
                else if (pass == Pass.Backward) RunBackward(at);
                else RunTangent(at);
            }
        }

        void Run(Pass next)
        {
            pass = next;
            parts = (int)Math.Min(executor.Pool == null ? 1 : executor.Threads, rows.Blocks);
            if (parts == 0) return;
            while (memories.Count < parts) memories.Add(new RolloutMemory());
            long bytes = rows.WorkingBytes + (pass == Pass.Backward && !saves ? rows.TrajectoryBytes(Repetitions) + 64 : 0);
            for (int part = 0; part < parts; part++) memories[part].Need(bytes);
            if (parts == 1) ((IPartedWork)this).RunPart(0);
            else executor.Pool.Run(this, parts);
        }

        void RunForward(in RolloutBlock block)
        {
            LoadStart(block);
            if (saves) RunSaving(block);
            else plain.Run(block, 0, Repetitions);
            for (int s = 0; s < starts.Length; s++)
                if (rows.IsState(s)) rows.Store(block, rows.ValueRow(s), step.BufferOf(s), false);
        }

        void RunBackward(in RolloutBlock block)
        {
            LoadStart(block);
            if (!saves) RunSaving(block);
            for (int s = 0; s < starts.Length; s++) rows.Load(block, rows.DerivativeRow(s), rows.IsState(s) ? derivatives[s] : null, kernel.SlotArray[s].Components, 0);
            adjoint.Run(block, Repetitions - 1, -1);
            for (int s = 0; s < starts.Length; s++)
            {
                Buffer target = rows.IsState(s) ? startDerivatives[s] : derivatives[s];
                if (target != null) rows.Store(block, rows.DerivativeRow(s), target, true, step.FirstComponentOf(s), kernel.SlotArray[s].Components);
            }
        }

        void RunSaving(in RolloutBlock block)
        {
            rows.CopyFlow(block, 0, true);
            saving.Run(block, 0, Repetitions);
            rows.CopyFlow(block, Repetitions, false);
        }

        void RunTangent(in RolloutBlock block)
        {
            LoadStart(block);
            for (int s = 0; s < starts.Length; s++)
                rows.Load(block, rows.DerivativeRow(s), rows.IsState(s) ? startDerivatives[s] : derivatives[s], kernel.SlotArray[s].Components, rows.IsState(s) ? 0 : step.FirstComponentOf(s));
            for (int t = 0; t < Repetitions; t++)
            {
                if (!tangent.IsEmpty) tangent.Run(block, t, t + 1);
                plain.Run(block, t, t + 1);
            }
            for (int s = 0; s < starts.Length; s++)
                if (rows.IsState(s)) rows.Store(block, rows.DerivativeRow(s), derivatives[s], false);
        }

        void LoadStart(in RolloutBlock block)
        {
            for (int s = 0; s < starts.Length; s++)
                rows.Load(block, rows.ValueRow(s), rows.IsState(s) ? starts[s] : step.BufferOf(s), kernel.SlotArray[s].Components, rows.IsState(s) ? 0 : step.FirstComponentOf(s));
        }

        void Bind(Func<Buffer, Buffer> derivativeOf)
        {
            for (int s = 0; s < starts.Length; s++)
            {
                derivatives[s] = derivativeOf(step.BufferOf(s));
                startDerivatives[s] = starts[s] == null ? null : derivativeOf(starts[s]);
            }
        }

        void CopyReads()
        {
            byte* copy = keptReads.Data;
            foreach (Buffer read in reads)
            {
                System.Buffer.MemoryCopy(read.Data, copy, read.ByteLength, read.ByteLength);
                copy += read.ByteLength;
            }
        }

        // What was kept belongs to the numbers that were read: should they differ, as when the same rollout is recorded twice, blocks run again.
        bool IsAsKept()
        {
            byte* copy = keptReads.Data;
            foreach (Buffer read in reads)
            {
                if (!new ReadOnlySpan<byte>(read.Data, (int)read.ByteLength).SequenceEqual(new ReadOnlySpan<byte>(copy, (int)read.ByteLength))) return false;
                copy += read.ByteLength;
            }
            return true;
        }

        void Check()
        {
            Buffer first = null;
            if (step.Prefix) throw new ArgumentException($"{step} runs over a part of its buffers; a rollout runs over all.");
            for (int s = 0; s < kernel.SlotArray.Length; s++)
            {
                KernelSlot slot = kernel.SlotArray[s];
                Buffer buffer = step.BufferOf(s) ?? throw new ArgumentException($"Slot '{slot.Name}' of {step} has no buffer; bind one before rolling out.");
                if (slot.Addressing != Addressing.Lane) throw new ArgumentException($"Slot '{slot.Name}' of {step} is {slot.Addressing}; the lanes of a rollout do not touch one another, so every slot is addressed by lane.");
                first ??= buffer;
                if (buffer.Elements != first.Elements || buffer.Worlds != first.Worlds)
                    throw new ArgumentException($"{step}: all buffers of a rollout have the same elements and worlds; '{first.Name}' is {first.Shape}, '{buffer.Name}' is {buffer.Shape}.");
                if (slot.Writes != Writing.None && slot.Components != buffer.Components)
                    throw new ArgumentException($"Slot '{slot.Name}' of {step} writes {slot.Components} of the {buffer.Components} components of buffer '{buffer.Name}'; a rollout overwrites buffers as a whole.");
            }
            _ = step.Precision; // throws where precisions differ
        }
    }
}
