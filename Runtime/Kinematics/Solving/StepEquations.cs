using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// The step x of damped Gauss-Newton, (J'WJ + D) x = -J'W r - d, as a formula. It is solved in the form that keeps the rows of J
    /// apart: D x + J'y = -d, J x - W^-1 y = -r. Every symmetric elimination of that system succeeds without pivoting, so it takes
    /// the order with the fewest products: an arm of nine coordinates and one hand passes three numbers on to the trunk.
    /// </summary>
    /// <remarks>
    /// Source: R. Vanderbei, Symmetric quasidefinite matrices, SIAM J. Optimization 5 (1995). The order is Markowitz's: next comes
    /// the unknown with the fewest neighbours. Elements that are 0 by structure are never written.
    /// </remarks>
    sealed class StepEquations
    {
        readonly int count;
        readonly Real[] diagonal, pull, descent;
        readonly List<(Dual residual, Real weight)> rows = new List<(Dual, Real)>();

        public StepEquations(int count)
        {
            this.count = count;
            (diagonal, pull, descent) = (new Real[count], new Real[count], new Real[count]);
        }

        /// <summary>-(J'W r + d), along which the cost falls fastest.</summary>
        public Real Descent(int i) => descent[i];

        /// <summary>Adds a residual that counts with <paramref name="weight"/> (already squared).</summary>
        public void Add(Dual residual, Real weight)
        {
            Real push = -Sparse.Multiply(weight, residual.Value);
            int only = OnlyCoordinate(residual);
            for (int i = 0; i < count; i++) descent[i] = Sparse.MultiplyAdd(residual.Partial(i), push, descent[i]);
            if (only >= 0)
            {
                Real slope = residual.Partial(only);
                pull[only] = Sparse.MultiplyAdd(slope, push, pull[only]);
                diagonal[only] = Sparse.MultiplyAdd(Sparse.Multiply(weight, slope), slope, diagonal[only]);
            }
            else rows.Add((residual, weight));
        }

        /// <summary>Damps a coordinate.</summary>
        public void Damp(int i, Real amount) => diagonal[i] = Sparse.Add(diagonal[i], amount);

        /// <summary>Holds a coordinate where a condition is met: nothing pulls it, and it resists as good as infinitely.</summary>
        public void Hold(int i, Bool condition)
        {
            descent[i] = Real.Select(condition, 0, descent[i]);
            if (!Sparse.IsZero(pull[i])) pull[i] = Real.Select(condition, 0, pull[i]);
            diagonal[i] = Real.Select(condition, 1e15, diagonal[i]);
        }

        /// <summary>The step.</summary>
        public Real[] Solve()
        {
            int size = count + rows.Count;
            var matrix = new Real[size, size];
            var x = new Real[size];
            for (int i = 0; i < count; i++) (matrix[i, i], x[i]) = (diagonal[i], pull[i]);
            for (int r = 0; r < rows.Count; r++)
            {
                (Dual residual, Real weight) = rows[r];
                int row = count + r;
                for (int i = 0; i < count; i++) matrix[row, i] = matrix[i, row] = residual.Partial(i);
                (matrix[row, row], x[row]) = (-1 / weight, -residual.Value);
            }
            Eliminate(matrix, x, size);
            return x.AsSpan(0, count).ToArray();
        }

        // Solves in place; a factor -A[p, i] / A[p, p] takes the place of A[p, i].
        static void Eliminate(Real[,] matrix, Real[] x, int size)
        {
            var order = new int[size];
            var neighbours = new List<int>[size];
            var done = new bool[size];
            var inverse = new Real[size];
            for (int k = 0; k < size; k++)
            {
                int p = order[k] = Next(matrix, done);
                done[p] = true;
                List<int> others = neighbours[p] = Neighbours(matrix, done, p);
                inverse[p] = -1 / matrix[p, p];
                var factors = new Real[others.Count];
                for (int a = 0; a < factors.Length; a++)
                {
                    factors[a] = matrix[p, others[a]] * inverse[p];
                    for (int b = 0; b <= a; b++)
                    {
                        int i = others[a], j = others[b];
                        matrix[i, j] = matrix[j, i] = Sparse.MultiplyAdd(factors[a], matrix[p, j], matrix[i, j]);
                    }
                    x[others[a]] = Sparse.MultiplyAdd(factors[a], x[p], x[others[a]]);
                }
                for (int a = 0; a < factors.Length; a++) matrix[p, others[a]] = factors[a];
            }
            for (int k = size - 1; k >= 0; k--)
            {
                int p = order[k];
                x[p] = -Sparse.Multiply(x[p], inverse[p]);
                foreach (int i in neighbours[p]) x[p] = Sparse.MultiplyAdd(matrix[p, i], x[i], x[p]);
            }
        }

        static int Next(Real[,] matrix, bool[] done)
        {
            int best = -1, fewest = int.MaxValue;
            for (int p = done.Length - 1; p >= 0; p--)
            {
                if (done[p]) continue;
                int degree = Neighbours(matrix, done, p).Count;
                if (degree < fewest) (best, fewest) = (p, degree);
            }
            return best;
        }

        static List<int> Neighbours(Real[,] matrix, bool[] done, int p)
        {
            var list = new List<int>();
            for (int i = 0; i < done.Length; i++)
                if (i != p && !done[i] && !Sparse.IsZero(matrix[p, i])) list.Add(i);
            return list;
        }

        // The one coordinate that a residual depends on, or -1.
        int OnlyCoordinate(Dual residual)
        {
            int only = -1;
            for (int i = 0; i < count; i++)
            {
                if (Sparse.IsZero(residual.Partial(i))) continue;
                if (only >= 0) return -1;
                only = i;
            }
            return only;
        }
    }
}
