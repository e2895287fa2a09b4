namespace DiffPhysics.Autodiff
{
    /// <summary>The adjoint of a recorded launch: the same values, and the cotangents of a tape.</summary>
    sealed unsafe class AdjointLaunch
    {
        readonly AdjointKernel kernel;
        readonly int[] indexOrder; // for each index of the adjoint, its position among the original's

        public AdjointLaunch(FrameTape tape, LaunchPlan original)
        {
            Tape = tape;
            kernel = original.Kernel.Adjoint;
            Kernel adjoint = kernel.Adjoint;
            if (adjoint == null) return;
            var launch = new Launch(adjoint, 0, original.Launch.Site, 0) { Prefix = true };
            for (int s = 0; s < original.Kernel.SlotArray.Length; s++)
            {
                int first = original.FirstComponentOf(s);
                if (kernel.ValueSlots[s] >= 0) launch.Bind(kernel.ValueSlots[s], original.BufferOf(s), first);
                if (kernel.BarSlots[s] >= 0) launch.Bind(kernel.BarSlots[s], tape.RecordOf(original.BufferOf(s)).NeedAdjoint(), first);
            }
            indexOrder = new int[adjoint.Indices.Count];
            for (int k = 0; k < indexOrder.Length; k++)
            {
                indexOrder[k] = original.Kernel.IndexOf(adjoint.Indices[k]);
                launch.BindIndex(k, tape.NoIndices);
            }
            Plan = launch.PlanFor(tape.Executor);
        }

        /// <summary>The tape whose cotangents are bound.</summary>
        public FrameTape Tape { get; }

        /// <summary>The adjoint with its bindings; null if there is nothing to do.</summary>
        public LaunchPlan Plan { get; }

        public bool IsFor(FrameTape tape, LaunchPlan original)
        {
            if (Tape != tape) return false;
            for (int s = 0; s < original.Kernel.SlotArray.Length; s++)
            {
                int bar = kernel.BarSlots[s];
                if (Plan != null && bar >= 0 && Plan.BufferOf(bar) != tape.RecordOf(original.BufferOf(s)).NeedAdjoint()) return false;
            }
            return true;
        }

        public void Run(Executor executor, in TapeEntry entry)
        {
            int** indices = stackalloc int*[indexOrder.Length + 1];
            for (int k = 0; k < indexOrder.Length; k++) indices[k] = entry.Indices[indexOrder[k]];
            LaunchRunner.Run(Plan, executor, entry.Elements, indices);
        }
    }
}
