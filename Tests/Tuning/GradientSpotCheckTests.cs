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

        private static IReadOnlyList<GradientSpot> Check(IObjective objective, params double[] at)
        {
            return GradientSpotCheck.Check(objective, TestProblems.Parameters(at), at);
        }
    }
}
