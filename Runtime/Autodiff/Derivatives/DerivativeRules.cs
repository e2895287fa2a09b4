using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The table of derivatives. For each operation it holds the value y, the partial derivatives and the special points, where
    /// the conventions are those of PyTorch. A rule multiplies a given t (a cotangent of y, or a tangent of an operand) by the
    /// partial derivative, and reuses y where the formula allows it.
    /// </summary>
    public static class DerivativeRules
    {
        const double Inf = double.PositiveInfinity;

        static readonly DerivativeRule[] Table = Build();

        /// <summary>The rule of an operation.</summary>
        public static DerivativeRule Of(Op op) => Table[(int)op];

        /// <summary>All rules, in the order of <see cref="Op"/>.</summary>
        public static IReadOnlyList<DerivativeRule> All => Table;

        static DerivativeRule[] Build()
        {
            var table = new DerivativeRule[(int)Op.Length3 + 1];
            foreach (DerivativeRule[] group in new[] { Arithmetic(), Choices(), Exponentials(), Angles(), Norms(), Flat() })
                foreach (DerivativeRule rule in group) table[(int)rule.Op] = rule;
            return table;
        }

        static DerivativeRule Rule(Op op, string value) => new DerivativeRule(op, value);

        static double[] P(params double[] point) => point;

        static DerivativeRule[] Arithmetic() => new[]
        {
            Rule(Op.Add, "a + b").By("1", (x, t) => t).By("1", (x, t) => t),
            Rule(Op.Subtract, "a - b").By("1", (x, t) => t).By("-1", (x, t) => -t),
            Rule(Op.Multiply, "a b").By("b", (x, t) => t * x.B).By("a", (x, t) => t * x.A),
            Rule(Op.Divide, "a / b").By("1 / b", (x, t) => x.Over(t, x.B)).By("-y / b", (x, t) => -(x.Over(t, x.B) * x.Y))
                .WithTangent((x, ta, tb, tc) =>
                    x.Over(ta == null ? -(tb.Value * x.Y) : tb == null ? ta.Value : ta.Value - tb.Value * x.Y, x.B)),
            Rule(Op.Negate, "-a").By("-1", (x, t) => -t),
            Rule(Op.FusedMultiplyAdd, "a b + c").By("b", (x, t) => t * x.B).By("a", (x, t) => t * x.A).By("1", (x, t) => t),
            Rule(Op.Reciprocal, "1 / a").By("-y^2", (x, t) => -(t * x.Y * x.Y))
                .At(P(0), Inf, -Inf),
            Rule(Op.Sqrt, "sqrt(a)").By("1 / (2 y)", (x, t) => x.Over(t, x.Y) * 0.5)
                .At(P(0), 0, Inf),
            Rule(Op.ReciprocalSqrt, "1 / sqrt(a)").By("-y^3 / 2", (x, t) => t * (x.Y * x.Y * x.Y) * -0.5)
                .At(P(0), Inf, -Inf),
        };

        // A tie of Min and Max shares half and half; that of Clamp gives all to the clamped number.
        static DerivativeRule[] Choices() => new[]
        {
            Rule(Op.Abs, "|a|").By("sign(a)", (x, t) => Real.Select(0 < x.A, t, Real.Select(x.A < 0, -t, 0)))
                .At(P(0), 0, 0).At(P(-0.0), 0, 0),
            Rule(Op.Min, "min(a, b)")
                .By("1 if a < b, 1/2 if a = b, else 0", (x, t) => Real.Select(x.A == x.B, t * 0.5, t), x => !(x.B < x.A))
                .By("1 if b < a, 1/2 if a = b, else 0", (x, t) => Real.Select(x.A == x.B, t * 0.5, t), x => !(x.A < x.B))
                .WithTangent((x, ta, tb, tc) => Pick(x.A < x.B, x.B < x.A, ta ?? 0, tb ?? 0))
                .At(P(2, 2), 2, 0.5, 0.5),
            Rule(Op.Max, "max(a, b)")
                .By("1 if a > b, 1/2 if a = b, else 0", (x, t) => Real.Select(x.A == x.B, t * 0.5, t), x => !(x.A < x.B))
                .By("1 if b > a, 1/2 if a = b, else 0", (x, t) => Real.Select(x.A == x.B, t * 0.5, t), x => !(x.B < x.A))
                .WithTangent((x, ta, tb, tc) => Pick(x.B < x.A, x.A < x.B, ta ?? 0, tb ?? 0))
                .At(P(2, 2), 2, 0.5, 0.5),
            Rule(Op.Clamp, "min(max(a, b), c)")
                .By("1 if b <= a <= c, else 0", (x, t) => t, x => x.B <= x.A & x.A <= x.C)
                .By("1 if a < b <= c, else 0", (x, t) => t, x => x.A < x.B & x.B <= x.C)
                .By("1 if a > c or b > c, else 0", (x, t) => t, x => x.C < x.A | x.C < x.B)
                .WithTangent((x, ta, tb, tc) =>
                    Real.Select(x.C < x.A | x.C < x.B, tc ?? 0, Real.Select(x.A < x.B, tb ?? 0, ta ?? 0)))
                .At(P(1, 1, 3), 1, 1, 0, 0).At(P(3, 1, 3), 3, 1, 0, 0).At(P(2, 2, 2), 2, 1, 0, 0).At(P(2, 3, 1), 1, 0, 0, 1),
            Rule(Op.Select, "a ? b : c").ByNothing()
                .By("1 if a, else 0", (x, t) => t, x => x.Condition)
                .By("0 if a, else 1", (x, t) => t, x => !x.Condition)
                .WithTangent((x, ta, tb, tc) => Real.Select(x.Condition, tb ?? 0, tc ?? 0)),
        };

        static Real Pick(Bool first, Bool second, Real ta, Real tb) =>
            Real.Select(first, ta, Real.Select(second, tb, (ta + tb) * 0.5));

        static DerivativeRule[] Exponentials() => new[]
        {
            Rule(Op.Exp, "e^a").By("y", (x, t) => t * x.Y),
            Rule(Op.Expm1, "e^a - 1").By("y + 1", (x, t) => t * (x.Y + 1)),
            Rule(Op.Log, "log(a)").By("1 / a", (x, t) => x.Over(t, x.A))
                .At(P(0), -Inf, Inf),
            Rule(Op.Log1p, "log(1 + a)").By("1 / (1 + a)", (x, t) => t / (1 + x.A))
                .At(P(-1), -Inf, Inf),
            Rule(Op.Pow, "a^b")
                .By("b a^(b - 1); 0 if b = 0", PowByBase)
                .By("y log(a); 0 if a = 0 <= b", (x, t) => Real.Select(x.A == 0 & 0 <= x.B, 0, t * (x.Y * Real.Log(x.A))))
                .At(P(0, 0), 1, 0, 0).At(P(0, 1), 0, 1, 0).At(P(0, 2), 0, 0, 0).At(P(0, 0.5), 0, Inf, 0)
                .At(P(3, 0), 1, 0, Math.Log(3)).At(P(-2, 3), -8, 12, double.NaN),
            Rule(Op.Sinh, "sinh(a)").By("cosh(a)", (x, t) => t * Real.Cosh(x.A)),
            Rule(Op.Cosh, "cosh(a)").By("sinh(a)", (x, t) => t * Real.Sinh(x.A)),
            Rule(Op.Tanh, "tanh(a)").By("1 - y^2", (x, t) => t * (1 - x.Y * x.Y)),
            Rule(Op.Sigmoid, "1 / (1 + e^-a)").By("y (1 - y)", (x, t) => t * (x.Y * (1 - x.Y))),
            Rule(Op.Softplus, "log(1 + e^a)").By("sigmoid(a)", (x, t) => t * Real.Sigmoid(x.A)),
        };

        // b a^(b - 1), with powers written out for the exponents that formulas use most.
        static Real PowByBase(RuleSite x, Real t)
        {
            Real a = x.A, b = x.B;
            if (!b.IsConstant(out double exponent)) return Real.Select(b == 0, 0, t * (b * Real.Pow(a, b - 1)));
            return exponent switch
            {
                0 => 0,
                1 => t,
                2 => x.Twice(t) * a,
                3 => t * (a * a) * 3,
                _ => t * Real.Pow(a, exponent - 1) * exponent,
            };
        }

        static DerivativeRule[] Angles() => new[]
        {
            Rule(Op.Sin, "sin(a)").By("cos(a)", (x, t) => t * Real.Cos(x.A)),
            Rule(Op.Cos, "cos(a)").By("-sin(a)", (x, t) => -(t * Real.Sin(x.A))),
            Rule(Op.Tan, "tan(a)").By("1 + y^2", (x, t) => t * (1 + x.Y * x.Y)),
            Rule(Op.Asin, "asin(a)").By("1 / sqrt(1 - a^2)", (x, t) => t / Leg(x.A))
                .At(P(1), Math.PI / 2, Inf).At(P(-1), -Math.PI / 2, Inf),
            Rule(Op.Acos, "acos(a)").By("-1 / sqrt(1 - a^2)", (x, t) => -(t / Leg(x.A)))
                .At(P(1), 0, -Inf).At(P(-1), Math.PI, -Inf),
            Rule(Op.Atan, "atan(a)").By("1 / (1 + a^2)", (x, t) => t / (1 + x.A * x.A)),
            Rule(Op.Atan2, "the angle of (b, a)")
                .By("b / (a^2 + b^2); 0 at (0, 0)", (x, t) => OverSquares(x, t) * x.B)
                .By("-a / (a^2 + b^2); 0 at (0, 0)", (x, t) => -(OverSquares(x, t) * x.A))
                .WithTangent((x, ta, tb, tc) =>
                    OverSquares(x, ta == null ? -(tb.Value * x.A) : tb == null ? ta.Value * x.B : ta.Value * x.B - tb.Value * x.A))
                .At(P(0, 0), 0, 0, 0),
        };

        // sqrt(1 - a^2), without cancellation near 1.
        static Real Leg(Real a) => Real.Sqrt((1 - a) * (1 + a));

        static Real OverSquares(RuleSite x, Real t)
        {
            Real squares = x.A * x.A + x.B * x.B;
            return Real.Select(squares == 0, 0, t / squares);
        }

        // The gradient of a norm is the direction, and 0 at 0. Hypot divides first, so that it cannot overflow.
        static DerivativeRule[] Norms() => new[]
        {
            Rule(Op.Hypot, "sqrt(a^2 + b^2)")
                .By("a / y; 0 at 0", (x, t) => t * Direction(x, x.A)).By("b / y; 0 at 0", (x, t) => t * Direction(x, x.B))
                .At(P(0, 0), 0, 0, 0),
            Rule(Op.Hypot3, "sqrt(a^2 + b^2 + c^2)")
                .By("a / y; 0 at 0", (x, t) => t * Direction(x, x.A)).By("b / y; 0 at 0", (x, t) => t * Direction(x, x.B))
                .By("c / y; 0 at 0", (x, t) => t * Direction(x, x.C))
                .At(P(0, 0, 0), 0, 0, 0, 0),
            Rule(Op.Length3, "sqrt(a^2 + b^2 + c^2)")
                .By("a / y; 0 at 0", (x, t) => OverLength(x, t) * x.A).By("b / y; 0 at 0", (x, t) => OverLength(x, t) * x.B)
                .By("c / y; 0 at 0", (x, t) => OverLength(x, t) * x.C)
                .WithTangent((x, ta, tb, tc) => OverLength(x, Sum(ta * x.A, tb * x.B, tc * x.C)))
                .At(P(0, 0, 0), 0, 0, 0, 0),
        };

        static Real Direction(RuleSite x, Real a) => Real.Select(x.Y == 0, 0, a / x.Y);

        static Real OverLength(RuleSite x, Real t) => Real.Select(x.Y == 0, 0, x.Over(t, x.Y));

        // The sum of those that are not zero by structure; there is one at least.
        static Real Sum(Real? a, Real? b, Real? c)
        {
            Real? sum = a == null ? b : b == null ? a : a.Value + b.Value;
            return sum == null ? c.Value : c == null ? sum.Value : sum.Value + c.Value;
        }

        // Leaves, conditions, and operations whose derivative is zero wherever it exists.
        static DerivativeRule[] Flat() => new[]
        {
            Rule(Op.Constant, "a number"), Rule(Op.BoolConstant, "a condition"), Rule(Op.Input, "an input"),
            Rule(Op.Floor, "floor(a)").At(P(2), 2, 0).At(P(-0.5), -1, 0),
            Rule(Op.Sign, "-1, 0 or 1").At(P(0), 0, 0),
            Rule(Op.Pow2, "2^a, a an integer"), Rule(Op.Exponent, "floor(log2 |a|)"),
            Rule(Op.Less, "a < b"), Rule(Op.LessOrEqual, "a <= b"), Rule(Op.Equal, "a = b"),
            Rule(Op.And, "a and b"), Rule(Op.Or, "a or b"), Rule(Op.Not, "not a"),
        };
    }
}
