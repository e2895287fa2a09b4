using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Many worlds in blocks.</summary>
    public class WorldBatchTests
    {
        private static double[] Gradients(int block, int threads, Executor executor)
        {
            var gradients = new double[10];
            using var batch = new WorldBatch(block, worlds =>
            {
                var world = new World(new WorldOptions { Worlds = worlds, Precision = Precision.Double, Substeps = 1, Executor = executor });
                world.AddStatic(new PlaneShape());
                world.AddBody(new SphereShape(0.1)).At(0, 0.3, 0).MadeOf(0.4, 0.7);
                return world;
            }, threads);
            batch.Run(gradients.Length, b =>
            {
                World world = b.World;
                for (int w = 0; w < b.Count; w++) world.Bodies[1].In(w).Moving(0.2 * (b.First + w), -1 - 0.05 * (b.First + w), 0);
                world.Record();
                world.Step(20);
                for (int w = 0; w < b.Count; w++) world.Tape.Seed(world.State)[world.Element(1, w), 0] = 1;
                world.Tape.Backward(retain: false);
                for (int w = 0; w < b.Count; w++) gradients[b.First + w] = world.Tape.Gradient(world.State)[world.Element(1, w), 7];
                world.Tape.ZeroGradients();
            });
            return gradients;
        }

        [Test]
        public void BlocksAndThreadsChangeNoBit()
        {
            Executor executor = Executor.CreateDefault();
            double[] whole = Gradients(10, 1, executor);
            Assert.That(whole[9], Is.Not.EqualTo(whole[1]));
            Assert.That(Gradients(4, 1, executor), Is.EqualTo(whole));
            Assert.That(Gradients(3, 2, executor), Is.EqualTo(whole));
        }

        [Test]
        public void BadNumbersAreRefused()
        {
            Assert.That(() => new WorldBatch(0, _ => null), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("block"));
            Assert.That(() => new WorldBatch(1, _ => null, 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("thread"));
            using var batch = new WorldBatch(2, _ => new World());
            Assert.That(() => batch.Run(2, _ => { }), Throws.InvalidOperationException.With.Message.Contains("block of 2"));
        }
    }
}
