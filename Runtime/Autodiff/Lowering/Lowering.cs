using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Replaces composite operations by basic ones, per precision, so that every executor, and every machine, computes the same bits.
    /// </summary>
    /// <remarks>
    /// A lowering has no branch and no fused multiply-add: all lanes compute all pieces, and selections choose. Its result lies within
    /// 2 units in the last place of the correctly rounded one in double and 4 in float, over the range that each family states.
    /// </remarks>
    public static class Lowering
    {
        /// <summary>The function with basic operations only, without dead code.</summary>
        public static TracedFunction Lower(TracedFunction function, Precision precision)
        {
            var target = new Graph();
            Graph g = function.Graph;
            return function.Rewritten(target, (node, copy) => g.OpOf(node).IsBasic() ? -1
                : Expand(target, g.OpOf(node), copy[g.A(node)], At(copy, g.B(node)), At(copy, g.C(node)), precision)).WithoutDeadCode();
            static int At(int[] copy, int operand) => operand < 0 ? -1 : copy[operand];
        }

        /// <summary>Writes a composite operation as basic ones and returns the node of its result.</summary>
        internal static int Expand(Graph g, Op op, int a, int b, int c, Precision precision)
        {
            var x = new Term(g, a, precision);
            Term y = b < 0 ? default : new Term(g, b, precision), z = c < 0 ? default : new Term(g, c, precision);
            return Expand(op, x, y, z).Node;
        }

        static Term Expand(Op op, Term x, Term y, Term z) => op switch
        {
            Op.Min => ChoiceLowering.Min(x, y),
            Op.Max => ChoiceLowering.Max(x, y),
            Op.Clamp => ChoiceLowering.Clamp(x, y, z),
            Op.Sign => ChoiceLowering.Sign(x),
            Op.Reciprocal => LengthLowering.Reciprocal(x),
            Op.ReciprocalSqrt => LengthLowering.ReciprocalSqrt(x),
            Op.Exp => ExponentialLowering.Exp(x),
            Op.Expm1 => ExponentialLowering.Expm1(x),
            Op.Sigmoid => ExponentialLowering.Sigmoid(x),
            Op.Log => LogarithmLowering.Log(x),
            Op.Log1p => LogarithmLowering.Log1p(x),
            Op.Softplus => LogarithmLowering.Softplus(x),
            Op.Pow => PowerLowering.Pow(x, y),
            Op.Sin => TrigonometricLowering.Sin(x),
            Op.Cos => TrigonometricLowering.Cos(x),
            Op.Tan => TrigonometricLowering.Tan(x),
            Op.Asin => InverseTrigonometricLowering.Asin(x),
            Op.Acos => InverseTrigonometricLowering.Acos(x),
            Op.Atan => InverseTrigonometricLowering.Atan(x),
            Op.Atan2 => InverseTrigonometricLowering.Atan2(x, y),
            Op.Sinh => HyperbolicLowering.Sinh(x),
            Op.Cosh => HyperbolicLowering.Cosh(x),
            Op.Tanh => HyperbolicLowering.Tanh(x),
            Op.Hypot => LengthLowering.Hypot(x, y),
            Op.Hypot3 => LengthLowering.Hypot(x, y, z),
            Op.Length3 => LengthLowering.Length(x, y, z),
            _ => throw new NotSupportedException($"{op} has no lowering yet."),
        };
    }
}
