using System;
#if NET10_0_OR_GREATER
using System.Numerics;
#endif

namespace DiffPhysics.Autodiff
{
    /// <summary>An operation on one or two numbers and, where the runtime has vectors, on vectors. Conditions are all bits set or none.</summary>
    interface IBinaryOperator
    {
        float Apply(float a, float b);
        double Apply(double a, double b);
#if NET10_0_OR_GREATER
        Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct;
#endif
    }

    struct AddOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => a + b;
        public double Apply(double a, double b) => a + b;
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => a + b;
#endif
    }

    struct SubtractOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => a - b;
        public double Apply(double a, double b) => a - b;
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => a - b;
#endif
    }

    struct MultiplyOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => a * b;
        public double Apply(double a, double b) => a * b;
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => a * b;
#endif
    }

    struct DivideOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => a / b;
        public double Apply(double a, double b) => a / b;
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => a / b;
#endif
    }

    struct NegateOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => -a;
        public double Apply(double a, double b) => -a;
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => -a;
#endif
    }

    struct SqrtOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => MathF.Sqrt(a);
        public double Apply(double a, double b) => Math.Sqrt(a);
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => Vector.SquareRoot(a);
#endif
    }

    struct AbsOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => MathF.Abs(a);
        public double Apply(double a, double b) => Math.Abs(a);
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => Vector.Abs(a);
#endif
    }

    struct FloorOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => MathF.Floor(a);
        public double Apply(double a, double b) => Math.Floor(a);
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct =>
            typeof(T) == typeof(float)
                ? Vector.Floor(a.As<T, float>()).As<float, T>()
                : Vector.Floor(a.As<T, double>()).As<double, T>();
#endif
    }

    struct LessOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => Bits.Condition32(a < b);
        public double Apply(double a, double b) => Bits.Condition64(a < b);
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => Vector.LessThan(a, b);
#endif
    }

    struct LessOrEqualOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => Bits.Condition32(a <= b);
        public double Apply(double a, double b) => Bits.Condition64(a <= b);
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => Vector.LessThanOrEqual(a, b);
#endif
    }

    struct EqualOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => Bits.Condition32(a == b);
        public double Apply(double a, double b) => Bits.Condition64(a == b);
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => Vector.Equals(a, b);
#endif
    }

    struct AndOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => Bits.Of(Bits.Of(a) & Bits.Of(b));
        public double Apply(double a, double b) => Bits.Of(Bits.Of(a) & Bits.Of(b));
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => a & b;
#endif
    }

    struct OrOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => Bits.Of(Bits.Of(a) | Bits.Of(b));
        public double Apply(double a, double b) => Bits.Of(Bits.Of(a) | Bits.Of(b));
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => a | b;
#endif
    }

    struct NotOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => Bits.Of(~Bits.Of(a));
        public double Apply(double a, double b) => Bits.Of(~Bits.Of(a));
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct => ~a;
#endif
    }

    struct Pow2Operator : IBinaryOperator
    {
        public float Apply(float a, float b) => ScalarOperations.Apply(Op.Pow2, a, 0, 0);
        public double Apply(double a, double b) => ScalarOperations.Apply(Op.Pow2, a, 0, 0);
#if NET10_0_OR_GREATER
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct =>
            typeof(T) == typeof(float)
                ? Vector.ShiftLeft((a.As<T, float>() + new Vector<float>(12582912f)).As<float, int>() + new Vector<int>(127), 23).As<int, T>()
                : Vector.ShiftLeft((a.As<T, double>() + new Vector<double>(6755399441055744.0)).As<double, long>() + new Vector<long>(1023), 52).As<long, T>();
#endif
    }

    struct ExponentOperator : IBinaryOperator
    {
        public float Apply(float a, float b) => ScalarOperations.Apply(Op.Exponent, a, 0, 0);
        public double Apply(double a, double b) => ScalarOperations.Apply(Op.Exponent, a, 0, 0);
#if NET10_0_OR_GREATER
        // The biased exponent, put into the lowest bits of 2^23 (2^52), is the number 2^23 + exponent + 127.
        public Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : struct =>
            typeof(T) == typeof(float)
                ? ((Vector.ShiftRightLogical(a.As<T, int>(), 23) & new Vector<int>(0xFF) | new Vector<int>(0x4B000000)).As<int, float>() - new Vector<float>(8388608f + 127)).As<float, T>()
                : ((Vector.ShiftRightLogical(a.As<T, long>(), 52) & new Vector<long>(0x7FF) | new Vector<long>(0x4330000000000000)).As<long, double>() - new Vector<double>(4503599627370496.0 + 1023)).As<double, T>();
#endif
    }

    /// <summary>Numbers as bits; a condition has all bits set or none.</summary>
    static class Bits
    {
        public static int Of(float a) => BitConverter.SingleToInt32Bits(a);
        public static float Of(int bits) => BitConverter.Int32BitsToSingle(bits);
        public static long Of(double a) => BitConverter.DoubleToInt64Bits(a);
        public static double Of(long bits) => BitConverter.Int64BitsToDouble(bits);
        public static float Condition32(bool holds) => Of(holds ? -1 : 0);
        public static double Condition64(bool holds) => Of(holds ? -1L : 0L);
    }
}
