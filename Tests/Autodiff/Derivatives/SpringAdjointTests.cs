using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    public class SpringAdjointTests
    {
        // By hand, with one reciprocal and everything shared: 25 operations recompute the forward pass, 41 carry the cotangents, and 7 are
        // negations that an accumulating store turns into subtractions.
        const int ByHand = 25 + 41 + 7;

        [Test]
        public void AdjointTakesNoMoreOperationsThanByHand()
        {
            TracedFunction adjoint = Derivatives.Adjoint(TracedFunction.Trace(15, Formulas.Spring));
            Assert.That(Formulas.Operations(adjoint), Is.LessThanOrEqualTo(ByHand));
            foreach (Op op in new[] { Op.Divide, Op.Sqrt })
                Assert.That(Count(adjoint, op), Is.EqualTo(1), $"{op}: one is enough");
        }

        [Test]
        public void DerivativesAgreeWithDifferences()
        {
            var random = new Random(5);
            TracedFunction f = TracedFunction.Trace(15, Formulas.Spring);
            for (int trial = 0; trial < 20; trial++) DerivativeAssert.Agrees(f, Formulas.Random(random, 15, 0.2, 2), random, 1e-6, 5e-4);
        }

        static int Count(TracedFunction f, Op op)
        {
            int count = 0;
            for (int node = 0; node < f.Graph.Count; node++)
                if (f.Graph.OpOf(node) == op) count++;
            return count;
        }
    }
}
