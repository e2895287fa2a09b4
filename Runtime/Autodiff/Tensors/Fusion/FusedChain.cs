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

        internal FusedChain(int[] signature, TracedFunction function, bool[] isScalar, bool[] requires, Executor executor)
        {
            this.signature = signature;
            this.isScalar = isScalar;
            scratch = executor.Scratch;
            forward = Compile(executor, function, isScalar, new[] { ChannelAccess.Store });
            TracedFunction all = Derivatives.Adjoint(function, requires, out bool[] depends);
            var active = new List<int>();
            var outputs = new List<int>();
            var writes = new List<ChannelAccess>();
            for (int k = 0; k < requires.Length; k++)
            {
                if (!requires[k] || !depends[k])
                    continue;
                active.Add(k);
                outputs.Add(all.Outputs[k]);
                writes.Add(isScalar[k] ? ChannelAccess.Store : ChannelAccess.Accumulate);
            }
            Active = active.ToArray();
            if (Active.Length == 0)
                return;
            var wanted = new TracedFunction(all.Graph, all.InputCount, outputs);
            var reads = new bool[requires.Length + 1];
            isScalar.CopyTo(reads, 0);
            adjoint = Compile(executor, wanted.WithoutDeadCode(), reads, writes.ToArray());
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

    /// <summary>Operations of tensors as operations on traced numbers.</summary>
    internal static class FusedOperations
    {
        internal static Real Apply(TensorOp op, Real a, Real b, Real c)
        {
            switch (op)
            {
                case TensorOp.Negate: return -a;
                case TensorOp.Abs: return Real.Abs(a);
                case TensorOp.Square: return a * a;
                case TensorOp.Sqrt: return Real.Sqrt(a);
                case TensorOp.Exp: return Real.Exp(a);
                case TensorOp.Expm1: return Real.Expm1(a);
                case TensorOp.Log: return Real.Log(a);
                case TensorOp.Log1p: return Real.Log1p(a);
                case TensorOp.Sin: return Real.Sin(a);
                case TensorOp.Cos: return Real.Cos(a);
                case TensorOp.Tan: return Real.Tan(a);
                case TensorOp.Asin: return Real.Asin(a);
                case TensorOp.Acos: return Real.Acos(a);
                case TensorOp.Atan: return Real.Atan(a);
                case TensorOp.Sinh: return Real.Sinh(a);
                case TensorOp.Cosh: return Real.Cosh(a);
                case TensorOp.Tanh: return Real.Tanh(a);
                case TensorOp.Sigmoid: return Real.Sigmoid(a);
                case TensorOp.Softplus: return Real.Softplus(a);
                case TensorOp.Relu: return Real.Select(a <= 0.0, 0.0, a);
                case TensorOp.Sign: return Real.Sign(a);
                case TensorOp.Floor: return Real.Floor(a);
                case TensorOp.Ceiling: return -Real.Floor(-a);
                case TensorOp.Clamp: return Real.Clamp(a, b, c);
                case TensorOp.Add: return a + b;
                case TensorOp.Subtract: return a - b;
                case TensorOp.Multiply: return a * b;
                case TensorOp.Gate: return Real.Select(a == 0.0, 0.0, a * b);
                case TensorOp.Divide: return a / b;
                case TensorOp.Pow: return Real.Pow(a, b);
                case TensorOp.Atan2: return Real.Atan2(a, b);
                case TensorOp.Hypot: return Real.Hypot(a, b);
                case TensorOp.Max: return Real.Max(a, b);
                case TensorOp.Min: return Real.Min(a, b);
                case TensorOp.Less: return (a < b).ToReal();
                case TensorOp.LessOrEqual: return (a <= b).ToReal();
                case TensorOp.Equal: return (a == b).ToReal();
                case TensorOp.Where: return Real.Select(c != 0.0, a, b);
                default: throw new ArgumentOutOfRangeException(nameof(op), $"{op} is not an operation that can be fused.");
            }
        }
    }
}
