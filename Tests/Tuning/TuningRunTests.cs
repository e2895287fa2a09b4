using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace DiffPhysics.Tuning.Tests
{
    public sealed class TuningRunTests
    {
        [TestCaseSource(typeof(TestProblems), nameof(TestProblems.AllMethods))]
        public void EqualSeedsGiveEqualRunsToTheBit(string method)
        {
            TuningResult first = Short(method, null, 60);
            TuningResult second = Short(method, null, 60);

            Assert.That(TestProblems.Bits(second), Is.EqualTo(TestProblems.Bits(first)));
        }

        [Test]
        public void OtherSeedsGiveOtherRuns()
        {
            TuningResult first = TestProblems.Run("cma-es", TestProblems.Rosenbrock(), TestProblems.Parameters(-1, 1), o => o.Stopping.MaxIterations = 5);
            TuningResult second = TestProblems.Run("cma-es", TestProblems.Rosenbrock(), TestProblems.Parameters(-1, 1), o => { o.Stopping.MaxIterations = 5; o.Seed = 2; });

            Assert.That(TestProblems.Bits(second), Is.Not.EqualTo(TestProblems.Bits(first)));
        }

        [Test]
        public void AResumedRunEqualsAnUninterruptedOneToTheBit([ValueSource(typeof(TestProblems), nameof(TestProblems.AllMethods))] string method, [Values(1, 2, 7, 12)] int interruptedAfter)
        {
            TuningResult whole = Short(method, null, 20);
            var journal = new InterruptedJournal(interruptedAfter);
            Assert.That(() => Short(method, journal, 20), Throws.TypeOf<OperationCanceledException>());
            journal.Remaining = int.MaxValue;
            TuningResult resumed = Short(method, journal, 20);

            Assert.That(TestProblems.Bits(resumed), Is.EqualTo(TestProblems.Bits(whole)));
        }

        [Test]
        public void ResumingAFinishedRunDoesNothingMore()
        {
            var journal = new MemoryJournal();
            TuningResult whole = Short("lbfgs", journal, 20);
            int kept = journal.Read().Count;
            TuningResult again = Short("lbfgs", journal, 20);

            Assert.That(journal.Read().Count, Is.EqualTo(kept));
            Assert.That(again.Best.Loss, Is.EqualTo(whole.Best.Loss));
        }

        [Test]
        public void StartsAreEvaluatedTogetherAndTheBestWins()
        {
            // Many local minima; the lowest at 0.7. From 4.5 alone descent ends in a higher one.
            int largest = 0;
            var waves = new CountingObjective(new FunctionObjective(1, (x, g) =>
            {
                double d = x[0] - 0.7;
                if (g.Length > 0) g[0] = 0.2 * d + 6 * Math.Sin(6 * d);
                return 0.1 * d * d + 1 - Math.Cos(6 * d);
            }), count => largest = Math.Max(largest, count));
            var parameters = new ParameterSet(new[] { new Parameter("x", 4.5, -6, 6) });
            TuningResult alone = TestProblems.Run("lbfgs", waves, parameters, o => o.Optimiser.FirstStep = 0.005);
            Assert.That(largest, Is.EqualTo(1));
            TuningResult many = TestProblems.Run("lbfgs", waves, parameters, o => { o.Starts = 24; o.Optimiser.FirstStep = 0.005; });

            Assert.That(alone.Best.Loss, Is.GreaterThan(0.1));
            Assert.That(largest, Is.EqualTo(24));
            Assert.That(many.Best.Parameters[0], Is.EqualTo(0.7).Within(1e-6));
            Assert.That(many.Starts[0].Parameters[0], Is.EqualTo(alone.Best.Parameters[0]).Within(1e-12));
            Assert.That(many.Starts.Count, Is.EqualTo(24));
        }

        [Test]
        public void EachStoppingRuleStopsAndSaysSo()
        {
            Check(StopReason.LossReached, "wanted", o => o.Stopping.LossBelow = 1);
            Check(StopReason.GradientSmall, "gradient", o => o.Stopping.GradientBelow = 1e-3);
            Check(StopReason.MaxIterations, "5 iterations", o => o.Stopping.MaxIterations = 5);
            Check(StopReason.MaxEvaluations, "evaluations", o => o.Stopping.MaxEvaluations = 7);
            Check(StopReason.MaxTime, "used up", o => o.Stopping.MaxSeconds = 1e-9);
            Check(StopReason.StepSmall, "step", o => o.Stopping.StepBelow = 1e9);
            Check(StopReason.LossFlat, "fell by less", o => { o.Stopping.FlatIterations = 2; o.Stopping.FlatFraction = 0.999; });

            static void Check(StopReason reason, string word, Action<TuningOptions> change)
            {
                TuningResult result = TestProblems.Run("lbfgs", TestProblems.Rosenbrock(), TestProblems.Parameters(-1.2, 1), change);
                Assert.That(result.Best.Reason, Is.EqualTo(reason), result.Best.ReasonText);
                Assert.That(result.Best.ReasonText, Does.Contain(word));
            }
        }

        [Test]
        public void ALossThatIsNotANumberEndsTheRun()
        {
            var objective = new FunctionObjective(1, (x, g) =>
            {
                if (g.Length > 0) g[0] = 1;
                return double.NaN;
            });
            TuningResult result = TestProblems.Run("adam", objective, TestProblems.Parameters(0));

            Assert.That(result.Best.Reason, Is.EqualTo(StopReason.Diverged));
        }

        [Test]
        public void PointsWithoutALossAreCountedAcrossAnInterruption()
        {
            // (x - 1)^2, but nothing beyond 1.2.
            var objective = new FunctionObjective(1, (x, g) =>
            {
                if (g.Length > 0) g[0] = 2 * (x[0] - 1);
                return x[0] > 1.2 ? double.NaN : (x[0] - 1) * (x[0] - 1);
            });
            void Change(TuningOptions o) => o.Optimiser.FirstOrder.LearningRate = 1;
            TuningResult whole = TestProblems.Run("gradient-descent", objective, TestProblems.Parameters(0), Change);
            var journal = new MemoryJournal();
            TestProblems.Run("gradient-descent", objective, TestProblems.Parameters(0), o => { Change(o); o.Stopping.MaxIterations = 2; }, journal);
            TuningResult resumed = TestProblems.Run("gradient-descent", objective, TestProblems.Parameters(0), Change, journal);

            Assert.That(whole.Failures, Is.GreaterThan(0));
            Assert.That(whole.FirstFailure, Does.Contain("NaN"));
            Assert.That(whole.Best.Parameters[0], Is.EqualTo(1).Within(1e-3));
            Assert.That((resumed.Failures, resumed.FirstFailure, resumed.Best.Loss), Is.EqualTo((whole.Failures, whole.FirstFailure, whole.Best.Loss)));
        }

        [Test]
        public void AWrongGradientEndsInNoProgressNotInALoop()
        {
            var objective = new FunctionObjective(1, (x, g) =>
            {
                if (g.Length > 0) g[0] = -2 * x[0];
                return x[0] * x[0];
            });
            TuningResult result = TestProblems.Run("lbfgs", objective, TestProblems.Parameters(1));

            Assert.That(result.Best.Reason, Is.EqualTo(StopReason.NoProgress));
            Assert.That(result.Best.ReasonText, Does.Contain("gradient is wrong"));
        }

        [Test]
        public void CancellingKeepsTheBestSoFar()
        {
            using (var source = new CancellationTokenSource())
            {
                var run = new TuningRun(TestProblems.Parameters(-1.2, 1), TestProblems.Rosenbrock());
                TuningResult result = run.Run(null, record =>
                {
                    if (record.Iteration == 5) source.Cancel();
                }, source.Token);

                Assert.That(result.Best.Reason, Is.EqualTo(StopReason.Cancelled));
                Assert.That(result.Best.Iterations, Is.EqualTo(5));
                Assert.That(result.Best.Loss, Is.EqualTo(result.History.Min(r => r.Loss)));
                Assert.That(result.Best.Loss, Is.LessThan(result.Best.InitialLoss));
            }
        }

        private static TuningResult Short(string method, ITuningJournal journal, int iterations)
        {
            var set = new ParameterSet(new[] { new Parameter("x", -1.2, -2, 2), new Parameter("y", 1, 0.1, 3, scale: ParameterScale.Logarithmic) });
            return TestProblems.Run(method, TestProblems.RosenbrockResiduals(), set, o =>
            {
                o.Stopping.MaxIterations = iterations;
                o.Starts = 3;
                o.Seed = 7;
            }, journal);
        }

        // Breaks off after so many checkpoints, as a crash would.
        private sealed class InterruptedJournal : ITuningJournal
        {
            private readonly MemoryJournal _kept = new MemoryJournal();

            public InterruptedJournal(int remaining) => Remaining = remaining;

            public int Remaining { get; set; }

            public IReadOnlyList<TuningCheckpoint> Read() => _kept.Read();

            public void Append(TuningCheckpoint checkpoint)
            {
                if (Remaining-- == 0) throw new OperationCanceledException();
                _kept.Append(checkpoint);
            }
        }

        private sealed class CountingObjective : IObjective
        {
            private readonly IObjective _inner;
            private readonly Action<int> _count;

            public CountingObjective(IObjective inner, Action<int> count)
            {
                _inner = inner;
                _count = count;
            }

            public int Dimension => _inner.Dimension;
            public int ResidualCount => _inner.ResidualCount;
            public IReadOnlyList<string> TermNames => _inner.TermNames;

            public void Evaluate(EvaluationBatch batch)
            {
                _count(batch.Count);
                _inner.Evaluate(batch);
            }
        }
    }
}
