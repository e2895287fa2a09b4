using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Holds adjoint, tangent and second order of a function against differences and against one another.</summary>
    static class DerivativeAssert
    {
        /// <summary>
        /// Checks J v and the tangent of J^T w along v against central differences to a relative tolerance, and w.(J v) = v.(J^T w)
        /// to 1e-12.
        /// </summary>
        public static void Agrees(TracedFunction f, double[] x, Random random, double tolerance = 1e-8, double step = 2e-3)
        {
            TracedFunction adjoint = Derivatives.Adjoint(f), tangent = Derivatives.Tangent(f), second = Derivatives.Tangent(adjoint);
            int n = f.InputCount, m = f.Outputs.Count;
            double[] v = Formulas.Random(random, n, -1, 1), w = Formulas.Random(random, m, -1, 1);
            string at = $"at ({string.Join(", ", x)})";

            double[] y = GraphEvaluator.Evaluate(f, x), both = GraphEvaluator.Evaluate(tangent, Formulas.Concat(x, v));
            double[] jv = both[m..];
            Assert.That(both[..m], Is.EqualTo(y), $"values {at}");
            Close(jv, CentralDifference.Along(p => GraphEvaluator.Evaluate(f, p), x, v, step), tolerance, $"tangent {at}");

            double[] jtw = GraphEvaluator.Evaluate(adjoint, Formulas.Concat(x, w));
            double left = Formulas.Dot(w, jv), right = Formulas.Dot(jtw, v), size = 0;
            for (int k = 0; k < n; k++) size += Math.Abs(jtw[k] * v[k]);
            Assert.That(left, Is.EqualTo(right).Within(1e-12 * Math.Max(size, 1e-3)), $"<w, Jv> and <J'w, v> {at}");

            double[] frozen = Formulas.Concat(x, w), direction = Formulas.Concat(v, new double[m]);
            double[] secondOrder = GraphEvaluator.Evaluate(second, Formulas.Concat(frozen, direction))[n..];
            Close(secondOrder, CentralDifference.Along(p => GraphEvaluator.Evaluate(adjoint, p), frozen, direction, step), tolerance, $"second order {at}");
        }

        public static void Close(double[] actual, double[] expected, double tolerance, string what)
        {
            double size = 1e-2;
            foreach (double e in expected) size = Math.Max(size, Math.Abs(e));
            for (int k = 0; k < expected.Length; k++)
                Assert.That(actual[k], Is.EqualTo(expected[k]).Within(tolerance * size), $"{what}, component {k}");
        }
    }
}
