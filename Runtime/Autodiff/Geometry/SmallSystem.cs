namespace DiffPhysics.Autodiff
{
    /// <summary>Linear systems of a few unknowns within a formula, one for each lane.</summary>
    public static class SmallSystem
    {
        /// <summary>
        /// Solves matrix x = right by Gaussian elimination without exchanges, which needs leading minors that are not zero, as those of
        /// positive definite matrices are.
        /// </summary>
        /// <param name="matrix">Square; overwritten.</param>
        /// <param name="right">The right side; overwritten by the solution.</param>
        public static void Solve(Real[,] matrix, Real[] right)
        {
            int n = right.Length;
            for (int p = 0; p < n; p++)
            {
                Real inverse = 1 / matrix[p, p];
                for (int i = p + 1; i < n; i++)
                {
                    Real factor = matrix[i, p] * inverse;
                    for (int j = p + 1; j < n; j++) matrix[i, j] -= factor * matrix[p, j];
                    right[i] -= factor * right[p];
                }
            }

            for (int i = n - 1; i >= 0; i--)
            {
                for (int j = i + 1; j < n; j++) right[i] -= matrix[i, j] * right[j];
                right[i] /= matrix[i, i];
            }
        }
    }
}
