using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Indices that rise by one over stretches of any length, whose two ends add to one buffer: the bits of the reference executor, by any number of threads.</summary>
    public class IndexRunTests
    {
        // As a spring: both ends gather, both add to the same numbers.
        static readonly Kernel Springs = Kernel.Define("springs", k =>
        {
            Real[] a = k.Gather("end a", "a", 3), b = k.Gather("end b", "b", 3);
            Real s = k.Lane("stiffness");
            for (int n = 0; n < 40; n++) s = s + (a[0] - b[1]) * s * 0.01; // enough work to be divided among threads
            k.AccumulateAt("force a", "a", s * a[0], s * a[1], s * a[2]);
            k.AccumulateAt("force b", "b", -(s * b[0]), -(s * b[1]), -(s * b[2]));
        });

        [Test]
        public void RunsGiveTheSameBits([Values] Precision precision, [Values(1, 5, 31, 256, 5003)] int elements, [Values(1, 3, 4, 9, 37)] int longest)
        {
            double[] expected = Run(new ReferenceExecutor(), precision, elements, longest);
            foreach (Executor executor in TestExecutors.Fast())
                Assert.That(TestExecutors.SameBits(Run(executor, precision, elements, longest), expected), Is.True, executor.GetType().Name);
            foreach (int threads in new[] { 2, 3 })
            {
                Executor executor = TestExecutors.Prompt();
                executor.Threads = threads;
                Assert.That(TestExecutors.SameBits(Run(executor, precision, elements, longest), expected), Is.True, $"{threads} threads");
                executor.Threads = 1;
            }
        }

        [Test]
        public void LongRunsAreReadStraightThroughToTheSameBits([Values] Precision precision, [Values(256, 259, 1000, 5003)] int elements)
        {
            double[] expected = Run(new ReferenceExecutor(), precision, elements, 40, least: 16);
            foreach (Executor executor in TestExecutors.Fast())
            {
                Assert.That(TestExecutors.SameBits(Run(executor, precision, elements, 40, least: 16), expected), Is.True, executor.GetType().Name);
                Assert.That(executor.CompiledCount, Is.EqualTo(executor.Streams ? 2 : 1));
            }
        }

        [Test]
        public void IndicesThatChangeAreLookedAtAgain()
        {
            Kernel gathers = Kernel.Define("gathers", k => k.Store("y", k.Gather("x", "i")));
            using Buffer x = new Buffer("x", 300), y = new Buffer("y", 300);
            using var index = new IndexBuffer("i", 300);
            for (int k = 0; k < 300; k++) (x[k], index.Indices[k]) = (k, k);
            Executor executor = TestExecutors.Prompt();
            Launch launch = new Launch(gathers, 300).Bind("x", x).Bind("y", y).BindIndex("i", index);
            launch.Run(executor);
            for (int k = 0; k < 300; k++) Assert.That(y[k], Is.EqualTo(k));
            for (int k = 0; k < 300; k++) index.Indices[k] = k * 7 % 300;
            launch.Run(executor);
            for (int k = 0; k < 300; k++) Assert.That(y[k], Is.EqualTo(k * 7 % 300));
        }

        static double[] Run(Executor executor, Precision precision, int elements, int longest, int least = 1)
        {
            const int Particles = 100;
            var random = new Random(elements + longest);
            using Buffer state = new Buffer("state", Particles, 3, precision), force = new Buffer("force", Particles, 3, precision), stiffness = new Buffer("stiffness", elements, 1, precision);
            using IndexBuffer a = new IndexBuffer("a", elements), b = new IndexBuffer("b", elements);
            foreach (Buffer buffer in new[] { state, force, stiffness })
                for (int e = 0; e < buffer.Elements; e++)
                    for (int c = 0; c < buffer.Components; c++) buffer[e, c] = random.NextDouble() * 2 - 0.7;
            foreach (IndexBuffer index in new[] { a, b })
                for (int lane = 0; lane < elements;)
                {
                    int run = random.Next(least, longest + 1), first = random.Next(3) == 0 ? 0 : random.Next(3) == 0 ? Particles - run : random.Next(Particles - run);
                    for (int n = 0; n < run && lane < elements; n++) index.Indices[lane++] = first + n;
                }
            new Launch(Springs, elements).Bind("end a", state).Bind("end b", state).Bind("stiffness", stiffness).Bind("force a", force).Bind("force b", force)
                .BindIndex("a", a).BindIndex("b", b).Run(executor);
            var result = new double[Particles * 3];
            for (int k = 0; k < result.Length; k++) result[k] = force[k / 3, k % 3];
            return result;
        }
    }
}
