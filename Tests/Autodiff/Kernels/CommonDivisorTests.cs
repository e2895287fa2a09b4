using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Kernels that ask for shared divisions divide once by a number, with the same bits in every executor, and only they.</summary>
    public class CommonDivisorTests
    {
        // A direction, a length, and a quotient whose divisor is used once.
        static Kernel Direction(KernelRounding rounding) => Kernel.Define("direction", k =>
        {
            Real[] d = k.Lane("d", 3), other = k.Lane("other", 2);
            Real length = new Real3(d[0], d[1], d[2]).Length;
            k.Store("direction", d[0] / length, d[1] / length, d[2] / length, other[0] / (2 + other[1] * other[1]));
        }, rounding);

        static int Divisions(Kernel kernel)
        {
            Graph g = kernel.ProgramFor(Precision.Double).Graph;
            int count = 0;
            for (int node = 0; node < g.Count; node++) count += g.OpOf(node) == Op.Divide ? 1 : 0;
            return count;
        }

        [Test]
        public void ADivisorIsDividedByOnce()
        {
            Assert.That(Divisions(Direction(KernelRounding.EachOperation)), Is.EqualTo(4));
            Assert.That(Divisions(Direction(KernelRounding.ShareDivisions)), Is.EqualTo(2));
            // Adjoint and tangent divide by the same two numbers.
            Assert.That(Divisions(Direction(KernelRounding.ShareDivisions).Adjoint.Adjoint), Is.EqualTo(2));
            Assert.That(Divisions(Direction(KernelRounding.ShareDivisions).Tangent.Tangent), Is.EqualTo(2));
        }

        [Test]
        public void SharedDivisionsHaveTheSameBitsInEveryExecutorAndAreClose([Values] Precision precision, [Values(KernelRounding.ShareDivisions, KernelRounding.ShareDivisions | KernelRounding.FuseMultiplyAdd)] KernelRounding rounding)
        {
            using var buffers = new RandomBuffers(Direction(rounding), precision, 1, 37, 4);
            using var exact = new RandomBuffers(Direction(KernelRounding.EachOperation), precision, 1, 37, 4);
            buffers.Run(new ReferenceExecutor());
            exact.Run(new ReferenceExecutor());
            double[] expected = buffers.Contents(0);
            foreach (Executor executor in TestExecutors.Fast())
            {
                buffers.Run(executor);
                Assert.That(TestExecutors.SameBits(buffers.Contents(0), expected), Is.True, executor.GetType().Name);
            }

            double[] close = exact.Contents(0);
            double ulp = precision == Precision.Float ? Math.Pow(2, -23) : Math.Pow(2, -52);
            for (int k = 0; k < close.Length; k++) Assert.That(expected[k], Is.EqualTo(close[k]).Within(3 * ulp * Math.Abs(close[k])));
        }

        // The derivative of a length at 0 is 0 by convention, whose selection the infinite reciprocal must not pass.
        [Test]
        public void ALengthOfZeroHasNoSlope()
        {
            Kernel kernel = Kernel.Define("pull", k =>
            {
                Real[] d = k.Lane("d", 3);
                Real length = new Real3(d[0], d[1], d[2]).Length;
                k.Store("pull", Derivatives.Cotangents(length, 2, d));
            }, KernelRounding.ShareDivisions);
            using var buffers = new RandomBuffers(kernel, Precision.Double, 1, 1, 0);
            Buffer d = buffers.Launch.BufferOf(kernel.SlotOf("d")), pull = buffers.Launch.BufferOf(kernel.SlotOf("pull"));
            for (int c = 0; c < 3; c++) d[0, c] = 0;
            buffers.Run(Executor.CreateDefault());
            for (int c = 0; c < 3; c++) Assert.That(pull[0, c], Is.Zero);
        }
    }
}
