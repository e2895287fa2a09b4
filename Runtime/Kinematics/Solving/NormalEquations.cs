using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// The system (J'WJ + D) x = -J'W r of one Gauss-Newton step, as a formula. Elements that are 0 by structure are never
    /// written, and elimination goes from the leaves to the root, so that a tree of joints fills in nothing.
    /// </summary>
    sealed class NormalEquations
    {
        readonly int count;
        readonly Real[,] matrix; // lower triangle: row >= column
        readonly Real[] descent;

        public NormalEquations(int count)
        {
            this.count = count;
            matrix = new Real[count, count];
            descent = new Real[count];
        }

        /// <summary>-J'W r, along which the cost falls fastest.</summary>
        public Real Descent(int i) => descent[i];

        /// <summary>Adds a residual that counts with <paramref name="weight"/> (already squared).</summary>
        public void Add(Dual residual, Real weight)
        {
            Real pull = -Sparse.Multiply(weight, residual.Value);
            for (int i = 0; i < count; i++)
            {
                Real slope = residual.Partial(i);
                if (Sparse.IsZero(slope)) continue;
                descent[i] = Sparse.MultiplyAdd(slope, pull, descent[i]);
                Real row = Sparse.Multiply(weight, slope);
                for (int k = 0; k <= i; k++) matrix[i, k] = Sparse.MultiplyAdd(row, residual.Partial(k), matrix[i, k]);
            }
        }

        /// <summary>Damps a coordinate.</summary>
        public void Damp(int i, Real amount) => matrix[i, i] = Sparse.Add(matrix[i, i], amount);

        /// <summary>Holds a coordinate where a condition is met: nothing pulls it, and it resists as good as infinitely.</summary>
        public void Hold(int i, Bool condition)
        {
            descent[i] = Real.Select(condition, 0, descent[i]);
            matrix[i, i] += Real.Select(condition, 1e15, 0);
        }

        /// <summary>The step x, by the factors U D U' (stored with the sign of -U) of the matrix from its last row up.</summary>
        public Real[] Solve()
        {
            var x = (Real[])descent.Clone();
            var inverse = new Real[count]; // of -D, so that no factor needs its sign turned
            for (int j = count - 1; j >= 0; j--)
            {
                inverse[j] = -1 / matrix[j, j];
                for (int i = j - 1; i >= 0; i--)
                {
                    if (Sparse.IsZero(matrix[j, i])) continue;
                    Real factor = matrix[j, i] * inverse[j];
                    for (int k = 0; k <= i; k++) matrix[i, k] = Sparse.MultiplyAdd(factor, matrix[j, k], matrix[i, k]);
                    x[i] = Sparse.MultiplyAdd(factor, x[j], x[i]);
                    matrix[j, i] = factor;
                }
            }
            for (int j = 0; j < count; j++)
            {
                x[j] = -Sparse.Multiply(x[j], inverse[j]);
                for (int i = 0; i < j; i++) x[j] = Sparse.MultiplyAdd(matrix[j, i], x[i], x[j]);
            }
            return x;
        }
    }
}
