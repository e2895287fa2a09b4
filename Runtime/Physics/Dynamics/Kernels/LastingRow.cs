using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// What the iterations over a lasting contact read, made once a substep: its axes and D, the speeds along them before the solve,
    /// and its gaps. Lies in one buffer for all manifolds with the same number of points.
    /// </summary>
    internal readonly struct LastingRow
    {
        private readonly Real[] values;
        private readonly int points;

        public LastingRow(Real[] values, int points)
        {
            this.values = values;
            this.points = points;
        }

        public static int Size(int points)
        {
            int axes = points + 2;
            return 9 * axes + axes * (axes + 1) / 2 + axes + 2 * points + 4;
        }

        private int Axes => points + 2;

        private int AfterMobility => 9 * Axes + Axes * (Axes + 1) / 2;

        private int AfterSpeed => AfterMobility + Axes;

        public Real3 Direction(int axis) => new Real3(values, 9 * axis);

        public Real3 MomentA(int axis) => new Real3(values, 9 * axis + 3);

        public Real3 MomentB(int axis) => new Real3(values, 9 * axis + 6);

        public Real Mobility(int i, int j) => i <= j ? values[9 * Axes + j * (j + 1) / 2 + i] : Mobility(j, i);

        /// <summary>Relative velocity along an axis at the end of the substep, before the solve.</summary>
        public Real Speed(int axis) => values[AfterMobility + axis];

        /// <summary>Gap at the end of the substep, before the solve.</summary>
        public Real Gap(int point) => values[AfterSpeed + point];

        /// <summary>1 for a point that is solved, 0 for one that is left out.</summary>
        public Real Active(int point) => values[AfterSpeed + points + point];

        /// <summary>Slip along a tangent (0 or 1) when the contact began to act within the substep.</summary>
        public Real StartSlip(int tangent) => values[AfterSpeed + 2 * points + tangent];

        /// <summary>The time for which the contact acts: from an impact within the substep, or from its start, to its end.</summary>
        public Real Duration => values[AfterSpeed + 2 * points + 2];

        public Real Friction => values[AfterSpeed + 2 * points + 3];

        public static LastingRow Make(ContactAxes axes, Real[] speed, Real[] gap, Real[] active, Real[] startSlip, Real duration, Real friction)
        {
            int points = gap.Length;
            var row = new LastingRow(new Real[Size(points)], points);
            Real[] v = row.values;
            for (int i = 0; i < axes.Count; i++)
            {
                Put(v, 9 * i, axes.Direction[i]);
                Put(v, 9 * i + 3, axes.MomentA[i]);
                Put(v, 9 * i + 6, axes.MomentB[i]);
                for (int j = 0; j <= i; j++) v[9 * axes.Count + i * (i + 1) / 2 + j] = axes.Mobility[i, j];
                v[row.AfterMobility + i] = speed[i];
            }
            for (int p = 0; p < points; p++)
            {
                v[row.AfterSpeed + p] = gap[p];
                v[row.AfterSpeed + points + p] = active[p];
            }
            v[row.AfterSpeed + 2 * points] = startSlip[0];
            v[row.AfterSpeed + 2 * points + 1] = startSlip[1];
            v[row.AfterSpeed + 2 * points + 2] = duration;
            v[row.AfterSpeed + 2 * points + 3] = friction;
            return row;
        }

        public Real[] Values => values;

        /// <summary>Impulse and moments of impulses along the axes: linear (on A, opposite on B), about A, about B.</summary>
        public (Real3 linear, Real3 aboutA, Real3 aboutB) Wrench(Real[] impulses)
        {
            Real3 linear = Real3.Zero, aboutA = Real3.Zero, aboutB = Real3.Zero;
            for (int i = 0; i < Axes; i++)
            {
                linear += Direction(i) * impulses[i];
                aboutA += MomentA(i) * impulses[i];
                aboutB += MomentB(i) * impulses[i];
            }
            return (linear, aboutA, aboutB);
        }

        /// <summary>Relative motion along the axes that impulses accumulated on the bodies cause.</summary>
        public Real[] Response(BodyImpulse a, BodyImpulse b)
        {
            var response = new Real[Axes];
            for (int i = 0; i < Axes; i++)
            {
                response[i] = Real3.Dot(Direction(i), a.Linear - b.Linear) + Real3.Dot(MomentA(i), a.Angular) - Real3.Dot(MomentB(i), b.Angular);
            }
            return response;
        }

        private static void Put(Real[] target, int at, Real3 v)
        {
            target[at] = v.X;
            target[at + 1] = v.Y;
            target[at + 2] = v.Z;
        }
    }

    /// <summary>What an impulse and an angular impulse change on a body: velocities for impulses, displacements for impulse times time.</summary>
    internal readonly struct BodyImpulse
    {
        /// <summary>Numbers of a body's inverse mass and inverse inertia in the world (xx, xy, xz, yy, yz, zz).</summary>
        public const int InverseSize = 7;

        public readonly Real3 Linear, Angular;

        public BodyImpulse(Real[] inverse, Real[] impulse, int start = 0)
        {
            Linear = new Real3(impulse, start) * inverse[0];
            Real3 l = new Real3(impulse, start + 3);
            Angular = new Real3(
                inverse[1] * l.X + inverse[2] * l.Y + inverse[3] * l.Z,
                inverse[2] * l.X + inverse[4] * l.Y + inverse[5] * l.Z,
                inverse[3] * l.X + inverse[5] * l.Y + inverse[6] * l.Z);
        }
    }
}
