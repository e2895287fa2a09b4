using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>What one instruction of the loop executor does to a row of lanes.</summary>
    enum LoopOp : byte
    {
        /// <summary>Row target = constant, once per call.</summary>
        Constant,
        /// <summary>Row target = the one number of channel a, once per call.</summary>
        Broadcast,
        /// <summary>Row target = lanes of channel a.</summary>
        Load,
        /// <summary>Row target = elements of channel a that its index names.</summary>
        Gather,
        /// <summary>Lanes of channel target = row a.</summary>
        Store,
        /// <summary>Lanes of channel target += row a.</summary>
        Accumulate,
        /// <summary>Row target = operation on rows a, b, c.</summary>
        Compute,
    }

    /// <summary>One instruction; blittable, so that compiled loops can walk over it.</summary>
    struct LoopInstruction
    {
        public LoopOp Kind;
        public Op Op;
        public int Target, A, B, C;
        public double Constant;
    }

    /// <summary>
    /// A program as instructions on rows of working memory. Constants and broadcasts keep a row each and are filled once per call;
    /// other rows are used again after the last reader of their value.
    /// </summary>
    sealed unsafe class LoopCode
    {
        /// <summary>The instructions, for static code.</summary>
        public struct View
        {
            public LoopInstruction* Instructions;
            public int Count, Prologue;
        }

        public readonly LoopInstruction[] Instructions;

        /// <summary>How many instructions, at the start, are carried out once per call and not per block.</summary>
        public readonly int Prologue;

        public readonly int ScratchBytes;

        public LoopCode(KernelProgram program, ChannelAccess[] access)
        {
            Graph g = program.Graph;
            var once = new List<LoopInstruction>();
            var perBlock = new List<LoopInstruction>();
            var row = new int[program.Count];
            var free = new Stack<int>();
            int rows = 0;
            for (int k = 0; k < program.Count; k++)
            {
                Op op = g.OpOf(k);
                bool isOnce = g.IsConstant(k) || op == Op.Input && access[g.A(k)] == ChannelAccess.Broadcast;
                if (isOnce)
                {
                    row[k] = rows++;
                    once.Add(op == Op.Input
                        ? new LoopInstruction { Kind = LoopOp.Broadcast, Target = row[k], A = g.A(k) }
                        : new LoopInstruction { Kind = LoopOp.Constant, Op = op, Target = row[k], Constant = g.ValueOf(k) });
                    continue;
                }
                row[k] = free.Count > 0 ? free.Pop() : rows++;
                if (op == Op.Input)
                    perBlock.Add(new LoopInstruction { Kind = access[g.A(k)] == ChannelAccess.Gather || access[g.A(k)] == ChannelAccess.Stretches ? LoopOp.Gather : LoopOp.Load, Target = row[k], A = g.A(k) });
                else
                {
                    int b = g.B(k), c = g.C(k);
                    perBlock.Add(new LoopInstruction
                    {
                        Kind = LoopOp.Compute, Op = op, Target = row[k], A = row[g.A(k)], B = b < 0 ? 0 : row[b], C = c < 0 ? 0 : row[c],
                    });
                    Release(g.A(k));
                    if (b != g.A(k)) Release(b);
                    if (c != g.A(k) && c != b) Release(c);
                }

                void Release(int operand)
                {
                    if (operand < 0 || program.LastUse[operand] != k || g.IsConstant(operand)) return;
                    if (g.OpOf(operand) == Op.Input && access[g.A(operand)] == ChannelAccess.Broadcast) return;
                    free.Push(row[operand]);
                }
            }
            for (int k = 0; k < program.OutputCount; k++)
            {
                int channel = program.InputCount + k;
                if (access[channel] == ChannelAccess.Omitted) continue;
                perBlock.Add(new LoopInstruction
                {
                    Kind = access[channel] == ChannelAccess.Accumulate ? LoopOp.Accumulate : LoopOp.Store, Target = channel, A = row[program.Output(k)],
                });
            }
            Prologue = once.Count;
            once.AddRange(perBlock);
            Instructions = once.ToArray();
            ScratchBytes = rows * CompiledKernel.BlockLanes * program.Precision.Size();
        }
    }
}
