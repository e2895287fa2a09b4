using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>How <see cref="GradientCheck"/> compares. The defaults suit smooth functions computed in double precision.</summary>
    public sealed class GradientCheckOptions
    {
        /// <summary>Largest relative error that still agrees.</summary>
        public double RelativeTolerance { get; set; } = 1e-6;

        /// <summary>Absolute error that always agrees, in units of loss per unit of parameter.</summary>
        public double AbsoluteTolerance { get; set; } = 1e-9;

        /// <summary>Typical magnitude of each parameter, from which steps are taken. Left out: its value's magnitude, or 1 where that is 0.</summary>
        public IReadOnlyList<double> Scales { get; set; }

        /// <summary>Names of the parameters for the report. Left out: x[0], x[1], ...</summary>
        public IReadOnlyList<string> Names { get; set; }
    }

    /// <summary>
    /// Compares gradients with central differences in double precision. For each parameter it tries steps from 1e-2 to 1e-5
    /// of its scale, extrapolates each with its half (Richardson), and takes the step whose extrapolation moved least. Where
    /// the one-sided differences disagree at every step, the function has a kink or a jump nearer than the smallest, and the
    /// report says so instead of calling the gradient wrong.
    /// </summary>
    public static class GradientCheck
    {
        private static readonly double[] RelativeSteps = { 1e-2, 1e-3, 1e-4, 1e-5 };

        /// <summary>Checks a gradient of any scalar function, for example of a recorded simulation.</summary>
        /// <param name="function">The function; called about 17 times for each parameter.</param>
        /// <param name="x">Where.</param>
        /// <param name="gradient">The gradient to check.</param>
        /// <param name="options">Tolerances, scales and names.</param>
        public static GradientReport Check(Func<double[], double> function, double[] x, double[] gradient, GradientCheckOptions options = null)
        {
            if (function == null)
                throw new ArgumentNullException(nameof(function));
            if (x == null)
                throw new ArgumentNullException(nameof(x));
            if (gradient == null || gradient.Length != x.Length)
                throw new ArgumentException($"The gradient has {gradient?.Length ?? 0} elements, but there are {x.Length} parameters.", nameof(gradient));
            options ??= new GradientCheckOptions();
            RequireLength(options.Scales, x.Length, "Scales");
            RequireLength(options.Names, x.Length, "Names");
            var probe = (double[])x.Clone();
            double center = function(probe);
            var elements = new GradientElement[x.Length];
            for (int j = 0; j < x.Length; j++)
                elements[j] = CheckElement(function, probe, center, j, gradient[j], options);
            return new GradientReport(elements);
        }

        /// <summary>Checks the gradient that a function of a tensor gets on a tape. An output that is no scalar is weighted first, element by element.</summary>
        /// <param name="function">The function; it may be of any shape.</param>
        /// <param name="x">Where, as a vector.</param>
        /// <param name="options">Tolerances, scales and names.</param>
        public static GradientReport Check(Func<Tensor, Tensor> function, double[] x, GradientCheckOptions options = null)
        {
            if (x == null)
                throw new ArgumentNullException(nameof(x));
            return Check(inputs => function(inputs[0]), new[] { x }, new[] { new[] { x.Length } }, options);
        }

        /// <summary>Checks the gradients that a function of several tensors gets on a tape, with respect to all of them.</summary>
        /// <param name="function">The function; its result may be of any shape.</param>
        /// <param name="data">The elements of each input, row-major.</param>
        /// <param name="shapes">The shape of each input; empty for a scalar.</param>
        /// <param name="options">Tolerances, scales and names, over all elements of all inputs in order.</param>
        public static GradientReport Check(Func<Tensor[], Tensor> function, double[][] data, int[][] shapes, GradientCheckOptions options = null)
        {
            if (function == null)
                throw new ArgumentNullException(nameof(function));
            if (data == null || shapes == null || data.Length != shapes.Length)
                throw new ArgumentException($"There are {data?.Length ?? 0} inputs and {shapes?.Length ?? 0} shapes: they must be as many.");
            var tape = new TensorTape("gradient check");
            Tensor[] inputs = MakeInputs(tape, data, shapes, requiresGrad: true);
            Tensor[] gradients = Autograd.Gradient(Weighted(function(inputs)), inputs, allowUnused: true);
            double[] gradient = Join(Array.ConvertAll(gradients, g => g.ToArray()));
            options ??= new GradientCheckOptions();
            options = new GradientCheckOptions
            {
                RelativeTolerance = options.RelativeTolerance,
                AbsoluteTolerance = options.AbsoluteTolerance,
                Scales = options.Scales,
                Names = options.Names ?? (data.Length > 1 ? ElementNames(data) : null),
            };
            double Evaluate(double[] all)
            {
                using (tape.Recording())
                using (tape.NoGrad())
                    return Weighted(function(MakeInputs(tape, Split(all, data), shapes, requiresGrad: false))).Item();
            }
            return Check(Evaluate, Join(data), gradient, options);
        }

        private static GradientElement CheckElement(Func<double[], double> function, double[] probe, double center, int j, double analytic, GradientCheckOptions options)
        {
            double value = probe[j];
            double scale = options.Scales != null ? Math.Abs(options.Scales[j]) : Math.Abs(value);
            if (scale == 0)
                scale = 1;
            var best = default(Difference);
            best.Error = double.PositiveInfinity;
            int kinks = 0;
            foreach (double relative in RelativeSteps)
            {
                Difference difference = Differentiate(function, probe, center, j, value, relative * scale);
                kinks += difference.SidesDisagree(options.RelativeTolerance) ? 1 : 0;
                // Where sides disagree a symmetric kink can look exact, so the smallest step speaks for all of them.
                if (difference.Error < best.Error || kinks == RelativeSteps.Length || !(best.Error < double.PositiveInfinity))
                    best = difference;
            }
            probe[j] = value;
            string name = options.Names != null ? options.Names[j] : $"x[{j}]";
            bool kink = kinks == RelativeSteps.Length;
            return new GradientElement(j, name, value, analytic, best.Slope, best.Forward, best.Backward, best.Step,
                kink ? GradientVerdict.Discontinuity : Judge(analytic, best, options));
        }

        private static GradientVerdict Judge(double analytic, Difference numeric, GradientCheckOptions options)
        {
            double size = Math.Max(Math.Abs(analytic), Math.Abs(numeric.Slope));
            double doubt = Math.Min(3 * numeric.Error, 1e-3 * size + options.AbsoluteTolerance);
            bool agrees = Math.Abs(analytic - numeric.Slope) <= options.AbsoluteTolerance + options.RelativeTolerance * size + doubt;
            return agrees ? GradientVerdict.Agrees : GradientVerdict.Wrong;
        }

        private struct Difference
        {
            internal double Step;
            internal double Slope;
            internal double Error;
            internal double Forward;
            internal double Backward;
            private double gap;
            private double halfGap;
            private double noise;

            internal void SetSides(double gapAtStep, double gapAtHalf, double rounding)
            {
                gap = gapAtStep;
                halfGap = gapAtHalf;
                noise = rounding;
            }

            /// <summary>
            /// The gap between the one-sided slopes of a smooth function halves with the step; at a kink it stays, at a jump it
            /// doubles. Gaps within the rounding of the function say nothing.
            /// </summary>
            internal bool SidesDisagree(double tolerance) => double.IsNaN(halfGap)
                || (halfGap > 0.75 * gap && halfGap > 20 * noise && halfGap > tolerance * Math.Max(Math.Abs(Forward), Math.Abs(Backward)));
        }

        private static Difference Differentiate(Func<double[], double> function, double[] probe, double center, int j, double value, double step)
        {
            double up = At(function, probe, j, value + step);
            double down = At(function, probe, j, value - step);
            double halfUp = At(function, probe, j, value + step / 2);
            double halfDown = At(function, probe, j, value - step / 2);
            double coarse = (up - down) / (2 * step);
            double fine = (halfUp - halfDown) / step;
            double rounding = 2.2e-16 * (Math.Abs(center) + Math.Abs(halfUp) + Math.Abs(halfDown)) / (step / 2);
            var result = new Difference
            {
                Step = step,
                Slope = fine + (fine - coarse) / 3,
                Error = Math.Abs(fine - coarse) / 3 + rounding,
                Forward = (halfUp - center) / (step / 2),
                Backward = (center - halfDown) / (step / 2),
            };
            double gap = Math.Abs(up - 2 * center + down) / step;
            result.SetSides(gap, Math.Abs(result.Forward - result.Backward), rounding);
            return result;
        }

        private static double At(Func<double[], double> function, double[] probe, int j, double value)
        {
            probe[j] = value;
            return function(probe);
        }

        /// <summary>A scalar in which every output element counts differently.</summary>
        private static Tensor Weighted(Tensor output)
        {
            if (output.Rank == 0)
                return output;
            var weights = new double[output.Count];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = Math.Cos(i);
            return (output * output.Tape.Create(weights, output.Shape)).Sum();
        }

        private static Tensor[] MakeInputs(TensorTape tape, double[][] data, int[][] shapes, bool requiresGrad)
        {
            var inputs = new Tensor[data.Length];
            for (int k = 0; k < data.Length; k++)
            {
                inputs[k] = shapes[k].Length == 0
                    ? tape.Scalar(data[k][0], requiresGrad) : tape.Create(data[k], shapes[k], requiresGrad);
            }
            return inputs;
        }

        private static double[] Join(double[][] parts)
        {
            var all = new List<double>();
            foreach (double[] part in parts)
                all.AddRange(part);
            return all.ToArray();
        }

        private static double[][] Split(double[] all, double[][] like)
        {
            var parts = new double[like.Length][];
            int start = 0;
            for (int k = 0; k < like.Length; k++)
            {
                parts[k] = all.AsSpan(start, like[k].Length).ToArray();
                start += like[k].Length;
            }
            return parts;
        }

        private static string[] ElementNames(double[][] data)
        {
            var names = new List<string>();
            for (int k = 0; k < data.Length; k++)
            {
                for (int i = 0; i < data[k].Length; i++)
                    names.Add($"input {k} [{i}]");
            }
            return names.ToArray();
        }

        private static void RequireLength<T>(IReadOnlyList<T> list, int length, string name)
        {
            if (list != null && list.Count != length)
                throw new ArgumentException($"{name} has {list.Count} elements, but there are {length} parameters.");
        }
    }
}
