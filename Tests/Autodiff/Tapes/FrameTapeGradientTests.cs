using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Gradients of recorded simulations against central differences, and their bits in every way of keeping the record.</summary>
    public class FrameTapeGradientTests
    {
        [Test]
        public void GradientEqualsCentralDifferences([Values(1, 5)] int worlds, [Values(long.MaxValue, 0L, 40_000L)] long budget)
        {
            using var chain = new SpringChain(Precision.Double, 12, worlds, Executor.CreateDefault(), new TapeOptions { MemoryBudget = budget });
            chain.Simulate(20);
            chain.Tape.Backward(chain.Loss);
            foreach (Buffer parameter in new[] { chain.Position, chain.Velocity, chain.Stiffness, chain.Damping })
            {
                Buffer gradient = chain.Tape.Gradient(parameter);
                for (int e = 0; e < parameter.Elements; e++)
                    for (int c = 0; c < parameter.Components; c++)
                        for (int w = 0; w < parameter.Worlds; w++)
                        {
                            double numeric = chain.Difference(parameter, e, c, w, 20);
                            Assert.That(gradient[e, c, w], Is.EqualTo(numeric).Within(1e-7 + 1e-6 * Math.Abs(numeric)), $"{parameter.Name} {e} {c} {w}");
                        }
            }
        }

        // x_w = a_w (p^2)^2 in three worlds w: the slope by the p that they share is the sum of 4 p^3 a_w. What is computed between p and the worlds
        // is shared too, and has a cotangent in each.
        [Test]
        public void GradientsGoThroughWhatAllWorldsShare()
        {
            using var tape = new FrameTape(Executor.CreateDefault());
            using var p = new Buffer("p", 1, 1, Precision.Double);
            using var q = new Buffer("q", 1, 1, Precision.Double);
            using var a = new Buffer("a", 1, 1, Precision.Double, 3);
            using var x = new Buffer("x", 1, 1, Precision.Double, 3);
            p[0] = 1.5;
            for (int w = 0; w < 3; w++) a[0, 0, w] = 1 + w;
            Kernel square = Kernel.Define("square", k =>
            {
                Real value = k.Lane("p");
                k.Store("q", value * value);
            });
            Kernel use = Kernel.Define("use", k =>
            {
                Real value = k.Lane("q");
                k.Store("x", k.Lane("a") * value * value);
            });
            tape.BeginFrame();
            tape.Run(new Launch(square, 1).Bind("p", p).Bind("q", q));
            tape.Run(new Launch(use, 1).Bind("q", q).Bind("a", a).Bind("x", x));
            tape.EndFrame();
            tape.Backward(x);
            Assert.That(tape.Gradient(p)[0], Is.EqualTo(4 * 1.5 * 1.5 * 1.5 * 6).Within(1e-12));
            Assert.That(tape.Gradient(a)[0, 0, 2], Is.EqualTo(1.5 * 1.5 * 1.5 * 1.5).Within(1e-12));
        }

        [Test]
        public void EveryWayOfKeepingTheRecordGivesTheSameBits([Values] Precision precision)
        {
            double[] expected = null;
            foreach (long budget in new[] { long.MaxValue, 20_000, 0 })
            {
                using var chain = new SpringChain(precision, 40, 3, Executor.CreateDefault(), new TapeOptions { MemoryBudget = budget });
                chain.Simulate(50);
                TapeReport report = chain.Tape.Report;
                Assert.That(report.WholeFrames + report.ReplayedFrames, Is.EqualTo(50));
                Assert.That(report.ReplayedFrames, budget == long.MaxValue ? Is.Zero : Is.GreaterThan(0));
                chain.Tape.Backward(chain.Loss);
                double[] gradients = chain.AllGradients();
                expected ??= gradients;
                Assert.That(TestExecutors.SameBits(gradients, expected), Is.True, report.ToString());
            }
        }

        [Test]
        public void RecordingChangesNoBit([Values] Precision precision, [Values] bool whole)
        {
            using var recorded = new SpringChain(precision, 30, 2, Executor.CreateDefault(), new TapeOptions { MemoryBudget = whole ? long.MaxValue : 0 });
            using var plain = new SpringChain(precision, 30, 2, Executor.CreateDefault(), new TapeOptions());
            plain.Tape.IsRecording = false;
            recorded.Simulate(40);
            plain.Simulate(40);
            Assert.That(TestExecutors.SameBits(recorded.State(), plain.State()), Is.True);
            recorded.Tape.Backward(recorded.Loss);
            Assert.That(TestExecutors.SameBits(recorded.State(), plain.State()), Is.True, "after the sweep the buffers hold what they held before");
        }

        [Test]
        public void GradientsOfParametersAddUpOverSweeps()
        {
            using var chain = new SpringChain(Precision.Double, 6, 1, Executor.CreateDefault(), new TapeOptions());
            chain.Simulate(10);
            chain.Tape.Backward(true, chain.Loss);
            double stiffness = chain.Tape.Gradient(chain.Stiffness)[2], position = chain.Tape.Gradient(chain.Position)[3, 1];
            chain.Tape.Backward(chain.Loss);
            Assert.That(chain.Tape.Gradient(chain.Stiffness)[2], Is.EqualTo(2 * stiffness).Within(1e-12).Percent);
            Assert.That(chain.Tape.Gradient(chain.Position)[3, 1], Is.EqualTo(position));
            chain.Tape.ZeroGradients();
            chain.Restart();
            chain.Simulate(10);
            chain.Tape.Backward(chain.Loss);
            Assert.That(chain.Tape.Gradient(chain.Stiffness)[2], Is.EqualTo(stiffness));
        }
    }
}
