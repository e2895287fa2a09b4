using System;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>
    /// Evaluates a function of basic operations for one set of inputs, each operation rounded to the precision. It shares no code
    /// with the executors, and gives NaN for what <see cref="Op.Pow2"/> and <see cref="Op.Exponent"/> leave unspecified, so that a
    /// lowering that lets it through is found.
    /// </summary>
    sealed class BasicOpInterpreter
    {
        readonly Graph graph;
        readonly int[] outputs;
        readonly Precision precision;
        readonly double[] values;

        public BasicOpInterpreter(TracedFunction function, Precision precision)
        {
            graph = function.Graph;
            outputs = new int[function.Outputs.Count];
            for (int k = 0; k < outputs.Length; k++) outputs[k] = function.Outputs[k];
            this.precision = precision;
            values = new double[graph.Count];
        }

        /// <summary>The first output. Inputs must be representable in the precision.</summary>
        public double Run(params double[] inputs)
        {
            for (int node = 0; node < values.Length; node++)
            {
                Op op = graph.OpOf(node);
                double value = op switch
                {
                    Op.Constant => graph.ValueOf(node),
                    Op.BoolConstant => graph.ValueOf(node),
                    Op.Input => inputs[graph.A(node)],
                    _ => Evaluate(op, values[graph.A(node)], At(graph.B(node)), At(graph.C(node))),
                };
                values[node] = precision == Precision.Float ? (float)value : value;
            }
            return values[outputs[0]];
        }

        double At(int node) => node < 0 ? 0 : values[node];

        // + - * / and sqrt of floats, computed in double and rounded to float, are rounded as if once.
        double Evaluate(Op op, double a, double b, double c)
        {
            switch (op)
            {
                case Op.Add: return a + b;
                case Op.Subtract: return a - b;
                case Op.Multiply: return a * b;
                case Op.Divide: return a / b;
                case Op.Negate: return -a;
                case Op.Sqrt: return Math.Sqrt(a);
                case Op.Abs: return Math.Abs(a);
                case Op.Floor: return Math.Floor(a);
                case Op.Pow2: return Pow2(a);
                case Op.Exponent: return Exponent(a);
                case Op.Less: return a < b ? 1 : 0;
                case Op.LessOrEqual: return a <= b ? 1 : 0;
                case Op.Equal: return a == b ? 1 : 0;
                case Op.And: return a != 0 && b != 0 ? 1 : 0;
                case Op.Or: return a != 0 || b != 0 ? 1 : 0;
                case Op.Not: return a == 0 ? 1 : 0;
                case Op.Select: return a != 0 ? b : c;
                default: throw new NotSupportedException($"{op} is not a basic operation of lowered code.");
            }
        }

        int MinExponent => precision == Precision.Float ? -126 : -1022;

        double Pow2(double n) =>
            n == Math.Floor(n) && n >= MinExponent && n < 2 - MinExponent ? BitConverter.Int64BitsToDouble((long)n + 1023 << 52) : double.NaN;

        double Exponent(double x)
        {
            double size = Math.Abs(x);
            if (!(size >= Pow2(MinExponent) && size < double.PositiveInfinity)) return double.NaN;
            return (BitConverter.DoubleToInt64Bits(size) >> 52) - 1023;
        }
    }
}
