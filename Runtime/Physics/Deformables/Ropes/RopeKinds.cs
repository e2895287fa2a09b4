using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A segment of a rope, of length l0 at rest: the strain l / l0 - 1, with stiffness EA (the force, in newtons, that would double the length)
    /// times l0.
    /// </summary>
    public sealed class RopeSegmentKind : ElementKind
    {
        private readonly bool isDamped;

        /// <summary>Segments.</summary>
        /// <param name="isDamped">Whether damping is computed at all.</param>
        public RopeSegmentKind(bool isDamped = true) => this.isDamped = isDamped;

        /// <inheritdoc/>
        public override string Name => "rope segment";

        /// <inheritdoc/>
        public override int Particles => 2;

        /// <inheritdoc/>
        public override IReadOnlyList<ElementParameter> Parameters => new[] { new ElementParameter("density"), new ElementParameter("stretch stiffness"), new ElementParameter("damping") };

        /// <summary>The length.</summary>
        public override int RestSize => 1;

        /// <inheritdoc/>
        public override bool HasMass => true;

        /// <inheritdoc/>
        public override Real[] Rest(ElementInputs e) => new[] { (e.Position[1] - e.Position[0]).Length };

        /// <inheritdoc/>
        public override Real Mass(ElementInputs e) => 0.5 * e["density"] * e.Rest[0];

        /// <inheritdoc/>
        public override Strain[] Strains(ElementInputs e)
        {
            Real stiffness = e["stretch stiffness"] * e.Rest[0];
            return new[] { new Strain((e.Position[1] - e.Position[0]).Length / e.Rest[0] - 1, stiffness, isDamped ? stiffness * e["damping"] : 0) };
        }
    }

    /// <summary>
    /// Two segments of a rope that meet at particle 1, straight at rest. The strains are the components of the curvature binormal
    /// 2 e x f / (|e| |f| + e . f), whose size is 2 tan(t / 2) for the turning angle t, with stiffness B / l: bending rigidity B in N m^2, and l half the
    /// length of both segments at rest. Source: Bergou, Wardetzky, Robinson, Audoly and Grinspun, "Discrete Elastic Rods" (2008). Damping must not
    /// brake a rope that turns as a whole, so it acts on the size of the binormal c alone, as sqrt(c^2 + 0.01^2), which is smooth where the rope is
    /// straight.
    /// </summary>
    public sealed class RopeBendKind : ElementKind
    {
        private const double Smooth = 0.01;
        private readonly bool isDamped;

        /// <summary>Bends.</summary>
        /// <param name="isDamped">Whether damping is computed at all.</param>
        public RopeBendKind(bool isDamped = true) => this.isDamped = isDamped;

        /// <inheritdoc/>
        public override string Name => "rope bend";

        /// <inheritdoc/>
        public override int Particles => 3;

        /// <inheritdoc/>
        public override IReadOnlyList<ElementParameter> Parameters => new[] { new ElementParameter("bending stiffness"), new ElementParameter("damping") };

        /// <summary>Half the length of both segments.</summary>
        public override int RestSize => 1;

        /// <inheritdoc/>
        public override Real[] Rest(ElementInputs e) =>
            new[] { 0.5 * ((e.Position[1] - e.Position[0]).Length + (e.Position[2] - e.Position[1]).Length) };

        /// <inheritdoc/>
        public override Strain[] Strains(ElementInputs e)
        {
            Real3 a = e.Position[1] - e.Position[0], b = e.Position[2] - e.Position[1];
            Real3 curvature = Real3.Cross(a, b) * (2 / (a.Length * b.Length + Real3.Dot(a, b)));
            Real stiffness = e["bending stiffness"] / e.Rest[0];
            var strains = new List<Strain> { new Strain(curvature.X, stiffness, 0), new Strain(curvature.Y, stiffness, 0), new Strain(curvature.Z, stiffness, 0) };
            if (isDamped) strains.Add(new Strain(Real.Sqrt(curvature.LengthSquared + Smooth * Smooth), 0, stiffness * e["damping"]));
            return strains.ToArray();
        }
    }
}
