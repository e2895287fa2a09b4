using System;
using System.Runtime.CompilerServices;
#if NET10_0_OR_GREATER
using System.Numerics;
#endif

namespace DiffPhysics.Autodiff
{
    /// <summary>The loops of <see cref="LoopExecutor"/> in double; see <see cref="FloatLoops"/>.</summary>
    static unsafe class DoubleLoops
    {
        [MethodImpl(LoopCompilation.InFull)]
        public static void Run(in LoopCode.View code, in LaneArguments arguments, long start, long end)
        {
            double* rows = (double*)arguments.Scratch;
            int first = (int)Math.Min(CompiledKernel.BlockLanes, end - start);
            for (int k = 0; k < code.Prologue; k++)
            {
                LoopInstruction* i = code.Instructions + k;
                double value = i->Kind == LoopOp.Broadcast ? *(double*)arguments.Pointers[i->A]
                    : i->Op == Op.BoolConstant ? Bits.Condition64(i->Constant != 0) : i->Constant;
                new Span<double>(Row(rows, i->Target), CompiledKernel.BlockLanes).Slice(0, Padded(first)).Fill(value);
            }
            for (long lane = start; lane < end; lane += CompiledKernel.BlockLanes)
            {
                int lanes = (int)Math.Min(CompiledKernel.BlockLanes, end - lane);
                for (int k = code.Prologue; k < code.Count; k++)
                {
                    LoopInstruction* i = code.Instructions + k;
                    switch (i->Kind)
                    {
                        case LoopOp.Compute: Compute(i, rows, lanes); break;
                        case LoopOp.Load: Copy(Row(rows, i->Target), (double*)arguments.Pointers[i->A] + lane, lanes); break;
                        case LoopOp.Gather: Gather(Row(rows, i->Target), (double*)arguments.Pointers[i->A], arguments.Indices[i->A] + lane, arguments.Strides[i->A], lanes); break;
                        case LoopOp.Store: Copy((double*)arguments.Pointers[i->Target] + lane, Row(rows, i->A), lanes); break;
                        default: Rows.Add((byte*)((double*)arguments.Pointers[i->Target] + lane), (byte*)Row(rows, i->A), lanes, Precision.Double); break;
                    }
                }
            }
        }

        static void Compute(LoopInstruction* i, double* rows, int lanes)
        {
            double* t = Row(rows, i->Target), a = Row(rows, i->A), b = Row(rows, i->B), c = Row(rows, i->C);
            switch (i->Op)
            {
                case Op.Add: Binary<AddOperator>(t, a, b, lanes); break;
                case Op.Subtract: Binary<SubtractOperator>(t, a, b, lanes); break;
                case Op.Multiply: Binary<MultiplyOperator>(t, a, b, lanes); break;
                case Op.Divide: Binary<DivideOperator>(t, a, b, lanes); break;
                case Op.Negate: Binary<NegateOperator>(t, a, a, lanes); break;
                case Op.FusedMultiplyAdd: MultiplyAdd(t, a, b, c, lanes); break;
                case Op.Sqrt: Binary<SqrtOperator>(t, a, a, lanes); break;
                case Op.Abs: Binary<AbsOperator>(t, a, a, lanes); break;
                case Op.Floor: Binary<FloorOperator>(t, a, a, lanes); break;
                case Op.Pow2: Binary<Pow2Operator>(t, a, a, lanes); break;
                case Op.Exponent: Binary<ExponentOperator>(t, a, a, lanes); break;
                case Op.Less: Binary<LessOperator>(t, a, b, lanes); break;
                case Op.LessOrEqual: Binary<LessOrEqualOperator>(t, a, b, lanes); break;
                case Op.Equal: Binary<EqualOperator>(t, a, b, lanes); break;
                case Op.And: Binary<AndOperator>(t, a, b, lanes); break;
                case Op.Or: Binary<OrOperator>(t, a, b, lanes); break;
                case Op.Not: Binary<NotOperator>(t, a, a, lanes); break;
                case Op.Select: Select(t, a, b, c, lanes); break;
            }
        }

        [MethodImpl(LoopCompilation.InFull)]
        static void Binary<TOperator>(double* t, double* a, double* b, int lanes) where TOperator : struct, IBinaryOperator
        {
            TOperator op = default;
#if NET10_0_OR_GREATER
            for (int k = 0; k < lanes; k += Vector<double>.Count) Vector.Store(op.Apply(Vector.Load(a + k), Vector.Load(b + k)), t + k);
#else
            for (int k = 0; k < lanes; k++) t[k] = op.Apply(a[k], b[k]);
#endif
        }

        [MethodImpl(LoopCompilation.InFull)]
        static void MultiplyAdd(double* t, double* a, double* b, double* c, int lanes)
        {
#if NET10_0_OR_GREATER
            for (int k = 0; k < lanes; k += Vector<double>.Count)
                Vector.Store(Vector.FusedMultiplyAdd(Vector.Load(a + k), Vector.Load(b + k), Vector.Load(c + k)), t + k);
#else
            for (int k = 0; k < lanes; k++) t[k] = FusedMultiplyAdd.Of(a[k], b[k], c[k]);
#endif
        }

        [MethodImpl(LoopCompilation.InFull)]
        static void Select(double* t, double* condition, double* a, double* b, int lanes)
        {
#if NET10_0_OR_GREATER
            for (int k = 0; k < lanes; k += Vector<double>.Count)
                Vector.Store(Vector.ConditionalSelect(Vector.Load(condition + k), Vector.Load(a + k), Vector.Load(b + k)), t + k);
#else
            for (int k = 0; k < lanes; k++) t[k] = Bits.Of(condition[k]) != 0 ? a[k] : b[k];
#endif
        }

        [MethodImpl(LoopCompilation.InFull)]
        static void Gather(double* t, double* source, int* index, long stride, int lanes)
        {
            for (int k = 0; k < lanes; k++) t[k] = source[index[k] * stride];
        }

        static void Copy(double* t, double* source, int lanes) => new Span<double>(source, lanes).CopyTo(new Span<double>(t, lanes));

        static int Padded(int lanes) => (lanes + 15) / 16 * 16;

        static double* Row(double* rows, int row) => rows + row * CompiledKernel.BlockLanes;
    }
}
