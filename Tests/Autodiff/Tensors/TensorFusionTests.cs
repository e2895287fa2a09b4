using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Large elementwise chains: when they run, what they share, and that nothing shows but speed.</summary>
    public class TensorFusionTests
    {
        private const int Count = 10000;

        private static TensorTape NewTape(int fuseFrom = 5000) => new TensorTape("main") { FuseFrom = fuseFrom };

        private static double[] Ramp(double from, double to)
        {
            var data = new double[Count];
            for (int i = 0; i < Count; i++)
                data[i] = from + (to - from) * i / (Count - 1);
            return data;
        }

        /// <summary>A chain with branches, clamps, shared parts, a tensor and two scalars.</summary>
        private static Tensor Chain(Tensor x, Tensor a, Tensor b)
        {
            Tensor s = Tensor.Sin(x * a);
            Tensor t = Tensor.Where(s > 0.0, s * s, Tensor.Clamp(b * x, -0.5, 0.5));
            return Tensor.Exp(-t) / (1.0 + Tensor.Square(s)) + Tensor.Max(t, 0.1 * x);
        }

        [Test]
        public void FusedAndEagerChainsAgree()
        {
            double[][] results = new double[2][];
            for (int way = 0; way < 2; way++)
            {
                TensorTape tape = NewTape(way == 0 ? int.MaxValue : 5000);
                Tensor x = tape.Vector(Ramp(-2, 2), requiresGrad: true);
                Tensor a = tape.Scalar(1.7, requiresGrad: true);
                Tensor b = tape.Scalar(-0.4, requiresGrad: true);
                Tensor y = Chain(x, a, b);
                (y * y).Mean().Backward();
                results[way] = new double[Count + 3];
                x.Grad.Data.CopyTo(results[way]);
                results[way][Count] = a.Grad.Item();
                results[way][Count + 1] = b.Grad.Item();
                results[way][Count + 2] = y.Sum().Item();
                Assert.That(tape.FusedChainCount, way == 0 ? Is.Zero : Is.GreaterThan(0));
            }
            for (int k = 0; k < results[0].Length; k++)
                Assert.That(results[1][k], Is.EqualTo(results[0][k]).Within(1e-13 * Math.Max(1, Math.Abs(results[0][k]))), $"[{k}]");
        }

        /// <summary>Both ways at the points where derivatives are conventions, and behind branches not taken.</summary>
        [Test]
        public void FusedAndEagerChainsAgreeAtSpecialPoints()
        {
            double[] x = { -2, -1, -0.5, 0, 0, 0.5, 1, 2 };
            double[] y = { -2, 1, 0, 0, 2, -0.5, 1, -1 };
            var functions = new Func<Tensor, Tensor, Tensor>[]
            {
                (a, b) => Tensor.Abs(a) + Tensor.Relu(b), (a, b) => Tensor.Clamp(a, -1, 1) * b, (a, b) => Tensor.Max(a, b),
                (a, b) => Tensor.Min(a, b), (a, b) => Tensor.Atan2(a, b), (a, b) => Tensor.Hypot(a, b),
                (a, b) => Tensor.Pow(a, 2.0) + Tensor.Pow(b, 3.0) + Tensor.Pow(a, 0.0), (a, b) => Tensor.Pow(Tensor.Abs(a), Tensor.Abs(b)),
                (a, b) => Tensor.Where(a > 0.0, Tensor.Sqrt(a), b), (a, b) => Tensor.Where(b > 0.0, Tensor.Log(b) / a, a * b),
                (a, b) => (a > 0.0) * Tensor.Sqrt(Tensor.Abs(a)) + b,
                (a, b) => Tensor.Sign(a) * b + Tensor.Floor(a) + Tensor.Ceiling(b) * a,
            };
            for (int k = 0; k < functions.Length; k++)
            {
                var results = new double[2][];
                for (int way = 0; way < 2; way++)
                {
                    TensorTape tape = NewTape(way == 0 ? int.MaxValue : 1);
                    Tensor a = tape.Vector(x, requiresGrad: true);
                    Tensor b = tape.Vector(y, requiresGrad: true);
                    Tensor[] gradients = Autograd.Gradient(functions[k](a, b), new[] { a, b }, tape.Full(1, new[] { x.Length }), allowUnused: true);
                    results[way] = Tensor.Concat(functions[k](a, b), gradients[0], gradients[1]).ToArray();
                }
                for (int i = 0; i < results[0].Length; i++)
                    Assert.That(results[1][i], Is.EqualTo(results[0][i]).Within(1e-13 * Math.Max(1, Math.Abs(results[0][i]))), $"function {k}, number {i}");
            }
        }

        /// <summary>exp(-(t y)^2) at y = 0: the first derivative is 0, the second -2 t^2.</summary>
        [Test]
        public void ACotangentThatHappensToBeZeroStillHasASecondDerivative()
        {
            TensorTape tape = NewTape(1);
            Tensor y = tape.Vector(new[] { 0.0, 0 }, requiresGrad: true);
            Tensor slope = Autograd.Gradient(Tensor.Exp(-Tensor.Square(3.0 * y)).Sum(), y, createGraph: true);
            Assert.That(slope.ToArray(), Is.EqualTo(new[] { 0.0, 0 }));
            Assert.That(Autograd.Gradient(slope.Sum(), y).ToArray(), Is.EqualTo(new[] { -18.0, -18 }).Within(1e-13));
        }

        [Test]
        public void TheSecondDerivativeOfABranchNotTakenIsExactlyZero()
        {
            TensorTape tape = NewTape(1);
            Tensor x = tape.Vector(new[] { -1.0, 0, 4 }, requiresGrad: true);
            Tensor y = Tensor.Where(x > 0.0, Tensor.Sqrt(x) * x, Tensor.Square(x));
            Tensor slope = Autograd.Gradient(y.Sum(), x, createGraph: true);
            Assert.That(Autograd.Gradient(slope.Sum(), x).ToArray(), Is.EqualTo(new[] { 2.0, 2, 0.375 }).Within(1e-14));
        }

        [Test]
        public void AChainIsCompiledOnceAndLoopsAllocateNothing()
        {
            TensorTape tape = NewTape();
            Tensor x = tape.Vector(Ramp(-2, 2), requiresGrad: true);
            Tensor a = tape.Scalar(1.7, requiresGrad: true);
            void Pass()
            {
                using (tape.Recording())
                {
                    x.ZeroGrad();
                    a.ZeroGrad();
                    Chain(x, a, a).Sum().Backward();
                    x.AddScaled(-1e-6, x.Grad);
                    a.AddScaled(-1e-6, a.Grad);
                }
            }
            for (int warm = 0; warm < 5; warm++)
                Pass();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
                Pass();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(tape.FusedChainCount, Is.EqualTo(1));
        }

        [Test]
        public void ValuesInsideAChainStillHaveGradientsAndHooks()
        {
            TensorTape tape = NewTape();
            Tensor x = tape.Vector(Ramp(1, 2), requiresGrad: true);
            Tensor y = x * x;
            Tensor loss = (y * y * y).Sum();
            y.RetainGrad();
            double seen = 0;
            y.RegisterHook(g => { seen = g.Data[0]; return 2.0 * g; });
            loss.Backward(retainGraph: true);
            Assert.That(seen, Is.EqualTo(3).Within(1e-12));
            Assert.That(y.Grad.Data[0], Is.EqualTo(6).Within(1e-12));
            Assert.That(x.Grad.Data[0], Is.EqualTo(12).Within(1e-12));
            Assert.That(Autograd.Gradient(loss, y).Data[Count - 1], Is.EqualTo(2 * 3 * 16).Within(1e-12));
        }

        [Test]
        public void ANoGradPartOfAChainPassesNoGradient()
        {
            TensorTape tape = NewTape();
            Tensor x = tape.Vector(Ramp(1, 2), requiresGrad: true);
            Tensor quiet;
            using (tape.NoGrad())
                quiet = x * 3.0;
            (quiet * x).Sum().Backward();
            Assert.That(x.Grad.Data[0], Is.EqualTo(3));
        }

        [Test]
        public void AValueReadInsideARecordingIsThereAfterIt()
        {
            TensorTape tape = NewTape();
            Tensor x = tape.Vector(Ramp(1, 2), requiresGrad: true);
            Tensor y = x * x;
            using (tape.Recording())
                Assert.That(y.Data[Count - 1], Is.EqualTo(4));
            using (tape.Recording())
                _ = tape.Vector(Ramp(7, 8)) * 2.0 + 1.0;
            Assert.That(y.Data[Count - 1], Is.EqualTo(4));
            y.Sum().Backward();
            Assert.That(x.Grad.Data[Count - 1], Is.EqualTo(4));
        }

        [Test]
        public void AnOperandOverwrittenBeforeTheResultWasReadIsRefused()
        {
            TensorTape tape = NewTape();
            Tensor x = tape.Vector(Ramp(1, 2), requiresGrad: true);
            Tensor y = Tensor.Exp(x);
            x.Set(0, 5);
            Assert.That(() => y.ToArray(), Throws.InvalidOperationException
                .With.Message.Contains("put off").And.Message.Contains("Exp").And.Message.Contains("FuseFrom"));
        }

        [Test]
        public void AnInputOverwrittenAfterTheChainRanIsRefusedOnTheWayBack()
        {
            TensorTape tape = NewTape();
            Tensor x = tape.Vector(Ramp(1, 2), requiresGrad: true);
            Tensor loss = Tensor.Exp(x * x).Sum();
            x.Set(0, 5);
            Assert.That(() => loss.Backward(), Throws.InvalidOperationException.With.Message.Contains("modified in place"));
        }

        [Test]
        public void LongChainsAreCutAndStillRight()
        {
            TensorTape tape = NewTape();
            Tensor x = tape.Vector(Ramp(0, 1), requiresGrad: true);
            Tensor y = x;
            for (int i = 0; i < 200; i++)
                y = y * 1.01;
            y.Sum().Backward();
            double expected = Math.Pow(1.01, 200);
            Assert.That(y.Data[Count - 1], Is.EqualTo(expected).Within(1e-12));
            Assert.That(x.Grad.Data[0], Is.EqualTo(expected).Within(1e-12));
        }

        [Test]
        public void CheckModeRunsEverythingAtOnce()
        {
            TensorTape tape = NewTape();
            tape.CheckFinite = true;
            Tensor x = tape.Vector(Ramp(-1, 2));
            Assert.That(() => Tensor.Log(x), Throws.TypeOf<NotFiniteNumberException>().With.Message.Contains("element [0]"));
        }
    }
}
