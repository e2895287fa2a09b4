using System;
using System.Collections.Generic;
using System.Threading;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Many worlds that are stepped together.</summary>
    public class WorldsTests
    {
        private const int Frames = 16;
        private static readonly Executor Executor = Executor.CreateDefault();

        // Its kernels are ready when they first run, so that none changes under a measurement.
        private static readonly Executor Ready =
#if NET10_0_OR_GREATER && !TESTS_NETSTANDARD
            new JitExecutor();
#else
            new LoopExecutor();
#endif

        // A pile that drops, with impacts, sliding, rolling and rest; where it starts and what it is made of differs from world to world.
        private static World Pile(Precision precision, int worlds, Executor executor, Func<int, int> seedOf)
        {
            var world = new World(new WorldOptions { Worlds = worlds, Precision = precision, Substeps = 2, Executor = executor });
            world.AddStatic(new PlaneShape(), "ground").MadeOf(0.6, 0);
            world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.15))).At(0, 0.2, 0).Spinning(1, 0.5, 2);
            world.AddBody(new SphereShape(0.12)).At(0.05, 0.5, 0.02).Moving(0.3, -1, 0);
            world.AddBody(new CapsuleShape(0.08, 0.15)).At(-0.02, 0.8, 0).Spinning(0, 1, 0);
            world.AddBody(new BoxShape(new Double3(0.3, 0.1, 0.3))).At(1.5, 0.1, 0).Moving(1, 0, 0.3);
            world.AddDrag(0.1, 0.02);
            world.Build();
            for (int w = 0; w < worlds; w++)
            {
                var random = new Random(seedOf(w));
                double Next(double from, double to) => from + (to - from) * random.NextDouble();
                foreach (Body body in world.Bodies)
                {
                    int e = world.Element(body.Index, w);
                    world.Materials[e, 0] = Next(0.2, 0.8);
                    world.Materials[e, 1] = Next(0, 0.7);
                    if (body.Kind == BodyKind.Static) continue;
                    BodyInWorld here = body.In(w);
                    here.At(here.Pose * new Pose(new Double3(Next(0, 0.05), Next(0, 0.2), Next(0, 0.05)), DoubleQuaternion.FromVector(new Double3(Next(-1, 1), 0, 0))));
                    world.Mass[e] *= Next(0.5, 2);
                }

                world.Environment[w, 1] = Next(-11, -9);
                world.ForceParameters(0)[w, 0] = Next(0, 0.5);
            }

            return world;
        }

        // End states of a world of the batch, and gradients of a weighting of them.
        private static double[] Results(World world, int w)
        {
            var results = new List<double>();
            void Add(Buffer buffer, int thing)
            {
                for (int c = 0; c < buffer.Components; c++) results.Add(buffer[world.Element(thing, w), c]);
            }

            FrameTape tape = world.Tape;
            for (int b = 0; b < world.Bodies.Count; b++)
                foreach (Buffer buffer in new[] { world.State, tape.Gradient(world.State), tape.Gradient(world.Mass), tape.Gradient(world.Materials), tape.Gradient(world.Shapes) })
                    Add(buffer, b);
            Add(tape.Gradient(world.Environment), 0);
            Add(tape.Gradient(world.ForceParameters(0)), 0);
            return results.ToArray();
        }

        private static void Run(World world)
        {
            world.Record();
            world.Step(Frames);
            Buffer seed = world.Tape.Seed(world.State);
            for (int e = 0; e < seed.Elements; e++)
                for (int c = 0; c < seed.Components; c++) seed[e, c] = 1 + 0.1 * c - 0.2 * (e / world.Worlds);
            world.Tape.Backward(retain: false);
        }

        [TestCase(Precision.Double)]
        [TestCase(Precision.Float)]
        public void AWorldAloneAndInABatchGivesTheSameBits(Precision precision)
        {
            using World batch = Pile(precision, 64, Executor, w => w);
            Run(batch);
            foreach (int w in new[] { 0, 31, 63 })
            {
                using World alone = Pile(precision, 1, Executor, _ => w);
                Run(alone);
                Assert.That(Results(batch, w), Is.EqualTo(Results(alone, 0)), $"world {w}");
            }

            Assert.That(Results(batch, 0), Is.Not.EqualTo(Results(batch, 1)));
        }

        [Test]
        public void OneThreadAndTwoGiveTheSameBits([Values(Precision.Float, Precision.Double)] Precision precision, [Values(37, 64)] int worlds)
        {
            using World one = Pile(precision, worlds, Executor, w => w), other = Pile(precision, worlds, Executor, w => w);
            Run(one);
            Executor.Threads = 2;
            try
            {
                Run(other);
            }
            finally
            {
                Executor.Threads = 1;
            }

            for (int w = 0; w < worlds; w++) Assert.That(Results(other, w), Is.EqualTo(Results(one, w)), $"world {w}");
        }

        [TestCase(1, false)]
        [TestCase(1, true)]
        [TestCase(8, true)]
        public void StepsAllocateNothing(int worlds, bool recorded)
        {
            using World world = Pile(Precision.Float, worlds, Ready, w => w);
            Assert.That(AllocatedByRuns(world, Frames, recorded), Is.Zero);
        }

        [TestCase(false)]
        [TestCase(true)]
        public void StepsWithJointsAllocateNothing(bool recorded)
        {
            // Limits that are hit, friction, a drive, a joint that may break, and contact with the ground.
            using var world = new World(new WorldOptions { Executor = Ready });
            world.AddStatic(new PlaneShape(), "ground");
            var person = new RagdollScene(world, new Double3(0, 1.2, 0));
            person.Joints[1].BreakingAt(1e6);
            Assert.That(AllocatedByRuns(world, 40, recorded), Is.Zero);
        }

        [Test]
        public void SleepingAndWakingAllocateNothing()
        {
            using var world = new World(new WorldOptions { Executor = Ready, SleepTime = 0.1 });
            world.AddStatic(new PlaneShape(), "ground").MadeOf(0.6, 0);
            world.AddBody(new BoxShape(new Double3(0.1, 0.1, 0.1))).At(0, 0.1, 0);
            world.AddBody(new SphereShape(0.1)).At(0, 1.2, 0).MadeOf(0.5, 0.8);
            Assert.That(AllocatedByRuns(world, 60, false), Is.Zero);
        }

        // The least that two runs in a row allocate, once buffers have grown: what every run allocates shows, what the runtime does once beside
        // them, as when it replaces code, does not.
        private static long AllocatedByRuns(World world, int frames, bool recorded)
        {
            long least = long.MaxValue, last = long.MaxValue;
            for (int run = 0; run < 40 && least > 0; run++)
            {
                if (run > 5) Thread.Sleep(25);
                world.Reset();
                if (recorded) world.Record();
                long before = GC.GetAllocatedBytesForCurrentThread();
                world.Step(frames);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (run > 3) least = Math.Min(least, Math.Max(last, allocated));
                last = allocated;
            }

            return least;
        }

        [Test]
        public void WorldsOfDifferentTimeStepsDoNotDisturbEachOther()
        {
            using World both = Pile(Precision.Double, 2, Executor, _ => 3), alone = Pile(Precision.Double, 1, Executor, _ => 3);
            both.Environment[1, 3] *= 0.5;
            both.Step(Frames);
            alone.Step(Frames);
            for (int b = 0; b < 5; b++) Assert.That(both.Bodies[b].In(0).Velocity, Is.EqualTo(alone.Bodies[b].Velocity));
            Assert.That(both.Bodies[2].In(1).Velocity, Is.Not.EqualTo(alone.Bodies[2].Velocity));
        }

        [Test]
        public void StatesAreSetInAllWorldsOrInOne()
        {
            using var world = new World(new WorldOptions { Worlds = 3, Precision = Precision.Double, Executor = Executor });
            Body ball = world.AddBody(new SphereShape(0.1)).At(0, 1, 0);
            ball.In(1).At(0, 2, 0).Moving(1, 0, 0);
            Assert.That(ball.In(0).Pose.Position.Y, Is.EqualTo(1));
            Assert.That(ball.In(1).Pose.Position.Y, Is.EqualTo(2));
            Assert.That(world.State[world.Element(ball.Index, 1), 7], Is.EqualTo(1));
            ball.Moving(0, 0, 5);
            Assert.That(ball.In(2).Velocity.Z, Is.EqualTo(5));
            Assert.That(world.KineticEnergyIn(1), Is.EqualTo(0.5 * world.Mass[1] * 25).Within(1e-9));
            Assert.That(() => ball.In(3), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("3 worlds"));
            Assert.That(() => ball.In(1).At(double.NaN, 0, 0), Throws.ArgumentException.With.Message.Contains("position"));
        }
    }
}
