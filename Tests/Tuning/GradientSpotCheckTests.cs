using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Tuning.Tests
{
    public sealed class GradientSpotCheckTests
    {
        [Test]
        public void RightGradientsAgree()
        {
            IReadOnlyList<GradientSpot> spots = Check(TestProblems.Rosenbrock(), -1.2, 1.5);

            Assert.That(spots[0].Verdict, Is.EqualTo(SpotVerdict.Agrees));
            Assert.That(spots[1].Verdict, Is.EqualTo(SpotVerdict.Agrees));
            Assert.That(spots[1].RelativeError, Is.LessThan(1e-7));
        }

        [Test]
        public void AGradientThatIsOffByAThousandthIsWrong()
        {
            IReadOnlyList<GradientSpot> spots = Check(new FunctionObjective(1, (x, g) =>
            {
                if (g.Length > 0) g[0] = 1.001 * Math.Cos(x[0]);
                return Math.Sin(x[0]);
            }), 0.4);

            Assert.That(spots[0].Verdict, Is.EqualTo(SpotVerdict.Wrong));
            Assert.That(spots[0].RelativeError, Is.EqualTo(1e-3).Within(1e-5));
        }

        [Test]
        public void AJumpWithinTheStepIsCalledAJump()
        {
            IReadOnlyList<GradientSpot> spots = Check(new FunctionObjective(1, (x, g) =>
            {
                if (g.Length > 0) g[0] = 1;
                return x[0] + (x[0] > 0.5 ? 1 : 0);
            }), 0.5);

            Assert.That(spots[0].Verdict, Is.EqualTo(SpotVerdict.Discontinuous));
        }

        [Test]
        public void AKinkWithinTheStepIsCalledAJumpToo()
        {
            IReadOnlyList<GradientSpot> spots = Check(new FunctionObjective(1, (x, g) =>
            {
                if (g.Length > 0) g[0] = 1;
                return Math.Max(x[0], 0);
            }), 0);

            Assert.That(spots[0].Verdict, Is.EqualTo(SpotVerdict.Discontinuous));
        }

        [Test]
        public void AnUnreachedParameterAgreesOnZero()
        {
            IReadOnlyList<GradientSpot> spots = Check(new FunctionObjective(2, (x, g) =>
            {
                if (g.Length > 0)
                {
                    g[0] = 2 * x[0];
                    g[1] = 0;
                }
                return x[0] * x[0];
            }), 3, 4);

            Assert.That(spots[1].Verdict, Is.EqualTo(SpotVerdict.Agrees));
        }

        // A loss of pieces with slopes 1 and 3 that meet, or jump, at an event the objective tells of.
        private sealed class Pieces : IObjective
        {
            private readonly double[] _events;
            private readonly double _factor;

            public Pieces(double factor, params double[] events)
            {
                _factor = factor;
                _events = events;
            }

            public int Dimension => 1;
            public int ResidualCount => 0;
            public IReadOnlyList<string> TermNames => Array.Empty<string>();

            public void Evaluate(EvaluationBatch batch)
            {
                for (int i = 0; i < batch.Count; i++)
                {
                    double x = batch.Point(i)[0];
                    int piece = 0;
                    foreach (double e in _events) piece += x > e ? 1 : 0;
                    batch.Values[i] = (1 + 2 * piece) * Math.Sin(x) + piece;
                    batch.Choices[i] = (ulong)(7 + piece);
                    if (batch.Wants(EvaluationNeeds.Gradient)) batch.Gradient(i)[0] = _factor * (1 + 2 * piece) * Math.Cos(x);
                }
            }
        }

        [Test]
        public void AnEventBeyondTheSmallStepsLeavesCentralDifferences()
        {
            GradientSpot spot = Check(new Pieces(1, 0.4 + 1e-5), 0.4)[0];

            Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), spot.Words);
            Assert.That(spot.Side, Is.EqualTo(0));
            Assert.That(spot.NearestEvent, Is.InRange(1e-5, 4e-5));
            Assert.That(spot.Words, Is.EqualTo("agrees"));
        }

        [TestCase(1e-12, -1)]
        [TestCase(-1e-12, 1)]
        public void AnEventWithinAllStepsToOneSideIsPassedByOnTheOther(double away, int side)
        {
            GradientSpot spot = Check(new Pieces(1, 0.4 + away), 0.4)[0], wrong = Check(new Pieces(1.001, 0.4 + away), 0.4)[0];

            Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), spot.Words);
            Assert.That(spot.Side, Is.EqualTo(side));
            Assert.That(spot.RelativeError, Is.LessThan(1e-6));
            Assert.That(spot.Words, Does.Contain(side > 0 ? "higher" : "lower").And.Contain("an event lies within the steps to the other"));
            Assert.That(wrong.Verdict, Is.EqualTo(SpotVerdict.Wrong));
            Assert.That(wrong.RelativeError, Is.EqualTo(1e-3).Within(1e-5));
        }

        [Test]
        public void AnEventWithinAllButTheSmallestStepsIsPassedByWithSmallerOnes()
        {
            GradientSpot spot = Check(new Pieces(1, 0.4 - 5e-8, 0.4 + 5e-8), 0.4)[0];

            Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), spot.Words);
            Assert.That(spot.Step, Is.LessThan(5e-8));
        }

        [Test]
        public void EventsWithinEveryStepAreSaidInWords()
        {
            GradientSpot spot = Check(new Pieces(1, 0.4 - 1e-12, 0.4 + 1e-12), 0.4)[0];

            Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Discontinuous));
            Assert.That(spot.Words, Does.StartWith("an event lies within every step, nearer than"));
        }

        private static IReadOnlyList<GradientSpot> Check(IObjective objective, params double[] at)
        {
            return GradientSpotCheck.Check(objective, TestProblems.Parameters(at), at);
        }
    }
}
