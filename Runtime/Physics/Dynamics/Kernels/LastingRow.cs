using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// What the iterations over a lasting contact read, made once a substep: its axes and D, the speeds along them before the solve,
    /// its gaps and its material. Lies in one buffer for all manifolds with the same layout.
    /// </summary>
    internal readonly struct LastingRow
    {
        private readonly Real[] values;
        private readonly LastingLayout layout;

        public LastingRow(Real[] values, LastingLayout layout)
        {
            this.values = values;
            this.layout = layout;
        }

        public static int Size(LastingLayout layout)
        {
            var row = new LastingRow(null, layout);
            return row.AfterMaterial + (layout.Resists ? 2 : 0) + (layout.IsSoft ? 2 * layout.Points : 0);
        }

        private int AfterLinear => 9 * layout.LinearAxes;

        private int AfterDirections => AfterLinear + 3 * (layout.Axes - layout.LinearAxes);

        private int AfterMobility => AfterDirections + layout.Axes * (layout.Axes + 1) / 2;

        private int AfterSpeed => AfterMobility + layout.Axes;

        private int AfterActive => AfterSpeed + 2 * layout.Points;

        private int AfterStart => AfterActive + layout.Axes - layout.Points;

        private int AfterMaterial => AfterStart + 2;

        /// <summary>Direction of an axis along which points move.</summary>
        public Real3 Direction(int axis) => new Real3(values, 9 * axis);

        public Real3 MomentA(int axis) => new Real3(values, axis < layout.LinearAxes ? 9 * axis + 3 : AfterLinear + 3 * (axis - layout.LinearAxes));

        public Real3 MomentB(int axis) => axis < layout.LinearAxes ? new Real3(values, 9 * axis + 6) : MomentA(axis);

        public Real Mobility(int i, int j) => i <= j ? values[AfterDirections + j * (j + 1) / 2 + i] : Mobility(j, i);

        /// <summary>Relative velocity along an axis at the end of the substep, before the solve.</summary>
        public Real Speed(int axis) => values[AfterMobility + axis];

        /// <summary>Gap at the end of the substep, before the solve.</summary>
        public Real Gap(int point) => values[AfterSpeed + point];

        /// <summary>1 for a point that is solved, 0 for one that is left out.</summary>
        public Real Active(int point) => values[AfterSpeed + layout.Points + point];

        /// <summary>Relative velocity along an axis of slip, spin or roll when the contact began to act within the substep.</summary>
        public Real Start(int axis) => values[AfterActive + axis - layout.Points];

        /// <summary>The time for which the contact acts: from an impact within the substep, or from its start, to its end.</summary>
        public Real Duration => values[AfterStart];

        public Real Friction => values[AfterStart + 1];

        /// <summary>Rolling and torsional friction, where the contact resists turning.</summary>
        public Real RollingFriction => values[AfterMaterial];

        public Real TorsionalFriction => values[AfterMaterial + 1];

        /// <summary>Force for an overlap and for a speed at a point, where the contact is soft.</summary>
        public Real Stiffness(int point) => values[AfterMaterial + (layout.Resists ? 2 : 0) + point];

        public Real Damping(int point) => Stiffness(layout.Points + point);

        public static LastingRow Make(
            LastingLayout layout, ContactAxes axes, Real[] speed, Real[] gap, Real[] active, Real[] start, Real duration, PairMaterial material, Real[] softness)
        {
            var row = new LastingRow(new Real[Size(layout)], layout);
            Real[] v = row.values;
            for (int i = 0; i < layout.Axes; i++)
            {
                if (i < layout.LinearAxes)
                {
                    Put(v, 9 * i, axes.Direction[i]);
                    Put(v, 9 * i + 3, axes.MomentA[i]);
                    Put(v, 9 * i + 6, axes.MomentB[i]);
                }
                else
                {
                    Put(v, row.AfterLinear + 3 * (i - layout.LinearAxes), axes.MomentA[i]);
                }

                for (int j = 0; j <= i; j++) v[row.AfterDirections + i * (i + 1) / 2 + j] = axes.Mobility[i, j];
            }

            speed.CopyTo(v, row.AfterMobility);
            gap.CopyTo(v, row.AfterSpeed);
            active.CopyTo(v, row.AfterSpeed + layout.Points);
            start.CopyTo(v, row.AfterActive);
            v[row.AfterStart] = duration;
            v[row.AfterStart + 1] = material.Friction;
            if (layout.Resists)
            {
                v[row.AfterMaterial] = material.RollingFriction;
                v[row.AfterMaterial + 1] = material.TorsionalFriction;
            }

            if (layout.IsSoft) softness.CopyTo(v, row.AfterMaterial + (layout.Resists ? 2 : 0));
            return row;
        }

        public Real[] Values => values;

        /// <summary>Impulse and moments of impulses along the axes: linear (on A, opposite on B), about A, about B.</summary>
        public (Real3 linear, Real3 aboutA, Real3 aboutB) Wrench(Real[] impulses)
        {
            Real3 linear = Real3.Zero, aboutA = Real3.Zero, aboutB = Real3.Zero;
            for (int i = 0; i < layout.Axes; i++)
            {
                if (i < layout.LinearAxes) linear += Direction(i) * impulses[i];
                aboutA += MomentA(i) * impulses[i];
                aboutB += MomentB(i) * impulses[i];
            }
            return (linear, aboutA, aboutB);
        }

        /// <summary>Relative motion along the axes that impulses accumulated on the bodies cause.</summary>
        public Real[] Response(BodyImpulse a, BodyImpulse b)
        {
            var response = new Real[layout.Axes];
            for (int i = 0; i < response.Length; i++)
            {
                response[i] = Real3.Dot(MomentA(i), a.Angular) - Real3.Dot(MomentB(i), b.Angular);
                if (i < layout.LinearAxes) response[i] += Real3.Dot(Direction(i), a.Linear - b.Linear);
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
