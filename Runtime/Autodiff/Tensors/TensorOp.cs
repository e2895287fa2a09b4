using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>Operations a <see cref="TensorTape"/> records. Elementwise ones come first, unary before binary: the sweep tests ranges.</summary>
    internal enum TensorOp : byte
    {
        Constant,
        Leaf,

        Negate,
        Abs,
        Square,
        Sqrt,
        Exp,
        Expm1,
        Log,
        Log1p,
        Sin,
        Cos,
        Tan,
        Asin,
        Acos,
        Atan,
        Sinh,
        Cosh,
        Tanh,
        Sigmoid,
        Softplus,
        Relu,
        Sign,
        Floor,
        Ceiling,
        Round,
        Clamp,

        Add,
        Subtract,
        Multiply,
        Gate,
        Divide,
        Pow,
        Atan2,
        Hypot,
        Max,
        Min,
        TakeFirst,
        TakeSecond,

        Less,
        LessOrEqual,
        Equal,

        Where,
        Expand,
        Reshape,
        Transpose,
        Sum,
        Prod,
        MaxReduce,
        MinReduce,
        Slice,
        Pad,
        Take,
        ScatterAdd,
        Concat,
        MatMul,
        Triangle,
        Solve,
        TriangularSolve,
        Cholesky,
        Custom,
    }

    /// <summary>Facts about operations: kinds, names for messages, and which values their adjoints read.</summary>
    internal static class TensorOps
    {
        internal static bool IsUnary(TensorOp op) => op >= TensorOp.Negate && op <= TensorOp.Clamp;

        internal static bool IsBinary(TensorOp op) => op >= TensorOp.Add && op <= TensorOp.Equal;

        internal static bool IsElementwise(TensorOp op) => op >= TensorOp.Negate && op <= TensorOp.Equal;

        /// <summary>Operations that compute each element from elements at the same place.</summary>
        internal static bool IsFusable(TensorOp op) => IsElementwise(op) || op == TensorOp.Where;

        /// <summary>Comparisons are piecewise constant: their results never require a gradient.</summary>
        internal static bool IsComparison(TensorOp op) => op >= TensorOp.Less && op <= TensorOp.Equal;

        private static readonly string[] Names = Enum.GetNames(typeof(TensorOp));

        internal static string Name(TensorOp op) => Names[(int)op];

        /// <summary>True where the adjoint of <paramref name="op"/> reads the values of its operands.</summary>
        internal static bool NeedsOperands(TensorOp op)
        {
            switch (op)
            {
                case TensorOp.Negate:
                case TensorOp.Exp:
                case TensorOp.Expm1:
                case TensorOp.Sqrt:
                case TensorOp.Tan:
                case TensorOp.Tanh:
                case TensorOp.Sigmoid:
                case TensorOp.Sign:
                case TensorOp.Floor:
                case TensorOp.Ceiling:
                case TensorOp.Round:
                case TensorOp.Add:
                case TensorOp.Subtract:
                case TensorOp.TakeFirst:
                case TensorOp.TakeSecond:
                case TensorOp.Expand:
                case TensorOp.Reshape:
                case TensorOp.Transpose:
                case TensorOp.Sum:
                case TensorOp.Slice:
                case TensorOp.Pad:
                case TensorOp.Take:
                case TensorOp.ScatterAdd:
                case TensorOp.Concat:
                case TensorOp.Triangle:
                case TensorOp.Cholesky:
                    return false;
                default:
                    return true;
            }
        }

        /// <summary>True where the adjoint of <paramref name="op"/> reads the value of its result.</summary>
        internal static bool NeedsResult(TensorOp op)
        {
            switch (op)
            {
                case TensorOp.Sqrt:
                case TensorOp.Exp:
                case TensorOp.Expm1:
                case TensorOp.Tan:
                case TensorOp.Tanh:
                case TensorOp.Sigmoid:
                case TensorOp.Clamp:
                case TensorOp.Divide:
                case TensorOp.Pow:
                case TensorOp.Hypot:
                case TensorOp.Prod:
                case TensorOp.MaxReduce:
                case TensorOp.MinReduce:
                case TensorOp.Solve:
                case TensorOp.TriangularSolve:
                case TensorOp.Cholesky:
                case TensorOp.Custom:
                    return true;
                default:
                    return false;
            }
        }
    }
}
