using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    public class GradientCheckTests
    {
        [Test]
        public void ARightGradientAgreesAtEveryScale()
        {
            double F(double[] x) => Math.Sin(x[0] * 1e3) + x[1] * x[1] * 1e-6 + Math.Exp(x[2]);
            double[] at = { 2e-3, 4e4, 0 };
            double[] gradient = { 1e3 * Math.Cos(2), 2e-6 * 4e4, 1 };
            GradientReport report = GradientCheck.Check(F, at, gradient);
            Assert.That(report.Passed && !report.HasDiscontinuity, Is.True, report.ToString());
            Assert.That(report.Worst.RelativeError, Is.LessThan(1e-8));
        }

        [Test]
        public void AWrongElementIsNamedAndMeasured()
        {
            var options = new GradientCheckOptions { Names = new[] { "mass", "length" } };
            GradientReport report = GradientCheck.Check(x => x[0] * x[0] * x[1], new[] { 3.0, 2 }, new[] { 12, 9.001 }, options);
            Assert.That(report.Passed, Is.False);
            Assert.That(report.Elements[0].Verdict, Is.EqualTo(GradientVerdict.Agrees));
            GradientElement wrong = report.Elements[1];
            Assert.That(wrong.Verdict, Is.EqualTo(GradientVerdict.Wrong));
            Assert.That(wrong.Numeric, Is.EqualTo(9).Within(1e-8));
            Assert.That(wrong.RelativeError, Is.EqualTo(0.001 / 9.001).Within(1e-9));
            Assert.That(report.Worst, Is.SameAs(wrong));
            Assert.That(report.ToString(), Does.Contain("length = 2").And.Contain("9.001").And.Contain("wrong"));
        }

        [TestCase(0.0, -1.0, 1.0)]
        [TestCase(1e-9, -1.0, 1.0)]
        public void AKinkWithinTheStepIsNotCalledWrong(double at, double below, double above)
        {
            GradientReport report = GradientCheck.Check(x => Math.Abs(x[0] - 2 - at), new[] { 2.0 }, new[] { 0.7 });
            GradientElement element = report.Elements[0];
            Assert.That(element.Verdict, Is.EqualTo(GradientVerdict.Discontinuity));
            Assert.That(report.Passed && report.HasDiscontinuity, Is.True);
            Assert.That(element.ToString(), Does.Contain("a discontinuity lies within the step"));
            Assert.That(element.Backward, Is.EqualTo(below).Within(1e-3));
            Assert.That(element.Forward, Is.EqualTo(above).Within(1e-3));
        }

        [Test]
        public void AJumpWithinTheStepIsNotCalledWrong()
        {
            GradientReport report = GradientCheck.Check(x => x[0] + Math.Floor(x[0]), new[] { 2.0 }, new[] { 1.0 });
            Assert.That(report.Elements[0].Verdict, Is.EqualTo(GradientVerdict.Discontinuity));
        }

        [Test]
        public void AKinkOutsideTheSmallStepsDoesNotExcuseAWrongGradient()
        {
            double F(double[] x) => Math.Max(x[0] * x[0], 1.0);
            Assert.That(GradientCheck.Check(F, new[] { 1.001 }, new[] { 2.002 }).Elements[0].Verdict, Is.EqualTo(GradientVerdict.Agrees));
            Assert.That(GradientCheck.Check(F, new[] { 1.001 }, new[] { 2.2 }).Elements[0].Verdict, Is.EqualTo(GradientVerdict.Wrong));
        }

        [Test]
        public void StrongCurvatureIsNoKink()
        {
            GradientReport report = GradientCheck.Check(x => Math.Exp(20 * x[0]) + 1e4 * x[0] * x[0], new[] { 1.0 }, new[] { 20 * Math.Exp(20) + 2e4 });
            Assert.That(report.Elements[0].Verdict, Is.EqualTo(GradientVerdict.Agrees), report.ToString());
        }

        [Test]
        public void FunctionsOfTensorsAreCheckedOverAllInputsAndOutputs()
        {
            double[][] data = { new[] { 1.0, 2, 3, 4, 5, 7 }, new[] { 0.5, -1 }, new[] { 0.3 } };
            int[][] shapes = { new[] { 3, 2 }, new[] { 2 }, new int[0] };
            GradientReport report = GradientCheck.Check(t => Tensor.Sin(Tensor.MatMul(t[0], t[1])) * t[2], data, shapes);
            Assert.That(report.Elements, Has.Count.EqualTo(9));
            Assert.That(report.Passed, Is.True, report.ToString());
            Assert.That(report.ToString(), Does.Contain("input 1 [1]"));
        }

        private sealed class WrongAdjoint : TensorFunction
        {
            protected override Tensor Forward(Tensor[] inputs) => Tensor.Square(inputs[0]);

            protected override Tensor[] Backward(Tensor[] inputs, Tensor output, Tensor gradient) => new[] { gradient * inputs[0] };
        }

        [Test]
        public void AWrongAdjointOfACustomFunctionIsFound()
        {
            GradientReport report = GradientCheck.Check(x => new WrongAdjoint().Apply(x), new[] { 1.0, 2, 3 });
            Assert.That(report.Passed, Is.False);
            Assert.That(report.Elements[2].RelativeError, Is.EqualTo(0.5).Within(1e-6));
        }

        [Test]
        public void MismatchedArgumentsAreNamed()
        {
            Assert.That(() => GradientCheck.Check(x => x[0], new[] { 1.0, 2 }, new[] { 1.0 }),
                Throws.ArgumentException.With.Message.Contains("1 elements").And.Message.Contains("2 parameters"));
            Assert.That(() => GradientCheck.Check(x => x[0], new[] { 1.0 }, new[] { 1.0 }, new GradientCheckOptions { Names = new string[2] }),
                Throws.ArgumentException.With.Message.Contains("Names has 2"));
        }
    }
}
