using System;
using System.Collections.Concurrent;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Compiles kernels and runs them. One is shared by all that work together; it may be used from several threads at once.
    /// Kernels are cached by content: two with equal formulas and access compile once, and equal kernels are differentiated once.
    /// </summary>
    public abstract class Executor
    {
        readonly ConcurrentDictionary<CompiledKey, Lazy<CompiledKernel>> cache = new ConcurrentDictionary<CompiledKey, Lazy<CompiledKernel>>();
        readonly ConcurrentDictionary<Kernel, Kernel> kernels = new ConcurrentDictionary<Kernel, Kernel>(new KernelContent());
        int threads = 1;
        readonly ScratchPool scratch = new ScratchPool();

        /// <summary>
        /// The fastest executor that the runtime supports: compiled to machine code where code can be made at run time, else the
        /// portable loops. Both give the same bits, and the loops stand in while code is being made in the background.
        /// </summary>
        public static Executor CreateDefault()
        {
#if NET10_0_OR_GREATER
            if (System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported) return new JitExecutor(inBackground: true);
#endif
            return new LoopExecutor();
        }

        /// <summary>
        /// Whether launches check every index before they run, and say which lane names an element that is not there. Costs about as
        /// much as reading the indices.
        /// </summary>
        public bool Checked { get; set; }

        /// <summary>The number of compiled kernels.</summary>
        public int CompiledCount => cache.Count;

        internal ScratchPool Scratch => scratch;

        /// <summary>The threads that work beside the caller's; null if there are none.</summary>
        internal WorkerPool Pool { get; private set; }

        internal ParallelLaunch Parallel { get; private set; }

        /// <summary>
        /// The number of threads that share a launch which is large enough, and independent launches of a tape; 1 at first. Results are the
        /// same bits for any number.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
        public int Threads
        {
            get => threads;
            set
            {
                if (value < 1) throw new ArgumentOutOfRangeException(nameof(value), value, "An executor works with at least one thread.");
                if (value == threads) return;
                Pool?.Dispose();
                Pool = value == 1 ? null : new WorkerPool(value);
                Parallel = value == 1 ? null : new ParallelLaunch(this, Pool, value);
                threads = value;
            }
        }

        /// <summary>The first kernel of this content that was launched here.</summary>
        internal Kernel Kept(Kernel kernel) => kernels.GetOrAdd(kernel, kernel);

        /// <summary>The program compiled. With a layout of its channels, pointers keep to it.</summary>
        internal CompiledKernel Compiled(KernelProgram program, ChannelAccess[] access, ChannelLayout layout = null) =>
            cache.GetOrAdd(new CompiledKey(program, access, layout), Add).Value;

        Lazy<CompiledKernel> Add(CompiledKey key) => new Lazy<CompiledKernel>(() => Compile(key));

        CompiledKernel Compile(CompiledKey key) => Compile(key.Program, key.Access, key.Layout);

        /// <summary>Whether code for <see cref="ChannelAccess.Stretches"/> is faster than that for gathers.</summary>
        internal virtual bool Streams => false;

        private protected abstract CompiledKernel Compile(KernelProgram program, ChannelAccess[] access, ChannelLayout layout);
    }
}
