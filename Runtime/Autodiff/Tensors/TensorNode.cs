using System;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>State of one recorded value.</summary>
    [Flags]
    internal enum NodeFlags : byte
    {
        None = 0,
        RequiresGrad = 1,
        Leaf = 2,
        /// <summary>The sweep under way has found that the loss depends on this value.</summary>
        Reached = 4,
        /// <summary>A sweep without retainGraph has passed here.</summary>
        Released = 8,
        /// <summary>Hooks, a retained gradient or a captured gradient wait for this value's adjoint.</summary>
        Watched = 16,
        /// <summary>A leaf whose gradient has been set since it was made or zeroed.</summary>
        HasGrad = 32,
        /// <summary>A large elementwise value that has been recorded but not computed.</summary>
        Pending = 64,
        /// <summary>Computed, with everything pending below it, by one compiled kernel, which also is its adjoint.</summary>
        Fused = 128,
    }

    /// <summary>
    /// One record of a <see cref="TensorTape"/>: 32 bytes, so that a scalar operation and its sweep touch half a cache line
    /// per operand (value, adjoint and flags of an operand are always wanted together, so they lie together).
    /// Scalars keep value and adjoint here; larger tensors keep the offsets of theirs in the tape's arenas.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    internal struct TensorNode
    {
        [FieldOffset(0)] public double Value;
        [FieldOffset(0)] public long Offset;

        [FieldOffset(8)] public double Adjoint;
        /// <summary>Offset in the adjoint arena; 0 means that no contribution has arrived.</summary>
        [FieldOffset(8)] public long AdjointOffset;

        /// <summary>Both operands, to be written at once.</summary>
        [FieldOffset(16)] public ulong Operands;
        /// <summary>First operand; for a leaf, how many sweeps the tape had seen when its gradient was last zeroed.</summary>
        [FieldOffset(16)] public int A;
        /// <summary>Second operand of elementwise operations (the first again for unary ones); otherwise where the operation's integers start; the gradient's node for a leaf.</summary>
        [FieldOffset(20)] public int B;
        /// <summary>Everything from here on, to be written at once.</summary>
        [FieldOffset(24)] public ulong Head;
        /// <summary>Tells this record from earlier ones at the same place.</summary>
        [FieldOffset(24)] public int Stamp;
        /// <summary>Index in the tape's table of shapes; 0 is the scalar.</summary>
        [FieldOffset(28)] public ushort Shape;
        [FieldOffset(30)] public NodeFlags Flags;
        [FieldOffset(31)] public TensorOp Op;
        /// <summary>Shape, flags and operation as one number, so that the sweep decides with two comparisons.</summary>
        [FieldOffset(28)] public uint Kind;

        internal const int FlagShift = 16;
        internal const int OpShift = 24;
        internal const int OpHeadShift = 32 + OpShift;
        internal const ulong RequiresGradHead = (ulong)NodeFlags.RequiresGrad << (32 + FlagShift);
    }
}
