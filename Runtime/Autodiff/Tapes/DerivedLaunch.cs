using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>The adjoint or the tangent of a recorded launch: the same values, and the cotangents or tangents of a tape.</summary>
    sealed unsafe class DerivedLaunch
    {
        static readonly Func<BufferRecord, Buffer> Cotangents = record => record.NeedAdjoint(), Tangents = record => record.NeedTangent();

        readonly int[] derivativeSlots;
        readonly Func<BufferRecord, Buffer> derivativesOf;
        readonly int[] indexOrder; // for each index of the derived kernel, its position among the original's

        DerivedLaunch(FrameTape tape, LaunchPlan original, Kernel derived, int[] valueSlots, int[] derivativeSlots, Func<BufferRecord, Buffer> derivativesOf)
        {
            Tape = tape;
            this.derivativeSlots = derivativeSlots;
            this.derivativesOf = derivativesOf;
            if (derived == null) return;
            var launch = new Launch(derived, 0, original.Launch.Site, 0) { Prefix = true, Disjoint = original.Launch.Disjoint };
            for (int s = 0; s < original.Kernel.SlotArray.Length; s++)
            {
                int first = original.FirstComponentOf(s);
                if (valueSlots[s] >= 0) launch.Bind(valueSlots[s], original.BufferOf(s), first);
                if (derivativeSlots[s] >= 0) launch.Bind(derivativeSlots[s], derivativesOf(tape.RecordOf(original.BufferOf(s))), first);
            }
            indexOrder = new int[derived.Indices.Count];
            for (int k = 0; k < indexOrder.Length; k++)
            {
                indexOrder[k] = original.Kernel.IndexOf(derived.Indices[k]);
                launch.BindIndex(k, tape.NoIndices);
            }
            Plan = launch.PlanFor(tape.Executor);
        }

        public static DerivedLaunch AdjointOf(LaunchPlan original, FrameTape tape)
        {
            AdjointKernel kernel = original.Kernel.Adjoint;
            return new DerivedLaunch(tape, original, kernel.Adjoint, kernel.ValueSlots, kernel.BarSlots, Cotangents);
        }

        public static DerivedLaunch TangentOf(LaunchPlan original, FrameTape tape)
        {
            TangentKernel kernel = original.Kernel.Tangent;
            return new DerivedLaunch(tape, original, kernel.Tangent, kernel.ValueSlots, kernel.DotSlots, Tangents);
        }

        /// <summary>The tape whose cotangents or tangents are bound.</summary>
        public FrameTape Tape { get; }

        /// <summary>The derived kernel with its bindings; null if there is nothing to do.</summary>
        public LaunchPlan Plan { get; }

        public bool IsFor(FrameTape tape, LaunchPlan original)
        {
            if (Tape != tape) return false;
            for (int s = 0; s < original.Kernel.SlotArray.Length; s++)
            {
                int slot = derivativeSlots[s];
                if (Plan != null && slot >= 0 && Plan.BufferOf(slot) != derivativesOf(tape.RecordOf(original.BufferOf(s)))) return false;
            }
            return true;
        }

        public void Run(Executor executor, in TapeEntry entry, bool isAlone = true)
        {
            int** indices = stackalloc int*[indexOrder.Length + 1];
            Reorder(entry, indices);
            LaunchRunner.Run(Plan, executor, entry.Elements, indices, isAlone);
        }

        /// <summary>Runs on a tape that records it.</summary>
        public void RecordOn(FrameTape tape, in TapeEntry entry)
        {
            int** indices = stackalloc int*[indexOrder.Length + 1];
            Reorder(entry, indices);
            tape.Record(Plan, entry.Elements, indices);
        }

        void Reorder(in TapeEntry entry, int** indices)
        {
            for (int k = 0; k < indexOrder.Length; k++) indices[k] = entry.Indices[indexOrder[k]];
        }
    }
}
