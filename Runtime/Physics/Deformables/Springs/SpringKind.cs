using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A damped spring between two particles: with the length l, the tension k (l - l0) + d l' along it. Parameters: stiffness k in N/m,
    /// damping d in N s/m, rest length l0 in m.
    /// </summary>
    public sealed class SpringKind : ElementKind
    {
        private readonly bool isDamped;

        /// <summary>Springs.</summary>
        /// <param name="isDamped">Whether damping is computed at all.</param>
        public SpringKind(bool isDamped = true) => this.isDamped = isDamped;

        /// <inheritdoc/>
        public override string Name => "spring";

        /// <inheritdoc/>
        public override int Particles => 2;

        /// <inheritdoc/>
        public override IReadOnlyList<ElementParameter> Parameters => new[]
        {
            new ElementParameter("stiffness"), new ElementParameter("damping"), new ElementParameter("rest length"),
        };

        /// <inheritdoc/>
        public override Strain[] Strains(ElementInputs e) => new[]
        {
            new Strain((e.Position[1] - e.Position[0]).Length - e["rest length"], e["stiffness"], isDamped ? e["damping"] : 0),
        };
    }
}
