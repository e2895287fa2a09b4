using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>What two materials make together, traced.</summary>
    internal readonly struct PairMaterial
    {
        /// <summary>
        /// Numbers of a material: friction, restitution; rolling and torsional friction, as lengths; frequency, 0 for rigid, and damping ratio.
        /// </summary>
        public const int Size = 6;

        private readonly Real[] a, b;
        private readonly MaterialRules rules;

        public PairMaterial(Real[] a, Real[] b, MaterialRules rules)
        {
            this.a = a;
            this.b = b;
            this.rules = rules;
        }

        public Real Friction => rules.Friction.Combine(a[0], b[0]);

        public Real Restitution => rules.Restitution.Combine(a[1], b[1]);

        /// <summary>The largest torque against rolling, over the normal force.</summary>
        public Real RollingFriction => rules.Resistance.Combine(a[2], b[2]);

        /// <summary>The largest torque against spinning about the normal, over the normal force.</summary>
        public Real TorsionalFriction => rules.Resistance.Combine(a[3], b[3]);

        /// <summary>
        /// Stiffness and damping of a soft contact over the mass that moves, w^2 and 2 z w with w = 2 pi f. Two soft materials are springs in
        /// series, 1/f^2 = 1/f_A^2 + 1/f_B^2, with the larger damping ratio.
        /// </summary>
        public (Real stiffness, Real damping) Softness
        {
            get
            {
                Bool softA = a[4] > 0, softB = b[4] > 0;
                Real compliance = Real.Select(softA, 1 / (a[4] * a[4]), 0) + Real.Select(softB, 1 / (b[4] * b[4]), 0);
                Real w = 2 * Math.PI / Real.Sqrt(compliance);
                Real ratio = Real.Select(softA, Real.Select(softB, Real.Max(a[5], b[5]), a[5]), b[5]);
                return (w * w, 2 * ratio * w);
            }
        }
    }
}
