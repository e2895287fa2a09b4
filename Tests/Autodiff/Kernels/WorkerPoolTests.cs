using System;
using System.Threading;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Each part runs once, whoever runs it.</summary>
    public class WorkerPoolTests
    {
        sealed class Parts : IPartedWork
        {
            public readonly int[] Runs = new int[16];
            public Action<int> Also;

            public void RunPart(int part)
            {
                Interlocked.Increment(ref Runs[part]);
                Also?.Invoke(part);
            }
        }

        [Test]
        public void EveryPartRunsOnce([Values(2, 4)] int threads)
        {
            using var pool = new WorkerPool(threads);
            var work = new Parts();
            for (int run = 0; run < 20_000; run++)
            {
                int count = 1 + run * 7 % 16;
                Array.Clear(work.Runs, 0, 16);
                pool.Run(work, count);
                for (int part = 0; part < 16; part++) Assert.That(work.Runs[part], Is.EqualTo(part < count ? 1 : 0));
            }
        }

        [Test]
        public void WorkInsideAPartIsDoneByItsThread()
        {
            using var pool = new WorkerPool(2);
            var inner = new Parts();
            var outer = new Parts { Also = _ => pool.Run(inner, 3) };
            pool.Run(outer, 8);
            Assert.That(new[] { inner.Runs[0], inner.Runs[1], inner.Runs[2] }, Is.All.EqualTo(8));
            pool.Run(inner, 2);
            Assert.That(inner.Runs[1], Is.EqualTo(9));
        }

        [Test]
        public void TheFirstFailureIsThrown()
        {
            using var pool = new WorkerPool(2);
            var work = new Parts { Also = part => { if (part > 4) throw new ArithmeticException($"part {part}"); } };
            Assert.That(() => pool.Run(work, 16), Throws.TypeOf<ArithmeticException>().With.Message.EqualTo("part 5"));
            Assert.That(work.Runs, Is.All.EqualTo(1));
        }
    }
}
