using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Every operation's gradient against central differences, in numbers and through the recorded sweep.</summary>
    public class TensorGradientTests
    {
        private static readonly double[] Positive = { 0.7, 1.3, 0.4, 2.1, 0.9, 1.6 };
        private static readonly double[] Mixed = { 0.7, -1.3, 0.4, -2.1, 0.9, 0.25 };
        private static readonly double[] Small = { 0.1, -0.4, 0.3, 0.8, -0.7, 0.5 };

        public static IEnumerable<TestCaseData> Functions()
        {
            TestCaseData Case(string name, double[] x, Func<Tensor, Tensor> f) => new TestCaseData(x, f).SetArgDisplayNames(name);
            yield return Case("negate", Mixed, x => Weighted(-x));
            yield return Case("abs", Mixed, x => Weighted(Tensor.Abs(x)));
            yield return Case("square", Mixed, x => Weighted(Tensor.Square(x)));
            yield return Case("sqrt", Positive, x => Weighted(Tensor.Sqrt(x)));
            yield return Case("exp", Mixed, x => Weighted(Tensor.Exp(x)));
            yield return Case("expm1", Mixed, x => Weighted(Tensor.Expm1(x)));
            yield return Case("log", Positive, x => Weighted(Tensor.Log(x)));
            yield return Case("log1p", Positive, x => Weighted(Tensor.Log1p(x)));
            yield return Case("sin", Mixed, x => Weighted(Tensor.Sin(x)));
            yield return Case("cos", Mixed, x => Weighted(Tensor.Cos(x)));
            yield return Case("tan", Small, x => Weighted(Tensor.Tan(x)));
            yield return Case("asin", Small, x => Weighted(Tensor.Asin(x)));
            yield return Case("acos", Small, x => Weighted(Tensor.Acos(x)));
            yield return Case("atan", Mixed, x => Weighted(Tensor.Atan(x)));
            yield return Case("sinh", Mixed, x => Weighted(Tensor.Sinh(x)));
            yield return Case("cosh", Mixed, x => Weighted(Tensor.Cosh(x)));
            yield return Case("tanh", Mixed, x => Weighted(Tensor.Tanh(x)));
            yield return Case("sigmoid", Mixed, x => Weighted(Tensor.Sigmoid(x)));
            yield return Case("softplus", Mixed, x => Weighted(Tensor.Softplus(x)));
            yield return Case("relu", Mixed, x => Weighted(Tensor.Relu(x)));
            yield return Case("clamp", Mixed, x => Weighted(Tensor.Clamp(x, -1, 0.5)));
            yield return Case("add", Mixed, x => Weighted(x + Reversed(x)));
            yield return Case("subtract", Mixed, x => Weighted(x - 3.0 * Reversed(x)));
            yield return Case("multiply", Mixed, x => Weighted(x * Reversed(x)));
            yield return Case("divide", Mixed, x => Weighted(x / Reversed(x)));
            yield return Case("pow", Positive, x => Weighted(Tensor.Pow(x, Reversed(x))));
            yield return Case("pow number", Positive, x => Weighted(Tensor.Pow(x, 2.5)));
            yield return Case("atan2", Mixed, x => Weighted(Tensor.Atan2(x, Reversed(x) + 0.3)));
            yield return Case("hypot", Mixed, x => Weighted(Tensor.Hypot(x, Reversed(x))));
            yield return Case("max", Mixed, x => Weighted(Tensor.Max(x, Reversed(x))));
            yield return Case("min", Mixed, x => Weighted(Tensor.Min(x, Reversed(x))));
            yield return Case("where", Mixed, x => Weighted(Tensor.Where(x > 0.0, Tensor.Square(x), 2.0 * x)));
            yield return Case("scalar broadcast", Mixed, x => Weighted(x * x[2] + x[0] / x));
            yield return Case("row broadcast", Mixed, x => Tensor.Square(x.Reshape(2, 3) * x[0..3] + x.Reshape(2, 3)).Sum());
            yield return Case("column broadcast", Mixed, x => Tensor.Square(x.Reshape(2, 3) - x[1..3].Reshape(2, 1)).Sum());
            yield return Case("sum axis", Mixed, x => Tensor.Square(x.Reshape(2, 3).Sum(0)).Sum() + Tensor.Exp(x.Reshape(2, 3).Sum(-1)).Sum());
            yield return Case("mean", Mixed, x => Tensor.Square(x.Mean()) + Tensor.Square(x.Reshape(3, 2).Mean(1)).Sum());
            yield return Case("prod", Mixed, x => x.Prod() + Weighted(x.Reshape(2, 3).Prod(1)));
            yield return Case("max reduce", Mixed, x => Tensor.Square(x.Max()) + Weighted(x.Reshape(2, 3).Max(0)));
            yield return Case("min reduce", Mixed, x => Tensor.Square(x.Min()) + Weighted(x.Reshape(2, 3).Min(1)));
            yield return Case("norm", Mixed, x => x.Norm() + Weighted(x.Reshape(2, 3).Norm(1)));
            yield return Case("logsumexp", Mixed, x => x.LogSumExp() + Weighted(x.Reshape(2, 3).LogSumExp(0)));
            yield return Case("softmax", Mixed, x => Weighted(x.Softmax()) + Tensor.Square(x.Reshape(2, 3).Softmax(0)).Sum());
            yield return Case("log softmax", Mixed, x => Weighted(x.LogSoftmax()));
            yield return Case("transpose", Mixed, x => Weighted(Tensor.Square(x.Reshape(2, 3).Transpose()).Flatten()));
            yield return Case("permute", Mixed, x => Weighted(Tensor.Square(x.Reshape(1, 2, 3).Permute(2, 0, 1)).Flatten()));
            yield return Case("slice", Mixed, x => Weighted(Tensor.Square(x.Reshape(2, 3).Slice(1, 1, 2)).Flatten()));
            yield return Case("element", Mixed, x => x.Reshape(2, 3)[1, ^1] * x[0] + Tensor.Square(x[3]));
            yield return Case("take", Mixed, x => Weighted(Tensor.Square(x.Take(0, new[] { 0, 2, 2, 5 }))));
            yield return Case("concat", Mixed, x => Weighted(Tensor.Square(Tensor.Concat(x[0..2], x, x[4..6]))));
            yield return Case("stack", Mixed, x => Weighted(Tensor.Square(Tensor.Stack(x[0], x[3] * x[1], x[2]))));
            yield return Case("expand", Mixed, x => Weighted(Tensor.Square(x.Expand(2, 6) * 2.0).Sum(0)));
            yield return Case("squeeze", Mixed, x => Weighted(Tensor.Square(x.Unsqueeze(0).Unsqueeze(-1).Squeeze(0).Squeeze(1))));
            yield return Case("matmul", Mixed, x => Tensor.Square(Tensor.MatMul(x.Reshape(2, 3), x.Reshape(3, 2))).Sum());
            yield return Case("matrix vector", Mixed, x => Tensor.Square(Tensor.MatMul(x.Reshape(2, 3), x[0..3])).Sum() + Tensor.Dot(x, Tensor.Exp(x)));
            yield return Case("batched matmul", Mixed, x => Tensor.Square(Tensor.MatMul(x.Reshape(3, 1, 2), x[1..5].Reshape(2, 2))).Sum());
            yield return Case("tril triu", Mixed, x => Tensor.Square(x[0..4].Reshape(2, 2).Tril()).Sum() + Tensor.Exp(x[2..6].Reshape(2, 2).Triu()).Sum());
            yield return Case("solve", Mixed, x => Weighted(Tensor.Solve(x[0..4].Reshape(2, 2), x[4..6])));
            yield return Case("solve matrix", Mixed, x => Tensor.Square(Tensor.Solve(x[0..4].Reshape(2, 2), x.Reshape(2, 3))).Sum());
            yield return Case("triangular solve", Mixed, x => TriangularSolves(x));
            yield return Case("cholesky", Mixed, x => Weighted(Tensor.Cholesky(Definite(x)).Flatten()));
            yield return Case("shared", Mixed, x => { Tensor s = Tensor.Sin(x); return Weighted(s * s + s / (2.0 + s)); });
        }

        /// <summary>A sum in which every element counts differently, so that mixed-up elements show.</summary>
        private static Tensor Weighted(Tensor x)
        {
            Tensor sum = 0.3 * x[0];
            for (int i = 1; i < x.Count; i++)
                sum = sum + (0.3 + 0.7 * i) * x[i] * (1.0 + 0.1 * x[i]);
            return sum;
        }

        private static Tensor Reversed(Tensor x) => x.Take(0, new[] { 5, 4, 3, 2, 1, 0 });

        private static Tensor Definite(Tensor x)
        {
            Tensor m = x.Reshape(2, 3);
            return Tensor.MatMul(m, m.Transpose());
        }

        private static Tensor TriangularSolves(Tensor x)
        {
            Tensor t = x[0..4].Reshape(2, 2);
            Tensor b = x[4..6];
            return Weighted(Tensor.TriangularSolve(t, b)) + Weighted(Tensor.TriangularSolve(t, b, upper: true))
                + Weighted(Tensor.TriangularSolve(t, b, transposed: true)) + Weighted(Tensor.TriangularSolve(t, b, upper: true, transposed: true));
        }

        [TestCaseSource(nameof(Functions))]
        public void GradientEqualsDifferences(double[] x, Func<Tensor, Tensor> f)
        {
            double[] gradient = Autograd.Gradient(f, x);
            double[] numeric = Differences(p => new[] { f(new TensorTape().Vector(p)).Item() }, x)[0];
            Assert.That(gradient, Is.EqualTo(numeric).Within(2e-8));
            Assert.That(gradient, Has.Some.Not.EqualTo(0));
        }

        [TestCaseSource(nameof(Functions))]
        public void RecordedSweepGivesTheSameGradient(double[] x, Func<Tensor, Tensor> f)
        {
            var tape = new TensorTape();
            Tensor p = tape.Vector(x, requiresGrad: true);
            Tensor recorded = Autograd.Gradient(f(p), p, createGraph: true);
            Assert.That(recorded.ToArray(), Is.EqualTo(Autograd.Gradient(f, x)).Within(1e-13).Percent.Or.EqualTo(Autograd.Gradient(f, x)).Within(1e-13));
        }

        [TestCaseSource(nameof(Functions))]
        public void HessianEqualsDifferencesOfTheGradient(double[] x, Func<Tensor, Tensor> f)
        {
            double[,] hessian = Autograd.Hessian(f, x);
            double[][] numeric = Differences(p => Autograd.Gradient(f, p), x);
            for (int i = 0; i < x.Length; i++)
            {
                for (int j = 0; j < x.Length; j++)
                    Assert.That(hessian[i, j], Is.EqualTo(numeric[i][j]).Within(1e-6 * Math.Max(1, Math.Abs(numeric[i][j]))), $"[{i}, {j}]");
            }
        }

        [TestCaseSource(nameof(Functions))]
        public void ForwardAndReverseProductsAgree(double[] x, Func<Tensor, Tensor> f)
        {
            var tape = new TensorTape();
            Tensor v = tape.Vector(new[] { 0.3, -0.2, 0.5, 0.7, -0.1, 0.4 });
            double forward = Autograd.Jvp(f, tape.Vector(x), v).Product.Item();
            double[] gradient = Autograd.Gradient(f, x);
            double expected = 0;
            for (int i = 0; i < x.Length; i++)
                expected += gradient[i] * v.Data[i];
            Assert.That(forward, Is.EqualTo(expected).Within(1e-12 * Math.Max(1, Math.Abs(expected))));
        }

        [TestCaseSource(nameof(Functions))]
        public void FusedChainsGiveTheSameDerivatives(double[] x, Func<Tensor, Tensor> f)
        {
            var tape = new TensorTape { FuseFrom = 1 };
            Tensor p = tape.Vector(x);
            double value = f(new TensorTape().Vector(x)).Item();
            Assert.That(f(p).Item(), Is.EqualTo(value).Within(1e-13 * Math.Max(1, Math.Abs(value))));
            double[] gradient = Autograd.Gradient(f, x);
            double[] fused = Autograd.Gradient(f, p).ToArray();
            double[,] hessian = Autograd.Hessian(f, x);
            double[] fusedHessian = Autograd.Hessian(f, p).ToArray();
            for (int i = 0; i < x.Length; i++)
            {
                Assert.That(fused[i], Is.EqualTo(gradient[i]).Within(1e-12 * Math.Max(1, Math.Abs(gradient[i]))), $"[{i}]");
                for (int j = 0; j < x.Length; j++)
                    Assert.That(fusedHessian[i * x.Length + j], Is.EqualTo(hessian[i, j]).Within(1e-11 * Math.Max(1, Math.Abs(hessian[i, j]))), $"[{i}, {j}]");
            }
        }

        /// <summary>Derivatives of each output by central differences, extrapolated once (Richardson).</summary>
        private static double[][] Differences(Func<double[], double[]> f, double[] x)
        {
            double[] Slope(int j, double h)
            {
                var p = (double[])x.Clone();
                p[j] = x[j] + h;
                double[] up = f(p);
                p[j] = x[j] - h;
                double[] down = f(p);
                var slope = new double[up.Length];
                for (int i = 0; i < up.Length; i++)
                    slope[i] = (up[i] - down[i]) / (2 * h);
                return slope;
            }

            double[][] result = null;
            for (int j = 0; j < x.Length; j++)
            {
                double[] coarse = Slope(j, 1e-3);
                double[] fine = Slope(j, 5e-4);
                result ??= NewRows(fine.Length, x.Length);
                for (int i = 0; i < fine.Length; i++)
                    result[i][j] = (4 * fine[i] - coarse[i]) / 3;
            }
            return result;
        }

        private static double[][] NewRows(int rows, int columns)
        {
            var result = new double[rows][];
            for (int i = 0; i < rows; i++)
                result[i] = new double[columns];
            return result;
        }
    }
}
