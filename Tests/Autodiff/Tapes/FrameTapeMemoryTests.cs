using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>What a recording takes: memory, frames run again, and nothing from the garbage collector.</summary>
    public class FrameTapeMemoryTests
    {
        [Test]
        public void SnapshotsGiveTheSameBits([Values] Precision precision, [Values(1, 2, 5, 12)] int snapshots, [Values(0, 30_000)] int wholeBytes, [Values(0, 20_000)] int logBytes)
        {
            using SpringChain expected = Chain(precision, 20, new TapeOptions());
            expected.Simulate(61);
            expected.Tape.Backward(expected.Loss);
            using SpringChain chain = Chain(precision, 20, new TapeOptions { MemoryBudget = wholeBytes, LogBudget = logBytes, Snapshots = snapshots });
            chain.Simulate(61);
            TapeReport report = chain.Tape.Report;
            Assert.That(report.RecomputedFrames, Is.GreaterThan(10));
            Assert.That(report.WholeFrames, wholeBytes > 0 ? Is.GreaterThan(0) : Is.Zero);
            Assert.That(report.ReplayedFrames, logBytes > 0 ? Is.GreaterThan(0) : Is.Zero);
            Assert.That(report.WholeFrames + report.ReplayedFrames + report.RecomputedFrames, Is.EqualTo(61));
            Assert.That(report.Snapshots, Is.InRange(1, Math.Max(1, snapshots / 2)));
            for (int sweep = 0; sweep < 2; sweep++)
            {
                chain.Tape.ZeroGradients();
                chain.Tape.Backward(true, chain.Loss);
                Assert.That(TestExecutors.SameBits(chain.AllGradients(), expected.AllGradients()), Is.True, report.ToString());
                Assert.That(TestExecutors.SameBits(chain.State(), expected.State()), Is.True);
            }
        }

        [Test]
        public void FewSnapshotsReachFar()
        {
            using SpringChain chain = Chain(Precision.Double, 20, new TapeOptions { MemoryBudget = 0, LogBudget = 0, Snapshots = 16 });
            chain.Simulate(400);
            chain.Tape.Backward(chain.Loss);
            TapeReport report = chain.Tape.Report;
            Assert.That(report.Snapshots, Is.LessThanOrEqualTo(8));
            // Strides of 64 between the snapshots, 8 more on the way back: C(9 + 2, 2) = 55 < 64 <= C(9 + 3, 3), so at most 3 runs and the replay.
            Assert.That(report.RerunFrames, Is.InRange(2 * 400, 4 * 400));
        }

        [Test]
        public void TheScheduleIsOptimal()
        {
            // Forward steps of the best schedule for l steps and s snapshots: r l - C(s + r, s + 1), with the least r for which
            // C(s + r, s) >= l (Griewank and Walther 2000).
            for (int snapshots = 2; snapshots < 7; snapshots++)
                for (int steps = 2; steps < 120; steps++)
                {
                    int r = 0;
                    while (BinomialSchedule.Reach(snapshots, r) < steps) r++;
                    long best = (long)r * steps - BinomialSchedule.Reach(snapshots + 1, r - 1);
                    Assert.That(Cost(steps, snapshots), Is.EqualTo(best), $"{steps} steps, {snapshots} snapshots");
                }
        }

        static long Cost(int steps, int snapshots)
        {
            if (steps == 1) return 0;
            if (snapshots == 1) return (long)steps * (steps - 1) / 2;
            int advance = BinomialSchedule.Advance(steps, snapshots);
            return advance + Cost(steps - advance, snapshots - 1) + Cost(advance, snapshots);
        }

        [Test]
        public void LoggedFramesTakeTheirStatesAndOneTape()
        {
            const int Frames = 200, Particles = 3000;
            using SpringChain whole = Chain(Precision.Double, Particles, new TapeOptions { MemoryBudget = long.MaxValue });
            whole.Simulate(1);
            long one = whole.Tape.Report.SavedBytes;
            whole.Simulate(1);
            long oneTape = whole.Tape.Report.SavedBytes - one;
            using SpringChain chain = Chain(Precision.Double, Particles, new TapeOptions { MemoryBudget = 0 });
            chain.Simulate(Frames);
            chain.Tape.Backward(chain.Loss);
            long state = chain.Position.ByteLength + chain.Velocity.ByteLength + chain.Loss.ByteLength;
            double allowed = 1.1 * (Frames * state + oneTape);
            Assert.That(chain.Tape.Report.PeakBytes, Is.LessThan(allowed), $"{chain.Tape.Report}; one state {state}, one tape {oneTape}");
            Assert.That(chain.Tape.Report.ReplayedFrames, Is.EqualTo(Frames));
            TestContext.WriteLine($"peak {chain.Tape.Report.PeakBytes / (double)(Frames * state + oneTape):F3} of states and one tape");
        }

        [Test]
        public void FramesAllocateNothingAfterTheFirstRecording([Values(long.MaxValue, 0L)] long wholeBytes, [Values(long.MaxValue, 0L)] long logBytes)
        {
            using SpringChain chain = Chain(Precision.Double, 50, new TapeOptions { MemoryBudget = wholeBytes, LogBudget = logBytes, Snapshots = 8 });
            long Bytes(int frames)
            {
                chain.Restart();
                long before = GC.GetAllocatedBytesForCurrentThread();
                chain.Simulate(frames);
                chain.Tape.Backward(chain.Loss);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Bytes(100);
            Bytes(100);
            Assert.That(Bytes(100), Is.EqualTo(Bytes(10)), "100 frames allocate what 10 do: the list of losses");
        }

        static SpringChain Chain(Precision precision, int particles, TapeOptions options) => new SpringChain(precision, particles, 1, TestExecutors.Prompt(), options);
    }
}
