#if NET10_0_OR_GREATER
using System;
using System.Threading.Tasks;

namespace DiffPhysics.Autodiff
{
    /// <summary>A kernel that is to be compiled, and one that stands in until it is. Both give the same bits.</summary>
    sealed class AwaitedKernel : CompiledKernel
    {
        readonly CompiledKernel standIn;
        readonly Task<CompiledKernel> compilation;

        /// <param name="standIn">Runs until the compiled kernel is there.</param>
        /// <param name="compile">Makes it, on whatever thread <see cref="Compile"/> is called.</param>
        public AwaitedKernel(CompiledKernel standIn, Func<CompiledKernel> compile)
        {
            this.standIn = standIn;
            compilation = new Task<CompiledKernel>(compile);
        }

        /// <summary>Operations times launches that the stand-in ran: how much the compiled kernel is missed. Threads may miscount, as it decides no result.</summary>
        public long Missed { get; private set; }

        /// <summary>Compiles, and returns when that is done, well or not.</summary>
        public void Compile() => compilation.RunSynchronously(TaskScheduler.Default);

        /// <summary>The compiled kernel once it is there. Should compiling fail, its exception is thrown here.</summary>
        public override CompiledKernel Current
        {
            get
            {
                if (compilation.IsCompleted) return compilation.GetAwaiter().GetResult();
                Missed += standIn.Operations;
                return standIn;
            }
        }

        public override bool IsReady => compilation.IsCompleted;

        public override int Operations => Current.Operations;

        public override int ScratchBytes => Current.ScratchBytes;

        public override void Finish()
        {
            Missed = long.MaxValue / 2; // next in line
            compilation.GetAwaiter().GetResult();
        }

        public override void Run(in LaneArguments arguments, long start, long end) => Current.Run(arguments, start, end);
    }
}
#endif
