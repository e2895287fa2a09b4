using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// One term of a loss over a motion: residuals r, written on <see cref="Real"/>, at one or many moments. Its value is
    /// weight x (sum over moments of m_k sum over residuals of rho(r)), with rho(r) = r^2 or Huber's kernel, and m_k the
    /// moments' weights; or, with a softness, weight x the soft minimum of the moments' sums.
    /// </summary>
    public sealed class TrajectoryLoss
    {
        /// <summary>Name in reports.</summary>
        public string Name { get; }

        /// <summary>Indices of the bodies the formula sees; from the number of bodies on, particles.</summary>
        public IReadOnlyList<int> Bodies { get; }

        /// <summary>The residuals at a moment.</summary>
        public Func<LossFrame, Real[]> Formula { get; }

        /// <summary>Factor of the whole term; not negative.</summary>
        public double Weight { get; set; } = 1;

        /// <summary>Beyond this a residual counts linearly: rho(r) = 2 d |r| - d^2 (Huber 1964); infinity for squares.</summary>
        public double Huber { get; set; } = double.PositiveInfinity;

        /// <summary>Temperature tau of the soft minimum -tau ln(mean exp(-phi / tau)) over the moments; zero for their weighted sum.</summary>
        public double Softness { get; set; }

        /// <summary>Moments in s; null for the ends of all frames. Infinity is the end of the run, however long it is.</summary>
        public IReadOnlyList<double> Times { get; set; }

        /// <summary>Weight of each moment; null for one over their number.</summary>
        public IReadOnlyList<double> MomentWeights { get; set; }

        /// <summary>For a formula that sees one body or particle: which one, at each moment; null for the same at all.</summary>
        public IReadOnlyList<int> MomentBodies { get; set; }

        /// <summary>Numbers that belong to the moments, the same count for each; null for none.</summary>
        public IReadOnlyList<double[]> Data { get; set; }

        /// <summary>
        /// Whether the formula gives a cost itself instead of residuals: the sum of its numbers is taken as it is, not squared.
        /// Such a term is no sum of squares, and least-squares methods refuse it.
        /// </summary>
        public bool IsCost { get; set; }

        /// <summary>
        /// Whether the term is a sum of squares: of its residuals r, or with Huber's kernel of sign(r) sqrt(rho(r)), whose squares are rho.
        /// </summary>
        public bool IsSumOfSquares => !IsCost && Softness == 0;

        /// <summary>Creates a term.</summary>
        /// <param name="name">Name in reports.</param>
        /// <param name="formula">Residuals at a moment.</param>
        /// <param name="bodies">Indices of the bodies the formula sees; at least one.</param>
        public TrajectoryLoss(string name, Func<LossFrame, Real[]> formula, params int[] bodies)
        {
            if (bodies == null || bodies.Length == 0) throw new ArgumentException($"Loss '{name}' needs at least one body.");
            Name = name;
            Formula = formula ?? throw new ArgumentNullException(nameof(formula));
            Bodies = bodies;
        }
    }
}
