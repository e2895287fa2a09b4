using System;
using NUnit.Framework;

namespace DiffPhysics.Tuning.Tests
{
    /// <summary>Box-constrained problems of Hock and Schittkowski, "Test Examples for Nonlinear Programming Codes", 1981.</summary>
    public sealed class BoundedProblemTests
    {
        private const double Infinity = double.PositiveInfinity;

        [Test]
        public void Problem1HasAnInactiveBound()
        {
            Check(TestProblems.Rosenbrock(), new[] { -2.0, 1 }, new[] { -Infinity, -1.5 }, new[] { Infinity, Infinity }, 0, 1, 1);
        }

        [Test]
        public void Problem2EndsOnItsBound()
        {
            // The stated minimum of f over y >= 1.5.
            double a = Math.Sqrt(598.0 / 1200);
            double x = 2 * a * Math.Cos(Math.Acos(1 / (400 * a * a * a)) / 3);
            Check(TestProblems.Rosenbrock(), new[] { 1.2, 2.5 }, new[] { -Infinity, 1.5 }, new[] { Infinity, Infinity }, 0.0504261879, x, 1.5);
        }

        [Test]
        public void Problem3IsAlmostFlatAlongItsBound()
        {
            var objective = new FunctionObjective(2, (x, g) =>
            {
                double d = x[1] - x[0];
                if (g.Length > 0)
                {
                    g[0] = -2e-5 * d;
                    g[1] = 1 + 2e-5 * d;
                }
                return x[1] + 1e-5 * d * d;
            });
            Check(objective, new[] { 10.0, 1 }, new[] { -Infinity, 0 }, new[] { Infinity, Infinity }, 0, 0, 0);
        }

        [Test]
        public void Problem4EndsInACorner()
        {
            var objective = new FunctionObjective(2, (x, g) =>
            {
                if (g.Length > 0)
                {
                    g[0] = (x[0] + 1) * (x[0] + 1);
                    g[1] = 1;
                }
                return Math.Pow(x[0] + 1, 3) / 3 + x[1];
            });
            Check(objective, new[] { 1.125, 0.125 }, new[] { 1.0, 0 }, new[] { Infinity, Infinity }, 8.0 / 3, 1, 0);
        }

        [Test]
        public void Problem5IsSmoothInsideItsBox()
        {
            var objective = new FunctionObjective(2, (x, g) =>
            {
                double cosine = Math.Cos(x[0] + x[1]);
                double d = x[0] - x[1];
                if (g.Length > 0)
                {
                    g[0] = cosine + 2 * d - 1.5;
                    g[1] = cosine - 2 * d + 2.5;
                }
                return Math.Sin(x[0] + x[1]) + d * d - 1.5 * x[0] + 2.5 * x[1] + 1;
            });
            Check(objective, new[] { 0.0, 0 }, new[] { -1.5, -3 }, new[] { 4.0, 3 }, -0.5 * Math.Sqrt(3) - Math.PI / 3, -Math.PI / 3 + 0.5, -Math.PI / 3 - 0.5);
        }

        [Test]
        public void Problem45HasAllFiveBoundsActive()
        {
            var objective = new FunctionObjective(5, (x, g) =>
            {
                double product = x[0] * x[1] * x[2] * x[3] * x[4];
                for (int i = 0; i < g.Length; i++)
                {
                    double others = -1.0 / 120;
                    for (int k = 0; k < 5; k++)
                    {
                        if (k != i) others *= x[k];
                    }
                    g[i] = others;
                }
                return 2 - product / 120;
            });
            Check(objective, new[] { 0.5, 1, 1.5, 2, 2.5 }, new double[5], new[] { 1.0, 2, 3, 4, 5 }, 1, 1, 2, 3, 4, 5);
        }

        [TestCase("levenberg-marquardt")]
        [TestCase("gauss-newton")]
        [TestCase("lbfgs")]
        public void SquaresWithAnActiveBoundEndWhereTheBoundAllows(string method)
        {
            // Rosenbrock over x <= 0.5: the minimum is at (0.5, 0.25) with f = 0.25.
            ParameterSet parameters = TestProblems.Parameters(new[] { -1.2, 1 }, new[] { -2.0, -2 }, new[] { 0.5, 2 });
            TuningResult result = TestProblems.Run(method, TestProblems.RosenbrockResiduals(), parameters);

            Assert.That(result.Best.Loss, Is.EqualTo(0.25).Within(1e-9));
            Assert.That(result.Best.Parameters, Is.EqualTo(new[] { 0.5, 0.25 }).Within(1e-6));
            Assert.That(result.AtBound, Is.EqualTo(new[] { "x0" }));
        }

        private static void Check(IObjective objective, double[] start, double[] lower, double[] upper, double value, params double[] minimum)
        {
            TuningResult result = TestProblems.Run("lbfgs", objective, TestProblems.Parameters(start, lower, upper));

            Assert.That(result.Best.Loss, Is.EqualTo(value).Within(1e-8));
            Assert.That(result.Best.Parameters, Is.EqualTo(minimum).Within(1e-3));
        }
    }
}
