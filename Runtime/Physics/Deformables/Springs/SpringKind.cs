using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A damped spring between two particles: with the length l, the tension k (l - l0) + d l' along it. Parameters: stiffness k in N/m,
    /// damping d in N s/m, rest length l0 in m. Or, in place of k and d, frequency f in Hz and damping ratio z: with the mass m = 1 / (1/m_a + 1/m_b) that the two have
    /// against each other (the other's, where one is pinned) and w = 2 pi f,
    /// <code>k = m w^2,   d = 2 z m w</code>
    /// </summary>
    public sealed class SpringKind : ElementKind
    {
        private readonly bool isDamped, byFrequency;

        /// <summary>Springs.</summary>
        /// <param name="isDamped">Whether damping is computed at all.</param>
        /// <param name="byFrequency">Whether frequency and damping ratio are the parameters, in place of stiffness and damping.</param>
        public SpringKind(bool isDamped = true, bool byFrequency = false)
        {
            this.isDamped = isDamped;
            this.byFrequency = byFrequency;
        }

        /// <inheritdoc/>
        public override string Name => "spring";

        /// <inheritdoc/>
        public override int Particles => 2;

        /// <inheritdoc/>
        public override bool ReadsMass => byFrequency;

        /// <inheritdoc/>
        public override IReadOnlyList<ElementParameter> Parameters => new[]
        {
            new ElementParameter(byFrequency ? "frequency" : "stiffness"), new ElementParameter(byFrequency ? "damping ratio" : "damping"), new ElementParameter("rest length"),
        };

        /// <inheritdoc/>
        public override Strain[] Strains(ElementInputs e)
        {
            Real extension = (e.Position[1] - e.Position[0]).Length - e["rest length"];
            if (!byFrequency) return new[] { new Strain(extension, e["stiffness"], isDamped ? e["damping"] : 0) };
            (Real stiffness, Real damping) = Tuned(e["frequency"], e["damping ratio"], e.InverseMass[0] + e.InverseMass[1]);
            return new[] { new Strain(extension, stiffness, isDamped ? damping : 0) };
        }

        /// <summary>Stiffness and damping of a frequency and a damping ratio, for a mass given by its inverse; none where nothing can move.</summary>
        internal static (Real stiffness, Real damping) Tuned(Real frequency, Real ratio, Real inverseMass)
        {
            Real mass = Real.Select(inverseMass > 0, 1 / inverseMass, 0), w = 2 * Math.PI * frequency;
            return (mass * w * w, 2 * ratio * mass * w);
        }
    }
}
