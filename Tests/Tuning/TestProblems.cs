using System;
using System.Collections.Generic;
using System.Linq;

namespace DiffPhysics.Tuning.Tests
{
    // Test problems with minima known from the literature, and a short way to run an optimiser on them.
    internal static class TestProblems
    {
        public static readonly string[] AllMethods = OptimiserSettings.Methods.ToArray();

        public static FunctionObjective Rosenbrock()
        {
            return new FunctionObjective(2, (x, g) =>
            {
                double a = x[1] - x[0] * x[0];
                double b = 1 - x[0];
                if (g.Length > 0)
                {
                    g[0] = -400 * x[0] * a - 2 * b;
                    g[1] = 200 * a;
                }
                return 100 * a * a + b * b;
            });
        }

        // Rosenbrock's function as the squares of 10 (y - x^2) and 1 - x, which every method can take.
        public static FunctionObjective RosenbrockResiduals()
        {
            return new FunctionObjective(2, 2, (x, r, j) =>
            {
                r[0] = 10 * (x[1] - x[0] * x[0]);
                r[1] = 1 - x[0];
                if (j.Length == 0) return;
                j[0] = -20 * x[0];
                j[1] = 10;
                j[2] = -1;
                j[3] = 0;
            });
        }

        // Sum of c_i (x_i - m_i)^2 with c from 1 to the condition number, equally spaced in ratio.
        public static FunctionObjective Quadratic(double condition, params double[] minimum)
        {
            int n = minimum.Length;
            return new FunctionObjective(n, n, (x, r, j) =>
            {
                if (j.Length > 0) j.Clear();
                for (int i = 0; i < n; i++)
                {
                    double root = Math.Sqrt(Math.Pow(condition, n == 1 ? 0 : (double)i / (n - 1)));
                    r[i] = root * (x[i] - minimum[i]);
                    if (j.Length > 0) j[i * n + i] = root;
                }
            });
        }

        public static ParameterSet Parameters(params double[] start)
        {
            return new ParameterSet(start.Select((value, i) => new Parameter("x" + i, value, typical: 1)));
        }

        public static ParameterSet Parameters(double[] start, double[] lower, double[] upper)
        {
            return new ParameterSet(start.Select((value, i) => new Parameter("x" + i, value, lower[i], upper[i], typical: 1)));
        }

        public static TuningResult Run(string method, IObjective objective, ParameterSet parameters, Action<TuningOptions> change = null, ITuningJournal journal = null)
        {
            var options = new TuningOptions { Optimiser = { Method = method } };
            options.Stopping.MaxIterations = 2000;
            change?.Invoke(options);
            return new TuningRun(parameters, objective, options).Run(journal);
        }

        // Everything that must repeat, as bits.
        public static List<long> Bits(TuningResult result)
        {
            var bits = new List<long>();
            foreach (IterationRecord record in result.History)
            {
                bits.Add(record.Start);
                bits.Add(record.Iteration);
                bits.Add(record.Evaluations);
                bits.Add(BitConverter.DoubleToInt64Bits(record.Loss));
                bits.Add(BitConverter.DoubleToInt64Bits(record.GradientNorm));
                bits.Add(BitConverter.DoubleToInt64Bits(record.StepSize));
                foreach (double value in record.Parameters) bits.Add(BitConverter.DoubleToInt64Bits(value));
            }
            foreach (StartResult start in result.Starts)
            {
                bits.Add(BitConverter.DoubleToInt64Bits(start.Loss));
                foreach (double value in start.Parameters) bits.Add(BitConverter.DoubleToInt64Bits(value));
            }
            return bits;
        }
    }
}
