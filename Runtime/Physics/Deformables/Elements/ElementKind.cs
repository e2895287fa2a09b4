using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A kind of element, such as springs or tetrahedra: what a few particles do to one another, written once on <see cref="Real"/>. Derive from
    /// it to add a kind; forces, projections and all gradients follow by calculus.
    /// </summary>
    public abstract class ElementKind
    {
        /// <summary>What error messages call it.</summary>
        public abstract string Name { get; }

        /// <summary>Particles of one element.</summary>
        public abstract int Particles { get; }

        /// <summary>What it can be tuned by.</summary>
        public abstract IReadOnlyList<ElementParameter> Parameters { get; }

        /// <summary>The numbers of <see cref="Rest"/>.</summary>
        public virtual int RestSize => 0;

        /// <summary>Whether elements give <see cref="Mass"/> to their particles.</summary>
        public virtual bool HasMass => false;

        /// <summary>
        /// What the other formulas need of the rest shape (lengths, areas, inverses), from the rest positions. Computed once at the start of a
        /// recording, and differentiated with it.
        /// </summary>
        public virtual Real[] Rest(ElementInputs e) => Array.Empty<Real>();

        /// <summary>The mass that an element gives to each of its particles, in kilograms.</summary>
        public virtual Real Mass(ElementInputs e) => 0;

        /// <summary>Whether strains and energy read <see cref="ElementInputs.InverseMass"/>.</summary>
        public virtual bool ReadsMass => false;

        /// <summary>Measures of deformation; their energies and dissipations add up.</summary>
        public virtual Strain[] Strains(ElementInputs e) => Array.Empty<Strain>();

        /// <summary>
        /// Whether <see cref="Energy"/> is another function than the sum of k C^2 / 2 over the strains. Forces are those of the energy then, and
        /// soft constraints take only their linearisation from the strains.
        /// </summary>
        public virtual bool HasOwnEnergy => false;

        /// <summary>The elastic energy in joules; by default the sum of k C^2 / 2 over the strains.</summary>
        public virtual Real Energy(ElementInputs e)
        {
            Real energy = 0;
            foreach (Strain s in Strains(e)) energy += 0.5 * s.Stiffness * s.Value * s.Value;
            return energy;
        }

        /// <summary>Whether there are <see cref="Forces"/>.</summary>
        public virtual bool HasForces => false;

        /// <summary>Forces that come from no energy, such as those of air, in newtons, one for each particle.</summary>
        public virtual Real3[] Forces(ElementInputs e) => Array.Empty<Real3>();
    }
}
