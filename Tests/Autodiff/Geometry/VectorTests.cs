using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    public class VectorTests
    {
        static IEnumerable<TestCaseData> Functions()
        {
            yield return Case("dot", 6, x => new[] { Real3.Dot(A(x), B(x)) });
            yield return Case("cross", 6, x => Real3.Cross(A(x), B(x)).ToArray());
            yield return Case("length", 3, x => new[] { A(x).Length });
            yield return Case("normalise", 3, x => Real3.Normalise(A(x)).ToArray());
            yield return Case("quotient", 4, x => (A(x) / x[3]).ToArray());
            yield return Case("lerp", 7, x => Real3.Lerp(A(x), B(x), x[6]).ToArray());
            yield return Case("plane", 4, x =>
            {
                Real2 a = new Real2(x[0], x[1]), b = new Real2(x[2], x[3]), n = Real2.Normalise(a);
                return new[] { Real2.Dot(a, b), Real2.Cross(a, b), a.Length, n.X, n.Y, Real2.Dot(a.Perpendicular, b / a.LengthSquared) };
            });
            yield return Case("four", 8, x =>
            {
                Real4 a = new Real4(A(x), x[3]), b = new Real4(x[4], x[5], x[6], x[7]);
                return Join(Real4.Normalise(a).ToArray(), new[] { a.Length, Real4.Dot(a, b) });
            });
        }

        static Real[] Join(Real[] a, Real[] b)
        {
            var all = new List<Real>(a);
            all.AddRange(b);
            return all.ToArray();
        }

        static TestCaseData Case(string name, int inputs, Func<Real[], Real[]> f) => new TestCaseData(inputs, f).SetArgDisplayNames(name);

        static Real3 A(Real[] x) => new Real3(x, 0);

        static Real3 B(Real[] x) => new Real3(x, 3);

        [TestCaseSource(nameof(Functions))]
        public void DerivativesAgreeWithDifferences(int inputs, Func<Real[], Real[]> function)
        {
            var random = new Random(inputs);
            TracedFunction f = TracedFunction.Trace(inputs, function);
            for (int trial = 0; trial < 10; trial++) DerivativeAssert.Agrees(f, Formulas.Random(random, inputs, 0.4, 3), random);
        }

        [Test]
        public void NormaliseOfZeroIsZeroWithGradientZero()
        {
            var functions = new[]
            {
                TracedFunction.Trace(2, x => { Real2 n = Real2.Normalise(new Real2(x[0], x[1])); return new[] { n.X, n.Y }; }),
                TracedFunction.Trace(3, x => Real3.Normalise(A(x)).ToArray()),
                TracedFunction.Trace(4, x => Real4.Normalise(new Real4(x[0], x[1], x[2], x[3])).ToArray()),
            };
            foreach (TracedFunction f in functions)
            {
                int n = f.InputCount;
                var zero = new double[n];
                double[] ones = Array.ConvertAll(zero, _ => 1.0);
                Assert.That(GraphEvaluator.Evaluate(f, zero), Is.All.Zero);
                Assert.That(GraphEvaluator.Evaluate(Derivatives.Adjoint(f), Formulas.Concat(zero, ones)), Is.All.Zero);
                Assert.That(GraphEvaluator.Evaluate(Derivatives.Tangent(f), Formulas.Concat(zero, ones)), Is.All.Zero);
                TracedFunction second = Derivatives.Tangent(Derivatives.Adjoint(f));
                Assert.That(GraphEvaluator.Evaluate(second, Formulas.Concat(zero, ones, ones, ones)), Is.All.Not.NaN);
            }
        }

        // The contact normal and gap of two spheres: distance and direction share one square root and one reciprocal.
        [Test]
        public void DirectionAndDistanceShareTheirRoot()
        {
            TracedFunction f = TracedFunction.Trace(3, x =>
            {
                Real3 n = Real3.Normalise(A(x), out Real length);
                return new[] { n.X, n.Y, n.Z, length };
            });
            TracedFunction adjoint = Derivatives.Adjoint(f);
            int roots = 0, quotients = 0;
            for (int node = 0; node < adjoint.Graph.Count; node++)
            {
                if (adjoint.Graph.OpOf(node) == Op.Length3) roots++;
                if (adjoint.Graph.OpOf(node) == Op.Divide) quotients++;
            }
            Assert.That((roots, quotients), Is.EqualTo((1, 1)));
            var random = new Random(2);
            DerivativeAssert.Agrees(f, Formulas.Random(random, 3, 0.5, 2), random);
        }

        [Test]
        public void SelectTakesEveryComponent()
        {
            TracedFunction f = TracedFunction.Trace(7, x => Real3.Select(x[6] > 0, A(x), B(x)).ToArray());
            Assert.That(GraphEvaluator.Evaluate(f, 1, 2, 3, 4, 5, 6, 1), Is.EqualTo(new double[] { 1, 2, 3 }));
            Assert.That(GraphEvaluator.Evaluate(f, 1, 2, 3, 4, 5, 6, 0), Is.EqualTo(new double[] { 4, 5, 6 }));
        }

        [Test]
        public void CrossIsRightHandedAndNormalToBoth()
        {
            TracedFunction f = TracedFunction.Trace(6, x =>
            {
                Real3 c = Real3.Cross(A(x), B(x));
                return new[] { c.X, c.Y, c.Z, Real3.Dot(c, A(x)), Real3.Dot(c, B(x)) };
            });
            Assert.That(GraphEvaluator.Evaluate(f, 1, 0, 0, 0, 1, 0), Is.EqualTo(new double[] { 0, 0, 1, 0, 0 }));
            Assert.That(GraphEvaluator.Evaluate(f, 1, 2, 3, -4, 5, 7)[3..], Is.All.Zero.Within(1e-13));
        }
    }
}
