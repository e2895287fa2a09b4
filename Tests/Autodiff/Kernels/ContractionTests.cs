using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Kernels that ask for fused multiply-adds get them, with the same bits in every executor, and only they.</summary>
    public class ContractionTests
    {
        static Kernel Dot(bool fuse) => Kernel.Define("dot", k =>
        {
            Real[] a = k.Lane("a", 2), b = k.Lane("b", 2);
            k.Store("sum", a[0] * b[0] + a[1] * b[1]);
            k.Store("difference", a[0] - a[1] * b[0]);
            k.Store("reverse", a[1] * b[1] * 3 - b[0]);
        }, fuse ? KernelRounding.FuseMultiplyAdd : KernelRounding.EachOperation);

        [Test]
        public void FusedKernelsRoundOnceInEveryExecutor([Values] Precision precision)
        {
            using var buffers = new RandomBuffers(Dot(true), precision, 1, 37, 4);
            buffers.Run(new ReferenceExecutor());
            double[] expected = buffers.Contents(0);
            foreach (Executor executor in TestExecutors.Fast())
            {
                buffers.Run(executor);
                Assert.That(TestExecutors.SameBits(buffers.Contents(0), expected), Is.True, executor.GetType().Name);
            }
        }

        [Test]
        public void OnlyKernelsThatAskAreFused()
        {
            // (1 + e)(1 - e) - 1 = -e^2 is lost when the product is rounded by itself: with e = 2^-30, e^2 is below half an ulp of 1.
            double e = Math.Pow(2, -30);
            foreach (bool fuse in new[] { false, true })
            {
                Kernel kernel = Kernel.Define("residual", k => k.Store("r", k.Lane("x") * k.Lane("y") + k.Lane("z")), fuse ? KernelRounding.FuseMultiplyAdd : KernelRounding.EachOperation);
                using var buffers = new RandomBuffers(kernel, Precision.Double, 1, 1, 0);
                var launch = buffers.Launch;
                launch.BufferOf(kernel.SlotOf("x"))[0] = 1 + e;
                launch.BufferOf(kernel.SlotOf("y"))[0] = 1 - e;
                launch.BufferOf(kernel.SlotOf("z"))[0] = -1;
                buffers.Run(Executor.CreateDefault());
                Assert.That(launch.BufferOf(kernel.SlotOf("r"))[0], Is.EqualTo(fuse ? -e * e : 0.0));
            }
        }
    }
}
