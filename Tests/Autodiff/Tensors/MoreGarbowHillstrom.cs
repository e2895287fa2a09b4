using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>
    /// Test functions of More, Garbow and Hillstrom, Testing unconstrained optimization software, ACM Transactions on
    /// Mathematical Software 7 (1981) 17-41: sums of squares of residuals, each residual once on tensors and once with its
    /// gradient and Hessian written out.
    /// </summary>
    internal sealed class MoreGarbowHillstrom
    {
        /// <summary>One residual's value, gradient and Hessian by hand.</summary>
        internal sealed class Residual
        {
            internal readonly double Value;
            internal readonly double[] Gradient;
            internal readonly double[,] Hessian;

            internal Residual(double value, params double[] gradient)
            {
                Value = value;
                Gradient = gradient;
                Hessian = new double[gradient.Length, gradient.Length];
            }

            internal Residual Second(int i, int j, double value)
            {
                Hessian[i, j] = value;
                Hessian[j, i] = value;
                return this;
            }
        }

        internal string Name;
        internal double[] Start;
        /// <summary>The sum of squares at the start, as the literature lists it, and its digits as a relative tolerance.</summary>
        internal double Listed;
        internal double ListedWithin;
        internal Func<Tensor, Tensor[]> Residuals;
        internal Func<double[], IEnumerable<Residual>> ByHand;

        internal Tensor Value(Tensor x) => Tensor.Square(Tensor.Stack(Residuals(x))).Sum();

        internal double ValueByHand(double[] x)
        {
            double sum = 0;
            foreach (Residual r in ByHand(x))
                sum += r.Value * r.Value;
            return sum;
        }

        /// <summary>2 sum r grad r</summary>
        internal double[] GradientByHand(double[] x)
        {
            var gradient = new double[x.Length];
            foreach (Residual r in ByHand(x))
            {
                for (int i = 0; i < x.Length; i++)
                    gradient[i] += 2 * r.Value * r.Gradient[i];
            }
            return gradient;
        }

        /// <summary>2 sum (grad r grad r^T + r hess r)</summary>
        internal double[,] HessianByHand(double[] x)
        {
            var hessian = new double[x.Length, x.Length];
            foreach (Residual r in ByHand(x))
            {
                for (int i = 0; i < x.Length; i++)
                {
                    for (int j = 0; j < x.Length; j++)
                        hessian[i, j] += 2 * (r.Gradient[i] * r.Gradient[j] + r.Value * r.Hessian[i, j]);
                }
            }
            return hessian;
        }

        public override string ToString() => Name;

        internal static IEnumerable<MoreGarbowHillstrom> All()
        {
            yield return new MoreGarbowHillstrom
            {
                Name = "Rosenbrock", Start = new[] { -1.2, 1 }, Listed = 24.2, ListedWithin = 1e-12,
                Residuals = x => new[] { 10.0 * (x[1] - Tensor.Square(x[0])), 1.0 - x[0] },
                ByHand = x => new[]
                {
                    new Residual(10 * (x[1] - x[0] * x[0]), -20 * x[0], 10).Second(0, 0, -20),
                    new Residual(1 - x[0], -1, 0),
                },
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Freudenstein and Roth", Start = new[] { 0.5, -2 }, Listed = 400.5, ListedWithin = 1e-12,
                Residuals = x => new[] { -13.0 + x[0] + ((5.0 - x[1]) * x[1] - 2.0) * x[1], -29.0 + x[0] + ((x[1] + 1.0) * x[1] - 14.0) * x[1] },
                ByHand = x => new[]
                {
                    new Residual(-13 + x[0] + 5 * x[1] * x[1] - x[1] * x[1] * x[1] - 2 * x[1], 1, 10 * x[1] - 3 * x[1] * x[1] - 2).Second(1, 1, 10 - 6 * x[1]),
                    new Residual(-29 + x[0] + x[1] * x[1] * x[1] + x[1] * x[1] - 14 * x[1], 1, 3 * x[1] * x[1] + 2 * x[1] - 14).Second(1, 1, 6 * x[1] + 2),
                },
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Powell badly scaled", Start = new[] { 0.0, 1 }, Listed = 1.1353, ListedWithin = 1e-3,
                Residuals = x => new[] { 1e4 * x[0] * x[1] - 1.0, Tensor.Exp(-x[0]) + Tensor.Exp(-x[1]) - 1.0001 },
                ByHand = x => new[]
                {
                    new Residual(1e4 * x[0] * x[1] - 1, 1e4 * x[1], 1e4 * x[0]).Second(0, 1, 1e4),
                    new Residual(Math.Exp(-x[0]) + Math.Exp(-x[1]) - 1.0001, -Math.Exp(-x[0]), -Math.Exp(-x[1]))
                        .Second(0, 0, Math.Exp(-x[0])).Second(1, 1, Math.Exp(-x[1])),
                },
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Brown badly scaled", Start = new[] { 1.0, 1 }, Listed = 999998000003, ListedWithin = 1e-11,
                Residuals = x => new[] { x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2.0 },
                ByHand = x => new[]
                {
                    new Residual(x[0] - 1e6, 1, 0), new Residual(x[1] - 2e-6, 0, 1),
                    new Residual(x[0] * x[1] - 2, x[1], x[0]).Second(0, 1, 1),
                },
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Beale", Start = new[] { 1.0, 1 }, Listed = 14.203125, ListedWithin = 1e-12,
                Residuals = x => Array.ConvertAll(new[] { 1, 2, 3 }, i => BealeData(i) - x[0] * (1.0 - Tensor.Pow(x[1], i))),
                ByHand = x => Array.ConvertAll(new[] { 1, 2, 3 }, i => new Residual(
                        BealeData(i) - x[0] * (1 - Math.Pow(x[1], i)), -(1 - Math.Pow(x[1], i)), x[0] * i * Math.Pow(x[1], i - 1))
                    .Second(0, 1, i * Math.Pow(x[1], i - 1)).Second(1, 1, x[0] * i * (i - 1) * Math.Pow(x[1], i - 2))),
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Jennrich and Sampson", Start = new[] { 0.3, 0.4 }, Listed = 4171.306, ListedWithin = 1e-6,
                Residuals = x => Array.ConvertAll(Range(1, 10), i => 2.0 + 2.0 * i - (Tensor.Exp((double)i * x[0]) + Tensor.Exp((double)i * x[1]))),
                ByHand = x => Array.ConvertAll(Range(1, 10), i => new Residual(
                        2 + 2 * i - Math.Exp(i * x[0]) - Math.Exp(i * x[1]), -i * Math.Exp(i * x[0]), -i * Math.Exp(i * x[1]))
                    .Second(0, 0, -i * i * Math.Exp(i * x[0])).Second(1, 1, -i * i * Math.Exp(i * x[1]))),
            };
            yield return Helical();
            yield return new MoreGarbowHillstrom
            {
                Name = "Bard", Start = new[] { 1.0, 1, 1 }, Listed = 41.68170, ListedWithin = 1e-6,
                Residuals = x => Array.ConvertAll(Range(1, 15), u => BardData[u - 1] - (x[0] + (double)u / ((16.0 - u) * x[1] + Math.Min(u, 16.0 - u) * x[2]))),
                ByHand = x => Array.ConvertAll(Range(1, 15), u => BardResidual(x, u, 16 - u, Math.Min(u, 16 - u))),
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Gaussian", Start = new[] { 0.4, 1, 0 }, Listed = 3.88810699e-6, ListedWithin = 1e-7,
                Residuals = x => Array.ConvertAll(Range(1, 15), i => x[0] * Tensor.Exp(-0.5 * x[1] * Tensor.Square((8.0 - i) / 2 - x[2])) - GaussianData[i - 1]),
                ByHand = x => Array.ConvertAll(Range(1, 15), i => GaussianResidual(x, i)),
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Box three-dimensional", Start = new[] { 0.0, 10, 20 }, Listed = 1031.15381, ListedWithin = 1e-8,
                Residuals = x => Array.ConvertAll(Range(1, 10), i => Tensor.Exp(-0.1 * i * x[0]) - Tensor.Exp(-0.1 * i * x[1]) - x[2] * (Math.Exp(-0.1 * i) - Math.Exp(-i))),
                ByHand = x => Array.ConvertAll(Range(1, 10), i => BoxResidual(x, 0.1 * i)),
            };
            foreach (MoreGarbowHillstrom larger in Larger())
                yield return larger;
        }

        private static IEnumerable<MoreGarbowHillstrom> Larger()
        {
            yield return new MoreGarbowHillstrom
            {
                Name = "Powell singular", Start = new[] { 3.0, -1, 0, 1 }, Listed = 215, ListedWithin = 1e-12,
                Residuals = x => new[]
                {
                    x[0] + 10.0 * x[1], Math.Sqrt(5) * (x[2] - x[3]),
                    Tensor.Square(x[1] - 2.0 * x[2]), Math.Sqrt(10) * Tensor.Square(x[0] - x[3]),
                },
                ByHand = x =>
                {
                    double a = x[1] - 2 * x[2], b = x[0] - x[3], s = Math.Sqrt(10);
                    return new[]
                    {
                        new Residual(x[0] + 10 * x[1], 1, 10, 0, 0),
                        new Residual(Math.Sqrt(5) * (x[2] - x[3]), 0, 0, Math.Sqrt(5), -Math.Sqrt(5)),
                        new Residual(a * a, 0, 2 * a, -4 * a, 0).Second(1, 1, 2).Second(1, 2, -4).Second(2, 2, 8),
                        new Residual(s * b * b, 2 * s * b, 0, 0, -2 * s * b).Second(0, 0, 2 * s).Second(0, 3, -2 * s).Second(3, 3, 2 * s),
                    };
                },
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Wood", Start = new[] { -3.0, -1, -3, -1 }, Listed = 19192, ListedWithin = 1e-12,
                Residuals = x => new[]
                {
                    10.0 * (x[1] - Tensor.Square(x[0])), 1.0 - x[0], Math.Sqrt(90) * (x[3] - Tensor.Square(x[2])), 1.0 - x[2],
                    Math.Sqrt(10) * (x[1] + x[3] - 2.0), (x[1] - x[3]) / Math.Sqrt(10),
                },
                ByHand = x => new[]
                {
                    new Residual(10 * (x[1] - x[0] * x[0]), -20 * x[0], 10, 0, 0).Second(0, 0, -20),
                    new Residual(1 - x[0], -1, 0, 0, 0),
                    new Residual(Math.Sqrt(90) * (x[3] - x[2] * x[2]), 0, 0, -2 * Math.Sqrt(90) * x[2], Math.Sqrt(90)).Second(2, 2, -2 * Math.Sqrt(90)),
                    new Residual(1 - x[2], 0, 0, -1, 0),
                    new Residual(Math.Sqrt(10) * (x[1] + x[3] - 2), 0, Math.Sqrt(10), 0, Math.Sqrt(10)),
                    new Residual((x[1] - x[3]) / Math.Sqrt(10), 0, 1 / Math.Sqrt(10), 0, -1 / Math.Sqrt(10)),
                },
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Brown and Dennis", Start = new[] { 25.0, 5, -5, -1 }, Listed = 7926693.336, ListedWithin = 1e-9,
                Residuals = x => Array.ConvertAll(Range(1, 20), i => Tensor.Square(x[0] + 0.2 * i * x[1] - Math.Exp(0.2 * i))
                    + Tensor.Square(x[2] + Math.Sin(0.2 * i) * x[3] - Math.Cos(0.2 * i))),
                ByHand = x => Array.ConvertAll(Range(1, 20), i => BrownDennisResidual(x, 0.2 * i)),
            };
            const int n = 5;
            yield return new MoreGarbowHillstrom
            {
                Name = "Variably dimensioned, n = 5", Start = Array.ConvertAll(Range(1, n), j => 1 - j / (double)n), Listed = 2.2 + 121 + 14641, ListedWithin = 1e-12,
                Residuals = x =>
                {
                    Tensor sum = 1.0 * (x[0] - 1.0);
                    for (int j = 1; j < n; j++)
                        sum = sum + (j + 1.0) * (x[j] - 1.0);
                    var all = new List<Tensor>(Array.ConvertAll(Range(0, n), j => x[j] - 1.0)) { sum, Tensor.Square(sum) };
                    return all.ToArray();
                },
                ByHand = VariablyDimensioned,
            };
            yield return new MoreGarbowHillstrom
            {
                Name = "Trigonometric, n = 5", Start = Array.ConvertAll(Range(0, n), j => 1 / (double)n), Listed = 0.0116573, ListedWithin = 1e-5,
                Residuals = x => Array.ConvertAll(Range(0, n), i => n - Tensor.Cos(x).Sum() + (i + 1.0) * (1.0 - Tensor.Cos(x[i])) - Tensor.Sin(x[i])),
                ByHand = x => Array.ConvertAll(Range(0, n), i => TrigonometricResidual(x, i)),
            };
        }

        /// <summary>r1 = 10 (x3 - 10 theta), r2 = 10 (rho - 1), r3 = x3, with theta the angle of (x1, x2) in turns.</summary>
        private static MoreGarbowHillstrom Helical() => new MoreGarbowHillstrom
        {
            Name = "Helical valley", Start = new[] { -1.0, 0, 0 }, Listed = 2500, ListedWithin = 1e-12,
            Residuals = x => new[] { 10.0 * (x[2] - 10.0 * (Tensor.Atan2(x[1], x[0]) / (2 * Math.PI))), 10.0 * (Tensor.Hypot(x[0], x[1]) - 1.0), x[2] },
            ByHand = x =>
            {
                double q = x[0] * x[0] + x[1] * x[1], rho = Math.Sqrt(q), c = -100 / (2 * Math.PI);
                double theta = Math.Atan(x[1] / x[0]) / (2 * Math.PI) + (x[0] < 0 ? 0.5 : 0);
                return new[]
                {
                    new Residual(10 * (x[2] - 10 * theta), -c * x[1] / q, c * x[0] / q, 10)
                        .Second(0, 0, c * 2 * x[0] * x[1] / (q * q)).Second(1, 1, -c * 2 * x[0] * x[1] / (q * q))
                        .Second(0, 1, c * (x[1] * x[1] - x[0] * x[0]) / (q * q)),
                    new Residual(10 * (rho - 1), 10 * x[0] / rho, 10 * x[1] / rho, 0)
                        .Second(0, 0, 10 * x[1] * x[1] / (q * rho)).Second(1, 1, 10 * x[0] * x[0] / (q * rho))
                        .Second(0, 1, -10 * x[0] * x[1] / (q * rho)),
                    new Residual(x[2], 0, 0, 1),
                };
            },
        };

        private static readonly double[] BardData = { 0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39 };

        private static readonly double[] GaussianData =
            { 0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989, 0.3521, 0.2420, 0.1295, 0.0540, 0.0175, 0.0044, 0.0009 };

        private static double BealeData(int i) => i == 1 ? 1.5 : i == 2 ? 2.25 : 2.625;

        private static int[] Range(int from, int count)
        {
            var range = new int[count];
            for (int i = 0; i < count; i++)
                range[i] = from + i;
            return range;
        }

        private static Residual BardResidual(double[] x, double u, double v, double w)
        {
            double d = v * x[1] + w * x[2];
            return new Residual(BardData[(int)u - 1] - (x[0] + u / d), -1, u * v / (d * d), u * w / (d * d))
                .Second(1, 1, -2 * u * v * v / (d * d * d)).Second(1, 2, -2 * u * v * w / (d * d * d)).Second(2, 2, -2 * u * w * w / (d * d * d));
        }

        private static Residual GaussianResidual(double[] x, int i)
        {
            double s = (8 - i) / 2.0 - x[2], e = Math.Exp(-x[1] * s * s / 2), a = x[0];
            return new Residual(a * e - GaussianData[i - 1], e, -a * e * s * s / 2, a * e * x[1] * s)
                .Second(0, 1, -e * s * s / 2).Second(0, 2, e * x[1] * s).Second(1, 1, a * e * s * s * s * s / 4)
                .Second(1, 2, a * e * s * (1 - x[1] * s * s / 2)).Second(2, 2, a * e * x[1] * (x[1] * s * s - 1));
        }

        private static Residual BoxResidual(double[] x, double t)
        {
            double a = Math.Exp(-t * x[0]), b = Math.Exp(-t * x[1]), c = Math.Exp(-t) - Math.Exp(-10 * t);
            return new Residual(a - b - x[2] * c, -t * a, t * b, -c).Second(0, 0, t * t * a).Second(1, 1, -t * t * b);
        }

        private static Residual BrownDennisResidual(double[] x, double t)
        {
            double a = x[0] + t * x[1] - Math.Exp(t), s = Math.Sin(t), b = x[2] + s * x[3] - Math.Cos(t);
            return new Residual(a * a + b * b, 2 * a, 2 * a * t, 2 * b, 2 * b * s)
                .Second(0, 0, 2).Second(0, 1, 2 * t).Second(1, 1, 2 * t * t).Second(2, 2, 2).Second(2, 3, 2 * s).Second(3, 3, 2 * s * s);
        }

        private static IEnumerable<Residual> VariablyDimensioned(double[] x)
        {
            int n = x.Length;
            double sum = 0;
            for (int j = 0; j < n; j++)
            {
                sum += (j + 1) * (x[j] - 1);
                var unit = new double[n];
                unit[j] = 1;
                yield return new Residual(x[j] - 1, unit);
            }
            yield return new Residual(sum, Array.ConvertAll(Range(1, n), j => (double)j));
            var square = new Residual(sum * sum, Array.ConvertAll(Range(1, n), j => 2 * sum * j));
            for (int i = 0; i < n; i++)
            {
                for (int j = i; j < n; j++)
                    square.Second(i, j, 2.0 * (i + 1) * (j + 1));
            }
            yield return square;
        }

        private static Residual TrigonometricResidual(double[] x, int i)
        {
            int n = x.Length;
            double value = n + (i + 1) * (1 - Math.Cos(x[i])) - Math.Sin(x[i]);
            foreach (double xj in x)
                value -= Math.Cos(xj);
            double[] gradient = Array.ConvertAll(x, Math.Sin);
            gradient[i] += (i + 1) * Math.Sin(x[i]) - Math.Cos(x[i]);
            var residual = new Residual(value, gradient);
            for (int j = 0; j < n; j++)
                residual.Second(j, j, Math.Cos(x[j]) + (j == i ? (i + 1) * Math.Cos(x[i]) + Math.Sin(x[i]) : 0));
            return residual;
        }
    }
}
