using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>What each basic operation does to one number. Conditions are 1 and 0.</summary>
    static class ScalarOperations
    {
        public static double Apply(Op op, double a, double b, double c)
        {
            switch (op)
            {
                case Op.Add: return a + b;
                case Op.Subtract: return a - b;
                case Op.Multiply: return a * b;
                case Op.Divide: return a / b;
                case Op.Negate: return -a;
                case Op.FusedMultiplyAdd: return FusedMultiplyAdd.Of(a, b, c);
                case Op.Sqrt: return Math.Sqrt(a);
                case Op.Abs: return Math.Abs(a);
                case Op.Floor: return Math.Floor(a);
                // Adding 1.5 2^52 puts the integer a into the lowest bits of the sum.
                case Op.Pow2: return BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a + 6755399441055744.0) + 1023 << 52);
                case Op.Exponent: return (BitConverter.DoubleToInt64Bits(a) >> 52 & 0x7FF) - 1023;
                case Op.Less: return a < b ? 1 : 0;
                case Op.LessOrEqual: return a <= b ? 1 : 0;
                case Op.Equal: return a == b ? 1 : 0;
                case Op.And: return a * b;
                case Op.Or: return a + b > 0 ? 1 : 0;
                case Op.Not: return 1 - a;
                case Op.Select: return a != 0 ? b : c;
                default: throw new NotSupportedException($"{op} is not basic.");
            }
        }

        // Each case rounds to float before it is returned: the language allows intermediate results to be wider.
        public static float Apply(Op op, float a, float b, float c)
        {
            switch (op)
            {
                case Op.Add: return (float)(a + b);
                case Op.Subtract: return (float)(a - b);
                case Op.Multiply: return (float)(a * b);
                case Op.Divide: return (float)(a / b);
                case Op.Negate: return -a;
                case Op.FusedMultiplyAdd: return FusedMultiplyAdd.Of(a, b, c);
                case Op.Sqrt: return MathF.Sqrt(a);
                case Op.Abs: return MathF.Abs(a);
                case Op.Floor: return MathF.Floor(a);
                // Adding 1.5 2^23 puts the integer a into the lowest bits of the sum.
                case Op.Pow2: return BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a + 12582912f) + 127 << 23);
                case Op.Exponent: return (BitConverter.SingleToInt32Bits(a) >> 23 & 0xFF) - 127;
                case Op.Less: return a < b ? 1 : 0;
                case Op.LessOrEqual: return a <= b ? 1 : 0;
                case Op.Equal: return a == b ? 1 : 0;
                case Op.And: return a * b;
                case Op.Or: return a + b > 0 ? 1 : 0;
                case Op.Not: return 1 - a;
                case Op.Select: return a != 0 ? b : c;
                default: throw new NotSupportedException($"{op} is not basic.");
            }
        }
    }
}
