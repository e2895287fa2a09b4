using System;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>
    /// Evaluates a graph one node at a time in double, with composite operations taken from System.Math: the truth that tests compare
    /// with, independent of the lowering and of every executor.
    /// </summary>
    static class GraphEvaluator
    {
        public static double[] Evaluate(TracedFunction f, params double[] inputs)
        {
            CheckInputs(f, inputs);
            double[] values = Nodes(f, inputs);
            var results = new double[f.Outputs.Count];
            for (int k = 0; k < results.Length; k++) results[k] = values[f.Outputs[k]];
            return results;
        }

        /// <summary>The value of every node; conditions are 0 or 1.</summary>
        public static double[] Nodes(TracedFunction f, double[] inputs)
        {
            Graph g = f.Graph;
            var values = new double[g.Count];
            for (int node = 0; node < g.Count; node++)
            {
                Op op = g.OpOf(node);
                if (op == Op.Input) values[node] = g.A(node) < inputs.Length ? inputs[g.A(node)] : double.NaN;
                else if (op <= Op.BoolConstant) values[node] = g.ValueOf(node);
                else values[node] = Apply(op, At(values, g.A(node)), At(values, g.B(node)), At(values, g.C(node)));
            }
            return values;
        }

        static void CheckInputs(TracedFunction f, double[] inputs)
        {
            if (inputs.Length != f.InputCount)
                throw new ArgumentException($"The function has {f.InputCount} inputs; {inputs.Length} values were given.");
        }

        static double At(double[] values, int node) => node < 0 ? 0 : values[node];

        public static double Apply(Op op, double a, double b = 0, double c = 0) => op switch
        {
            Op.Add => a + b,
            Op.Subtract => a - b,
            Op.Multiply => a * b,
            Op.Divide => a / b,
            Op.Negate => -a,
            Op.FusedMultiplyAdd => FusedMultiplyAdd(a, b, c),
            Op.Sqrt => Math.Sqrt(a),
            Op.Abs => Math.Abs(a),
            Op.Floor => Math.Floor(a),
            Op.Pow2 => BitConverter.Int64BitsToDouble(((long)a + 1023) << 52),
            Op.Exponent => (BitConverter.DoubleToInt64Bits(a) >> 52 & 0x7FF) - 1023,
            Op.Less => a < b ? 1 : 0,
            Op.LessOrEqual => a <= b ? 1 : 0,
            Op.Equal => a == b ? 1 : 0,
            Op.And => a != 0 && b != 0 ? 1 : 0,
            Op.Or => a != 0 || b != 0 ? 1 : 0,
            Op.Not => a != 0 ? 0 : 1,
            Op.Select => a != 0 ? b : c,
            Op.Min => Math.Min(a, b),
            Op.Max => Math.Max(a, b),
            Op.Clamp => Math.Min(Math.Max(a, b), c),
            Op.Sign => double.IsNaN(a) ? a : Math.Sign(a),
            Op.Reciprocal => 1 / a,
            Op.ReciprocalSqrt => 1 / Math.Sqrt(a),
            Op.Exp => Math.Exp(a),
            Op.Expm1 => Expm1(a),
            Op.Log => Math.Log(a),
            Op.Log1p => Log1p(a),
            Op.Pow => Math.Pow(a, b),
            Op.Sin => Math.Sin(a),
            Op.Cos => Math.Cos(a),
            Op.Tan => Math.Tan(a),
            Op.Asin => Math.Asin(a),
            Op.Acos => Math.Acos(a),
            Op.Atan => Math.Atan(a),
            Op.Atan2 => Math.Atan2(a, b),
            Op.Sinh => Math.Sinh(a),
            Op.Cosh => Math.Cosh(a),
            Op.Tanh => Math.Tanh(a),
            Op.Sigmoid => 1 / (1 + Math.Exp(-a)),
            Op.Softplus => Math.Max(a, 0) + Log1p(Math.Exp(-Math.Abs(a))),
            Op.Hypot => Hypot(a, b, 0),
            Op.Hypot3 => Hypot(a, b, c),
            Op.Length3 => Math.Sqrt(a * a + b * b + c * c),
            _ => throw new NotSupportedException($"{op} has no value here."),
        };

        // netstandard2.1 has none: rounded twice there.
        static double FusedMultiplyAdd(double a, double b, double c) =>
#if NET5_0_OR_GREATER
            Math.FusedMultiplyAdd(a, b, c);
#else
            a * b + c;
#endif

        // The corrections undo the rounding of e^x and 1 + x. Source: W. Kahan, as in N. Higham, "Accuracy and Stability of
        // Numerical Algorithms", sections 1.14.1 and 1.14.2.
        static double Expm1(double x)
        {
            double u = Math.Exp(x);
            if (u == 1) return x;
            return u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
        }

        static double Log1p(double x)
        {
            double u = 1 + x;
            return u == 1 || double.IsInfinity(u) ? x : Math.Log(u) * x / (u - 1);
        }

        static double Hypot(double a, double b, double c)
        {
            double scale = Math.Max(Math.Abs(a), Math.Max(Math.Abs(b), Math.Abs(c)));
            if (scale == 0 || double.IsInfinity(scale)) return scale;
            (a, b, c) = (a / scale, b / scale, c / scale);
            return scale * Math.Sqrt(a * a + b * b + c * c);
        }
    }
}
