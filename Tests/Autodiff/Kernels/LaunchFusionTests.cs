using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Joined launches give the bits and the gradients of the same launches in turn, and unsafe ones are not joined.</summary>
    public class LaunchFusionTests
    {
        static readonly Kernel Force = Kernel.Define("force", k => k.Store("f", -k.Shared("stiffness") * k.Lane("x") - 0.1 * k.Lane("v")));

        static readonly Kernel Kick = Kernel.Define("kick", k => k.Store("v", k.Lane("v") + 0.01 * k.Lane("f")));

        static readonly Kernel Drift = Kernel.Define("drift", k => k.Store("x", k.Lane("x") + 0.01 * k.Lane("v") * (1 + k.Lane("x"))));

        static readonly Kernel Neighbour = Kernel.Define("neighbour", k => k.Store("g", k.Gather("x", "next") - k.Lane("f")));

        static readonly Kernel Loss = Kernel.Define("loss", k => k.Sum("loss", k.Lane("x") * k.Lane("x") * k.Lane("v")));

        [Test]
        public void JoinedStepsGiveTheSameBitsAndGradients([Values] Precision precision, [Values(1, 4)] int worlds)
        {
            double[][] results = new double[2][];
            for (int joined = 0; joined < 2; joined++)
            {
                using var s = new Oscillators(precision, worlds);
                var sequence = new LaunchSequence { s.Force, s.Kick, s.Drift, s.Loss };
                Assert.That(sequence.Joined.Count, Is.EqualTo(1));
                for (int f = 0; f < 9; f++)
                {
                    s.Tape.BeginFrame();
                    if (joined == 1) s.Tape.Run(sequence);
                    else foreach (Launch launch in sequence) s.Tape.Run(launch);
                    s.Tape.EndFrame();
                }
                s.Tape.Backward(s.LossBuffer);
                results[joined] = s.Contents();
            }
            Assert.That(TestExecutors.SameBits(results[0].AsSpan(0, Oscillators.Values * worlds).ToArray(), results[1].AsSpan(0, Oscillators.Values * worlds).ToArray()), Is.True, "values");
            for (int k = 0; k < results[0].Length; k++)
                Assert.That(results[1][k], Is.EqualTo(results[0][k]).Within(precision == Precision.Double ? 1e-12 : 1e-4).Percent.Or.EqualTo(results[0][k]).Within(1e-5), $"{k}");
        }

        [Test]
        public void LanesThatReadOtherLanesResultsAreNotJoined()
        {
            using var s = new Oscillators(Precision.Double, 1);
            var sequence = new LaunchSequence { s.Drift, s.Neighbour };
            Assert.That(sequence.Joined.Count, Is.EqualTo(2));
            Assert.That(new LaunchSequence { s.Force, s.Neighbour }.Joined.Count, Is.EqualTo(1), "the neighbour's x is not written by the first");
        }

        sealed class Oscillators : IDisposable
        {
            const int Count = 21;
            public const int Values = 3 * Count + 1;
            readonly Buffer x, v, f, g, stiffness;
            readonly IndexBuffer next = new IndexBuffer("next", Count);
            readonly int worlds;

            public Oscillators(Precision precision, int worlds)
            {
                this.worlds = worlds;
                x = new Buffer("x", Count, 1, precision, worlds);
                v = new Buffer("v", Count, 1, precision, worlds);
                f = new Buffer("f", Count, 1, precision, worlds);
                g = new Buffer("g", Count, 1, precision, worlds);
                stiffness = new Buffer("stiffness", 1, 1, precision);
                LossBuffer = new Buffer("loss", 1, 1, precision, worlds);
                stiffness[0] = 30;
                for (int e = 0; e < Count; e++)
                    for (int w = 0; w < worlds; w++) (x[e, 0, w], v[e, 0, w]) = (Math.Sin(e + w), Math.Cos(2 * e));
                for (int e = 0; e < Count; e++) next.Indices[e] = (e + 1) % Count;
                Tape = new FrameTape(Executor.CreateDefault());
                Force = new Launch(LaunchFusionTests.Force, Count).Bind("f", f).Bind("x", x).Bind("v", v).Bind("stiffness", stiffness);
                Kick = new Launch(LaunchFusionTests.Kick, Count).Bind("v", v).Bind("f", f);
                Drift = new Launch(LaunchFusionTests.Drift, Count).Bind("x", x).Bind("v", v);
                Neighbour = new Launch(LaunchFusionTests.Neighbour, Count).Bind("x", x).Bind("f", f).Bind("g", g).BindIndex("next", next);
                Loss = new Launch(LaunchFusionTests.Loss, Count).Bind("x", x).Bind("v", v).Bind("loss", LossBuffer);
            }

            public FrameTape Tape { get; }

            public Buffer LossBuffer { get; }

            public Launch Force { get; }

            public Launch Kick { get; }

            public Launch Drift { get; }

            public Launch Neighbour { get; }

            public Launch Loss { get; }

            public double[] Contents()
            {
                var all = new System.Collections.Generic.List<double>();
                foreach (Buffer buffer in new[] { x, v, f, LossBuffer, Tape.Gradient(x), Tape.Gradient(v), Tape.Gradient(stiffness) })
                    for (int e = 0; e < buffer.Elements; e++)
                        for (int w = 0; w < buffer.Worlds; w++) all.Add(buffer[e, 0, w]);
                return all.ToArray();
            }

            public void Dispose()
            {
                Tape.Dispose();
                foreach (Buffer buffer in new[] { x, v, f, g, stiffness, LossBuffer }) buffer.Dispose();
                next.Dispose();
            }
        }
    }
}
