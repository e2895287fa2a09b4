using System;
using System.Threading;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>What a launch holds lives as long as it runs.</summary>
    public sealed class LaunchLifetimeTests
    {
        [Test]
        public void ARunningLaunchOutlivesTheCollector()
        {
            Kernel kernel = Kernel.Define("chain", k =>
            {
                Real x = k.Lane("x");
                for (int step = 0; step < 30; step++) x = x * 0.5 + 1;
                k.Store("y", x);
            });
            var executor = new ReferenceExecutor();
            using Buffer y = new Buffer("y", 10000, 1, Precision.Double), few = new Buffer("few", 10, 1, Precision.Double);
            bool RunsRight(Buffer result)
            {
                new Launch(kernel, result.Elements).Bind("x", new Buffer("x", result.Elements, 1, Precision.Double)).Bind("y", result).Run(executor);
                return result[result.Elements - 1] == 2 - Math.Pow(0.5, 29);
            }

            // Only optimised code forgets what it no longer needs.
            for (int round = 0; round < 400; round++)
            {
                RunsRight(few);
                if (round % 100 == 0) Thread.Sleep(110);
            }
            bool isDone = false;
            var collector = new Thread(() =>
            {
                while (!Volatile.Read(ref isDone))
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }
            });
            collector.Start();
            int wrong = 0;
            for (int round = 0; round < 50; round++)
                if (!RunsRight(y)) wrong++;
            Volatile.Write(ref isDone, true);
            collector.Join();
            Assert.That(wrong, Is.Zero);
        }
    }
}
