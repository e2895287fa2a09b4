using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// An elementwise chain as compiled code: one kernel from its inputs to its last value, and one from its inputs and the
    /// cotangent of the last value to the cotangents of the inputs. Values in between never see memory: the adjoint computes
    /// them again. Equal chains of a tape share one, whatever numbers they hold.
    /// </summary>
    internal sealed unsafe class FusedChain
    {
        private readonly int[] signature;
        private readonly CompiledKernel forward;
        private readonly CompiledKernel adjoint;
        private readonly ScratchPool scratch;

        /// <summary>Per input, whether it is one number for all elements.</summary>
        private readonly bool[] isScalar;

        /// <summary>The inputs that get a cotangent, in the order of the adjoint's outputs.</summary>
        internal readonly int[] Active;

        internal FusedChain(int[] signature, FusedSteps steps, bool[] isScalar, Executor executor)
        {
            this.signature = signature;
            this.isScalar = isScalar;
            scratch = executor.Scratch;
            forward = Compile(executor, steps.Forward(), isScalar, new[] { ChannelAccess.Store });
            Active = steps.ActiveInputs();
            if (Active.Length == 0)
                return;
            var reads = new bool[isScalar.Length + 1];
            isScalar.CopyTo(reads, 0);
            ChannelAccess[] writes = Array.ConvertAll(Active, k => isScalar[k] ? ChannelAccess.Store : ChannelAccess.Accumulate);
            adjoint = Compile(executor, steps.Adjoint(Active), reads, writes);
        }

        internal bool Matches(List<int> other)
        {
            if (other.Count != signature.Length)
                return false;
            for (int k = 0; k < signature.Length; k++)
            {
                if (other[k] != signature[k])
                    return false;
            }
            return true;
        }

        /// <summary>Runs the chain; pointers are those of the inputs and then of the result.</summary>
        internal void Run(byte** pointers, int count) => Run(forward, pointers, count);

        /// <summary>
        /// Runs the adjoint; pointers are those of the inputs, of the result's cotangent, and then of the cotangents of the
        /// active inputs, to which it adds. Cotangents of scalars are summed in the fixed order of <see cref="FixedSum"/>.
        /// </summary>
        internal void RunAdjoint(byte** pointers, int count)
        {
            int outputs = isScalar.Length + 1;
            int rows = 0;
            foreach (int input in Active)
                rows += isScalar[input] ? 1 : 0;
            if (rows == 0)
            {
                Run(adjoint, pointers, count);
                return;
            }
            const int rowBytes = CompiledKernel.BlockLanes * sizeof(double) + 64;
            double** targets = stackalloc double*[Active.Length];
            double* partials = stackalloc double[Active.Length * FixedSum.Partials];
            new Span<double>(partials, Active.Length * FixedSum.Partials).Clear();
            for (int k = 0; k < Active.Length; k++)
                targets[k] = (double*)pointers[outputs + k];
            CompiledKernel ready = adjoint.Current;
            ScratchPool.Block block = scratch.Rent(rows * rowBytes + ready.ScratchBytes + 64);
            var arguments = new LaneArguments { Pointers = pointers, Scratch = block.Data + rows * rowBytes };
            for (int start = 0; start < count; start += CompiledKernel.BlockLanes)
            {
                int lanes = Math.Min(CompiledKernel.BlockLanes, count - start);
                byte* row = block.Data;
                for (int k = 0; k < Active.Length; k++)
                {
                    if (!isScalar[Active[k]])
                        continue;
                    pointers[outputs + k] = row - (long)start * sizeof(double); // compiled code adds the lane
                    row += rowBytes;
                }
                ready.Run(arguments, start, start + lanes);
                int turn = start / FixedSum.Chunk % FixedSum.Partials;
                row = block.Data;
                for (int k = 0; k < Active.Length; k++)
                {
                    if (!isScalar[Active[k]])
                        continue;
                    partials[k * FixedSum.Partials + turn] += FixedSum.OfChunk((double*)row, lanes);
                    row += rowBytes;
                }
            }
            scratch.Return(block);
            for (int k = 0; k < Active.Length; k++)
            {
                if (isScalar[Active[k]])
                    *targets[k] += FixedSum.Tree(partials + k * FixedSum.Partials);
            }
        }

        private void Run(CompiledKernel kernel, byte** pointers, int count)
        {
            CompiledKernel ready = kernel.Current;
            ScratchPool.Block block = scratch.Rent(ready.ScratchBytes + 64);
            ready.Run(new LaneArguments { Pointers = pointers, Scratch = block.Data }, 0, count);
            scratch.Return(block);
        }

        private static CompiledKernel Compile(Executor executor, TracedFunction function, bool[] isScalar, ChannelAccess[] writes)
        {
            var access = new ChannelAccess[isScalar.Length + writes.Length];
            for (int k = 0; k < isScalar.Length; k++)
                access[k] = isScalar[k] ? ChannelAccess.Broadcast : ChannelAccess.Contiguous;
            writes.CopyTo(access, isScalar.Length);
            return executor.Compiled(KernelProgram.NotInPlace(Lowering.Lower(function, Precision.Double), Precision.Double), access);
        }
    }
}
