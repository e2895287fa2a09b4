using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>The example of the manual page on kernels, word for word, against its closed form.</summary>
    public class ManualExampleTests
    {
        [Test]
        public void DragSlowsAsTheManualSays()
        {
            const int count = 3, frames = 50;
            Executor executor = Executor.CreateDefault();
            using var x = new Buffer("x", count, 3, Precision.Double);
            using var v = new Buffer("v", count, 3, Precision.Double);
            using var gravity = new Buffer("gravity", 1, 3, Precision.Double);
            using var drag = new Buffer("drag", 1, 1, Precision.Double);
            using var loss = new Buffer("loss", 1, 1, Precision.Double);
            drag[0] = 0.7;
            v[1, 0] = 2;
            Kernel measureHeight = Kernel.Define("measure", k => k.Sum("loss", k.Lane3("x").X));
            Launch measure = new Launch(measureHeight, count).Bind("x", x).Bind("loss", loss);

            Kernel move = Kernel.Define("move", k =>
            {
                Real3 x = k.Lane3("x"), v = k.Lane3("v");
                v += 0.01 * (k.Shared3("gravity") - k.Shared("drag") * v);
                k.Store("v", v);
                k.Store("x", x + 0.01 * v);
            });
            Launch step = new Launch(move, count).Bind("x", x).Bind("v", v).Bind("gravity", gravity).Bind("drag", drag);

            using var tape = new FrameTape(executor);
            for (int f = 0; f < frames; f++)
            {
                tape.BeginFrame();
                tape.Run(step);
                tape.EndFrame();
            }
            tape.BeginFrame();
            tape.Run(measure);
            tape.EndFrame();
            tape.Backward(loss);
            double slope = tape.Gradient(drag)[0];

            // x(n) = h v0 (q + q^2 + .. + q^n) with q = 1 - h drag, so dx/d(drag) = -h^2 v0 sum of k q^(k - 1).
            double q = 1 - 0.01 * 0.7, expected = 0;
            for (int n = 1; n <= frames; n++) expected -= 0.01 * 0.01 * 2 * n * Math.Pow(q, n - 1);
            Assert.That(slope, Is.EqualTo(expected).Within(1e-12));
        }
    }
}
