using System;
using NUnit.Framework;

namespace DiffPhysics.Tuning.Tests
{
    /// <summary>Problems and minima of Moré, Garbow and Hillstrom, "Testing Unconstrained Optimization Software", 1981.</summary>
    public sealed class LeastSquaresTests
    {
        private static readonly double[] BardY = { 0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39 };
        private static readonly double[] KowalikY = { 0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246 };
        private static readonly double[] KowalikU = { 4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625 };
        private static readonly double[] MeyerY = { 34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872 };

        [TestCase("levenberg-marquardt")]
        [TestCase("gauss-newton")]
        [TestCase("lbfgs")]
        public void Bard(string method)
        {
            var objective = new FunctionObjective(3, 15, (x, r, j) =>
            {
                for (int i = 0; i < 15; i++)
                {
                    double u = i + 1, v = 15 - i, w = Math.Min(u, v);
                    double d = v * x[1] + w * x[2];
                    r[i] = BardY[i] - (x[0] + u / d);
                    if (j.Length == 0) continue;
                    j[3 * i] = -1;
                    j[3 * i + 1] = u * v / (d * d);
                    j[3 * i + 2] = u * w / (d * d);
                }
            });
            Check(method, objective, 8.21487e-3, 1, 1, 1);
        }

        [TestCase("levenberg-marquardt")]
        [TestCase("gauss-newton")]
        [TestCase("lbfgs")]
        public void KowalikAndOsborne(string method)
        {
            var objective = new FunctionObjective(4, 11, (x, r, j) =>
            {
                for (int i = 0; i < 11; i++)
                {
                    double u = KowalikU[i];
                    double above = u * u + u * x[1];
                    double below = u * u + u * x[2] + x[3];
                    r[i] = KowalikY[i] - x[0] * above / below;
                    if (j.Length == 0) continue;
                    j[4 * i] = -above / below;
                    j[4 * i + 1] = -x[0] * u / below;
                    j[4 * i + 2] = x[0] * above * u / (below * below);
                    j[4 * i + 3] = x[0] * above / (below * below);
                }
            });
            Check(method, objective, 3.07505e-4, 0.25, 0.39, 0.415, 0.39);
        }

        [Test]
        public void MeyerWhoseParametersDifferAMillionfoldInSize()
        {
            var objective = new FunctionObjective(3, 16, (x, r, j) =>
            {
                for (int i = 0; i < 16; i++)
                {
                    double t = 50 + 5 * i + x[2];
                    double e = Math.Exp(x[1] / t);
                    r[i] = x[0] * e - MeyerY[i];
                    if (j.Length == 0) continue;
                    j[3 * i] = e;
                    j[3 * i + 1] = x[0] * e / t;
                    j[3 * i + 2] = -x[0] * e * x[1] / (t * t);
                }
            });
            var parameters = new ParameterSet(new[] { new Parameter("a", 0.02), new Parameter("b", 4000), new Parameter("c", 250) });
            TuningResult result = TestProblems.Run("levenberg-marquardt", objective, parameters);

            Assert.That(result.Best.Loss, Is.EqualTo(87.9458).Within(1e-3));
        }

        [TestCase("levenberg-marquardt")]
        [TestCase("gauss-newton")]
        public void PowellsSingularFunctionIsSolvedWhereItsJacobianLosesRank(string method)
        {
            var objective = new FunctionObjective(4, 4, (x, r, j) =>
            {
                double a = x[1] - 2 * x[2], b = x[0] - x[3];
                double f = Math.Sqrt(5), t = Math.Sqrt(10);
                r[0] = x[0] + 10 * x[1];
                r[1] = f * (x[2] - x[3]);
                r[2] = a * a;
                r[3] = t * b * b;
                if (j.Length == 0) return;
                j.Clear();
                j[0] = 1;
                j[1] = 10;
                j[6] = f;
                j[7] = -f;
                j[9] = 2 * a;
                j[10] = -4 * a;
                j[12] = 2 * t * b;
                j[15] = -2 * t * b;
            });
            TuningResult result = TestProblems.Run(method, objective, TestProblems.Parameters(3, -1, 0, 1));

            Assert.That(result.Best.Loss, Is.LessThan(1e-14));
        }

        private static void Check(string method, IObjective objective, double minimum, params double[] start)
        {
            TuningResult result = TestProblems.Run(method, objective, TestProblems.Parameters(start));

            Assert.That(result.Best.Loss, Is.EqualTo(minimum).Within(1e-5 * minimum));
        }
    }
}
