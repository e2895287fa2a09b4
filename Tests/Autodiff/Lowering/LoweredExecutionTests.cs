using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>
    /// Every executor gives the bits of the test's own interpreter for every composite operation, ordinary and extreme operands
    /// alike. The interpreter gives NaN where powers and exponents are unspecified, so nothing unspecified reaches a result.
    /// </summary>
    public sealed class LoweredExecutionTests
    {
        static IEnumerable<Op> Composites() => ((Op[])Enum.GetValues(typeof(Op))).Where(op => !op.IsBasic());

        [Test]
        public void ExecutorsGiveTheBitsOfTheInterpreter([ValueSource(nameof(Composites))] Op op, [Values] Precision precision)
        {
            double[][] operands = Operands(op.Arity(), precision);
            var lowered = new LoweredOp(op, precision);
            double[] expected = Array.ConvertAll(operands, x => lowered.Run((double[])x.Clone()));
            Kernel kernel = Kernel.Define(op.ToString(), k =>
            {
                Real[] x = k.Lane("x", op.Arity());
                k.Store("y", x.Length == 1 ? Real.Apply(op, x[0]) : x.Length == 2 ? Real.Apply(op, x[0], x[1]) : Real.Apply(op, x[0], x[1], x[2]));
            });
            using var input = new Buffer("x", operands.Length, op.Arity(), precision);
            using var output = new Buffer("y", operands.Length, 1, precision);
            for (int n = 0; n < operands.Length; n++)
                for (int c = 0; c < op.Arity(); c++) input[n, c] = operands[n][c];
            Launch launch = new Launch(kernel, operands.Length).Bind("x", input).Bind("y", output);
            foreach (Executor executor in TestExecutors.Fast().Prepend(new ReferenceExecutor()))
            {
                launch.Run(executor);
                for (int n = 0; n < operands.Length; n++)
                {
                    Assert.That(TestExecutors.SameBits(new[] { output[n, 0] }, new[] { expected[n] }), Is.True,
                        $"{executor.GetType().Name}: {op}({string.Join(", ", operands[n])}) is {output[n, 0]:R}, expected {expected[n]:R}");
                }
            }
        }

        // All tuples of extreme numbers, then random ones of moderate and of all magnitudes.
        static double[][] Operands(int arity, Precision precision)
        {
            bool isFloat = precision == Precision.Float;
            double[] extremes =
            {
                0, -0.0, 1, -1, 0.5, -2, 3, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
                isFloat ? float.Epsilon : double.Epsilon, isFloat ? -float.MaxValue : -double.MaxValue, isFloat ? 1e-38f : 1e-308, 1e5, -800, 90,
            };
            IEnumerable<double[]> tuples = new[] { new double[0] };
            for (int c = 0; c < arity; c++) tuples = tuples.SelectMany(t => extremes.Select(x => t.Append(x).ToArray()));
            double[] moderate = Points.Uniform(-4, 4, 900), all = Points.AllMagnitudes(precision, 900);
            IEnumerable<double[]> Random(double[] set) => Enumerable.Range(0, 300).Select(n => Enumerable.Range(0, arity).Select(c => set[n * 3 + c]).ToArray());
            return tuples.Concat(Random(moderate)).Concat(Random(all))
                .Select(t => t.Select(x => isFloat ? (float)x : x).ToArray()).ToArray();
        }
    }
}
