using System;

namespace DiffPhysics.Tuning
{
    // Small symmetric matrices, row-major n x n.
    internal static class SymmetricMatrix
    {
        // Solves A x = b by Cholesky factors; A and b are overwritten, b with x. False when A is not positive definite.
        public static bool TrySolve(double[] a, double[] b, int n)
        {
            for (int j = 0; j < n; j++)
            {
                double pivot = a[j * n + j];
                double scale = Math.Abs(pivot);
                for (int k = 0; k < j; k++) pivot -= a[j * n + k] * a[j * n + k];
                if (!(pivot > 1e-15 * scale) || double.IsInfinity(pivot)) return false;
                double root = Math.Sqrt(pivot);
                a[j * n + j] = root;
                for (int i = j + 1; i < n; i++)
                {
                    double sum = a[i * n + j];
                    for (int k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
                    a[i * n + j] = sum / root;
                }
            }
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < i; k++) b[i] -= a[i * n + k] * b[k];
                b[i] /= a[i * n + i];
            }
            for (int i = n - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < n; k++) b[i] -= a[k * n + i] * b[k];
                b[i] /= a[i * n + i];
            }
            return true;
        }

        // Eigenvalues, and eigenvectors as columns, by cyclic Jacobi rotations (Golub and Van Loan, section 8.5). A is overwritten.
        public static void Eigen(double[] a, int n, double[] values, double[] vectors)
        {
            Array.Clear(vectors, 0, n * n);
            for (int i = 0; i < n; i++) vectors[i * n + i] = 1;
            for (int sweep = 0; sweep < 60; sweep++)
            {
                double off = 0;
                double diagonal = 0;
                for (int p = 0; p < n; p++)
                {
                    diagonal += a[p * n + p] * a[p * n + p];
                    for (int q = p + 1; q < n; q++) off += a[p * n + q] * a[p * n + q];
                }
                if (off <= 1e-32 * diagonal) break;
                for (int p = 0; p < n; p++)
                {
                    for (int q = p + 1; q < n; q++) Rotate(a, vectors, n, p, q);
                }
            }
            for (int i = 0; i < n; i++) values[i] = a[i * n + i];
        }

        // Zeroes a_pq: t = tan(angle) is the smaller root of t^2 + 2 theta t - 1 = 0, theta = (a_qq - a_pp) / (2 a_pq).
        private static void Rotate(double[] a, double[] vectors, int n, int p, int q)
        {
            double apq = a[p * n + q];
            if (apq == 0) return;
            double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
            double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
            double c = 1 / Math.Sqrt(t * t + 1);
            double s = t * c;
            for (int k = 0; k < n; k++)
            {
                double akp = a[k * n + p];
                double akq = a[k * n + q];
                a[k * n + p] = c * akp - s * akq;
                a[k * n + q] = s * akp + c * akq;
            }
            for (int k = 0; k < n; k++)
            {
                double apk = a[p * n + k];
                double aqk = a[q * n + k];
                a[p * n + k] = c * apk - s * aqk;
                a[q * n + k] = s * apk + c * aqk;
                double vkp = vectors[k * n + p];
                double vkq = vectors[k * n + q];
                vectors[k * n + p] = c * vkp - s * vkq;
                vectors[k * n + q] = s * vkp + c * vkq;
            }
        }
    }
}
