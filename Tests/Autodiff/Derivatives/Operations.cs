using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>The operations of numbers, and where tests try them.</summary>
    static class Operations
    {
        // Ranges of a, b and c; differences must not step over a kink or out of the domain.
        public static readonly Dictionary<Op, double[]> Domains = new Dictionary<Op, double[]>
        {
            [Op.Add] = new double[] { -3, 3, -3, 3 }, [Op.Subtract] = new double[] { -3, 3, -3, 3 },
            [Op.Multiply] = new double[] { -3, 3, -3, 3 }, [Op.Divide] = new[] { -3, 3, 0.5, 4 },
            [Op.Negate] = new double[] { -3, 3 }, [Op.FusedMultiplyAdd] = new double[] { -3, 3, -3, 3, -3, 3 },
            [Op.Sqrt] = new[] { 0.5, 9 }, [Op.Abs] = new[] { -4, -0.1 }, [Op.Floor] = new[] { 2.1, 2.9 },
            [Op.Pow2] = new[] { 3.1, 3.9 }, [Op.Exponent] = new[] { 4.1, 7.9 },
            [Op.Min] = new[] { -3, 1, 1.1, 4 }, [Op.Max] = new[] { -3, 1, 1.1, 4 }, [Op.Clamp] = new[] { -2, -1, -0.9, 1, 1.1, 4 },
            [Op.Sign] = new[] { 0.1, 4 }, [Op.Reciprocal] = new[] { 0.5, 4 }, [Op.ReciprocalSqrt] = new[] { 0.5, 9 },
            [Op.Exp] = new double[] { -4, 4 }, [Op.Expm1] = new double[] { -4, 4 }, [Op.Log] = new[] { 0.3, 9 }, [Op.Log1p] = new[] { -0.6, 5 },
            [Op.Pow] = new[] { 0.4, 4, -3, 3 },
            [Op.Sin] = new double[] { -7, 7 }, [Op.Cos] = new double[] { -7, 7 }, [Op.Tan] = new double[] { -1, 1 },
            [Op.Asin] = new[] { -0.8, 0.8 }, [Op.Acos] = new[] { -0.8, 0.8 }, [Op.Atan] = new double[] { -5, 5 },
            [Op.Atan2] = new[] { -3, 3, 0.3, 3 },
            [Op.Sinh] = new double[] { -3, 3 }, [Op.Cosh] = new double[] { -3, 3 }, [Op.Tanh] = new double[] { -3, 3 },
            [Op.Sigmoid] = new double[] { -6, 6 }, [Op.Softplus] = new double[] { -6, 6 },
            [Op.Hypot] = new[] { 0.3, 3, -3, 3 }, [Op.Hypot3] = new[] { 0.3, 3, -3, 3, -3, 3 }, [Op.Length3] = new[] { 0.3, 3, -3, 3, -3, 3 },
        };

        /// <summary>The operation alone, as a function of its operands.</summary>
        public static TracedFunction Function(Op op) => TracedFunction.Trace(op.Arity(), x =>
            new[] { Apply(op, x[0], x.Length > 1 ? x[1] : 0, x.Length > 2 ? x[2] : 0) });

        public static Real Apply(Op op, Real a, Real b, Real c) =>
            op.Arity() == 1 ? Real.Apply(op, a) : op.Arity() == 2 ? Real.Apply(op, a, b) : Real.Apply(op, a, b, c);

        /// <summary>A random point of the domain.</summary>
        public static double[] Point(Op op, Random random)
        {
            double[] ranges = Domains[op];
            var x = new double[op.Arity()];
            for (int k = 0; k < x.Length; k++) x[k] = ranges[2 * k] + (ranges[2 * k + 1] - ranges[2 * k]) * random.NextDouble();
            return x;
        }
    }
}
