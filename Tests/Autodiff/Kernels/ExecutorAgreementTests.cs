using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Every executor gives the bits of the reference executor: on random formulas, ways of access, counts and worlds.</summary>
    public class ExecutorAgreementTests
    {
        static readonly Op[] Numbers =
        {
            Op.Add, Op.Subtract, Op.Multiply, Op.Divide, Op.Negate, Op.FusedMultiplyAdd, Op.Sqrt, Op.Abs, Op.Floor, Op.Select,
        };

        [Test]
        public void RandomFormulasGiveTheSameBits([Values] Precision precision, [Values(1, 3, 64)] int worlds, [Values(1, 7, 16, 257, 600)] int elements)
        {
            for (int seed = 0; seed < 3; seed++)
            {
                var random = new Random(seed * 7919 + elements);
                Kernel kernel = RandomKernel(random, operations: 20 + 90 * seed);
                double[] expected = Run(kernel, new ReferenceExecutor(), precision, worlds, elements, seed);
                foreach (Executor executor in TestExecutors.Fast())
                    Assert.That(TestExecutors.SameBits(Run(kernel, executor, precision, worlds, elements, seed), expected), Is.True, $"{executor.GetType().Name} seed {seed}");
            }
        }

        [Test]
        public void SegmentedKernelsGiveTheSameBits([Values] Precision precision, [Values(5, 300)] int elements)
        {
            Kernel kernel = RandomKernel(new Random(11), operations: 3000);
            double[] expected = Run(kernel, new ReferenceExecutor(), precision, 1, elements, 3);
            foreach (Executor executor in TestExecutors.AnyWidth())
                Assert.That(TestExecutors.SameBits(Run(kernel, executor, precision, 1, elements, 3), expected), Is.True, executor.GetType().Name);
        }

        [Test]
        public void AWorldAloneAndInABatchGiveTheSameBits([Values] Precision precision)
        {
            const int Worlds = 24, Elements = 300;
            Kernel kernel = RandomKernel(new Random(5), operations: 100);
            Executor executor = Executor.CreateDefault();
            using var batch = new RandomBuffers(kernel, precision, Worlds, Elements, 9);
            var alone = new RandomBuffers[Worlds];
            for (int world = 0; world < Worlds; world++) alone[world] = new RandomBuffers(kernel, precision, 1, Elements, 9, batch, world);
            batch.Run(executor);
            for (int world = 0; world < Worlds; world++)
            {
                alone[world].Run(executor);
                Assert.That(TestExecutors.SameBits(alone[world].Contents(0), batch.Contents(world)), Is.True, $"world {world}");
                alone[world].Dispose();
            }
        }

        [Test]
        public void AnyNumberOfThreadsGivesTheSameBits([Values] Precision precision, [Values(1, 100)] int worlds)
        {
            Kernel kernel = RandomKernel(new Random(8), operations: 150);
            int elements = worlds == 1 ? 5003 : 40;
            double[] expected = Run(kernel, Executor.CreateDefault(), precision, worlds, elements, 2);
            foreach (int threads in new[] { 2, 3 })
            {
                Executor executor = Executor.CreateDefault();
                executor.Threads = threads;
                Assert.That(TestExecutors.SameBits(Run(kernel, executor, precision, worlds, elements, 2), expected), Is.True, $"{threads} threads");
                executor.Threads = 1;
            }
        }

        [Test]
        public void WhatIsStoredAsItWasReadStays([Values] Precision precision, [Values(1, 13, 300)] int elements)
        {
            Kernel kernel = Kernel.Define("keep one", k =>
            {
                Real[] x = k.Lane("x", 2);
                k.Store("x", x[0], x[1] + x[0]);
            });
            foreach (Executor executor in TestExecutors.AnyWidth())
            {
                using var x = new Buffer("x", elements, 2, precision);
                for (int e = 0; e < elements; e++) (x[e, 0], x[e, 1]) = (e + 0.5, 2);
                new Launch(kernel, elements).Bind("x", x).Run(executor);
                for (int e = 0; e < elements; e++) Assert.That((x[e, 0], x[e, 1]), Is.EqualTo((e + 0.5, e + 2.5)), $"{executor}, element {e}");
            }
        }

        [Test]
        public void ValuesTradePlacesInPlace([Values] Precision precision, [Values(1, 13, 300)] int elements)
        {
            Kernel kernel = Kernel.Define("rotate", k =>
            {
                Real[] x = k.Lane("x", 3);
                k.Store("x", x[1], x[2], x[0]);
                Real y = k.Lane("y");
                k.Store("sum", x[0] + y);
                k.Store("y", x[2]);
            });
            double[] expected = Run(kernel, new ReferenceExecutor(), precision, 1, elements, 1);
            foreach (Executor executor in TestExecutors.Fast())
                Assert.That(TestExecutors.SameBits(Run(kernel, executor, precision, 1, elements, 1), expected), Is.True, executor.GetType().Name);
        }

        static double[] Run(Kernel kernel, Executor executor, Precision precision, int worlds, int elements, int seed)
        {
            using var buffers = new RandomBuffers(kernel, precision, worlds, elements, seed);
            buffers.Run(executor);
            var all = new List<double>();
            for (int world = 0; world < worlds; world++) all.AddRange(buffers.Contents(world));
            return all.ToArray();
        }

        // Inputs of every addressing and outputs of every writing, with random operations between.
        static Kernel RandomKernel(Random random, int operations) => Kernel.Define("random", k =>
        {
            var values = new List<Real> { 0.5, -2 };
            values.AddRange(k.Lane("x", 3));
            values.AddRange(k.Gather("row", "i", 2));
            values.AddRange(k.Gather("place", "once", 2));
            values.AddRange(k.Shared("p", 2));
            values.Add(k.Lane("inPlace"));
            Real Any() => values[random.Next(Math.Max(0, values.Count - 30), values.Count)];
            for (int n = 0; n < operations; n++)
            {
                Op op = Numbers[random.Next(Numbers.Length)];
                values.Add(op == Op.Select ? Real.Select(Any() < Any() & !(Any() == Any()) | Any() <= Any(), Any(), Any())
                    : op.Arity() == 1 ? Real.Apply(op, Any())
                    : op.Arity() == 2 ? Real.Apply(op, Any(), Any()) : Real.Apply(op, Any(), Any(), Any()));
            }
            k.Store("y", Any(), Any());
            k.Store("inPlace", Any());
            k.Accumulate("added", Any());
            k.AccumulateAt("row2", "i", Any(), Any());
            k.StoreAt("place", "once", Any(), Any());
            k.Sum("total", Any(), Any());
        });
    }
}
