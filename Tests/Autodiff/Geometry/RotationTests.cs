using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Quaternions, their exponential and their logarithm, most of all at the identity and near it.</summary>
    public class RotationTests
    {
        static readonly TracedFunction Exponential = TracedFunction.Trace(3, x => RealQuaternion.FromVector(new Real3(x, 0)).ToArray());
        static readonly TracedFunction Logarithm = TracedFunction.Trace(4, x => new RealQuaternion(x, 0).ToVector().ToArray());
        static readonly TracedFunction Rotation = TracedFunction.Trace(7, x => new RealQuaternion(x, 0).Rotate(new Real3(x, 4)).ToArray());

        // Both sides of the border between series and closed form, and its far end.
        static readonly double[] Angles = { 0, 1e-300, 1e-12, 1e-6, 1e-3, 0.1, 0.199, 0.201, 0.4999, 0.5001, 1, 2, 3, 3.14 };

        [Test]
        public void ExponentialIsTheRotationByItsLength([ValueSource(nameof(Angles))] double angle)
        {
            double[] axis = Unit(new Random(3), 3);
            double[] q = GraphEvaluator.Evaluate(Exponential, Times(axis, angle));
            double[] expected = Formulas.Concat(Times(axis, Math.Sin(angle / 2)), new[] { Math.Cos(angle / 2) });
            Assert.That(q, Is.EqualTo(expected).Within(2e-16));
        }

        [Test]
        public void LogarithmUndoesTheExponential([ValueSource(nameof(Angles))] double angle)
        {
            double[] rotation = Times(Unit(new Random(4), 3), angle), q = GraphEvaluator.Evaluate(Exponential, rotation);
            double tolerance = 1e-15 * Math.Max(angle, 1e-300);
            Assert.That(GraphEvaluator.Evaluate(Logarithm, q), Is.EqualTo(rotation).Within(tolerance));
            Assert.That(GraphEvaluator.Evaluate(Logarithm, Times(q, -1)), Is.EqualTo(rotation).Within(tolerance), "-q is the same rotation");
        }

        [Test]
        public void DerivativesAgreeWithDifferences([ValueSource(nameof(Angles))] double angle)
        {
            var random = new Random(6);
            for (int trial = 0; trial < 5; trial++)
            {
                double[] rotation = Times(Unit(random, 3), angle);
                DerivativeAssert.Agrees(Exponential, rotation, random);
                double[] q = GraphEvaluator.Evaluate(Exponential, rotation);
                if (angle < 3) DerivativeAssert.Agrees(Logarithm, q, random, 1e-8, 1e-3); // nearer, steps cross half a turn
            }
        }

        // d log(exp(r)) / dr = 1, and all second derivatives of it are 0.
        [Test]
        public void RoundTripHasUnitDerivative([ValueSource(nameof(Angles))] double angle)
        {
            if (angle > 3.1) return;
            TracedFunction roundTrip = TracedFunction.Trace(3, x => RealQuaternion.FromVector(new Real3(x, 0)).ToVector().ToArray());
            TracedFunction adjoint = Derivatives.Adjoint(roundTrip), second = Derivatives.Tangent(adjoint);
            var random = new Random(7);
            double[] r = Times(Unit(random, 3), angle), w = Unit(random, 3), v = Unit(random, 3);
            Assert.That(GraphEvaluator.Evaluate(adjoint, Formulas.Concat(r, w)), Is.EqualTo(w).Within(1e-13));
            double[] both = GraphEvaluator.Evaluate(second, Formulas.Concat(r, w, v, new double[3]));
            Assert.That(both[3..], Is.All.Zero.Within(1e-11));
        }

        // sin(t/2)/t = 1/2 - t^2/48 and cos(t/2) = 1 - t^2/8, so at 0 the Jacobian is (I/2, 0) and the Hessian of w is -I/4.
        [Test]
        public void ExponentialIsExactToSecondOrderAtTheIdentity()
        {
            TracedFunction adjoint = Derivatives.Adjoint(Exponential), second = Derivatives.Tangent(adjoint);
            double[] w = { 3, 5, 7, 11 }, v = { 2, -4, 6 }, zero = { 0, 0, 0 };
            Assert.That(GraphEvaluator.Evaluate(adjoint, Formulas.Concat(zero, w)), Is.EqualTo(new[] { 1.5, 2.5, 3.5 }));
            double[] both = GraphEvaluator.Evaluate(second, Formulas.Concat(zero, w, v, new double[4]));
            Assert.That(both[3..], Is.EqualTo(new[] { -5.5, 11, -16.5 }));
        }

        [Test]
        public void RotateIsTheSandwichProduct()
        {
            TracedFunction sandwich = TracedFunction.Trace(7, x =>
            {
                var q = new RealQuaternion(x, 0);
                return (q * new RealQuaternion(new Real3(x, 4), 0) * q.Conjugate).Vector.ToArray();
            });
            TracedFunction matrix = TracedFunction.Trace(7, x => (Real3x3.FromRotation(new RealQuaternion(x, 0)) * new Real3(x, 4)).ToArray());
            TracedFunction back = TracedFunction.Trace(7, x =>
            {
                var q = new RealQuaternion(x, 0);
                return q.InverseRotate(q.Rotate(new Real3(x, 4))).ToArray();
            });
            var random = new Random(8);
            for (int trial = 0; trial < 20; trial++)
            {
                double[] v = Formulas.Random(random, 3, -2, 2), x = Formulas.Concat(Unit(random, 4), v);
                double[] turned = GraphEvaluator.Evaluate(Rotation, x);
                Assert.That(turned, Is.EqualTo(GraphEvaluator.Evaluate(sandwich, x)).Within(1e-14));
                Assert.That(turned, Is.EqualTo(GraphEvaluator.Evaluate(matrix, x)).Within(1e-14));
                Assert.That(GraphEvaluator.Evaluate(back, x), Is.EqualTo(v).Within(1e-14));
                DerivativeAssert.Agrees(Rotation, x, random);
            }
        }

        [Test]
        public void AQuarterAboutYTakesZToX()
        {
            TracedFunction f = TracedFunction.Trace(1, x => RealQuaternion.FromAxisAngle(Real3.UnitY, x[0]).Rotate(Real3.UnitZ).ToArray());
            Assert.That(GraphEvaluator.Evaluate(f, Math.PI / 2), Is.EqualTo(new[] { 1.0, 0, 0 }).Within(1e-15));
        }

        [Test]
        public void ProductTurnsByTheRightFactorFirst()
        {
            TracedFunction difference = TracedFunction.Trace(11, x =>
            {
                RealQuaternion a = new RealQuaternion(x, 0), b = new RealQuaternion(x, 4);
                var v = new Real3(x, 8);
                return ((a * b).Rotate(v) - a.Rotate(b.Rotate(v))).ToArray();
            });
            var random = new Random(9);
            double[] at = Formulas.Concat(Unit(random, 4), Unit(random, 4), new[] { 1.0, 2, 3 });
            Assert.That(GraphEvaluator.Evaluate(difference, at), Is.All.Zero.Within(1e-14));
        }

        [Test]
        public void NormaliseGivesAUnitQuaternion()
        {
            TracedFunction f = TracedFunction.Trace(4, x => RealQuaternion.Normalise(new RealQuaternion(x, 0)).ToArray());
            var random = new Random(10);
            double[] q = Formulas.Random(random, 4, 0.3, 2), n = GraphEvaluator.Evaluate(f, q);
            Assert.That(Formulas.Dot(n, n), Is.EqualTo(1).Within(1e-15));
            Assert.That(n[0] / q[0], Is.EqualTo(n[3] / q[3]).Within(1e-15));
            DerivativeAssert.Agrees(f, q, random);
        }

        static double[] Unit(Random random, int count)
        {
            double[] x = Formulas.Random(random, count, -1, 1);
            return Times(x, 1 / Math.Sqrt(Formulas.Dot(x, x)));
        }

        static double[] Times(double[] x, double s) => Array.ConvertAll(x, v => v * s);
    }
}
