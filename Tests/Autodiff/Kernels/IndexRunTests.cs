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

        // As springs on sheets, family by family: both ends rise together, with gaps at the ends of rows; besides, a lane's own numbers are stored and added to, and one sum is taken.
        [Test]
        public void IndicesThatRiseTogetherGiveTheSameBits([Values] Precision precision, [Values(256, 259, 700, 2011)] int elements, [Values(16, 17, 31, 99)] int row, [Values(0, 1, 2, 7)] int gap)
        {
            Kernel kernel = Kernel.Define("together", k =>
            {
                Real[] a = k.Gather("end a", "a", 2), b = k.Gather("end b", "b", 2);
                Real s = k.Lane("stiffness"), pull = s * (a[0] - b[1]);
                k.AccumulateAt("force a", "a", pull, pull * a[1]);
                k.AccumulateAt("force b", "b", -pull, pull * b[0]);
                k.Accumulate("gradient", pull * pull);
                k.Store("extension", a[0] * b[0]);
                k.Sum("energy", pull * a[1]);
            });
            double[] expected = RunTogether(new ReferenceExecutor(), kernel, precision, elements, row, gap);
            foreach (Executor executor in TestExecutors.Fast())
            {
                Assert.That(TestExecutors.SameBits(RunTogether(executor, kernel, precision, elements, row, gap), expected), Is.True, executor.GetType().Name);
                Assert.That(executor.CompiledCount, Is.EqualTo(executor.Streams ? 2 : 1));
            }
        }

        static double[] RunTogether(Executor executor, Kernel kernel, Precision precision, int elements, int row, int gap)
        {
            var random = new Random(elements + row);
            int particles = elements * 2 + 200;
            using Buffer state = new Buffer("state", particles, 2, precision), force = new Buffer("force", particles, 2, precision), energy = new Buffer("energy", 1, 1, precision);
            using Buffer stiffness = new Buffer("stiffness", elements, 1, precision), gradient = new Buffer("gradient", elements, 1, precision), extension = new Buffer("extension", elements, 1, precision);
            using IndexBuffer a = new IndexBuffer("a", elements), b = new IndexBuffer("b", elements);
            foreach (Buffer buffer in new[] { state, force, stiffness, gradient })
                for (int e = 0; e < buffer.Elements; e++)
                    for (int c = 0; c < buffer.Components; c++) buffer[e, c] = random.Next(5) == 0 ? -0.0 : random.NextDouble() * 2 - 0.7;
            int rows = 450 / row * row;
            for (int lane = 0, at = 0, family = 0; lane < elements; lane++, at++)
            {
                if (lane > 0 && lane % rows == 0) (at, family) = (0, family + 1);
                else if (at % (row + gap) == row) at += gap;
                (a.Indices[lane], b.Indices[lane]) = (at, at + 1 + 33 * family);
            }

            new Launch(kernel, elements).Bind("end a", state).Bind("end b", state).Bind("stiffness", stiffness).Bind("force a", force).Bind("force b", force).Bind("gradient", gradient)
                .Bind("extension", extension).Bind("energy", energy).BindIndex("a", a).BindIndex("b", b).Run(executor);
            var result = new System.Collections.Generic.List<double>();
            foreach (Buffer buffer in new[] { force, gradient, extension, energy })
                for (int e = 0; e < buffer.Elements; e++)
                    for (int c = 0; c < buffer.Components; c++) result.Add(buffer[e, c]);
            return result.ToArray();
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
