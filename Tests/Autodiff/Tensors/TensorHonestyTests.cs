using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Every error of tensors, provoked; its text must name the thing and say what to do.</summary>
    public class TensorHonestyTests
    {
        private TensorTape tape;

        [SetUp]
        public void SetUp() => tape = new TensorTape("main");

        private static void Says<T>(Action action, params string[] parts) where T : Exception
        {
            Exception error = null;
            try
            {
                action();
            }
            catch (Exception caught)
            {
                error = caught;
            }
            Assert.That(error, Is.InstanceOf<T>());
            foreach (string part in parts)
                Assert.That(error.Message, Does.Contain(part));
        }

        [Test]
        public void ASecondBackwardAfterReleaseIsRefused()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor loss = x * x;
            loss.Backward();
            Says<InvalidOperationException>(() => loss.Backward(), "second time", "Multiply", "tape 'main'", "retainGraph: true");
            Assert.That(x.Grad.Item(), Is.EqualTo(4), "the refused sweep must leave the gradient as it was");
        }

        [Test]
        public void BackwardFromSeveralElementsNeedsASeed()
        {
            Tensor x = tape.Vector(new[] { 1.0, 2, 3 }, requiresGrad: true);
            Says<InvalidOperationException>(() => (x * x).Backward(), "[3]", "seed", "Sum, Mean");
            Says<ArgumentException>(() => (x * x).Backward(tape.Vector(new[] { 1.0 })), "[1]", "[3]");
        }

        [Test]
        public void ShapesThatDoNotBroadcastAreBothNamed()
        {
            Tensor a = tape.Full(1, new[] { 2, 3 });
            Tensor b = tape.Full(1, new[] { 4 });
            Says<ArgumentException>(() => _ = a + b, "Add", "[2, 3]", "[4]", "Reshape");
            Says<ArgumentException>(() => Tensor.MatMul(a, b), "MatMul", "[2, 3]", "[4]");
            Says<ArgumentException>(() => a.Reshape(4, -1), "[2, 3]", "[4, -1]");
            Says<ArgumentException>(() => Tensor.Concat(a, b), "[2, 3]", "[4]");
            Says<ArgumentException>(() => tape.Create(new double[5], new[] { 2, 3 }), "[2, 3]", "6", "5");
        }

        [Test]
        public void AValueNeededAndOverwrittenIsRefused()
        {
            Tensor x = tape.Vector(new[] { 1.0, 2 }, requiresGrad: true);
            Tensor y = Tensor.Exp(x);
            Tensor loss = (y * y).Sum();
            x.Set(0, 5);
            loss.Backward(retainGraph: true);
            y.Set(0, 5);
            Says<InvalidOperationException>(() => loss.Backward(), "Multiply", "result of Exp", "modified in place", "Detach");
        }

        [Test]
        public void AScalarOverwrittenAfterItWasRecordedIsRefusedAndLaterUseIsNot()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor loss = x * x;
            x.Set(0, 3);
            Says<InvalidOperationException>(() => loss.Backward(), "Multiply", "the leaf", "modified in place");
            x.ZeroGrad();
            (x * x).Backward();
            Assert.That(x.Grad.Item(), Is.EqualTo(6));
        }

        [Test]
        public void TensorsOfTwoTapesDoNotMix()
        {
            var other = new TensorTape("other");
            Tensor a = tape.Scalar(1);
            Tensor b = other.Scalar(2);
            Says<InvalidOperationException>(() => _ = a * b, "Multiply", "'main'", "'other'", "Create");
        }

        [Test]
        public void ATensorOfAClosedRecordingIsRefused()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor kept;
            using (tape.Recording())
                kept = x * x;
            Says<InvalidOperationException>(() => kept.Item(), "closed", "Recording()");
            _ = x + x;
            Says<InvalidOperationException>(() => _ = kept + x, "Add", "closed");
        }

        [Test]
        public void UndefinedTensorsAndBareNumbersAreRefused()
        {
            Says<InvalidOperationException>(() => _ = default(Tensor) * tape.Scalar(1), "Multiply", "undefined");
            Says<InvalidOperationException>(() => Tensor.Sin(2.0), "Sin", "no tape", "tape.Scalar");
        }

        [Test]
        public void AParameterTheLossDoesNotDependOnIsToldFromAGradientOfZero()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor flat = tape.Scalar(0, requiresGrad: true);
            Tensor unused = tape.Scalar(3, requiresGrad: true);
            Says<InvalidOperationException>(() => _ = unused.Grad, "no gradient yet", "no Backward()");
            Tensor loss = x * x + Tensor.Square(flat);
            loss.Backward(retainGraph: true);
            Assert.That(flat.Grad.Item(), Is.Zero);
            Assert.That(unused.HasGrad, Is.False);
            Says<InvalidOperationException>(() => _ = unused.Grad, "does not depend on it", "not a gradient of zero", "result of Add", "Detach()");
            Says<InvalidOperationException>(() => Autograd.Gradient(loss, new[] { x, unused }, retainGraph: true), "Input 1", "not used", "allowUnused: true");
            Assert.That(Autograd.Gradient(loss, unused, allowUnused: true).Item(), Is.Zero);
        }

        [Test]
        public void ADependenceThroughAZeroCotangentCountsAsReached()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor w = tape.Vector(new[] { 1.0, 2 }, requiresGrad: true);
            (0.0 * Tensor.Sqrt(x) + (0.0 * Tensor.Exp(w)).Sum()).Backward();
            Assert.That(x.HasGrad && w.HasGrad, Is.True);
            Assert.That(x.Grad.Item(), Is.Zero);
        }

        [Test]
        public void GradientsThatWereNotAskedForSaySo()
        {
            Tensor c = tape.Scalar(2);
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor y = x * c;
            Says<InvalidOperationException>(() => _ = c.Grad, "requiresGrad: true");
            Says<InvalidOperationException>(() => _ = y.Grad, "not a leaf", "RetainGrad()");
            Says<InvalidOperationException>(() => (c * c).Backward(), "requires no gradient", "NoGrad", "Detach()");
            Says<InvalidOperationException>(() => c.RegisterHook(g => g), "requires no gradient");
        }

        [Test]
        public void CheckModeNamesTheFirstNaNForward()
        {
            tape.CheckFinite = true;
            Tensor x = tape.Create(new[] { 1.0, 2, 3, -4 }, new[] { 2, 2 }, requiresGrad: true);
            Says<NotFiniteNumberException>(() => (2.0 * Tensor.Log(x)).Sum(), "NaN", "Log", "element [1, 1]", "operand -4", nameof(CheckModeNamesTheFirstNaNForward));
            Says<NotFiniteNumberException>(() => Tensor.Exp(tape.Scalar(1000)), "Infinity", "Exp", "operand 1000");
        }

        [Test]
        public void CheckModeNamesTheFirstNaNBackward()
        {
            tape.CheckFinite = true;
            Tensor x = tape.Vector(new[] { 4.0, 0 }, requiresGrad: true);
            Tensor loss = Tensor.Sqrt(x).Sum();
            Says<NotFiniteNumberException>(() => loss.Backward(), "backward sweep", "Sqrt", "the leaf", "element [1]", nameof(CheckModeNamesTheFirstNaNBackward));
            Tensor s = tape.Scalar(0, requiresGrad: true);
            Tensor root = Tensor.Sqrt(s);
            Says<NotFiniteNumberException>(() => root.Backward(), "backward sweep", "Sqrt", "the scalar");
        }

        [Test]
        public void SystemsWithoutAUniqueSolutionAreRefused()
        {
            Tensor singular = tape.Matrix(new double[,] { { 1, 2 }, { 2, 4 } });
            Tensor b = tape.Vector(new[] { 1.0, 1 });
            Says<ArithmeticException>(() => Tensor.Solve(singular, b), "Solve", "singular", "[2, 2]");
            Says<ArithmeticException>(() => Tensor.Cholesky(tape.Matrix(new double[,] { { 1, 2 }, { 2, 1 } })), "not positive definite", "order 2");
            Says<ArithmeticException>(() => Tensor.TriangularSolve(tape.Matrix(new double[,] { { 0, 2 }, { 2, 4 } }), b), "diagonal element 0");
            Says<ArgumentException>(() => Tensor.Solve(tape.Full(1, new[] { 2, 3 }), b), "square", "[2, 3]");
            Says<ArgumentException>(() => Tensor.Solve(singular, tape.Vector(new double[3])), "2 rows", "[3]");
        }

        [Test]
        public void IndicesOutOfRangeNameAxisAndShape()
        {
            Tensor x = tape.Full(1, new[] { 2, 3 });
            Says<ArgumentOutOfRangeException>(() => _ = x[2], "index 2", "axis 0", "[2, 3]");
            Says<ArgumentOutOfRangeException>(() => x.Sum(5), "axis 5", "[2, 3]");
            Says<ArgumentOutOfRangeException>(() => x.Take(1, new[] { 3 }), "index 3", "axis 1");
        }

        private sealed class WrongCount : TensorFunction
        {
            protected override Tensor Forward(Tensor[] inputs) => inputs[0] * 2.0;

            protected override Tensor[] Backward(Tensor[] inputs, Tensor output, Tensor gradient) => new Tensor[0];
        }

        [Test]
        public void CustomFunctionsAreHeldToTheirContract()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Says<InvalidOperationException>(() => new WrongCount().Apply(x).Backward(), "WrongCount.Backward", "1 are expected, 0 came");
        }

        [Test]
        public void AnInterruptedSweepLeavesNothingBehind()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor y = new WrongCount().Apply(x) + x * x;
            Says<InvalidOperationException>(() => y.Backward(), "WrongCount");
            (x * x).Backward();
            Assert.That(x.Grad.Item(), Is.EqualTo(4));
        }
    }
}
