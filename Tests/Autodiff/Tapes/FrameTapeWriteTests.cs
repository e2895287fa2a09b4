using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Numbers given on the tape: controls that change from frame to frame, and the gradient by each.</summary>
    public class FrameTapeWriteTests
    {
        const int Frames = 6;

        static readonly Kernel Push = Kernel.Define("push", k =>
        {
            Real x = k.Lane("x"), u = k.Shared("u");
            k.Store("x", x + 0.1 * u * u * x);
        });

        [Test]
        public void GradientByControlsOfEachFrame([Values(long.MaxValue, 0L)] long budget)
        {
            using var tape = new FrameTape(Executor.CreateDefault(), new TapeOptions { MemoryBudget = budget });
            using var x = new Buffer("x", 2, 1, Precision.Double, 3);
            using var u = new Buffer("u", 1, 1, Precision.Double); // one for all worlds
            for (int e = 0; e < 2; e++)
                for (int w = 0; w < 3; w++) x[e, 0, w] = 1 + e + 0.25 * w;
            double sum = 0, factor = 1;
            for (int e = 0; e < 2; e++)
                for (int w = 0; w < 3; w++) sum += x[e, 0, w];
            Launch push = new Launch(Push, 2).Bind("x", x).Bind("u", u);
            var writes = new TapeWrite[Frames];
            for (int f = 0; f < Frames; f++)
            {
                tape.BeginFrame();
                writes[f] = tape.Write(u, 0, new[] { Control(f) });
                tape.Run(push);
                tape.EndFrame();
                factor *= 1 + 0.1 * Control(f) * Control(f);
            }
            Assert.That(u[0], Is.EqualTo(Control(Frames - 1)));
            tape.Backward(x);
            var gradient = new double[1];
            for (int f = 0; f < Frames; f++)
            {
                // L = sum x prod (1 + u^2 / 10), dL/du = L (u / 5) / (1 + u^2 / 10)
                tape.Gradient(writes[f], gradient);
                double expected = sum * factor * 0.2 * Control(f) / (1 + 0.1 * Control(f) * Control(f));
                Assert.That(gradient[0], Is.EqualTo(expected).Within(1e-12).Percent, $"frame {f}");
            }
            Assert.That(tape.Depends(u), Is.False, "what stood there before the first write had no influence");
            tape.Clear();
            Assert.That(() => tape.Gradient(writes[0], gradient), Throws.TypeOf<TapeException>().With.Message.Contains("not part of the recording"));
        }

        [Test]
        public void OnlyTheComponentIsWrittenAndCut()
        {
            using var tape = new FrameTape(Executor.CreateDefault());
            using var pair = new Buffer("pair", 2, 2, Precision.Float);
            pair.CopyFrom(new double[] { 1, 2 });
            pair.CopyFrom(new double[] { 3, 4 }, 1);
            tape.BeginFrame();
            tape.Write(pair, 1, new double[] { 7, 8 });
            Assert.That(() => tape.Write(pair, 2, new double[2]), Throws.InstanceOf<ArgumentException>().With.Message.Contains("'pair' has 2 components"));
            Assert.That(() => tape.Write(pair, 0, new double[3]), Throws.ArgumentException.With.Message.Contains("2 elements x 1 worlds").And.Message.Contains("3 were given"));
            tape.EndFrame();
            Assert.That(new[] { pair[0], pair[1], pair[0, 1], pair[1, 1] }, Is.EqualTo(new double[] { 1, 2, 7, 8 }));
            tape.Backward(pair);
            Buffer gradient = tape.Gradient(pair);
            Assert.That(new[] { gradient[0], gradient[1], gradient[0, 1], gradient[1, 1] }, Is.EqualTo(new double[] { 1, 1, 0, 0 }));
        }

        [Test]
        public void AWriteThatNothingReadsIsNotReached()
        {
            using var tape = new FrameTape(Executor.CreateDefault());
            using var x = new Buffer("x", 1, 1, Precision.Double);
            using var u = new Buffer("u", 1, 1, Precision.Double);
            tape.BeginFrame();
            TapeWrite unused = tape.Write(u, 0, new double[] { 3 });
            tape.Write(u, 0, new double[] { 4 });
            tape.Run(new Launch(Push, 1).Bind("x", x).Bind("u", u));
            tape.EndFrame();
            tape.Backward(x);
            Assert.That(() => tape.Gradient(unused, new double[1]), Throws.TypeOf<TapeException>().With.Message.Contains("does not depend on the write to 'u' in frame 0"));
        }

        static double Control(int frame) => 0.5 + 0.3 * frame;
    }
}
