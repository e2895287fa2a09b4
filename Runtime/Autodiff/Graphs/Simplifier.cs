using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Constant folding and identities. Only those are used that change neither a value (signed zeros, infinities and NaN
    /// included) nor a derivative: x 0 is not 0 where x is infinite, x + 0 is not x where x is -0, and x - x is not 0 for NaN.
    /// </summary>
    /// <remarks>
    /// Folding is done in double by operations that IEEE 754 rounds correctly, so it gives the same number everywhere.
    /// Composite operations are folded after they are lowered, for the same reason.
    /// </remarks>
    static class Simplifier
    {
        public static bool TrySimplify(Graph g, Op op, int a, int b, int c, out int result)
        {
            result = op switch
            {
                Op.Add => Add(g, a, b),
                Op.Subtract => Subtract(g, a, b),
                Op.Multiply => Multiply(g, a, b),
                Op.Divide => Divide(g, a, b),
                Op.Negate => Negate(g, a),
                Op.FusedMultiplyAdd => Known(g, a, b, out double x, out double y) && Known(g, c, out double z)
                    ? g.Constant(FusedMultiplyAdd.Of(x, y, z)) : -1,
                Op.Abs => Abs(g, a),
                Op.Sqrt => Known(g, a, out double x) ? g.Constant(Math.Sqrt(x)) : -1,
                Op.Floor => Known(g, a, out double x) ? g.Constant(Math.Floor(x)) : -1,
                Op.Pow2 => Known(g, a, out double x) ? g.Constant(PowerOfTwo(x)) : -1,
                Op.Exponent => Known(g, a, out double x) ? g.Constant(ExponentOf(x)) : -1,
                Op.Less => Known(g, a, b, out double x, out double y) ? g.Constant(x < y) : -1,
                Op.LessOrEqual => Known(g, a, b, out double x, out double y) ? g.Constant(x <= y) : -1,
                Op.Equal => Known(g, a, b, out double x, out double y) ? g.Constant(x == y) : -1,
                Op.And => And(g, a, b),
                Op.Or => Or(g, a, b),
                Op.Not => Not(g, a),
                Op.Select => Select(g, a, b, c),
                _ => -1,
            };
            return result >= 0;
        }

        static int Add(Graph g, int a, int b)
        {
            if (Known(g, a, b, out double x, out double y)) return g.Constant(x + y);
            if (g.IsConstant(b, -0.0)) return a;
            if (g.IsConstant(a, -0.0)) return b;
            if (g.IsConstant(b, 0.0) && IsNeverMinusZero(g, a, 4)) return a;
            if (g.IsConstant(a, 0.0) && IsNeverMinusZero(g, b, 4)) return b;
            if (g.OpOf(b) == Op.Negate) return g.Apply(Op.Subtract, a, g.A(b)); // a + (-b) = a - b
            if (g.OpOf(a) == Op.Negate) return g.Apply(Op.Subtract, b, g.A(a));
            return -1;
        }

        static int Subtract(Graph g, int a, int b)
        {
            if (Known(g, a, b, out double x, out double y)) return g.Constant(x - y);
            if (g.IsConstant(b, 0.0)) return a; // also for a = -0
            if (g.OpOf(b) == Op.Negate) return g.Apply(Op.Add, a, g.A(b));
            return -1;
        }

        static int Multiply(Graph g, int a, int b)
        {
            if (Known(g, a, b, out double x, out double y)) return g.Constant(x * y);
            if (Known(g, a, out x)) return MultiplyBy(g, b, x);
            if (Known(g, b, out y)) return MultiplyBy(g, a, y);
            // Signs move outwards, where sums absorb them: (-a) b = -(a b).
            if (g.OpOf(a) == Op.Negate) return g.Apply(Op.Negate, g.Apply(Op.Multiply, g.A(a), b));
            if (g.OpOf(b) == Op.Negate) return g.Apply(Op.Negate, g.Apply(Op.Multiply, a, g.A(b)));
            return -1;
        }

        static int MultiplyBy(Graph g, int a, double factor)
        {
            if (factor == 1) return a;
            if (factor == -1) return g.Apply(Op.Negate, a);
            return g.OpOf(a) == Op.Negate ? g.Apply(Op.Multiply, g.A(a), g.Constant(-factor)) : -1;
        }

        static int Divide(Graph g, int a, int b)
        {
            if (Known(g, a, b, out double x, out double y)) return g.Constant(x / y);
            if (g.OpOf(a) == Op.Negate) return g.Apply(Op.Negate, g.Apply(Op.Divide, g.A(a), b));
            if (g.OpOf(b) == Op.Negate) return g.Apply(Op.Negate, g.Apply(Op.Divide, a, g.A(b)));
            if (!Known(g, b, out y)) return -1;
            if (y == 1) return a;
            if (y == -1) return g.Apply(Op.Negate, a);
            return HasExactReciprocal(y) ? g.Apply(Op.Multiply, a, g.Constant(1 / y)) : -1;
        }

        static int Negate(Graph g, int a)
        {
            if (Known(g, a, out double x)) return g.Constant(-x);
            return g.OpOf(a) == Op.Negate ? g.A(a) : -1;
        }

        static int Abs(Graph g, int a)
        {
            if (Known(g, a, out double x)) return g.Constant(Math.Abs(x));
            if (g.OpOf(a) == Op.Negate) return g.Apply(Op.Abs, g.A(a));
            return g.OpOf(a) == Op.Abs ? a : -1;
        }

        static int And(Graph g, int a, int b)
        {
            if (a == b) return a;
            if (KnownCondition(g, a, out bool x)) return x ? b : a;
            if (KnownCondition(g, b, out bool y)) return y ? a : b;
            return -1;
        }

        static int Or(Graph g, int a, int b)
        {
            if (a == b) return a;
            if (KnownCondition(g, a, out bool x)) return x ? a : b;
            if (KnownCondition(g, b, out bool y)) return y ? b : a;
            return Complementary(g, a, b) ? g.Constant(true) : -1;
        }

        static int Not(Graph g, int a)
        {
            if (KnownCondition(g, a, out bool x)) return g.Constant(!x);
            return g.OpOf(a) == Op.Not ? g.A(a) : -1;
        }

        static int Select(Graph g, int condition, int ifTrue, int ifFalse)
        {
            if (KnownCondition(g, condition, out bool x)) return x ? ifTrue : ifFalse;
            if (ifTrue == ifFalse) return ifTrue;
            return g.OpOf(condition) == Op.Not ? g.Apply(Op.Select, g.A(condition), ifFalse, ifTrue) : -1;
        }

        // A square, an absolute value, and sums with one of them: a sum of opposite numbers is +0 when rounding to nearest.
        static bool IsNeverMinusZero(Graph g, int node, int depth) => depth > 0 && g.OpOf(node) switch
        {
            Op.Multiply => g.A(node) == g.B(node),
            Op.Abs => true,
            Op.Constant => !g.IsConstant(node, -0.0),
            Op.Add => IsNeverMinusZero(g, g.A(node), depth - 1) || IsNeverMinusZero(g, g.B(node), depth - 1),
            _ => false,
        };

        static bool Complementary(Graph g, int a, int b) =>
            g.OpOf(a) == Op.Not && g.A(a) == b || g.OpOf(b) == Op.Not && g.A(b) == a;

        static bool Known(Graph g, int node, out double value)
        {
            value = g.ValueOf(node);
            return g.OpOf(node) == Op.Constant;
        }

        static bool Known(Graph g, int a, int b, out double x, out double y)
        {
            bool known = Known(g, a, out x);
            return Known(g, b, out y) && known;
        }

        static bool KnownCondition(Graph g, int node, out bool value)
        {
            value = g.ValueOf(node) != 0;
            return g.OpOf(node) == Op.BoolConstant;
        }

        // A power of two whose reciprocal is a normal float, so that x / y and x (1 / y) round alike in either precision.
        static bool HasExactReciprocal(double y)
        {
            long bits = BitConverter.DoubleToInt64Bits(y);
            int exponent = (int)(bits >> 52 & 0x7FF) - 1023;
            return (bits & 0xFFFFFFFFFFFFFL) == 0 && exponent >= -126 && exponent <= 126;
        }

        internal static double PowerOfTwo(double n) => BitConverter.Int64BitsToDouble(((long)n + 1023) << 52);

        internal static double ExponentOf(double x) => (BitConverter.DoubleToInt64Bits(x) >> 52 & 0x7FF) - 1023;
    }
}
