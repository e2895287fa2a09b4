using System;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>One composite operation, lowered and interpreted, and its error against a reference.</summary>
    sealed class LoweredOp
    {
        readonly BasicOpInterpreter interpreter;
        readonly Precision precision;

        public LoweredOp(Op op, Precision precision)
        {
            this.precision = precision;
            Op = op;
            Function = Lowering.Lower(Composite(op), precision);
            interpreter = new BasicOpInterpreter(Function, precision);
        }

        public Op Op { get; }

        /// <summary>The lowered function.</summary>
        public TracedFunction Function { get; }

        /// <summary>The operation itself, on as many inputs as it has operands.</summary>
        public static TracedFunction Composite(Op op)
        {
            var graph = new Graph();
            int arity = op.Arity();
            int a = graph.Input(0), b = arity > 1 ? graph.Input(1) : -1, c = arity > 2 ? graph.Input(2) : -1;
            return new TracedFunction(graph, arity, new[] { graph.Apply(op, a, b, c) });
        }

        /// <summary>The lowered value. Inputs are rounded to the precision.</summary>
        public double Run(params double[] inputs)
        {
            for (int k = 0; k < inputs.Length; k++) inputs[k] = Round(inputs[k]);
            return interpreter.Run(inputs);
        }

        /// <summary>A number rounded to the precision.</summary>
        public double Round(double value) => precision == Precision.Float ? (float)value : value;

        /// <summary>
        /// |value - exact| in units of the last place of the exact value (of the subnormal numbers, where it is smaller). Infinity
        /// counts as the first power of two that overflows.
        /// </summary>
        public double Ulps(double value, BigFloat exact)
        {
            if (double.IsNaN(value)) return double.PositiveInfinity;
            bool isFloat = precision == Precision.Float;
            int digits = isFloat ? 24 : 53, lowest = isFloat ? -149 : -1074, overflow = isFloat ? 128 : 1024;
            BigFloat big = 1;
            BigFloat got = double.IsInfinity(value) ? (value < 0 ? -big : big).Scale(overflow) : BigFloat.From(value);
            BigFloat limit = big.Scale(overflow);
            if (exact > limit) exact = limit;
            if (exact < -limit) exact = -limit;
            int unit = exact.Sign == 0 ? lowest : Math.Max(exact.Exponent - digits + 1, lowest);
            BigFloat error = (got - exact).Abs().Scale(-unit);
            return error.Sign != 0 && error.Exponent > 30 ? double.PositiveInfinity : error.Scale(20).Round() / 1048576.0;
        }
    }
}
