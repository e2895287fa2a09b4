using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A measure C of an element's deformation, with the energy k C^2 / 2 and the dissipation d C'^2 / 2, where C' is its rate: it pulls with
    /// the forces -(k C + d C') dC/dx. Both ways of stepping read it, so they agree on the physics.
    /// </summary>
    public readonly struct Strain
    {
        /// <summary>A measure.</summary>
        public Strain(Real value, Real stiffness, Real damping)
        {
            Value = value;
            Stiffness = stiffness;
            Damping = damping;
        }

        /// <summary>C.</summary>
        public Real Value { get; }

        /// <summary>k, not negative.</summary>
        public Real Stiffness { get; }

        /// <summary>d, not negative.</summary>
        public Real Damping { get; }
    }
}
