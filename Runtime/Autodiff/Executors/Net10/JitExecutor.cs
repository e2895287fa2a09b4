#if NET10_0_OR_GREATER
using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Compiles kernels to machine code: one method per kernel that works on a vector of lanes at a time, as wide as the processor
    /// has them. Needs a runtime that can make code (<see cref="System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported"/>).
    /// </summary>
    [RequiresDynamicCode("Emits methods at run time; use Executor.CreateDefault where that may not be supported.")]
    public sealed class JitExecutor : Executor
    {
        readonly int width;
        readonly CompilationQueue queue; // null if launches wait
        readonly VectorInstructions[] instructions;

        /// <summary>An executor for the widest vectors that the processor has.</summary>
        /// <param name="inBackground">
        /// Whether kernels are compiled on other threads, all processors but one at a time, while loops run them (to the same bits) until their
        /// code is ready; else the first launch waits.
        /// </param>
        public JitExecutor(bool inBackground = false) : this(WidestVector) => queue = inBackground ? new CompilationQueue() : null;

        /// <summary>An executor for vectors of 128, 256 or 512 bits; those that the processor lacks still work, slowly.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Another width.</exception>
        public JitExecutor(int vectorBits)
        {
            if (vectorBits != 128 && vectorBits != 256 && vectorBits != 512)
                throw new ArgumentOutOfRangeException(nameof(vectorBits), vectorBits, "Vectors have 128, 256 or 512 bits.");
            width = vectorBits;
            instructions = new[] { new VectorInstructions(width, Precision.Float), new VectorInstructions(width, Precision.Double) };
        }

        /// <summary>The widest vectors, in bits, that the processor works on at full speed.</summary>
        public static int WidestVector => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

        /// <summary>The width of the vectors, in bits.</summary>
        public int VectorBits => width;

        internal override bool Streams => true;

        private protected override CompiledKernel Compile(KernelProgram program, ChannelAccess[] access, ChannelLayout layout)
        {
            VectorInstructions vectors = instructions[(int)program.Precision];
            if (queue == null) return MachineCode(program, access, layout, vectors);
            var awaited = new AwaitedKernel(LoopExecutor.CompileLoops(program, access), () => MachineCode(program, access, layout, vectors));
            queue.Add(awaited);
            return awaited;
        }

        static CompiledKernel MachineCode(KernelProgram program, ChannelAccess[] access, ChannelLayout layout, VectorInstructions vectors) =>
            GatheringKernel.Around(new JitKernel(program, access, layout, vectors), program, access);
    }
}
#endif
