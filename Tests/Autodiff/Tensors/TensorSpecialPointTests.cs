using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Derivatives where the textbook has none: the conventions of PyTorch, and branches that must not leak.</summary>
    public class TensorSpecialPointTests
    {
        private static double[] Gradient(Func<Tensor, Tensor> f, params double[] x)
        {
            double[] vector = Autograd.Gradient(f, x);
            var tape = new TensorTape();
            Tensor p = tape.Vector(x, requiresGrad: true);
            Assert.That(Autograd.Gradient(f(p), p, createGraph: true).ToArray(), Is.EqualTo(vector), "recorded sweep");
            return vector;
        }

        [Test]
        public void KinksHaveTheDocumentedSlopes()
        {
            Assert.That(Gradient(x => Tensor.Abs(x[0]), 0), Is.EqualTo(new[] { 0.0 }));
            Assert.That(Gradient(x => Tensor.Relu(x[0]), 0), Is.EqualTo(new[] { 0.0 }));
            Assert.That(Gradient(x => Tensor.Clamp(x, -1, 1).Sum(), -2, -1, 0, 1, 2), Is.EqualTo(new[] { 0.0, 1, 1, 1, 0 }));
            Assert.That(Gradient(x => Tensor.Max(x[0], x[1]), 3, 3), Is.EqualTo(new[] { 0.5, 0.5 }));
            Assert.That(Gradient(x => Tensor.Min(x[0], x[1]), 3, 3), Is.EqualTo(new[] { 0.5, 0.5 }));
            Assert.That(Gradient(x => x.Max(), 3, 1, 3), Is.EqualTo(new[] { 0.5, 0, 0.5 }));
            Assert.That(Gradient(x => Tensor.Floor(x).Sum() + Tensor.Round(x).Sum() + Tensor.Sign(x).Sum() + 0.0 * x.Sum(), 1.5), Is.EqualTo(new[] { 0.0 }));
        }

        [Test]
        public void PointsWithoutADirectionHaveGradientZero()
        {
            Assert.That(Gradient(x => Tensor.Atan2(x[0], x[1]), 0, 0), Is.EqualTo(new[] { 0.0, 0 }));
            Assert.That(Gradient(x => Tensor.Hypot(x[0], x[1]), 0, 0), Is.EqualTo(new[] { 0.0, 0 }));
            Assert.That(Gradient(x => x.Norm(), 0, 0, 0), Is.EqualTo(new[] { 0.0, 0, 0 }));
            Assert.That(Gradient(x => Tensor.Pow(x[0], x[1]), 0, 0), Is.EqualTo(new[] { 0.0, 0 }));
            Assert.That(Autograd.Gradient(x => Tensor.Pow(x[0], 0.0), new[] { 0.0 }), Is.EqualTo(new[] { 0.0 }));
            var tape = new TensorTape();
            Assert.That(Tensor.Pow(tape.Scalar(0), 0.0).Item(), Is.EqualTo(1));
        }

        [Test]
        public void ProductsHaveTheirGradientAtZeros()
        {
            Assert.That(Gradient(x => x.Prod(), 2, 0, 3), Is.EqualTo(new[] { 0.0, 6, 0 }));
            Assert.That(Gradient(x => x.Prod(), 0, 0, 3), Is.EqualTo(new[] { 0.0, 0, 0 }));
        }

        [Test]
        public void ABranchNotTakenContributesExactlyZero()
        {
            Assert.That(Gradient(x => Tensor.Where(x > 0.0, Tensor.Sqrt(x), 0.0).Sum(), -1, 4, 0), Is.EqualTo(new[] { 0.0, 0.25, 0 }));
            Assert.That(Gradient(x => Tensor.Where(x[0] > 0.0, Tensor.Log(x[0]), x[0] * 3.0), 0), Is.EqualTo(new[] { 3.0 }));
            Assert.That(Gradient(x => Tensor.Where(x > 0.0, 1.0 / x, x).Sum(), 0, 0.5), Is.EqualTo(new[] { 1.0, -4 }));
        }

        [Test]
        public void TheSecondDerivativeOfABranchNotTakenIsExactlyZeroToo()
        {
            double[,] hessian = Autograd.Hessian(x => Tensor.Where(x > 0.0, Tensor.Sqrt(x) * x[0], Tensor.Square(x)).Sum(), new[] { -1.0, 0 });
            Assert.That(hessian, Is.EqualTo(new double[,] { { 2, 0 }, { 0, 2 } }));
        }

        [Test]
        public void ACotangentThatHappensToBeZeroStillHasASecondDerivative()
        {
            double[,] hessian = Autograd.Hessian(x => Tensor.Square(Tensor.Square(x[0]) - 1.0), new[] { 1.0 });
            Assert.That(hessian[0, 0], Is.EqualTo(8));
        }

        [Test]
        public void ValuesAreStableAtTheExtremes()
        {
            var tape = new TensorTape();
            Assert.That(tape.Vector(new[] { 1000.0, 1000 }).LogSumExp().Item(), Is.EqualTo(1000 + Math.Log(2)).Within(1e-12));
            Assert.That(tape.Vector(new[] { double.NegativeInfinity, double.NegativeInfinity }).LogSumExp().Item(), Is.EqualTo(double.NegativeInfinity));
            Assert.That(tape.Vector(new[] { 1000.0, 0 }).Softmax().ToArray(), Is.EqualTo(new[] { 1.0, 0 }));
            Assert.That(Tensor.Hypot(tape.Scalar(3e200), 4e200).Item(), Is.EqualTo(5e200).Within(1e185));
            Assert.That(Tensor.Log1p(tape.Scalar(1e-20)).Item(), Is.EqualTo(1e-20));
            Assert.That(Tensor.Expm1(tape.Scalar(1e-20)).Item(), Is.EqualTo(1e-20));
            Assert.That(Tensor.Sigmoid(tape.Scalar(-800)).Item(), Is.EqualTo(0));
            Assert.That(Tensor.Softplus(tape.Scalar(800)).Item(), Is.EqualTo(800));
        }
    }
}
