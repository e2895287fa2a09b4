namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// An elementary operation of a <see cref="Graph"/>. Operands are called a, b and c.
    /// </summary>
    /// <remarks>
    /// Operations up to <see cref="Select"/> are <b>basic</b>: every executor implements them, and each is correctly rounded or
    /// exact, so that all executors give the same bits. Those after it are <b>composite</b>: they have derivative rules of their
    /// own, and are lowered to basic ones before a kernel is compiled.
    /// </remarks>
    public enum Op : byte
    {
        /// <summary>A number known when the graph is built.</summary>
        Constant,
        /// <summary>A condition known when the graph is built; its value is 0 or 1.</summary>
        BoolConstant,
        /// <summary>An input; operand a is its ordinal, not a node.</summary>
        Input,
        /// <summary>a + b.</summary>
        Add,
        /// <summary>a - b.</summary>
        Subtract,
        /// <summary>a b.</summary>
        Multiply,
        /// <summary>a / b.</summary>
        Divide,
        /// <summary>-a.</summary>
        Negate,
        /// <summary>a b + c, rounded once.</summary>
        FusedMultiplyAdd,
        /// <summary>The square root of a.</summary>
        Sqrt,
        /// <summary>|a|.</summary>
        Abs,
        /// <summary>The greatest integer not above a.</summary>
        Floor,
        /// <summary>2^a for an integer a for which 2^a is a normal number; any other a gives an unspecified number.</summary>
        Pow2,
        /// <summary>floor(log2 |a|) for a normal number a; any other a gives an unspecified number.</summary>
        Exponent,
        /// <summary>The condition a &lt; b; false where either is NaN.</summary>
        Less,
        /// <summary>The condition a &lt;= b; false where either is NaN.</summary>
        LessOrEqual,
        /// <summary>The condition a = b; false where either is NaN.</summary>
        Equal,
        /// <summary>Both conditions hold.</summary>
        And,
        /// <summary>Either condition holds.</summary>
        Or,
        /// <summary>The condition a does not hold.</summary>
        Not,
        /// <summary>b where the condition a holds, else c.</summary>
        Select,

        /// <summary>The smaller of a and b; NaN where either is NaN.</summary>
        Min,
        /// <summary>The larger of a and b; NaN where either is NaN.</summary>
        Max,
        /// <summary>a held between b (lower) and c (upper).</summary>
        Clamp,
        /// <summary>-1, 0 or 1 as a is negative, zero or positive.</summary>
        Sign,
        /// <summary>1 / a.</summary>
        Reciprocal,
        /// <summary>1 / sqrt(a).</summary>
        ReciprocalSqrt,
        /// <summary>e^a.</summary>
        Exp,
        /// <summary>e^a - 1, accurate near 0.</summary>
        Expm1,
        /// <summary>The natural logarithm of a.</summary>
        Log,
        /// <summary>log(1 + a), accurate near 0.</summary>
        Log1p,
        /// <summary>a^b.</summary>
        Pow,
        /// <summary>The sine of a, in radians.</summary>
        Sin,
        /// <summary>The cosine of a, in radians.</summary>
        Cos,
        /// <summary>The tangent of a, in radians.</summary>
        Tan,
        /// <summary>The inverse sine of a, in radians.</summary>
        Asin,
        /// <summary>The inverse cosine of a, in radians.</summary>
        Acos,
        /// <summary>The inverse tangent of a, in radians.</summary>
        Atan,
        /// <summary>The angle of the vector (b, a) from the first axis, in radians.</summary>
        Atan2,
        /// <summary>The hyperbolic sine of a.</summary>
        Sinh,
        /// <summary>The hyperbolic cosine of a.</summary>
        Cosh,
        /// <summary>The hyperbolic tangent of a.</summary>
        Tanh,
        /// <summary>1 / (1 + e^-a).</summary>
        Sigmoid,
        /// <summary>log(1 + e^a), without overflow.</summary>
        Softplus,
        /// <summary>sqrt(a^2 + b^2) without overflow or underflow.</summary>
        Hypot,
        /// <summary>sqrt(a^2 + b^2 + c^2) without overflow or underflow.</summary>
        Hypot3,
        /// <summary>sqrt(a^2 + b^2 + c^2), plainly; it differs from a square root of a sum in its gradient at 0, which is 0.</summary>
        Length3,
    }

    /// <summary>What is known of each operation without evaluating it.</summary>
    public static class OpInfo
    {
        static readonly sbyte[] Operands =
        {
            0, 0, 0, // Constant, BoolConstant, Input
            2, 2, 2, 2, 1, 3, 1, 1, 1, 1, 1, // Add .. Exponent
            2, 2, 2, 2, 2, 1, 3, // Less .. Select
            2, 2, 3, 1, 1, 1, // Min .. ReciprocalSqrt
            1, 1, 1, 1, 2, // Exp .. Pow
            1, 1, 1, 1, 1, 1, 2, // Sin .. Atan2
            1, 1, 1, 1, 1, // Sinh .. Softplus
            2, 3, 3, // Hypot .. Length3
        };

        /// <summary>How many operands the operation has (0 to 3). An input has none: its operand a is an ordinal.</summary>
        public static int Arity(this Op op) => Operands[(int)op];

        /// <summary>Whether executors implement the operation themselves; else it is lowered first.</summary>
        public static bool IsBasic(this Op op) => op <= Op.Select;

        /// <summary>Whether the result is a condition, not a number.</summary>
        public static bool IsCondition(this Op op) => op == Op.BoolConstant || op >= Op.Less && op <= Op.Not;

        /// <summary>Whether the operands of the operation are conditions (for <see cref="Op.Select"/>, the first one is).</summary>
        public static bool TakesConditions(this Op op) => op >= Op.And && op <= Op.Not;

        /// <summary>Whether a b = b a, bit for bit.</summary>
        public static bool IsCommutative(this Op op) =>
            op == Op.Add || op == Op.Multiply || op == Op.Equal || op == Op.And || op == Op.Or;
    }
}
