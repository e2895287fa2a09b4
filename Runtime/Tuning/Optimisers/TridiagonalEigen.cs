using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Eigenvalues and eigenvectors of larger symmetric matrices: Householder reflections to tridiagonal form, then QL steps with implicit shifts.
    /// Some 20 times quicker than Jacobi rotations beyond a hundred rows. Source: Golub and Van Loan, "Matrix Computations", section 8.3.
    /// </summary>
    internal static class TridiagonalEigen
    {
        private const int MostSteps = 60;

        /// <summary>Eigenvalues, and eigenvectors as columns; A, row-major, is overwritten.</summary>
        public static void Solve(double[] a, int n, double[] values, double[] vectors)
        {
            var rows = new double[n][]; // the transpose of the eigenvectors, so that rotations run along rows
            for (int i = 0; i < n; i++) (rows[i] = new double[n])[i] = 1;
            var beside = new double[n];
            Reduce(a, n, values, beside, rows);
            Diagonalise(values, beside, rows);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) vectors[i * n + j] = rows[j][i];
        }

        // With the reflection H = 1 - beta v v' that sends the column below the diagonal to its first place: A <- H A H, rows <- H rows.
        private static void Reduce(double[] a, int n, double[] diagonal, double[] beside, double[][] rows)
        {
            double[] v = new double[n], p = new double[n], sum = new double[n];
            for (int k = 0; k + 2 < n; k++)
            {
                double square = 0;
                for (int i = k + 1; i < n; i++) square += (v[i] = a[i * n + k]) * v[i];
                double length = v[k + 1] > 0 ? -Math.Sqrt(square) : Math.Sqrt(square);
                beside[k] = length;
                double norm = 2 * (square - length * v[k + 1]);
                if (norm == 0) continue;
                v[k + 1] -= length;
                double beta = 2 / norm, along = 0;
                for (int i = k + 1; i < n; i++)
                {
                    double dot = 0;
                    for (int j = k + 1; j < n; j++) dot += a[i * n + j] * v[j];
                    p[i] = beta * dot;
                    along += p[i] * v[i];
                }

                for (int i = k + 1; i < n; i++) p[i] -= 0.5 * beta * along * v[i];
                for (int i = k + 1; i < n; i++)
                    for (int j = k + 1; j < n; j++) a[i * n + j] -= v[i] * p[j] + p[i] * v[j];
                Array.Clear(sum, 0, n);
                for (int i = k + 1; i < n; i++)
                    for (int j = 0; j < n; j++) sum[j] += v[i] * rows[i][j];
                for (int i = k + 1; i < n; i++)
                    for (int j = 0; j < n; j++) rows[i][j] -= beta * v[i] * sum[j];
            }

            if (n > 1) beside[n - 2] = a[(n - 1) * n + n - 2];
            for (int i = 0; i < n; i++) diagonal[i] = a[i * n + i];
        }

        private static void Diagonalise(double[] d, double[] e, double[][] rows)
        {
            int n = d.Length;
            for (int first = 0; first < n; first++)
            {
                for (int step = 0; step < MostSteps; step++)
                {
                    int last = first;
                    while (last + 1 < n && Math.Abs(e[last]) > 1e-16 * (Math.Abs(d[last]) + Math.Abs(d[last + 1]))) last++;
                    if (last == first) break;
                    Step(d, e, rows, first, last);
                }
            }
        }

        // One QL step on rows first to last, shifted by the eigenvalue of the leading 2 x 2 block that is nearer to its first entry.
        private static void Step(double[] d, double[] e, double[][] rows, int first, int last)
        {
            double half = (d[first + 1] - d[first]) / (2 * e[first]), root = Math.Sqrt(half * half + 1);
            double g = d[last] - d[first] + e[first] / (half + (half >= 0 ? root : -root)), s = 1, c = 1, shift = 0;
            for (int i = last - 1; i >= first; i--)
            {
                double f = s * e[i], b = c * e[i], r = Math.Sqrt(f * f + g * g);
                e[i + 1] = r;
                if (r == 0)
                {
                    d[i + 1] -= shift;
                    e[last] = 0;
                    return;
                }

                (s, c) = (f / r, g / r);
                g = d[i + 1] - shift;
                r = (d[i] - g) * s + 2 * c * b;
                shift = s * r;
                d[i + 1] = g + shift;
                g = c * r - b;
                double[] low = rows[i], high = rows[i + 1];
                for (int k = 0; k < low.Length; k++)
                {
                    double x = low[k], y = high[k];
                    high[k] = s * x + c * y;
                    low[k] = c * x - s * y;
                }
            }

            d[first] -= shift;
            e[first] = g;
            e[last] = 0;
        }
    }
}
