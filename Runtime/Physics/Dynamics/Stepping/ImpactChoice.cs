using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Chooses which points of an impact push and whether they stick, from the numbers of the impact's system. The choice only picks
    /// a branch; the kernel of the impact solves the chosen equations.
    /// </summary>
    internal sealed class ImpactChoice
    {
        private const int Sweeps = 500;
        private const double Settled = 1e-13;
        private readonly double[] impulse = new double[ManifoldSignature.MaxPoints + 2], speed = new double[ManifoldSignature.MaxPoints + 2];
        private readonly double[,] factor = new double[ManifoldSignature.MaxPoints, ManifoldSignature.MaxPoints];

        /// <summary>D of the manifold's axes; speeds along them; friction and restitution.</summary>
        public readonly double[,] Mobility = new double[ManifoldSignature.MaxPoints + 2, ManifoldSignature.MaxPoints + 2];

        public readonly double[] Speed = new double[ManifoldSignature.MaxPoints + 2];

        public double Friction, Restitution;

        /// <summary>Takes points out of <paramref name="isHit"/> that do not push.</summary>
        /// <returns>Whether the contact sticks; false if it slides.</returns>
        public bool Choose(int points, bool[] isHit)
        {
            Run(points, isHit, sticks: true);
            double sum = 0;
            for (int p = 0; p < points; p++) sum += impulse[p];
            double tangential = Math.Sqrt(impulse[points] * impulse[points] + impulse[points + 1] * impulse[points + 1]);
            bool sticks = Friction > 0 && tangential <= Friction * sum * (1 + 1e-12);
            if (!sticks)
            {
                Run(points, isHit, sticks: false);
                sum = 0;
                for (int p = 0; p < points; p++) sum += impulse[p];
            }

            for (int p = 0; p < points; p++) isHit[p] &= impulse[p] > 1e-12 * sum;
            KeepIndependent(points, isHit);
            return sticks;
        }

        // Projected Gauss-Seidel on v' = D z + v with v_n' = -e v_n, z_n >= 0, and slip 0, or friction along the slip at mu times sum z_n.
        private void Run(int points, bool[] isHit, bool sticks)
        {
            int n = points + 2;
            Array.Clear(impulse, 0, n);
            Array.Copy(Speed, speed, n);
            (double slipX, double slipY) = SlipDirection(points, isHit);
            double slip = Math.Sqrt(slipX * slipX + slipY * slipY);
            double dx = slip > 0 ? -Friction * slipX / slip : 0, dy = slip > 0 ? -Friction * slipY / slip : 0;
            double xx = Mobility[points, points], xy = Mobility[points, points + 1], yy = Mobility[points + 1, points + 1], over = 1 / (xx * yy - xy * xy);
            for (int sweep = 0; sweep < Sweeps; sweep++)
            {
                double change = 0, size = 0;
                if (sticks)
                {
                    double sx = speed[points], sy = speed[points + 1];
                    change += Math.Abs(Add(n, points, -(yy * sx - xy * sy) * over)) + Math.Abs(Add(n, points + 1, -(xx * sy - xy * sx) * over));
                }

                for (int p = 0; p < points; p++)
                {
                    if (!isHit[p]) continue;
                    double target = -Restitution * Math.Min(Speed[p], 0), along = Mobility[p, p];
                    if (!sticks) along += Mobility[p, points] * dx + Mobility[p, points + 1] * dy;
                    double step = Math.Max(-impulse[p], (target - speed[p]) / along);
                    change += Math.Abs(Add(n, p, step));
                    if (!sticks)
                    {
                        Add(n, points, step * dx);
                        Add(n, points + 1, step * dy);
                    }

                    size += impulse[p];
                }

                if (change <= Settled * size) break;
            }
        }

        // As the kernel of the impact has it.
        private (double, double) SlipDirection(int points, bool[] isHit)
        {
            double x = Speed[points], y = Speed[points + 1], closing = 0, beginX = 0, beginY = 0;
            for (int p = 0; p < points; p++)
            {
                if (!isHit[p]) continue;
                closing += Math.Abs(Speed[p]);
                beginX += Mobility[points, p];
                beginY += Mobility[points + 1, p];
            }

            double least = EventKernels.NoSlip * closing;
            return x * x + y * y > least * least ? (x, y) : (beginX, beginY);
        }

        private double Add(int n, int axis, double step)
        {
            impulse[axis] += step;
            for (int i = 0; i < n; i++) speed[i] += Mobility[i, axis] * step;
            return step;
        }

        // Of points whose normal impulses do the same to both bodies, only independent ones stay, so that the system can be solved: four
        // corners of a face have three. Cholesky factors of D, a point whose pivot vanishes is left out.
        private void KeepIndependent(int points, bool[] isHit)
        {
            for (int i = 0; i < points; i++)
            {
                if (!isHit[i]) continue;
                double pivot = Mobility[i, i];
                for (int j = 0; j < i; j++)
                {
                    if (!isHit[j]) continue;
                    double entry = Mobility[i, j];
                    for (int l = 0; l < j; l++)
                    {
                        if (isHit[l]) entry -= factor[i, l] * factor[j, l];
                    }

                    factor[i, j] = entry / factor[j, j];
                    pivot -= factor[i, j] * factor[i, j];
                }

                isHit[i] = pivot > 1e-3 * Mobility[i, i];
                factor[i, i] = Math.Sqrt(Math.Max(pivot, 0));
            }
        }
    }
}
