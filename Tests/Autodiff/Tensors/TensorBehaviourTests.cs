using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>What a user of PyTorch expects of tensors, beside right numbers.</summary>
    public class TensorBehaviourTests
    {
        private TensorTape tape;

        [SetUp]
        public void SetUp() => tape = new TensorTape("main");

        [Test]
        public void TheLessonsFunctionHasItsGradients()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor y = tape.Scalar(-4, requiresGrad: true);
            Tensor f = Tensor.Square(x + y) + 2.0 * x * y;
            f.Backward();
            Assert.That(f.Item(), Is.EqualTo(-12));
            Assert.That(x.Grad.Item(), Is.EqualTo(-12));
            Assert.That(y.Grad.Item(), Is.EqualTo(0));
        }

        [Test]
        public void NothingRequiresAGradientUnlessAsked()
        {
            Tensor x = tape.Vector(new[] { 1.0, 2 });
            Tensor w = tape.Scalar(3, requiresGrad: true);
            Assert.That(x.RequiresGrad || (x * x).RequiresGrad, Is.False);
            Assert.That((x * w).RequiresGrad, Is.True);
            Assert.That((x * w > 1.0).RequiresGrad, Is.False);
            Assert.That(w.IsLeaf && x.IsLeaf && !(x * w).IsLeaf, Is.True);
        }

        [Test]
        public void TensorsAreMadeFromWhatGamesHold()
        {
            Assert.That(tape.Vector(new[] { 0.5f, 2f }).ToArray(), Is.EqualTo(new[] { 0.5, 2 }));
            Tensor m = tape.Matrix(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });
            Assert.That(m.Shape.ToArray(), Is.EqualTo(new[] { 2, 3 }));
            Assert.That(m[1, 0].Item(), Is.EqualTo(4));
            Assert.That(tape.Full(7, new[] { 2, 1 }).ToArray(), Is.EqualTo(new[] { 7.0, 7 }));
            Assert.That(m[1].ToString(), Is.EqualTo("tensor(4, 5, 6; shape [3])"));
        }

        [Test]
        public void GradientsAccumulateUntilZeroed()
        {
            Tensor x = tape.Vector(new[] { 1.0, 2 }, requiresGrad: true);
            (x * x).Sum().Backward();
            (3.0 * x).Sum().Backward();
            Assert.That(x.Grad.ToArray(), Is.EqualTo(new[] { 5.0, 7 }));
            x.ZeroGrad();
            Assert.That(x.HasGrad, Is.False);
            x.Sum().Backward();
            Assert.That(x.Grad.ToArray(), Is.EqualTo(new[] { 1.0, 1 }));
        }

        [Test]
        public void ARetainedGraphGivesTheSameGradientAgain()
        {
            Tensor x = tape.Vector(new[] { 1.0, 2 }, requiresGrad: true);
            Tensor loss = Tensor.Exp(x).Sum() * x[0];
            loss.Backward(retainGraph: true);
            double[] once = x.Grad.ToArray();
            loss.Backward();
            Assert.That(x.Grad.ToArray(), Is.EqualTo(new[] { 2 * once[0], 2 * once[1] }));
        }

        [Test]
        public void ASeedWeightsTheOutputs()
        {
            Tensor x = tape.Vector(new[] { 1.0, 2, 3 }, requiresGrad: true);
            Tensor.Square(x).Backward(tape.Vector(new[] { 1.0, 10, 100 }));
            Assert.That(x.Grad.ToArray(), Is.EqualTo(new[] { 2.0, 40, 600 }));
        }

        [Test]
        public void NoGradAndDetachCutThePath()
        {
            Tensor x = tape.Scalar(3, requiresGrad: true);
            Tensor quiet;
            using (tape.NoGrad())
            {
                quiet = x * x;
                Assert.That(tape.GradientsEnabled, Is.False);
            }
            Assert.That(tape.GradientsEnabled, Is.True);
            Assert.That(quiet.RequiresGrad, Is.False);
            (x * x.Detach() + quiet).Backward();
            Assert.That(x.Grad.Item(), Is.EqualTo(3));
        }

        [Test]
        public void HooksSeeAndReplaceGradients()
        {
            Tensor x = tape.Scalar(3, requiresGrad: true);
            Tensor y = x * x;
            double seen = 0;
            y.RegisterHook(g => { seen = g.Item(); return 10.0 * g; });
            TensorHook removed = y.RegisterHook(g => 1000.0 * g);
            removed.Dispose();
            (2.0 * y).Backward();
            Assert.That(seen, Is.EqualTo(2));
            Assert.That(x.Grad.Item(), Is.EqualTo(2 * 10 * 2 * 3));
        }

        [Test]
        public void HooksOnLeavesSeeTheWholeGradientOnce()
        {
            Tensor x = tape.Vector(new[] { 1.0, 2 }, requiresGrad: true);
            int calls = 0;
            x.RegisterHook(g => { calls++; return g * 0.5; });
            (x * x + x).Sum().Backward();
            Assert.That(calls, Is.EqualTo(1));
            Assert.That(x.Grad.ToArray(), Is.EqualTo(new[] { 1.5, 2.5 }));
        }

        [Test]
        public void GradientsOfIntermediateValuesAreKeptOnRequest()
        {
            Tensor x = tape.Scalar(3, requiresGrad: true);
            Tensor y = x * x;
            y.RetainGrad();
            Tensor.Square(y).Backward();
            Assert.That(y.Grad.Item(), Is.EqualTo(18));
        }

        [Test]
        public void GradientsCanBeDifferentiatedThroughGrad()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            (x * x * x).Backward(createGraph: true);
            Tensor slope = x.Grad;
            Assert.That(slope.Item(), Is.EqualTo(12));
            x.ZeroGrad();
            slope.Backward();
            Assert.That(x.Grad.Item(), Is.EqualTo(12));
        }

        [Test]
        public void ThirdDerivativesComeFromNesting()
        {
            Func<Tensor, Tensor> first = x => Autograd.Gradient(t => Tensor.Pow(t, 5.0), x);
            Func<Tensor, Tensor> second = x => Autograd.Gradient(first, x);
            Tensor third = Autograd.Gradient(second, tape.Scalar(2));
            Assert.That(third.Item(), Is.EqualTo(60 * 4).Within(1e-12));
        }

        [Test]
        public void TheFunctionalFaceLeavesLeafGradientsAlone()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor y = x * x;
            Tensor[] gradients = Autograd.Gradient(y * y, new[] { x, y });
            Assert.That(gradients[0].Item(), Is.EqualTo(32));
            Assert.That(gradients[1].Item(), Is.EqualTo(8));
            Assert.That(x.HasGrad, Is.False);
        }

        [Test]
        public void JacobiansAndProductsOfVectorFunctions()
        {
            Func<Tensor, Tensor> f = p => Tensor.Stack(p[0] * p[1], Tensor.Square(p[1]), p[0]);
            Tensor x = tape.Vector(new[] { 2.0, 3 });
            Tensor jacobian = Autograd.Jacobian(f, x);
            Assert.That(jacobian.Shape.ToArray(), Is.EqualTo(new[] { 3, 2 }));
            Assert.That(jacobian.ToArray(), Is.EqualTo(new[] { 3.0, 2, 0, 6, 1, 0 }));
            (Tensor output, Tensor forward) = Autograd.Jvp(f, x, tape.Vector(new[] { 1.0, 10 }));
            Assert.That(output.ToArray(), Is.EqualTo(new[] { 6.0, 9, 2 }));
            Assert.That(forward.ToArray(), Is.EqualTo(new[] { 23.0, 60, 1 }));
            Tensor back = Autograd.Vjp(f, x, tape.Vector(new[] { 1.0, 10, 100 })).Product;
            Assert.That(back.ToArray(), Is.EqualTo(new[] { 103.0, 62 }));
            Tensor product = Autograd.HessianVectorProduct(p => p[0] * Tensor.Square(p[1]), x, tape.Vector(new[] { 1.0, 10 }));
            Assert.That(product.ToArray(), Is.EqualTo(new[] { 60.0, 46 }));
        }

        [Test]
        public void ALinearFunctionHasAZeroHessian()
        {
            Assert.That(Autograd.Hessian(x => (2.0 * x).Sum(), new[] { 1.0, 2 }), Is.EqualTo(new double[2, 2]));
            Assert.That(Autograd.Hessian(x => tapeFreeConstant(x), new[] { 1.0 }), Is.EqualTo(new double[1, 1]));
            Tensor tapeFreeConstant(Tensor x) => x.Tape.Scalar(4);
        }

        /// <summary>Large enough for every loop over vectors and its remainder; A has a known inverse (Sherman-Morrison for I + u v^T).</summary>
        [TestCase(1)]
        [TestCase(3)]
        public void SolvesOfManyUnknownsHaveClosedForms(int columns)
        {
            const int n = 37;
            var matrix = new double[n * n];
            var right = new double[n * columns];
            double vu = 0;
            for (int i = 0; i < n; i++)
            {
                vu += V(i) * U(i);
                for (int j = 0; j < n; j++)
                    matrix[i * n + j] = U(i) * V(j) + (i == j ? 1 : 0);
                for (int c = 0; c < columns; c++)
                    right[i * columns + c] = 1 + i * 0.1 - c;
            }
            Tensor a = tape.Create(matrix, new[] { n, n }, requiresGrad: true);
            Tensor b = tape.Create(right, columns == 1 ? new[] { n } : new[] { n, columns }, requiresGrad: true);
            Tensor x = Tensor.Solve(a, b);
            x.Sum().Backward();
            // x = b - u (v.b) / (1 + v.u); the gradient by b is A^-T 1 = lambda, by A it is -lambda x^T.
            double su = 0;
            for (int i = 0; i < n; i++)
                su += U(i);
            for (int c = 0; c < columns; c++)
            {
                double vb = 0;
                for (int i = 0; i < n; i++)
                    vb += V(i) * right[i * columns + c];
                for (int i = 0; i < n; i++)
                {
                    Assert.That(x.Data[i * columns + c], Is.EqualTo(right[i * columns + c] - U(i) * vb / (1 + vu)).Within(1e-12));
                    Assert.That(b.Grad.Data[i * columns + c], Is.EqualTo(Lambda(i)).Within(1e-12));
                }
            }
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double row = 0;
                    for (int c = 0; c < columns; c++)
                        row += x.Data[j * columns + c];
                    Assert.That(a.Grad.Data[i * n + j], Is.EqualTo(-Lambda(i) * row).Within(1e-11), $"[{i}, {j}]");
                }
            }

            double U(int i) => Math.Sin(i + 1);
            double V(int i) => Math.Cos(2 * i) * 0.2;
            double Lambda(int i) => 1 - V(i) * su / (1 + vu);
        }

        private sealed class Cube : TensorFunction
        {
            protected override Tensor Forward(Tensor[] inputs) => inputs[0] * inputs[0] * inputs[0];

            protected override Tensor[] Backward(Tensor[] inputs, Tensor output, Tensor gradient) =>
                new Tensor[] { gradient * 3.0 * Tensor.Square(inputs[0]), default };
        }

        [Test]
        public void CustomFunctionsUseTheirOwnAdjointToAnyOrder()
        {
            Tensor x = tape.Vector(new[] { 1.0, 2 }, requiresGrad: true);
            Tensor unused = tape.Scalar(1, requiresGrad: true);
            Tensor loss = (2.0 * new Cube().Apply(x, unused)).Sum();
            loss.Backward(retainGraph: true);
            Assert.That(x.Grad.ToArray(), Is.EqualTo(new[] { 6.0, 24 }));
            Tensor slope = Autograd.Gradient(loss, x, createGraph: true);
            Assert.That(Autograd.Gradient(slope.Sum(), x).ToArray(), Is.EqualTo(new[] { 12.0, 24 }));
        }

        [Test]
        public void ARecordingIsForgottenAndItsMemoryUsedAgain()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            int before = tape.RecordCount;
            for (int pass = 0; pass < 3; pass++)
            {
                using (tape.Recording())
                {
                    x.ZeroGrad();
                    (x * x).Backward();
                    Assert.That(x.Grad.Item(), Is.EqualTo(4));
                }
                Assert.That(tape.RecordCount, Is.EqualTo(before));
            }
        }

        [Test]
        public void GradientDescentInRecordingsFindsTheMinimum()
        {
            Tensor x = tape.Vector(new[] { 4.0, -3 }, requiresGrad: true);
            for (int step = 0; step < 100; step++)
            {
                using (tape.Recording())
                {
                    x.ZeroGrad();
                    Tensor.Square(x - 1.0).Sum().Backward();
                    x.AddScaled(-0.25, x.Grad);
                }
            }
            Assert.That(x.ToArray(), Is.EqualTo(new[] { 1.0, 1 }).Within(1e-12));
        }

        [Test]
        public void AGradientThatIsAnExpressionOutlivesItsRecordingAsANumber()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            using (tape.Recording())
                (x * x).Backward(createGraph: true);
            Assert.That(x.Grad.Item(), Is.EqualTo(4));
            (3.0 * x).Backward();
            Assert.That(x.Grad.Item(), Is.EqualTo(7));
        }

        [Test]
        public void AValueOverwrittenButNotNeededIsNoError()
        {
            Tensor x = tape.Scalar(2, requiresGrad: true);
            Tensor c = tape.Scalar(5);
            Tensor loss = (x + c) * 2.0;
            c.Set(0, 100);
            loss.Backward();
            Assert.That(x.Grad.Item(), Is.EqualTo(2));
        }

        [Test]
        public void SteadyLoopsAllocateNothing()
        {
            Tensor x = tape.Scalar(0.5, requiresGrad: true);
            Tensor v = tape.Vector(new[] { 1.0, 2, 3 }, requiresGrad: true);
            void Pass()
            {
                using (tape.Recording())
                {
                    Tensor s = x;
                    for (int i = 0; i < 100; i++)
                        s = s * x + Tensor.Sin(s) - 0.25 * x / (2.0 + s);
                    x.ZeroGrad();
                    v.ZeroGrad();
                    (s + (v * v * x).Sum() + Tensor.Dot(v, v) + v[1] * v[^1]).Backward();
                    x.AddScaled(-1e-3, x.Grad);
                }
            }
            for (int warm = 0; warm < 20; warm++)
                Pass();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++)
                Pass();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }
    }
}
