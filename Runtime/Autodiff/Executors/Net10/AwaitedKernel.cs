#if NET10_0_OR_GREATER
using System.Threading.Tasks;

namespace DiffPhysics.Autodiff
{
    /// <summary>A kernel that is being compiled, and one that stands in until it is. Both give the same bits.</summary>
    sealed class AwaitedKernel : CompiledKernel
    {
        readonly CompiledKernel standIn;
        readonly Task<CompiledKernel> awaited;

        public AwaitedKernel(CompiledKernel standIn, Task<CompiledKernel> awaited)
        {
            this.standIn = standIn;
            this.awaited = awaited;
        }

        /// <summary>The compiled kernel once it is there. Should compiling fail, its exception is thrown here.</summary>
        public override CompiledKernel Current => awaited.IsCompleted ? awaited.GetAwaiter().GetResult() : standIn;

        public override bool IsReady => awaited.IsCompleted;

        public override int Operations => Current.Operations;

        public override int ScratchBytes => Current.ScratchBytes;

        public override void Finish() => awaited.GetAwaiter().GetResult();

        public override void Run(in LaneArguments arguments, long start, long end) => Current.Run(arguments, start, end);
    }
}
#endif
