using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Every way in which a recording could lead to a wrong gradient is refused, in words that name what is wrong and where.</summary>
    public class FrameTapeHonestyTests
    {
        static readonly Kernel Square = Kernel.Define("square", k =>
        {
            Real x = k.Lane("x");
            k.Store("y", x * x);
        });

        static readonly Kernel Double = Kernel.Define("double", k => k.Store("y", 2 * k.Lane("x")));

        static readonly Kernel Root = Kernel.Define("root", k => k.Store("y", Real.Sqrt(k.Lane("x"))));

        static readonly Kernel GatherSquare = Kernel.Define("gather square", k =>
        {
            Real x = k.Gather("x", "of");
            k.Store("y", x * x);
        });

        Buffer x, y, z;
        FrameTape tape;

        [SetUp]
        public void MakeBuffers()
        {
            (x, y, z) = (New("x"), New("y"), New("z"));
            for (int e = 0; e < 3; e++)
                for (int w = 0; w < 2; w++) x[e, 0, w] = 1 + e + 10 * w;
            tape = new FrameTape(Executor.CreateDefault());
        }

        [TearDown]
        public void Free()
        {
            tape.Dispose();
            foreach (Buffer buffer in new[] { x, y, z }) buffer.Dispose();
        }

        [Test]
        public void ANumberThatAnAdjointReadsIsOverwrittenOutside()
        {
            Record(tape, "contact", Map(Square, x, y));
            x[1] = 7;
            Assert.That(() => tape.Backward(y), Refuses("'x' was overwritten outside of the tape", "kernel 'square' (FrameTapeHonestyTests.cs:", "launched at FrameTapeHonestyTests.cs:", "frame 0", "scope 'contact'", "FrameTape.Write"));
        }

        [Test]
        public void ANumberIsOverwrittenOutsideBetweenTwoOperationsThoughNoAdjointReadsIt()
        {
            Record(tape, "a", Map(Double, x, y));
            y[0] = 3; // the adjoint of doubling reads no value, but the cotangent of y would flow on to x as if y were 2 x still
            tape.BeginFrame();
            Assert.That(() => tape.Run(Map(Square, y, z)), Refuses("'y' was overwritten outside of the tape", "'double'", "frame 0"));
        }

        [Test]
        public void WhatIsReplacedAsAWholeMayBeOverwrittenOutsideBefore()
        {
            Record(tape, "a", Map(Double, x, y));
            y.Clear();
            Record(tape, "b", Map(Square, x, y));
            tape.Backward(y);
            Assert.That(tape.Gradient(x)[2, 0, 1], Is.EqualTo(26));
        }

        [Test]
        public void AnUnrecordedLaunchCountsAsWritingOutside()
        {
            Record(tape, "a", Map(Square, x, y));
            tape.IsRecording = false;
            tape.Run(Map(Double, y, x));
            Assert.That(() => tape.Backward(y), Refuses("'x' was overwritten outside of the tape"));
        }

        [Test]
        public void AReleasedRecordingIsSweptAgain()
        {
            Record(tape, "a", Map(Square, x, y));
            tape.Backward(y);
            Assert.That(() => tape.Backward(y), Refuses("was swept and released", "retain: true"));
            Assert.That(() => tape.BeginFrame(), Refuses("was released by Backward", "Clear"));
        }

        [Test]
        public void ABufferIsPartOfAnotherRecording()
        {
            using var other = new FrameTape(Executor.CreateDefault());
            Record(other, "a", Map(Square, x, y));
            tape.BeginFrame();
            Assert.That(() => tape.Run(Map(Square, y, z)), Refuses("'y' is part of the recording of another tape", "Clear the other"));
            Assert.That(tape.Report.Operations, Is.Zero, "what was refused is not recorded");
            Assert.That(() => tape.Gradient(y), Refuses("'y' is not part of this recording"));
            other.Clear();
            tape.Run(Map(Square, y, z));
            Assert.That(tape.Report.Operations, Is.EqualTo(1));
        }

        [Test]
        public void NaNAppearsForward()
        {
            tape.Options.Check = true;
            Record(tape, "a", Map(Double, x, y));
            x[2, 0, 1] = -4;
            tape.Clear();
            tape.BeginFrame();
            tape.EndFrame();
            tape.BeginFrame();
            Assert.That(() => tape.Run(Map(Root, x, y)), Refuses(
                "NaN first appeared as result of kernel 'root'", "frame 1", "buffer 'y', element 2, component 0, world 1", "It was recorded by:", nameof(NaNAppearsForward)));
        }

        [Test]
        public void NaNIsGiven()
        {
            tape.Options.Check = true;
            x[1, 0, 1] = double.NaN;
            tape.BeginFrame();
            Assert.That(() => tape.Run(Map(Double, x, y)), Refuses("NaN was given from outside of the tape", "buffer 'x', element 1, component 0, world 1"));
        }

        [Test]
        public void InfinityAppearsBackward()
        {
            tape.Options.Check = true;
            x[1, 0, 1] = 0; // the root's slope there is infinite
            using (tape.Scope("outer"))
                Record(tape, "inner", Map(Root, x, y));
            Assert.That(() => tape.Backward(y), Refuses(
                "Infinity first appeared as cotangent of kernel 'root'", "frame 0", "scope 'outer/inner'", "buffer 'x̄', element 1, component 0, world 1", "It was recorded by:"));
        }

        [Test]
        public void NaNIsGivenAsASeed()
        {
            tape.Options.Check = true;
            Record(tape, "a", Map(Square, x, y));
            tape.Seed(y)[2] = double.NaN;
            Assert.That(() => tape.Backward(false), Refuses("NaN was given as a seed", "element 2"));
        }

        [Test]
        public void TheLossDoesNotDependIsNotAGradientOfZero()
        {
            x.Clear();
            Record(tape, "a", Map(Square, x, y), Map(Double, x, z));
            tape.Backward(y);
            Assert.That(tape.Depends(x), Is.True);
            Assert.That(tape.Gradient(x)[1], Is.Zero, "the slope of a square at zero");
            Assert.That(tape.Depends(z), Is.False);
            Assert.That(() => tape.Gradient(z), Refuses("does not depend on buffer 'z'", "Depends"));
            using Buffer stranger = New("stranger");
            Assert.That(() => tape.Gradient(stranger), Refuses("'stranger' is not part of this recording"));
        }

        [Test]
        public void WhatStoodInAReplacedBufferHadNoInfluence()
        {
            Record(tape, "a", Map(Square, x, y), Map(Double, x, y));
            tape.Backward(y);
            Assert.That(tape.Gradient(x)[1], Is.EqualTo(2));
            Assert.That(tape.Depends(y), Is.False, "y at the start was overwritten");
        }

        [Test]
        public void NothingIsSeeded()
        {
            Record(tape, "a", Map(Square, x, y));
            Assert.That(() => tape.Backward(false), Refuses("nothing to start from", "Seed(buffer)"));
        }

        [Test]
        public void AnIndexNamesNoElement()
        {
            tape.Options.Check = true;
            using var of = new IndexBuffer("of", new[] { 0, 5, 1 });
            tape.BeginFrame();
            using (tape.Scope("springs"))
                Assert.That(() => tape.Run(Map(GatherSquare, x, y).BindIndex("of", of)), Throws.TypeOf<IndexOutOfRangeException>()
                    .With.Message.Contains("Lane 1 of kernel 'gather square'").And.Message.Contains("index 'of' = 5").And.Message.Contains("'x'").And.Message.Contains("frame 0, scope 'springs'"));
        }

        [Test]
        public void ShapesDoNotFit()
        {
            using var longer = new Buffer("longer", 4, 1, Precision.Double, 2);
            using var floats = new Buffer("floats", 3, 1, Precision.Float, 2);
            using var worlds = new Buffer("worlds", 3, 1, Precision.Double, 5);
            tape.BeginFrame();
            Assert.That(() => tape.Run(Map(Square, x, longer)), Fails("runs over 3 elements", "'longer' of slot 'y' has 4", "launched at FrameTapeHonestyTests.cs:"));
            Assert.That(() => tape.Run(Map(Square, x, floats)), Fails("'floats' of slot 'y' holds Float", "'x' holds Double"));
            Assert.That(() => tape.Run(Map(Square, x, worlds)), Fails("'worlds' of slot 'y' has 5 worlds", "'x' has 2"));
            Assert.That(() => tape.Run(Map(GatherSquare, x, y)), Fails("Index 'of' of kernel 'gather square'", "has no buffer"));
            Assert.That(() => tape.Run(new Launch(Square, 3).Bind("x", x)), Fails("Slot 'y' of kernel 'square'", "has no buffer"));
            Assert.That(() => tape.Run(Map(Square, x, x)), Fails("'x' is bound to slot 'y', which is written, and to slot 'x'"));
            Assert.That(tape.Report.Operations, Is.Zero);
        }

        [Test]
        public void ABufferWasDisposedOf()
        {
            Launch launch = Map(Square, x, y);
            Record(tape, "a", launch);
            x.Dispose();
            Assert.That(() => tape.Backward(y), Throws.TypeOf<ObjectDisposedException>().With.Message.Contains("'x'"));
        }

        [Test]
        public void AnOperationOverwritesWhatItReads()
        {
            tape.BeginFrame();
            Assert.That(() => tape.Run(new Failing(x, x)), Fails("operation 'failing' reads and overwrites buffer 'x'"));
        }

        [Test]
        public void AnOperationFails([Values(long.MaxValue, 0L)] long budget)
        {
            tape.Options.MemoryBudget = budget; // a replay passes over it too
            tape.BeginFrame();
            tape.Run(Map(Square, x, y));
            using (tape.Scope("solver"))
                Assert.That(() => tape.Run(new Failing(y, z)), Refuses("operation 'failing' in frame 0, scope 'solver': no solution in world 1"));
            tape.Run(Map(Double, y, z));
            tape.EndFrame();
            tape.Backward(z);
            Assert.That(tape.Gradient(x)[1], Is.EqualTo(8), "the operation that failed plays no part");
        }

        sealed class Failing : TapeOperation
        {
            public Failing(Buffer from, Buffer to) => (Reads, Writes) = (new[] { from }, new[] { to });

            public override string Name => "failing";

            public override IReadOnlyList<Buffer> Reads { get; }

            public override IReadOnlyList<Buffer> Writes { get; }

            public override void Forward() => throw new ArithmeticException("no solution in world 1");

            public override void Backward(Func<Buffer, Buffer> adjointOf) => adjointOf(Reads[0])[0] += 1000;
        }

        static Buffer New(string name) => new Buffer(name, 3, 1, Precision.Double, 2);

        static Launch Map(Kernel kernel, Buffer from, Buffer to) => new Launch(kernel, 3).Bind("x", from).Bind("y", to);

        static void Record(FrameTape tape, string scope, params Launch[] launches)
        {
            tape.BeginFrame();
            using (tape.Scope(scope))
                foreach (Launch launch in launches) tape.Run(launch);
            tape.EndFrame();
        }

        static NUnit.Framework.Constraints.Constraint Refuses(params string[] words) => Says(Throws.TypeOf<TapeException>(), words);

        static NUnit.Framework.Constraints.Constraint Fails(params string[] words) => Says(Throws.InvalidOperationException, words);

        static NUnit.Framework.Constraints.Constraint Says(NUnit.Framework.Constraints.Constraint constraint, string[] words)
        {
            foreach (string word in words) constraint = constraint.With.Message.Contains(word);
            return constraint;
        }
    }
}
