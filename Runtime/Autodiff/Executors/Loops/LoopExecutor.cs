namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Runs kernels without making code: each operation in turn over a block of 256 lanes, whose results stay in the first-level
    /// cache. Works wherever the runtime does; Burst can compile its loops.
    /// </summary>
    public sealed class LoopExecutor : Executor
    {
        private protected override CompiledKernel Compile(KernelProgram program, ChannelAccess[] access, ChannelLayout layout) =>
            CompileLoops(program, access);

        internal static CompiledKernel CompileLoops(KernelProgram program, ChannelAccess[] access) =>
            new LoopKernel(new LoopCode(program, access), program.Precision);

        sealed unsafe class LoopKernel : CompiledKernel
        {
            readonly LoopCode code;
            readonly Precision precision;

            public LoopKernel(LoopCode code, Precision precision)
            {
                this.code = code;
                this.precision = precision;
            }

            public override int Operations => code.Instructions.Length;

            public override int ScratchBytes => code.ScratchBytes;

            public override void Run(in LaneArguments arguments, long start, long end)
            {
                fixed (LoopInstruction* instructions = code.Instructions)
                {
                    var view = new LoopCode.View { Instructions = instructions, Count = code.Instructions.Length, Prologue = code.Prologue };
                    if (precision == Precision.Float) FloatLoops.Run(view, arguments, start, end);
                    else DoubleLoops.Run(view, arguments, start, end);
                }
            }
        }
    }
}
