using System;
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Tuning.Tests
{
    public sealed class OptimiserTests
    {
        [TestCase("lbfgs", 1e-8)]
        [TestCase("levenberg-marquardt", 1e-8)]
        [TestCase("gauss-newton", 1e-8)]
        [TestCase("cma-es", 1e-6)]
        [TestCase("adam", 1e-2)]
        [TestCase("gradient-descent", 0.1)]
        public void RosenbrocksValleyIsFollowedToItsEnd(string method, double tolerance)
        {
            TuningResult result = TestProblems.Run(method, TestProblems.RosenbrockResiduals(), TestProblems.Parameters(-1.2, 1), o => o.Stopping.MaxIterations = 20000);

            Assert.That(result.Best.Parameters[0], Is.EqualTo(1).Within(tolerance));
            Assert.That(result.Best.Parameters[1], Is.EqualTo(1).Within(2 * tolerance));
        }

        [Test]
        public void LbfgsNeedsFewEvaluationsInRosenbrocksValley()
        {
            TuningResult result = TestProblems.Run("lbfgs", TestProblems.Rosenbrock(), TestProblems.Parameters(-1.2, 1), o => o.Stopping.LossBelow = 1e-12);

            Assert.That(result.Best.Reason, Is.EqualTo(StopReason.LossReached));
            Assert.That(result.Evaluations, Is.LessThan(100));
        }

        [TestCase("lbfgs", 1e6, 1e-8)]
        [TestCase("levenberg-marquardt", 1e6, 1e-8)]
        [TestCase("gauss-newton", 1e6, 1e-8)]
        [TestCase("cma-es", 1e6, 1e-6)]
        [TestCase("adam", 1e2, 1e-3)]
        [TestCase("rmsprop", 1e2, 1e-3)]
        [TestCase("gradient-descent", 1e2, 1e-3)]
        public void IllConditionedQuadraticsAreSolved(string method, double condition, double tolerance)
        {
            var minimum = new[] { 0.5, -0.25, 1, -1.5, 0.75 };
            TuningResult result = TestProblems.Run(method, TestProblems.Quadratic(condition, minimum), TestProblems.Parameters(new double[5]), o =>
            {
                o.Stopping.MaxIterations = 3000;
                o.Stopping.FlatIterations = 1000;
                if (method == "rmsprop") o.Optimiser.FirstOrder.Schedule = new LearningRateSchedule(ScheduleKind.Exponential, 0.998);
            });

            for (int i = 0; i < 5; i++) Assert.That(result.Best.Parameters[i], Is.EqualTo(minimum[i]).Within(tolerance));
        }

        [Test]
        public void WeightDecayPullsTowardsTheStart()
        {
            ParameterSet parameters = TestProblems.Parameters(0);
            FunctionObjective objective = TestProblems.Quadratic(1, 1);
            double free = Last(TestProblems.Run("adam", objective, parameters, o => { o.Optimiser.FirstOrder.LearningRate = 0.01; }));
            double decayed = Last(TestProblems.Run("adamw", objective, parameters, o => { o.Optimiser.FirstOrder.LearningRate = 0.01; o.Optimiser.WeightDecay = 0.5; }));

            Assert.That(free, Is.EqualTo(1).Within(1e-3));
            Assert.That(decayed, Is.InRange(0.3, 0.99));

            static double Last(TuningResult result) => result.History.Last().Parameters[0];
        }

        [Test]
        public void NesterovMomentumConverges()
        {
            TuningResult result = TestProblems.Run("gradient-descent", TestProblems.Quadratic(10, 1, 2), TestProblems.Parameters(0, 0), o => o.Optimiser.Nesterov = true);

            Assert.That(result.Best.Parameters[1], Is.EqualTo(2).Within(1e-6), result.Best.ReasonText);
        }

        [Test]
        public void LeastSquaresMethodsRefuseOtherLosses()
        {
            Assert.That(() => TestProblems.Run("gauss-newton", TestProblems.Rosenbrock(), TestProblems.Parameters(0, 0)),
                Throws.ArgumentException.With.Message.Contains("sum of squared residuals"));
        }

        [Test]
        public void AnUnknownMethodIsToldWithTheNearestName()
        {
            Assert.That(() => new OptimiserSettings { Method = "l-bfgs" }.Create(), Throws.ArgumentException.With.Message.Contains("did you mean 'lbfgs'"));
        }

        [Test]
        public void ClippingShortensStepsAndIsCounted()
        {
            var options = new FirstOrderOptions { LearningRate = 0.1, ClipNorm = 1 };
            var optimiser = new GradientDescent(options, momentum: 0);
            FunctionObjective objective = TestProblems.Quadratic(1, 100, 100);
            var batch = new EvaluationBatch(objective);
            optimiser.Start(Bounds.None(2), new double[2]);
            for (int i = 0; i < 4; i++)
            {
                optimiser.Ask(batch);
                objective.Evaluate(batch);
                optimiser.Tell(batch);
                if (i > 0) Assert.That(optimiser.StepSize, Is.EqualTo(0.1).Within(1e-12));
            }

            Assert.That(optimiser.Clipped, Is.EqualTo(3));
        }

        [Test]
        public void SchedulesFollowTheirFormulas()
        {
            Assert.That(new LearningRateSchedule(ScheduleKind.Step, 0.5, 10).FactorAt(25), Is.EqualTo(0.25));
            Assert.That(new LearningRateSchedule(ScheduleKind.Exponential, 0.9).FactorAt(3), Is.EqualTo(0.729).Within(1e-15));
            var cosine = new LearningRateSchedule(ScheduleKind.Cosine, 0.1, 100);
            Assert.That(cosine.FactorAt(0), Is.EqualTo(1));
            Assert.That(cosine.FactorAt(50), Is.EqualTo(0.55).Within(1e-15));
            Assert.That(cosine.FactorAt(1000), Is.EqualTo(0.1).Within(1e-15));
            Assert.That(new LearningRateSchedule(ScheduleKind.Constant, 1, 1, 3).FactorAt(1), Is.EqualTo(0.5));
        }

        [Test]
        public void AFoundLearningRateLowersTheLossAtOnce([Values("adam", "rmsprop", "gradient-descent")] string method, [Values(1e-6, 1.0, 1e6)] double scale)
        {
            var objective = new FunctionObjective(1, (x, g) =>
            {
                if (g.Length > 0) g[0] = 2 * scale * (x[0] - 1);
                return scale * (x[0] - 1) * (x[0] - 1);
            });
            TuningResult result = TestProblems.Run(method, objective, TestProblems.Parameters(0), o => o.Stopping.MaxIterations = 30);

            Assert.That(result.Best.Loss, Is.LessThan(0.5 * result.Best.InitialLoss));
        }

        [Test]
        public void LbfgsBacksOutOfARegionWhereTheLossIsNotANumber()
        {
            var objective = new FunctionObjective(1, (x, g) =>
            {
                if (g.Length > 0) g[0] = 1 - 1 / x[0];
                return x[0] - Math.Log(x[0]);
            });
            TuningResult result = TestProblems.Run("lbfgs", objective, TestProblems.Parameters(50), o => o.Optimiser.FirstStep = 100);

            Assert.That(result.Best.Parameters[0], Is.EqualTo(1).Within(1e-7));
        }

        [Test]
        public void LbfgsFindsTheBottomOfAKink()
        {
            var objective = new FunctionObjective(2, (x, g) =>
            {
                if (g.Length > 0)
                {
                    g[0] = Math.Sign(x[0] - 0.3);
                    g[1] = 2 * x[1];
                }
                return Math.Abs(x[0] - 0.3) + x[1] * x[1];
            });
            TuningResult result = TestProblems.Run("lbfgs", objective, TestProblems.Parameters(2, 1));

            Assert.That(result.Best.Loss, Is.LessThan(1e-3));
        }

        [Test]
        public void CmaEsKeepsToItsBox()
        {
            ParameterSet parameters = TestProblems.Parameters(new[] { 0.5, 0.5 }, new[] { 0.0, 0.2 }, new[] { 1.0, 1.0 });
            TuningResult result = TestProblems.Run("cma-es", TestProblems.Quadratic(1, -1, -1), parameters);

            Assert.That(result.Best.Parameters, Is.EqualTo(new[] { 0.0, 0.2 }).Within(1e-6));
            Assert.That(result.History.All(r => r.Parameters[0] >= 0 && r.Parameters[1] >= 0.2), Is.True);
        }

        [Test]
        public void CmaEsSolvesATurnedEllipsoid()
        {
            // Condition 1e4, axes turned by 0.6 rad, so that the covariance has to learn correlations.
            double c = Math.Cos(0.6), s = Math.Sin(0.6);
            var objective = new FunctionObjective(2, (x, g) =>
            {
                double a = c * (x[0] - 1) + s * (x[1] + 2);
                double b = -s * (x[0] - 1) + c * (x[1] + 2);
                return a * a + 1e4 * b * b;
            });
            TuningResult result = TestProblems.Run("cma-es", objective, TestProblems.Parameters(0, 0));

            Assert.That(result.Best.Parameters, Is.EqualTo(new[] { 1.0, -2.0 }).Within(1e-5));
        }
    }
}
