using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Runs kernels one lane and one operation at a time, as plainly as can be: what the fast executors are compared with.
    /// </summary>
    public sealed class ReferenceExecutor : Executor
    {
        private protected override CompiledKernel Compile(KernelProgram program, ChannelAccess[] access, ChannelLayout layout) =>
            new Interpreted(program, access);

        sealed unsafe class Interpreted : CompiledKernel
        {
            readonly KernelProgram program;
            readonly ChannelAccess[] access;

            public Interpreted(KernelProgram program, ChannelAccess[] access)
            {
                this.program = program;
                this.access = access;
            }

            public override int Operations => program.Count;

            public override int ScratchBytes => program.Count * sizeof(double);

            public override void Run(in LaneArguments arguments, long start, long end)
            {
                if (program.Precision == Precision.Float) RunFloat(arguments, start, end);
                else RunDouble(arguments, start, end);
            }

            void RunFloat(in LaneArguments arguments, long start, long end)
            {
                Graph g = program.Graph;
                float* v = (float*)arguments.Scratch;
                for (long lane = start; lane < end; lane++)
                {
                    for (int k = 0; k < program.Count; k++)
                    {
                        int a = g.A(k), b = g.B(k), c = g.C(k);
                        Op op = g.OpOf(k);
                        v[k] = op == Op.Constant || op == Op.BoolConstant ? (float)g.ValueOf(k)
                            : op == Op.Input ? ((float*)arguments.Pointers[a])[Offset(arguments, a, lane)]
                            : ScalarOperations.Apply(op, v[a], b < 0 ? 0 : v[b], c < 0 ? 0 : v[c]);
                    }
                    for (int k = 0; k < program.OutputCount; k++)
                    {
                        int channel = program.InputCount + k;
                        float* target = (float*)arguments.Pointers[channel] + lane;
                        float result = v[program.Output(k)];
                        *target = access[channel] == ChannelAccess.Accumulate ? *target + result : result;
                    }
                }
            }

            void RunDouble(in LaneArguments arguments, long start, long end)
            {
                Graph g = program.Graph;
                double* v = (double*)arguments.Scratch;
                for (long lane = start; lane < end; lane++)
                {
                    for (int k = 0; k < program.Count; k++)
                    {
                        int a = g.A(k), b = g.B(k), c = g.C(k);
                        Op op = g.OpOf(k);
                        v[k] = op == Op.Constant || op == Op.BoolConstant ? g.ValueOf(k)
                            : op == Op.Input ? ((double*)arguments.Pointers[a])[Offset(arguments, a, lane)]
                            : ScalarOperations.Apply(op, v[a], b < 0 ? 0 : v[b], c < 0 ? 0 : v[c]);
                    }
                    for (int k = 0; k < program.OutputCount; k++)
                    {
                        int channel = program.InputCount + k;
                        double* target = (double*)arguments.Pointers[channel] + lane;
                        double result = v[program.Output(k)];
                        *target = access[channel] == ChannelAccess.Accumulate ? *target + result : result;
                    }
                }
            }

            long Offset(in LaneArguments arguments, int channel, long lane) =>
                access[channel] == ChannelAccess.Broadcast ? 0
                : access[channel] == ChannelAccess.Gather ? arguments.Indices[channel][lane] * arguments.Strides[channel] : lane;
        }
    }
}
