using System;

namespace DiffPhysics.Tuning
{
    /// <summary>A box: a lower and an upper limit for each coordinate. Limits may be infinite.</summary>
    public sealed class Bounds
    {
        private readonly double[] _lower;
        private readonly double[] _upper;

        /// <summary>Lower limits.</summary>
        public ReadOnlySpan<double> Lower => _lower;

        /// <summary>Upper limits.</summary>
        public ReadOnlySpan<double> Upper => _upper;

        /// <summary>Number of coordinates.</summary>
        public int Dimension => _lower.Length;

        /// <summary>Creates a box.</summary>
        /// <param name="lower">Lower limits.</param>
        /// <param name="upper">Upper limits, none below the lower one.</param>
        /// <exception cref="ArgumentException">The lengths differ or a lower limit lies above its upper one.</exception>
        public Bounds(double[] lower, double[] upper)
        {
            if (lower.Length != upper.Length) throw new ArgumentException($"A box needs as many lower limits ({lower.Length}) as upper limits ({upper.Length}).");
            for (int i = 0; i < lower.Length; i++)
            {
                if (!(lower[i] <= upper[i])) throw new ArgumentException($"Coordinate {i}: its lower limit {lower[i]} lies above its upper limit {upper[i]}.");
            }
            _lower = (double[])lower.Clone();
            _upper = (double[])upper.Clone();
        }

        /// <summary>The whole space.</summary>
        /// <param name="dimension">Number of coordinates.</param>
        public static Bounds None(int dimension)
        {
            var lower = new double[dimension];
            var upper = new double[dimension];
            for (int i = 0; i < dimension; i++)
            {
                lower[i] = double.NegativeInfinity;
                upper[i] = double.PositiveInfinity;
            }
            return new Bounds(lower, upper);
        }

        /// <summary>Moves a point to the nearest point of the box.</summary>
        /// <param name="point">Changed in place.</param>
        public void Project(Span<double> point)
        {
            for (int i = 0; i < point.Length; i++) point[i] = Math.Min(Math.Max(point[i], _lower[i]), _upper[i]);
        }

        /// <summary>Whether descent along a gradient would leave the box through this coordinate's limit.</summary>
        /// <param name="coordinate">Index of the coordinate.</param>
        /// <param name="value">Its value.</param>
        /// <param name="derivative">Derivative of the loss with respect to it.</param>
        public bool Blocks(int coordinate, double value, double derivative)
        {
            return (value <= _lower[coordinate] && derivative >= 0) || (value >= _upper[coordinate] && derivative <= 0);
        }

        /// <summary>Euclidean norm of the gradient without the coordinates that the box blocks. Zero at a constrained optimum.</summary>
        /// <param name="point">A point of the box.</param>
        /// <param name="gradient">Gradient there.</param>
        public double FreeNorm(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
        {
            double sum = 0;
            for (int i = 0; i < point.Length; i++)
            {
                if (!Blocks(i, point[i], gradient[i])) sum += gradient[i] * gradient[i];
            }
            return Math.Sqrt(sum);
        }
    }
}
