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
        private const int MostAxes = ManifoldSignature.MaxPoints + 3;
        private readonly double[] impulse = new double[MostAxes], speed = new double[MostAxes], slips = new double[3], against = new double[3];
        private readonly double[,] factor = new double[ManifoldSignature.MaxPoints, ManifoldSignature.MaxPoints], grip = new double[3, 3];

        /// <summary>D of the manifold's axes; speeds along them; friction, restitution and torsional friction.</summary>
        public readonly double[,] Mobility = new double[MostAxes, MostAxes];

        public readonly double[] Speed = new double[MostAxes];

        public double Friction, Restitution, Torsional;

        /// <summary>Takes points out of <paramref name="isHit"/> that do not push.</summary>
        /// <param name="layout">The axes.</param>
        /// <param name="isHit">The points that meet.</param>
        /// <param name="spinSticks">Whether the spin of a single point ends; false if it is slowed, or has no limit of its own.</param>
        /// <returns>Whether the contact sticks; false if it slides.</returns>
        public bool Choose(ImpactLayout layout, bool[] isHit, out bool spinSticks)
        {
            int points = layout.Points;
            bool sticks = Friction > 0;
            spinSticks = layout.Spins && Torsional > 0;
            double sum;
            while (true)
            {
                Run(layout, isHit, sticks, spinSticks);
                sum = 0;
                for (int p = 0; p < points; p++) sum += impulse[p];
                double squared = 0, most = sum * (1 + 1e-12);
                for (int i = points; i < points + layout.SlipAxes; i++) squared += impulse[i] * impulse[i];
                if (sticks && !(Math.Sqrt(squared) <= Friction * most)) sticks = false;
                else if (spinSticks && !(Math.Abs(impulse[layout.Spin]) <= Torsional * most)) spinSticks = false;
                else break;
            }

            for (int p = 0; p < points; p++) isHit[p] &= impulse[p] > 1e-12 * sum;
            KeepIndependent(points, isHit);
            return sticks;
        }

        // Projected Gauss-Seidel on v' = D z + v with v_n' = -e v_n, z_n >= 0, and slip 0, or friction along the slip at mu times sum z_n; the
        // same for the spin of a single point.
        private void Run(ImpactLayout layout, bool[] isHit, bool sticks, bool spinSticks)
        {
            int n = layout.Axes, points = layout.Points, slipAxes = layout.SlipAxes, spin = layout.Spin;
            Array.Clear(impulse, 0, n);
            Array.Copy(Speed, speed, n);
            if (sticks) InvertGrip(points, slipAxes);
            else SlideAgainst(layout, isHit);
            double spinAgainst = layout.Spins && !spinSticks ? Speed[spin] < 0 ? Torsional : -Torsional : 0;
            for (int sweep = 0; sweep < Sweeps; sweep++)
            {
                double change = 0, size = 0;
                if (sticks)
                {
                    for (int i = 0; i < slipAxes; i++) slips[i] = speed[points + i];
                    for (int i = 0; i < slipAxes; i++)
                    {
                        double step = 0;
                        for (int j = 0; j < slipAxes; j++) step -= grip[i, j] * slips[j];
                        change += Math.Abs(Add(n, points + i, step));
                    }
                }

                if (spinSticks) change += Math.Abs(Add(n, spin, -speed[spin] / Mobility[spin, spin]));
                for (int p = 0; p < points; p++)
                {
                    if (!isHit[p]) continue;
                    double target = -Restitution * Math.Min(Speed[p], 0), along = Mobility[p, p];
                    for (int i = 0; i < slipAxes && !sticks; i++) along += Mobility[p, points + i] * against[i];
                    if (layout.Spins) along += Mobility[p, spin] * spinAgainst;
                    double step = Math.Max(-impulse[p], (target - speed[p]) / along);
                    change += Math.Abs(Add(n, p, step));
                    for (int i = 0; i < slipAxes && !sticks; i++) Add(n, points + i, step * against[i]);
                    if (layout.Spins) Add(n, spin, step * spinAgainst);
                    size += impulse[p];
                }

                if (change <= Settled * size) break;
            }
        }

        // Friction over the normal impulse where it slides: mu against the slip, as the kernel of the impact has it.
        private void SlideAgainst(ImpactLayout layout, bool[] isHit)
        {
            int points = layout.Points, slipAxes = layout.SlipAxes;
            double closing = 0, squared = 0, length = 0;
            for (int p = 0; p < points; p++) if (isHit[p]) closing += Math.Abs(Speed[p]);
            for (int i = points; i < points + slipAxes; i++) squared += Speed[i] * Speed[i];
            double least = EventKernels.NoSlip * closing;
            for (int i = 0; i < slipAxes; i++)
            {
                double begin = 0;
                for (int p = 0; p < points; p++) if (isHit[p]) begin += Mobility[points + i, p];
                against[i] = squared > least * least ? Speed[points + i] : begin;
                length += against[i] * against[i];
            }

            for (int i = 0; i < slipAxes; i++) against[i] *= length > 0 ? -Friction / Math.Sqrt(length) : 0;
        }

        // The inverse of D along the axes of slip, by Gauss-Jordan elimination.
        private void InvertGrip(int first, int n)
        {
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) grip[i, j] = Mobility[first + i, first + j];
            for (int p = 0; p < n; p++)
            {
                double pivot = 1 / grip[p, p];
                for (int j = 0; j < n; j++) grip[p, j] = j == p ? pivot : grip[p, j] * pivot;
                for (int i = 0; i < n; i++)
                {
                    if (i == p) continue;
                    double scale = grip[i, p];
                    for (int j = 0; j < n; j++) grip[i, j] = j == p ? -scale * pivot : grip[i, j] - scale * grip[p, j];
                }
            }
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
