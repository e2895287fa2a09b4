using System;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>What a launch promises: no allocation, one compilation per content, use from many threads, and errors that name things.</summary>
    public class LaunchTests
    {
        static Kernel Scale(double factor) => Kernel.Define("scale", k =>
        {
            Real x = k.Gather("x", "i");
            k.Store("y", factor * x);
            k.AccumulateAt("z", "i", x * x);
            k.Sum("total", x);
        });

        [Test]
        public void EqualKernelsAreDifferentiatedOnce()
        {
            static Kernel Make(string name, double factor, string slot = "x") => Kernel.Define(name, k => k.Store("y", factor * Real.Sin(k.Lane(slot))));

            var executor = new LoopExecutor();
            using Buffer x = new Buffer("x", 3), y = new Buffer("y", 3);
            LaunchPlan Plan(Kernel kernel) => new Launch(kernel, 3).Bind(0, x).Bind(1, y).PlanFor(executor);
            Kernel first = Make("wave", 2);
            Assert.That(Plan(first).Kernel, Is.SameAs(first));
            Assert.That(Plan(Make("wave", 2)).Kernel, Is.SameAs(first));
            foreach (Kernel other in new[] { Make("wave", 3), Make("other", 2), Make("wave", 2, "z") }) Assert.That(Plan(other).Kernel, Is.SameAs(other));
        }

        [Test]
        public void RunningAllocatesNothing([Values(1, 8)] int worlds, [Values(5, 1000)] int elements)
        {
            foreach (Executor executor in TestExecutors.Fast())
            {
                using var buffers = new RandomBuffers(Scale(2), Precision.Float, worlds, elements, 1);
                for (int k = 0; k < 50; k++) buffers.Run(executor);
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int k = 0; k < 50; k++) buffers.Run(executor);
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, executor.GetType().Name);
            }
        }

        [Test]
        public void EqualFormulasCompileOnce()
        {
            var executor = Executor.CreateDefault();
            for (int k = 0; k < 3; k++)
            {
                using var buffers = new RandomBuffers(Scale(3), Precision.Double, 1, 10, 1);
                buffers.Run(executor);
            }
            Assert.That(executor.CompiledCount, Is.EqualTo(1));
            using var other = new RandomBuffers(Scale(4), Precision.Double, 1, 10, 1);
            other.Run(executor);
            Assert.That(executor.CompiledCount, Is.EqualTo(2));
        }

        [Test]
        public void ThreadsMayLaunchAtOnce()
        {
            Executor executor = Executor.CreateDefault();
            using var alone = new RandomBuffers(Scale(2), Precision.Double, 1, 700, 3);
            for (int k = 0; k < 20; k++) alone.Run(executor);
            double[] expected = alone.Contents(0);
            int wrong = 0;
            Parallel.For(0, 16, _ =>
            {
                using var mine = new RandomBuffers(Scale(2), Precision.Double, 1, 700, 3);
                for (int k = 0; k < 20; k++) mine.Run(executor);
                if (!TestExecutors.SameBits(mine.Contents(0), expected)) Interlocked.Increment(ref wrong);
            });
            Assert.That(wrong, Is.Zero);
        }

        [Test]
        public void LanesThatShareAnElementAllCount()
        {
            Kernel kernel = Kernel.Define("count", k => k.AccumulateAt("bin", "i", k.Lane("weight")));
            using var bin = new Buffer("bin", 3, 1, Precision.Double);
            using var weight = new Buffer("weight", 1000, 1, Precision.Double);
            using var index = new IndexBuffer("i", 1000);
            var expected = new double[3];
            for (int e = 0; e < 1000; e++)
            {
                weight[e] = e + 1;
                index.Indices[e] = e * e % 3;
                expected[e * e % 3] += e + 1;
            }
            foreach (Executor executor in TestExecutors.Fast())
            {
                bin.Clear();
                new Launch(kernel, 1000).Bind("bin", bin).Bind("weight", weight).BindIndex("i", index).Run(executor);
                for (int k = 0; k < 3; k++) Assert.That(bin[k], Is.EqualTo(expected[k]), executor.GetType().Name);
            }
        }

        [Test]
        public void WrongSizesNameKernelSlotAndBothSizes()
        {
            Kernel kernel = Kernel.Define("copy", k => k.Store("to", k.Lane("from")));
            using var from = new Buffer("short", 4);
            using var to = new Buffer("long", 5);
            var launch = new Launch(kernel, 5).Bind("from", from).Bind("to", to);
            Assert.That(() => launch.Run(Executor.CreateDefault()), Throws.InvalidOperationException.With.Message.Contains("'copy'").And.Message.Contains("'from'")
                .And.Message.Contains("'short'").And.Message.Contains("5").And.Message.Contains("4"));
            Assert.That(() => new Launch(kernel, 5).Bind("form", from), Throws.ArgumentException.With.Message.Contains("no slot 'form'").And.Message.Contains("from"));
            Assert.That(() => new Launch(kernel, 5).Bind("from", from, 1), Throws.ArgumentException.With.Message.Contains("'short'").And.Message.Contains("component"));
            using var wide = new Buffer("wide", 5, 1, Precision.Double);
            Assert.That(() => new Launch(kernel, 5).Bind("from", wide).Bind("to", to).Run(Executor.CreateDefault()), Throws.InvalidOperationException.With.Message.Contains("precision"));
            Assert.That(() => new Launch(kernel, 5).Bind("to", to).Run(Executor.CreateDefault()), Throws.InvalidOperationException.With.Message.Contains("'from'").And.Message.Contains("no buffer"));
            Assert.That(() => new Launch(kernel, 5).Bind("from", to).Bind("to", to).Run(Executor.CreateDefault()), Throws.InvalidOperationException.With.Message.Contains("which is written"));
        }

        [Test]
        public void CheckedExecutorsNameLaneAndIndex()
        {
            Kernel kernel = Kernel.Define("gather", k => k.Store("to", k.Gather("from", "i")));
            using var from = new Buffer("source", 4);
            using var to = new Buffer("target", 3);
            using var index = new IndexBuffer("i", new[] { 0, 4, 1 });
            var executor = Executor.CreateDefault();
            executor.Checked = true;
            var launch = new Launch(kernel, 3).Bind("from", from).Bind("to", to).BindIndex("i", index);
            Assert.That(() => launch.Run(executor), Throws.InstanceOf<IndexOutOfRangeException>().With.Message.Contains("Lane 1").And.Message.Contains("= 4").And.Message.Contains("'source'"));
        }
    }
}
