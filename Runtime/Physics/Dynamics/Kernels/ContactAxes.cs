using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The axes along which a manifold's impulses act: one normal at each point, then two tangents at the manifold's centre, then,
    /// where there are any, axes of rotation (direction 0, moment the axis itself): the normal, and the tangents where it resists turning. Several
    /// points resist a twist about the normal by friction at their levers, mu sum N_i l_i, so their normal is as long as the mean lever l:
    /// impulses mu N along the tangents and along it are one limit (for points that carry alike; the ball between pure slip and pure twist
    /// stands for the limit surface: Howe and Cutkosky, Practical Force-Motion Models for Sliding Manipulation, 1996). With d_i the direction and r x d_i its moment about a body's centre of mass, impulses z change the relative velocity along axis i by
    /// D z, D_ij = (1/m_A + 1/m_B) d_i . d_j + (r_A x d)_i . I_A^-1 (r_A x d)_j + (r_B x d)_i . I_B^-1 (r_B x d)_j.
    /// </summary>
    internal sealed class ContactAxes
    {
        public readonly int Count;
        public readonly Real3[] Direction, MomentA, MomentB;
        private readonly int linear;

        // Where points lie together the twist has no lever, and is left alone.
        private const double NoLever = 1e-8;

        /// <summary>D, symmetric.</summary>
        public readonly Real[,] Mobility;

        /// <param name="kernel">The manifold.</param>
        /// <param name="a">State of body A that contacts are taken at.</param>
        /// <param name="b">State of body B.</param>
        /// <param name="contacts">The points.</param>
        /// <param name="share">Weight of each point in the centre; they sum to 1.</param>
        /// <param name="axes">How many axes there are in all: those of the points, and none, one or three of rotation.</param>
        /// <param name="twists">Whether the normal is the axis of a twist, as long as the mean lever.</param>
        /// <param name="resists">Whether the material has torsional friction.</param>
        /// <param name="material">The material.</param>
        public ContactAxes(
            ManifoldKernel kernel, RigidState a, RigidState b, TracedContact[] contacts, Real[] share, int axes, bool twists, bool resists, PairMaterial material)
        {
            int points = contacts.Length;
            linear = points + 2;
            Count = axes;
            Direction = new Real3[Count];
            MomentA = new Real3[Count];
            MomentB = new Real3[Count];
            Real3 centre = Real3.Zero, normal = Real3.Zero;
            for (int k = 0; k < points; k++)
            {
                Set(k, contacts[k].Normal, contacts[k].Point, a, b);
                centre += contacts[k].Point * share[k];
                normal += contacts[k].Normal * share[k];
            }

            if (points > 1) normal = Real3.Normalise(normal);
            else normal = contacts[0].Normal;
            (Real3 t1, Real3 t2) = Tangents(normal);
            Set(points, t1, centre, a, b);
            Set(points + 1, t2, centre, a, b);
            if (twists) MomentA[linear] = normal * Lever(contacts, share, centre, resists, material);
            else if (axes > linear) MomentA[linear] = normal;
            if (axes > linear + 1) (MomentA[linear + 1], MomentA[linear + 2]) = (t1, t2);
            for (int i = linear; i < Count; i++) MomentB[i] = MomentA[i];
            Mobility = new Real[Count, Count];
            Real inverseMass = kernel.MassA.Inverse + kernel.MassB.Inverse;
            for (int j = 0; j < Count; j++)
            {
                Real3 turnA = kernel.MassA.InverseInertia(a.Rotation, MomentA[j]), turnB = kernel.MassB.InverseInertia(b.Rotation, MomentB[j]);
                for (int i = 0; i <= j; i++)
                {
                    Real turning = Real3.Dot(MomentA[i], turnA) + Real3.Dot(MomentB[i], turnB);
                    Mobility[i, j] = Mobility[j, i] = j < linear ? inverseMass * Real3.Dot(Direction[i], Direction[j]) + turning : turning;
                }
            }

            if (!twists) return;
            Real twist = Mobility[linear, linear];
            Mobility[linear, linear] = Real.Select(twist > NoLever * inverseMass, twist, inverseMass);
        }

        // The mean distance of the points from their centre. Torsional friction of the material comes on top: mu N l + rho N.
        private static Real Lever(TracedContact[] contacts, Real[] share, Real3 centre, bool resists, PairMaterial material)
        {
            Real lever = 0;
            for (int k = 0; k < contacts.Length; k++) lever += share[k] * (contacts[k].Point - centre).Length;
            if (!resists) return lever;
            Real friction = material.Friction;
            return lever + Real.Select(friction > 0, material.TorsionalFriction / friction, 0);
        }

        private void Set(int axis, Real3 direction, Real3 point, RigidState a, RigidState b)
        {
            Direction[axis] = direction;
            MomentA[axis] = Real3.Cross(point - a.Position, direction);
            MomentB[axis] = Real3.Cross(point - b.Position, direction);
        }

        /// <summary>Relative velocity along an axis: d . (v_A - v_B) + (r_A x d) . w_A - (r_B x d) . w_B.</summary>
        public Real Speed(int axis, Real3 velocityA, Real3 angularA, Real3 velocityB, Real3 angularB)
        {
            Real turning = Real3.Dot(MomentA[axis], angularA) - Real3.Dot(MomentB[axis], angularB);
            return axis < linear ? Real3.Dot(Direction[axis], velocityA - velocityB) + turning : turning;
        }

        /// <summary>
        /// Two unit vectors that make a right-handed frame with the unit vector n. They jump where n.z changes sign; what is built on
        /// them must not depend on the choice. Source: Duff et al., Building an Orthonormal Basis, Revisited (2017).
        /// </summary>
        private static (Real3, Real3) Tangents(Real3 n)
        {
            Real sign = Real.Select(n.Z >= 0, 1, -1);
            Real a = -1 / (sign + n.Z);
            Real b = n.X * n.Y * a;
            return (new Real3(1 + sign * n.X * n.X * a, sign * b, -sign * n.X), new Real3(b, sign + n.Y * n.Y * a, -n.Y));
        }
    }
}
