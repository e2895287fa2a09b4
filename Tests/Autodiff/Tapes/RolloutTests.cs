using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>A launch repeated as one operation: the bits of the launch recorded as often, whatever the blocks, threads and what is kept.</summary>
    public class RolloutTests
    {
        const int Repetitions = 9;

        // A damped spring with a floor whose damping is a part of the state that stays, and work that adds up and is read.
        static readonly Kernel Step = Kernel.Define("step", k =>
        {
            Real[] x = k.Lane("x", 2), v = k.Lane("v", 3);
            Real stiffness = k.Lane("stiffness"), work = k.Lane("work");
            Real push = Real.Select(x[1] < 0, -stiffness * x[1] - v[2] * v[1], 0);
            Real vx = v[0] - 0.1 * stiffness * Real.Sin(x[0]), vy = v[1] + 0.1 * (push - 9.81);
            k.Store("v", vx, vy, v[2]);
            k.Store("x", x[0] + 0.1 * vx, x[1] + 0.1 * vy);
            k.Accumulate("work", (push - 0.01 * work * work) * vy * 0.1);
        });

        static readonly Kernel Continue = Kernel.Define("continue", k =>
        {
            k.Store("x0", k.Lane("x", 2));
            k.Store("v0", k.Lane("v", 3));
        });

        [Test]
        public void EqualsTheLaunchRecordedAsOften([Values] Precision precision, [Values(1, 3)] int worlds, [Values(0L, long.MaxValue)] long keptBytes, [Values(1, 2)] int threads)
        {
            const int Elements = 77;
            using var executor = new Setup(precision, Elements, worlds, threads);
            executor.RunOneByOne();
            double[] expected = executor.Results();
            executor.RunRolledOut(keptBytes);
            Assert.That(TestExecutors.SameBits(executor.Results(), expected), Is.True);
        }

        [Test]
        public void OtherExecutorsGiveTheSameBits([Values] Precision precision)
        {
            using Setup jit = new Setup(precision, 77, 1, 1), loops = new Setup(precision, 77, 1, 1, new LoopExecutor());
            jit.RunRolledOut(long.MaxValue);
            loops.RunRolledOut(long.MaxValue);
            Assert.That(TestExecutors.SameBits(jit.Results(), loops.Results()), Is.True);
        }

        [Test]
        public void ForwardModeAgreesWithTheSweep([Values(1, 3)] int worlds)
        {
            using var setup = new Setup(Precision.Double, 40, worlds, 1);
            setup.RunRolledOut(long.MaxValue);
            double backward = 0;
            foreach (Buffer buffer in setup.Given) backward += Sum(setup.Tape.Gradient(buffer));
            foreach (Buffer buffer in setup.Given) Fill(setup.Tape.SeedTangent(buffer), 1);
            setup.Tape.Forward();
            double forward = Sum(setup.Tape.Tangent(setup.X)) + 0.5 * Sum(setup.Tape.Tangent(setup.Work));
            Assert.That(forward, Is.EqualTo(backward).Within(1e-12 * Math.Abs(backward)));
        }

        [Test]
        public void RecordedTwiceItSweepsEachAtItsOwnNumbers()
        {
            // The second run must not leave its numbers to the sweep of the first: what was kept is compared with what is read.
            using Setup once = new Setup(Precision.Double, 70, 1, 1), twice = new Setup(Precision.Double, 70, 1, 1);
            once.RunTwice(once.Rollout, once.AnotherRollout());
            twice.RunTwice(twice.Rollout, twice.Rollout);
            Assert.That(TestExecutors.SameBits(twice.Results(), once.Results()), Is.True);
        }

        [Test]
        public void RunningAllocatesNothingOnceMemoryIsThere()
        {
            using var setup = new Setup(Precision.Float, 200, 1, 1);
            setup.RunRolledOut(long.MaxValue);
            Func<Buffer, Buffer> one = buffer => setup.Adjoint;
            setup.Rollout.Forward();
            setup.Rollout.Backward(one);
            long before = GC.GetAllocatedBytesForCurrentThread();
            setup.Rollout.Forward();
            setup.Rollout.Backward(one);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.EqualTo(0));
        }

        [Test]
        public void ShapesThatDoNotFitAreNamed()
        {
            using var executor = new Setup(Precision.Float, 8, 1, 1);
            Kernel gathers = Kernel.Define("gathers", k => k.Store("y", k.Gather("z", "i")));
            using Buffer y = new Buffer("y", 8), z = new Buffer("z", 8), wide = new Buffer("wide", 8, 3);
            using var index = new IndexBuffer("i", 8);
            Assert.That(() => new Rollout(executor.Tape.Executor, new Launch(gathers, 8).Bind("y", y).Bind("z", z).BindIndex("i", index), 2),
                Throws.ArgumentException.With.Message.Contains("'z'").And.Message.Contains("Indexed"));
            Kernel copies = Kernel.Define("copies", k => k.Store("y", k.Lane("z")));
            using var longer = new Buffer("longer", 8, 1, Precision.Float, 2);
            Assert.That(() => new Rollout(executor.Tape.Executor, new Launch(copies, 8).Bind("y", longer).Bind("z", z), 2),
                Throws.ArgumentException.With.Message.Contains("'longer'").And.Message.Contains("same elements and worlds"));
            Assert.That(() => new Rollout(executor.Tape.Executor, new Launch(copies, 8).Bind("y", wide).Bind("z", z), 2),
                Throws.ArgumentException.With.Message.Contains("'wide'"));
            Assert.That(() => executor.Rollout.Start("stiffness", y), Throws.ArgumentException.With.Message.Contains("only read"));
            Assert.That(() => executor.Rollout.Start("x", y), Throws.ArgumentException.With.Message.Contains("'x'"));
            Assert.That(() => executor.Rollout.Start("x", executor.X), Throws.ArgumentException.With.Message.Contains("two buffers"));
            Assert.That(() => new Rollout(executor.Tape.Executor, new Launch(copies, 8).Bind("y", y).Bind("z", z), 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new Rollout(executor.Tape.Executor, new Launch(copies, 8).Bind("y", y).Bind("z", z), 1, 100), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        static double Sum(Buffer buffer)
        {
            double sum = 0;
            foreach (double number in SpringChain.Numbers(buffer)) sum += number;
            return sum;
        }

        static void Fill(Buffer buffer, double value)
        {
            for (int c = 0; c < buffer.Components; c++)
                for (int e = 0; e < buffer.Elements; e++)
                    for (int w = 0; w < buffer.Worlds; w++) buffer[e, c, w] = value;
        }

        sealed class Setup : IDisposable
        {
            readonly Buffer x0, v0, stiffness;
            readonly Launch step;

            public Setup(Precision precision, int elements, int worlds, int threads, Executor executor = null)
            {
                executor = executor ?? TestExecutors.Prompt();
                executor.Threads = threads;
                Tape = new FrameTape(executor);
                Buffer Of(string name, int components) => new Buffer(name, elements, components, precision, worlds);
                (x0, v0, X, V, Work, stiffness, Adjoint) = (Of("x0", 2), Of("v0", 3), Of("x", 2), Of("v", 3), Of("work", 1), Of("stiffness", 1), Of("adjoint", 3));
                var random = new Random(4);
                for (int e = 0; e < elements; e++)
                    for (int w = 0; w < worlds; w++)
                    {
                        (x0[e, 0, w], x0[e, 1, w], v0[e, 0, w], v0[e, 1, w]) = (random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble() - 1);
                        v0[e, 2, w] = 0.1 + 0.1 * random.NextDouble();
                        stiffness[e, 0, w] = 1 + random.NextDouble();
                    }
                step = new Launch(Step, elements).Bind("x", X).Bind("v", V).Bind("stiffness", stiffness).Bind("work", Work);
                Rollout = new Rollout(executor, step, Repetitions, 64).Start("x", x0).Start("v", v0);
            }

            public FrameTape Tape { get; }

            public Rollout Rollout { get; }

            public Buffer X { get; }

            public Buffer V { get; }

            public Buffer Work { get; }

            public Buffer Adjoint { get; }

            public Buffer[] Given => new[] { x0, v0, stiffness };

            public void RunOneByOne()
            {
                Tape.Clear();
                Tape.ZeroGradients();
                X.CopyFrom(x0);
                V.CopyFrom(v0);
                Work.Clear();
                Tape.BeginFrame();
                for (int k = 0; k < Repetitions; k++) Tape.Run(step);
                Tape.EndFrame();
                Sweep();
                gradients = new[] { Tape.Gradient(X), Tape.Gradient(V), Tape.Gradient(stiffness) };
            }

            public void RunRolledOut(long keptBytes)
            {
                Tape.Clear();
                Tape.ZeroGradients();
                Rollout.KeptBytes = keptBytes;
                Tape.BeginFrame();
                Tape.Run(Rollout);
                Tape.EndFrame();
                Sweep();
                gradients = new[] { Tape.Gradient(x0), Tape.Gradient(v0), Tape.Gradient(stiffness) };
            }

            /// <summary>One rollout goes on from where the other ended.</summary>
            public void RunTwice(Rollout first, Rollout second)
            {
                Tape.BeginFrame();
                Tape.Run(first);
                Tape.Run(new Launch(Continue, X.Elements).Bind("x", X).Bind("v", V).Bind("x0", x0).Bind("v0", v0));
                Tape.Run(second);
                Tape.EndFrame();
                Sweep();
                gradients = new[] { Tape.Gradient(x0), Tape.Gradient(v0), Tape.Gradient(stiffness) };
            }

            public Rollout AnotherRollout() => new Rollout(Tape.Executor, step, Repetitions, 64).Start("x", x0).Start("v", v0);

            Buffer[] gradients;

            void Sweep()
            {
                Fill(Tape.Seed(X), 1);
                Fill(Tape.Seed(Work), 0.5);
                Tape.Backward(true);
            }

            public double[] Results()
            {
                var all = new System.Collections.Generic.List<double>();
                foreach (Buffer buffer in new[] { X, V, Work }) all.AddRange(SpringChain.Numbers(buffer));
                foreach (Buffer buffer in gradients) all.AddRange(SpringChain.Numbers(buffer));
                return all.ToArray();
            }

            public void Dispose()
            {
                Tape.Executor.Threads = 1;
                Tape.Dispose();
                Rollout.Dispose();
                foreach (Buffer buffer in new[] { x0, v0, X, V, Work, stiffness, Adjoint }) buffer.Dispose();
            }
        }
    }
}
