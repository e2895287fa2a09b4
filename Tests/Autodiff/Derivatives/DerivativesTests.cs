using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>What adjoint and tangent promise about their inputs, outputs and structural zeros.</summary>
    public class DerivativesTests
    {
        // y0 = x0 x1 + floor(x2), y1 = x1 + 0 x3
        static readonly TracedFunction Function = TracedFunction.Trace(5, x => new[] { x[0] * x[1] + Real.Floor(x[2]), x[1] + 0 * x[3] });

        static readonly double[] Point = { 2, 3, 5.5, 7, 11 };

        [Test]
        public void AdjointTellsWhichInputsTheOutputsDependOn()
        {
            TracedFunction adjoint = Derivatives.Adjoint(Function, null, out bool[] depends);
            Assert.That(adjoint.InputCount, Is.EqualTo(7));
            Assert.That(depends, Is.EqualTo(new[] { true, true, false, false, false }));
            Assert.That(GraphEvaluator.Evaluate(adjoint, Formulas.Concat(Point, new double[] { 10, 100 })), Is.EqualTo(new double[] { 30, 120, 0, 0, 0 }));
        }

        [Test]
        public void AGradientThatIsZeroAtAPointIsNotAStructuralZero()
        {
            TracedFunction f = TracedFunction.Trace(1, x => new[] { x[0] * x[0] });
            TracedFunction adjoint = Derivatives.Adjoint(f, null, out bool[] depends);
            Assert.That(depends[0], Is.True);
            Assert.That(GraphEvaluator.Evaluate(adjoint, 0, 1)[0], Is.Zero);
        }

        [Test]
        public void InactiveInputsProduceNoWork()
        {
            TracedFunction spring = TracedFunction.Trace(15, Formulas.Spring);
            var active = new bool[15];
            active[13] = true; // damping: its gradient needs the direction and the rate only
            TracedFunction adjoint = Derivatives.Adjoint(spring, active, out bool[] depends);
            Assert.That(depends, Is.EqualTo(active));
            Assert.That(Formulas.Operations(adjoint), Is.LessThanOrEqualTo(21 + 6), "direction and rate, then a dot product and its multiple");
            double[] inputs = Formulas.Random(new Random(3), 18, 0.2, 2);
            double full = GraphEvaluator.Evaluate(Derivatives.Adjoint(spring), inputs)[13];
            Assert.That(GraphEvaluator.Evaluate(adjoint, inputs)[13], Is.EqualTo(full).Within(4).Ulps);

            TracedFunction tangent = Derivatives.Tangent(spring, active, out _);
            Assert.That(Formulas.Operations(tangent), Is.LessThan(Formulas.Operations(Derivatives.Tangent(spring)) / 2 + 10));
        }

        [Test]
        public void OutputsWithoutCotangentDoNotCount()
        {
            TracedFunction adjoint = Derivatives.Adjoint(Function, null, new[] { false, true }, out bool[] depends);
            Assert.That(depends, Is.EqualTo(new[] { false, true, false, false, false }));
            double[] gradient = GraphEvaluator.Evaluate(adjoint, Formulas.Concat(Point, new[] { double.NaN, 100 }));
            Assert.That(gradient, Is.EqualTo(new double[] { 0, 100, 0, 0, 0 }));
        }

        [Test]
        public void TangentTellsWhichOutputsDepend()
        {
            bool[] active = { true, false, true, false, false };
            TracedFunction tangent = Derivatives.Tangent(Function, active, out bool[] depends);
            Assert.That(tangent.InputCount, Is.EqualTo(10));
            Assert.That(depends, Is.EqualTo(new[] { true, false }));
            double[] v = { 1, double.NaN, 1, double.NaN, double.NaN };
            Assert.That(GraphEvaluator.Evaluate(tangent, Formulas.Concat(Point, v)), Is.EqualTo(new double[] { 11, 3, 3, 0 }));
        }

        [Test]
        public void AnOutputMayBeAnInputAndStandTwice()
        {
            TracedFunction f = TracedFunction.Trace(2, x => new[] { x[0], x[0], x[0] * x[1] });
            double[] gradient = GraphEvaluator.Evaluate(Derivatives.Adjoint(f), 2, 3, 10, 100, 1000);
            Assert.That(gradient, Is.EqualTo(new double[] { 3110, 2000 }));
            Assert.That(GraphEvaluator.Evaluate(Derivatives.Tangent(f), 2, 3, 1, 0), Is.EqualTo(new double[] { 2, 2, 6, 1, 1, 3 }));
        }

        [Test]
        public void AConstantOutputDependsOnNothing()
        {
            TracedFunction f = TracedFunction.Trace(1, x => new Real[] { 4 });
            TracedFunction adjoint = Derivatives.Adjoint(f, null, out bool[] depends);
            Assert.That(depends[0], Is.False);
            Assert.That(GraphEvaluator.Evaluate(adjoint, 1, 1), Is.EqualTo(new[] { 0.0 }));
        }

        [Test]
        public void FlagsMustMatch()
        {
            Assert.That(() => Derivatives.Adjoint(Function, new bool[4], out _), Throws.ArgumentException.With.Message.Contains("5 inputs; 4 flags"));
            Assert.That(() => Derivatives.Adjoint(Function, null, new bool[1], out _), Throws.ArgumentException.With.Message.Contains("2 outputs; 1 flags"));
            Assert.That(() => Derivatives.Tangent(Function, new bool[6], out _), Throws.ArgumentException);
        }

        // The force of a potential, written as the gradient while tracing, and differentiated once more.
        [Test]
        public void GradientWhileTracingCanBeDifferentiatedAgain()
        {
            TracedFunction force = TracedFunction.Trace(4, x =>
            {
                var p = new Real3(x, 0);
                Real stretch = p.Length - x[3];
                Real[] gradient = Derivatives.Gradient(0.5 * 30 * stretch * stretch, x[0], x[1], x[2]);
                return Array.ConvertAll(gradient, g => -g);
            });
            TracedFunction byHand = TracedFunction.Trace(4, x =>
            {
                Real3 n = Real3.Normalise(new Real3(x, 0), out Real length);
                return (n * (-30 * (length - x[3]))).ToArray();
            });
            var random = new Random(12);
            for (int trial = 0; trial < 10; trial++)
            {
                double[] x = Formulas.Random(random, 4, 0.3, 2);
                DerivativeAssert.Close(GraphEvaluator.Evaluate(force, x), GraphEvaluator.Evaluate(byHand, x), 1e-14, "force");
                DerivativeAssert.Agrees(force, x, random);
            }
        }

        // dy/d(x + 1) of (x + 1)^2 x: the variable counts as independent of what made it.
        [Test]
        public void GradientTakesItsVariablesAsIndependent()
        {
            TracedFunction f = TracedFunction.Trace(1, x =>
            {
                Real u = x[0] + 1, y = u * u * x[0];
                Real[] both = Derivatives.Gradient(y, u, x[0]);
                return new[] { both[0], both[1], Derivatives.Gradient(y, x[0])[0] };
            });
            Assert.That(GraphEvaluator.Evaluate(f, 2), Is.EqualTo(new double[] { 12, 9, 21 }));
        }

        [Test]
        public void DirectionalDerivativeIsTheRate()
        {
            TracedFunction rate = TracedFunction.Trace(6, x =>
                new[] { Derivatives.Directional(new Real3(x, 0).Length, new[] { x[0], x[1], x[2] }, new[] { x[3], x[4], x[5] }) });
            Assert.That(GraphEvaluator.Evaluate(rate, 2, 3, 6, 1, -1, 2)[0], Is.EqualTo((2.0 - 3 + 12) / 7).Within(1e-15));
        }

        [Test]
        public void WhatDoesNotReachHasGradientZero()
        {
            var g = new Graph();
            Real x = Real.Input(g), y = Real.Input(g);
            Assert.That(Derivatives.Gradient(x * x, x, y)[1].IsConstant(out double zero) && zero == 0);
            Assert.That(Derivatives.Gradient(5, x)[0].IsConstant(out zero) && zero == 0);
            Assert.That(Derivatives.Directional(x, new[] { y }, new Real[] { 1 }).IsConstant(out zero) && zero == 0);
        }

        [Test]
        public void AConstantIsNoVariable()
        {
            Real x = Real.Input(new Graph());
            Assert.That(() => Derivatives.Gradient(x * x, x, 2), Throws.ArgumentException.With.Message.Contains("Variable 1"));
            Assert.That(() => Derivatives.Directional(x * x, new[] { x }, new Real[] { 1, 2 }), Throws.ArgumentException);
        }
    }
}
