using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Checks lowered operations against references of 256 bits, point by point, and reports the worst.</summary>
    static class Accuracy
    {
        public static void Check(Op op, Precision precision, double bound, Func<BigFloat, BigFloat> reference, params double[][] points)
        {
            var lowered = new LoweredOp(op, precision);
            double worst = 0, at = 0;
            foreach (double[] set in points)
            {
                foreach (double point in set)
                {
                    double x = lowered.Round(point), error = lowered.Ulps(lowered.Run(x), reference(BigFloat.From(x)));
                    if (error > worst) (worst, at) = (error, x);
                }
            }
            Report(lowered, precision, worst, at.ToString("R"), bound);
        }

        /// <summary>The points of the two lists, pair by pair.</summary>
        public static void Check(Op op, Precision precision, double bound, Func<BigFloat, BigFloat, BigFloat> reference, IReadOnlyList<double> first, IReadOnlyList<double> second)
        {
            var lowered = new LoweredOp(op, precision);
            double worst = 0;
            string at = "";
            for (int k = 0; k < first.Count; k++)
            {
                double x = lowered.Round(first[k]), y = lowered.Round(second[k]);
                double error = lowered.Ulps(lowered.Run(x, y), reference(BigFloat.From(x), BigFloat.From(y)));
                if (error > worst) (worst, at) = (error, $"{x:R}, {y:R}");
            }
            Report(lowered, precision, worst, at, bound);
        }

        static void Report(LoweredOp op, Precision precision, double worst, string at, double bound)
        {
            string text = $"{op.Op} in {precision}: {worst:F3} ulp at {at}, {Operations(op.Function)} operations";
            TestContext.Out.WriteLine(text);
            Assert.That(worst, Is.LessThanOrEqualTo(bound), text);
        }

        static int Operations(TracedFunction function)
        {
            int count = 0;
            for (int node = 0; node < function.Graph.Count; node++)
                if (function.Graph.OpOf(node).Arity() > 0) count++;
            return count;
        }
    }

    /// <summary>Checks a single value, in both precisions, lowered from inputs and folded from constants.</summary>
    static class SpecialValue
    {
        public static void Check(Op op, double expected, params double[] inputs)
        {
            string call = $"{op}({string.Join(", ", inputs)})";
            foreach (Precision precision in new[] { Precision.Float, Precision.Double })
                Equal(new LoweredOp(op, precision).Run((double[])inputs.Clone()), precision == Precision.Float ? (float)expected : expected, $"{call} in {precision}");
            Real folded = inputs.Length == 1 ? Real.Apply(op, inputs[0])
                : inputs.Length == 2 ? Real.Apply(op, inputs[0], inputs[1])
                : Real.Apply(op, inputs[0], inputs[1], inputs[2]);
            Assert.That(folded.IsConstant(out double value), Is.True, call);
            Equal(value, expected, $"{call} of constants");
        }

        static void Equal(double value, double expected, string call)
        {
            Assert.That(value, Is.EqualTo(expected), call);
            if (expected == 0) Assert.That(double.IsNegative(value), Is.EqualTo(double.IsNegative(expected)), $"the sign of zero of {call}");
        }
    }
}
