using System;

namespace DiffPhysics.Tuning
{
    /// <summary>What an optimiser wants to know at its points, beside the value of the loss.</summary>
    [Flags]
    public enum EvaluationNeeds
    {
        /// <summary>The value alone.</summary>
        Value = 0,

        /// <summary>The gradient.</summary>
        Gradient = 1,

        /// <summary>The residuals whose squares sum to the value.</summary>
        Residuals = 2,

        /// <summary>The residuals and their Jacobian.</summary>
        Jacobian = 4 | Residuals,
    }

    /// <summary>
    /// Points at which an objective is evaluated together (as worlds in lanes, when it can), and room for what it finds.
    /// Arrays are point-major: entry (i, k) of a table with m columns is at i * m + k. The arrays are kept and reused.
    /// </summary>
    public sealed class EvaluationBatch
    {
        private double[] _points = new double[0];
        private double[] _values = new double[0];
        private double[] _gradients = new double[0];
        private double[] _residuals = new double[0];
        private double[] _jacobians = new double[0];
        private double[] _terms = new double[0];
        private ulong[] _choices = new ulong[0];
        private string[] _failures = new string[0];

        /// <summary>Number of points.</summary>
        public int Count { get; private set; }

        /// <summary>Coordinates of a point.</summary>
        public int Dimension { get; }

        /// <summary>Residuals at a point; zero when the objective is no sum of squares.</summary>
        public int ResidualCount { get; }

        /// <summary>Terms that the loss is the sum of.</summary>
        public int TermCount { get; }

        /// <summary>What is wanted beside values and terms.</summary>
        public EvaluationNeeds Needs { get; private set; }

        /// <summary>Creates an empty batch for one objective.</summary>
        /// <param name="objective">Gives the dimension and the numbers of residuals and terms.</param>
        public EvaluationBatch(IObjective objective)
            : this(objective.Dimension, objective.ResidualCount, objective.TermNames.Count)
        {
        }

        /// <summary>Creates an empty batch.</summary>
        /// <param name="dimension">Coordinates of a point.</param>
        /// <param name="residualCount">Residuals at a point, or zero.</param>
        /// <param name="termCount">Terms of the loss, or zero.</param>
        public EvaluationBatch(int dimension, int residualCount = 0, int termCount = 0)
        {
            Dimension = dimension;
            ResidualCount = residualCount;
            TermCount = termCount;
        }

        /// <summary>Makes room for points; what was in the batch is lost.</summary>
        /// <param name="count">Number of points.</param>
        /// <param name="needs">What is wanted at them.</param>
        public void Reset(int count, EvaluationNeeds needs)
        {
            Count = count;
            Needs = needs;
            Grow(ref _points, count * Dimension);
            Grow(ref _values, count);
            Grow(ref _terms, count * TermCount);
            Array.Clear(_terms, 0, count * TermCount);
            if (_choices.Length < count) _choices = new ulong[Math.Max(count, 2 * _choices.Length)];
            Array.Clear(_choices, 0, count);
            if (_failures.Length < count) _failures = new string[Math.Max(count, 2 * _failures.Length)];
            Array.Clear(_failures, 0, count);
            if (Wants(EvaluationNeeds.Gradient)) Grow(ref _gradients, count * Dimension);
            if (Wants(EvaluationNeeds.Residuals)) Grow(ref _residuals, count * ResidualCount);
            if (Wants(EvaluationNeeds.Jacobian)) Grow(ref _jacobians, count * ResidualCount * Dimension);
        }

        /// <summary>Whether all of these were asked for.</summary>
        /// <param name="needs">The needs in question.</param>
        public bool Wants(EvaluationNeeds needs)
        {
            return (Needs & needs) == needs;
        }

        /// <summary>Coordinates of one point.</summary>
        /// <param name="index">Index of the point.</param>
        public Span<double> Point(int index) => new Span<double>(_points, index * Dimension, Dimension);

        /// <summary>Values of the loss, one per point.</summary>
        public Span<double> Values => new Span<double>(_values, 0, Count);

        /// <summary>
        /// A number for each point that stands for the events of its simulation, so that points with equal numbers lie on one smooth piece of the loss; 0 where that
        /// is not known.
        /// </summary>
        public Span<ulong> Choices => new Span<ulong>(_choices, 0, Count);

        /// <summary>
        /// Why a point has no value, in words, such as a simulation that diverged there; null where it has one. The value of such a point is infinite, so that every
        /// search steps back from it, and its gradient, residuals and Jacobian are not numbers.
        /// </summary>
        public Span<string> Failures => new Span<string>(_failures, 0, Count);

        /// <summary>Terms of the loss at one point; they sum to its value.</summary>
        /// <param name="index">Index of the point.</param>
        public Span<double> Terms(int index) => new Span<double>(_terms, index * TermCount, TermCount);

        /// <summary>Gradient at one point.</summary>
        /// <param name="index">Index of the point.</param>
        public Span<double> Gradient(int index) => new Span<double>(_gradients, index * Dimension, Dimension);

        /// <summary>Residuals at one point.</summary>
        /// <param name="index">Index of the point.</param>
        public Span<double> Residuals(int index) => new Span<double>(_residuals, index * ResidualCount, ResidualCount);

        /// <summary>Jacobian of the residuals at one point, by rows: entry (k, j) is at k * <see cref="Dimension"/> + j.</summary>
        /// <param name="index">Index of the point.</param>
        public Span<double> Jacobian(int index) => new Span<double>(_jacobians, index * ResidualCount * Dimension, ResidualCount * Dimension);

        /// <summary>Copies one point's results (not its coordinates) from another batch of the same shape.</summary>
        /// <param name="source">Where the results are.</param>
        /// <param name="sourceIndex">Point of the source.</param>
        /// <param name="index">Point of this batch.</param>
        public void CopyResults(EvaluationBatch source, int sourceIndex, int index)
        {
            Values[index] = source.Values[sourceIndex];
            Choices[index] = source.Choices[sourceIndex];
            Failures[index] = source.Failures[sourceIndex];
            source.Terms(sourceIndex).CopyTo(Terms(index));
            if (Wants(EvaluationNeeds.Gradient)) source.Gradient(sourceIndex).CopyTo(Gradient(index));
            if (Wants(EvaluationNeeds.Residuals)) source.Residuals(sourceIndex).CopyTo(Residuals(index));
            if (Wants(EvaluationNeeds.Jacobian)) source.Jacobian(sourceIndex).CopyTo(Jacobian(index));
        }

        /// <summary>Makes a point one that has no value.</summary>
        /// <param name="index">Index of the point.</param>
        /// <param name="why">Why, in words.</param>
        public void Fail(int index, string why)
        {
            Failures[index] = why;
            Values[index] = double.PositiveInfinity;
            Terms(index).Fill(double.PositiveInfinity);
            if (Wants(EvaluationNeeds.Gradient)) Gradient(index).Fill(double.NaN);
            if (Wants(EvaluationNeeds.Residuals)) Residuals(index).Fill(double.NaN);
            if (Wants(EvaluationNeeds.Jacobian)) Jacobian(index).Fill(double.NaN);
        }

        private static void Grow(ref double[] array, int length)
        {
            if (array.Length < length) array = new double[Math.Max(length, 2 * array.Length)];
        }
    }
}
