using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Operations side by side on several threads: the bits of running one after another, and what is refused.</summary>
    public class FrameTapeTogetherTests
    {
        static readonly Kernel Move = Kernel.Define("move", k =>
        {
            Real x = k.Lane("x"), v = k.Lane("v");
            k.Store("x", Real.Sin(x) + 0.3 * v * x);
        });

        static readonly Kernel Blend = Kernel.Define("blend", k => k.Store("y", k.Lane("a") * k.Lane("b") + 0.1 * k.Lane("a")));

        static readonly Kernel Pull = Kernel.Define("pull", k =>
        {
            Real a = k.Gather("x", "from", 1)[0];
            k.AccumulateAt("f", "to", a * a * k.Shared("gain"));
        });

        static readonly Kernel Total = Kernel.Define("total", k => k.Sum("loss", k.Lane("x") * k.Lane("x")));

        [Test]
        public void RandomProgramsGiveTheSameBits([Range(1, 12)] int seed, [Values] Precision precision, [Values(1, 4)] int worlds)
        {
            double[] expected = null;
            int shared = 0;
            foreach (int threads in new[] { 1, 2, 3 })
                foreach (long budget in new[] { long.MaxValue, 0L, -1L })
                    foreach (bool inSections in new[] { false, true })
                    {
                        using var program = new RandomProgram(seed, precision, worlds, threads, budget);
                        program.Record(inSections);
                        double[] numbers = program.NumbersAndGradients();
                        expected ??= numbers;
                        Assert.That(TestExecutors.SameBits(numbers, expected), Is.True, $"{threads} threads, budget {budget}, {(inSections ? "in sections" : "one by one")}");
                        if (threads == 1) Assert.That(program.Tape.SharedRounds, Is.Zero);
                        shared += program.Tape.SharedRounds;
                        program.RunUnrecorded(inSections);
                        Assert.That(TestExecutors.SameBits(program.Numbers(), expected.AsSpan(0, program.Numbers().Length).ToArray()), Is.True, "not recorded");
                    }
            Assert.That(shared, Is.GreaterThan(20), "several threads did share rounds");
        }

        [Test]
        public void ChainsRunBesideEachOther()
        {
            using var program = new RandomProgram(1, Precision.Double, 1, 2, long.MaxValue);
            program.Tape.BeginFrame();
            int before = program.Tape.SharedRounds;
            using (program.Tape.Together())
                foreach (int chain in new[] { 0, 2 })
                    for (int n = 0; n < 3; n++) program.Tape.Run(new Launch(Move, RandomProgram.Elements).Bind("x", program.Buffers[chain]).Bind("v", program.Buffers[chain + 1]));
            program.Tape.EndFrame();
            Assert.That(program.Tape.SharedRounds - before, Is.EqualTo(3));
            program.Tape.Backward(program.Buffers[0], program.Buffers[2]);
            Assert.That(program.Tape.SharedRounds - before, Is.EqualTo(6));
        }

        [Test]
        public void ASectionRunsWhenItEnds()
        {
            using var program = new RandomProgram(1, Precision.Double, 1, 1, long.MaxValue);
            Buffer x = program.Buffers[0];
            double before = x[3];
            program.Tape.BeginFrame();
            using (program.Tape.Together())
            using (program.Tape.Together())
            {
                program.Tape.Write(x, 0, new double[RandomProgram.Elements]);
                Assert.That(x[3], Is.EqualTo(before));
                Assert.That(() => program.Tape.EndFrame(), Throws.InvalidOperationException.With.Message.Contains("Together section is open"));
                Assert.That(() => program.Tape.Clear(), Throws.InvalidOperationException.With.Message.Contains("Together section is open"));
                Assert.That(() => program.Tape.IsRecording = false, Throws.InvalidOperationException.With.Message.Contains("Together section is open"));
            }
            Assert.That(x[3], Is.Zero);
            program.Tape.EndFrame();
            Assert.That(() => program.Tape.Together(), Throws.InvalidOperationException.With.Message.Contains("call BeginFrame"));
            program.Tape.Clear();
        }

        [Test]
        public void HostWritesInsideASectionAreRefused()
        {
            using var program = new RandomProgram(1, Precision.Double, 1, 2, long.MaxValue);
            program.Tape.BeginFrame();
            Assert.That(() =>
            {
                using (program.Tape.Together())
                using (program.Tape.Scope("cloth"))
                {
                    program.Tape.Run(new Launch(Move, RandomProgram.Elements).Bind("x", program.Buffers[0]).Bind("v", program.Buffers[1]));
                    program.Buffers[1][0] = 3;
                }
            }, Throws.TypeOf<TapeException>().With.Message.Match(@"Buffer 'b1' was written by the host inside a Together section, before kernel 'move' .* in frame 0, scope 'cloth', which uses it"));
            program.Tape.EndFrame();
            Assert.That(() => program.Tape.Backward(program.Buffers[0]), Throws.TypeOf<TapeException>().With.Message.Contains("broke off"));
            Assert.That(() => program.Tape.BeginFrame(), Throws.TypeOf<TapeException>().With.Message.Contains("broke off"));
            program.Tape.Clear();
            program.Record(true);
            program.Tape.Backward(program.Loss);
        }

        [Test]
        public void AFailureNamesOperationAndFrame([Values(1, 2)] int threads, [Values] bool isRecording)
        {
            using var program = new RandomProgram(1, Precision.Double, 1, threads, long.MaxValue);
            program.Tape.IsRecording = isRecording;
            using Buffer a = new Buffer("a", 2, 2, Precision.Double), b = new Buffer("b", 2, 1, Precision.Double), x = new Buffer("x", 2, 1, Precision.Double);
            program.Tape.BeginFrame();
            program.Tape.EndFrame();
            program.Tape.BeginFrame();
            void Section()
            {
                using (program.Tape.Together())
                {
                    program.Tape.Run(new Launch(Move, RandomProgram.Elements).Bind("x", program.Buffers[0]).Bind("v", program.Buffers[1]));
                    program.Tape.Run(new LinearSolve(a, b, x));
                }
            }

            if (isRecording) Assert.That(Section, Throws.TypeOf<TapeException>().With.Message.Contains("operation ''a' 'x' = 'b'' in frame 1: the matrix 'a' is singular in world 0"));
            else Assert.That(Section, Throws.TypeOf<ArithmeticException>().With.Message.Contains("the matrix 'a' is singular in world 0"));
        }

        [Test]
        public void CheckModeNamesTheFirstNaN()
        {
            using var program = new RandomProgram(1, Precision.Double, 1, 2, long.MaxValue, new TapeOptions { Check = true });
            program.Buffers[1][5] = double.MaxValue;
            program.Buffers[0][5] = double.MaxValue;
            program.Tape.BeginFrame();
            Assert.That(() =>
            {
                using (program.Tape.Together())
                    for (int n = 0; n < 4; n += 2)
                        program.Tape.Run(new Launch(Blend, RandomProgram.Elements).Bind("a", program.Buffers[0]).Bind("b", program.Buffers[1]).Bind("y", program.Buffers[n + 2]));
            }, Throws.TypeOf<TapeException>().With.Message.Match("first appeared as result of kernel 'blend' .* in frame 0: buffer 'b2', element 5"));
        }

        [Test]
        public void SharingAllocatesNothing([Values(long.MaxValue, 0L)] long budget)
        {
            using var program = new RandomProgram(3, Precision.Double, 1, 2, budget);
            long Bytes()
            {
                program.Tape.Clear();
                long before = GC.GetAllocatedBytesForCurrentThread();
                program.Record(true);
                program.Tape.Seed(program.Loss)[0] = 1;
                program.Tape.Backward(false);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Bytes();
            Bytes();
            Assert.That(Bytes(), Is.Zero);
            Assert.That(program.Tape.SharedRounds, Is.GreaterThan(0));
        }

        /// <summary>A few frames of launches and operations, drawn at random, over some buffers.</summary>
        sealed class RandomProgram : IDisposable
        {
            public const int Elements = 18;
            const int Frames = 5;

            readonly List<(Launch launch, TapeOperation operation, Buffer target)> steps = new List<(Launch, TapeOperation, Buffer)>();
            readonly List<IDisposable> owned = new List<IDisposable>();
            readonly int seed;
            readonly double[] given;

            public RandomProgram(int seed, Precision precision, int worlds, int threads, long budget, TapeOptions options = null)
            {
                this.seed = seed;
                options ??= new TapeOptions { MemoryBudget = Math.Max(budget, 0), LogBudget = budget < 0 ? 0 : long.MaxValue, Snapshots = 4 };
                Tape = new FrameTape(new LoopExecutor { Threads = threads }, options) { LeastGain = 1 };
                owned.Add(Tape);
                var random = new Random(seed);
                given = new double[Elements * worlds];
                for (int k = 0; k < given.Length; k++) given[k] = 0.3 + 0.01 * k;
                Buffers = new Buffer[7];
                for (int k = 0; k < Buffers.Length; k++) owned.Add(Buffers[k] = new Buffer($"b{k}", Elements, 1, precision, worlds));
                Matrices = new Buffer[3];
                for (int k = 0; k < Matrices.Length; k++) owned.Add(Matrices[k] = new Buffer($"m{k}", 3, 3, precision, worlds));
                owned.Add(Gain = new Buffer("gain", 1, 1, precision));
                owned.Add(Loss = new Buffer("loss", 1, 1, precision, worlds));
                Restart();
                for (int n = 0; n < 14; n++)
                {
                    Buffer a = Pick(random, null, null), b = Pick(random, a, null), c = Pick(random, a, b);
                    switch (random.Next(6))
                    {
                        case 0: Add(new Launch(Move, Elements).Bind("x", a).Bind("v", b)); break;
                        case 1: Add(new Launch(Blend, Elements).Bind("a", a).Bind("b", b).Bind("y", c)); break;
                        case 2:
                        case 3: Add(new Launch(Pull, Elements).Bind("x", a).Bind("f", b).Bind("gain", Gain).BindIndex("from", Index(random)).BindIndex("to", Index(random))); break;
                        case 4: steps.Add((null, null, a)); break;
                        default:
                            int m = random.Next(3);
                            steps.Add((null, new MatrixProduct(Matrices[m], Matrices[(m + 1) % 3], Matrices[(m + 2) % 3]), null));
                            break;
                    }
                }
                Add(new Launch(Total, Elements).Bind("x", Buffers[random.Next(7)]).Bind("loss", Loss));
                Add(new Launch(Total, 3).Bind("x", Matrices[0]).Bind("loss", Loss));
            }

            public FrameTape Tape { get; }

            public Buffer[] Buffers { get; }

            public Buffer[] Matrices { get; }

            public Buffer Gain { get; }

            public Buffer Loss { get; }

            public void Record(bool inSections)
            {
                for (int f = 0; f < Frames; f++)
                {
                    Tape.BeginFrame();
                    for (int from = 0; from < steps.Count; from += 8)
                    {
                        if (inSections)
                            using (Tape.Together()) RunSteps(from);
                        else RunSteps(from);
                    }
                    Tape.EndFrame();
                }
            }

            public void RunUnrecorded(bool inSections)
            {
                Tape.Clear();
                Tape.IsRecording = false;
                Restart();
                Record(inSections);
            }

            public double[] Numbers()
            {
                var all = new List<double>();
                foreach (Buffer buffer in Buffers) all.AddRange(SpringChain.Numbers(buffer));
                foreach (Buffer buffer in Matrices) all.AddRange(SpringChain.Numbers(buffer));
                return all.ToArray();
            }

            public double[] NumbersAndGradients()
            {
                var all = new List<double>(Numbers());
                Tape.Backward(Loss);
                Assert.That(TestExecutors.SameBits(Numbers(), all.ToArray()), Is.True, "the sweep leaves the numbers as they were");
                foreach (Buffer buffer in Buffers)
                    if (Tape.Depends(buffer)) all.AddRange(SpringChain.Numbers(Tape.Gradient(buffer)));
                foreach (Buffer buffer in Matrices)
                    if (Tape.Depends(buffer)) all.AddRange(SpringChain.Numbers(Tape.Gradient(buffer)));
                if (Tape.Depends(Gain)) all.Add(Tape.Gradient(Gain)[0]);
                return all.ToArray();
            }

            public void Dispose()
            {
                foreach (IDisposable each in owned) each.Dispose();
            }

            void RunSteps(int from)
            {
                for (int k = from; k < Math.Min(from + 8, steps.Count); k++)
                {
                    if (steps[k].launch != null) Tape.Run(steps[k].launch);
                    else if (steps[k].operation != null) Tape.Run(steps[k].operation);
                    else Tape.Write(steps[k].target, 0, given);
                }
            }

            void Add(Launch launch) => steps.Add((launch, null, null));

            void Restart()
            {
                var random = new Random(seed + 1000);
                foreach (Buffer buffer in Buffers) Fill(buffer, random);
                foreach (Buffer buffer in Matrices) Fill(buffer, random);
                Fill(Gain, random);
                Loss.Clear();
            }

            static void Fill(Buffer buffer, Random random)
            {
                for (int c = 0; c < buffer.Components; c++)
                    for (int e = 0; e < buffer.Elements; e++)
                        for (int w = 0; w < buffer.Worlds; w++) buffer[e, c, w] = random.NextDouble() - 0.5;
            }

            Buffer Pick(Random random, Buffer notThis, Buffer norThis)
            {
                while (true)
                {
                    Buffer picked = Buffers[random.Next(Buffers.Length)];
                    if (picked != notThis && picked != norThis) return picked;
                }
            }

            IndexBuffer Index(Random random)
            {
                var index = new IndexBuffer("index", Elements);
                for (int k = 0; k < Elements; k++) index.Indices[k] = random.Next(Elements);
                owned.Add(index);
                return index;
            }
        }
    }
}
