using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A triangle of cloth in its plane. With F the deformation gradient, its columns the images of the unit vectors along warp and weft, and A
    /// the area at rest, the strains are |F_u| - 1, |F_v| - 1 (stretch), the cosine between F_u and F_v (shear) and |F_u x F_v| - 1 (area), each with its stiffness in
    /// N/m times A. A damping time t, in seconds, adds t times the stiffness as damping. After Baraff and Witkin,
    /// "Large Steps in Cloth Simulation" (1998), section 4; the cosine in place of the product keeps shear apart from stretch where a triangle is flattened.
    /// </summary>
    public sealed class MembraneKind : ElementKind
    {
        private readonly bool isDamped, keepsArea;

        /// <summary>Triangles.</summary>
        /// <param name="isDamped">Whether damping is computed at all.</param>
        /// <param name="keepsArea">Whether the area's strain is.</param>
        public MembraneKind(bool isDamped = true, bool keepsArea = true)
        {
            this.isDamped = isDamped;
            this.keepsArea = keepsArea;
        }

        /// <inheritdoc/>
        public override string Name => "membrane";

        /// <inheritdoc/>
        public override int Particles => 3;

        /// <inheritdoc/>
        public override IReadOnlyList<ElementParameter> Parameters => new[]
        {
            new ElementParameter("density"), new ElementParameter("warp stiffness"), new ElementParameter("weft stiffness"), new ElementParameter("shear stiffness"),
            new ElementParameter("area stiffness"), new ElementParameter("damping"), new ElementParameter("warp", double.NegativeInfinity, 3),
        };

        /// <summary>The inverse of the matrix of rest edges along warp (row 0) and weft (row 1), by rows, and the area.</summary>
        public override int RestSize => 5;

        /// <inheritdoc/>
        public override bool HasMass => true;

        /// <inheritdoc/>
        public override Real[] Rest(ElementInputs e)
        {
            Real3 a = e.Position[1] - e.Position[0], b = e.Position[2] - e.Position[0];
            Real3 normal = Real3.Normalise(Real3.Cross(a, b), out Real doubleArea);
            Real3 warp = e.Vector("warp"), along = warp - normal * Real3.Dot(normal, warp);
            Real3 u = Real3.Normalise(Real3.Select(along.LengthSquared > 1e-12, along, a)), v = Real3.Cross(normal, u);
            Real au = Real3.Dot(a, u), av = Real3.Dot(a, v), bu = Real3.Dot(b, u), bv = Real3.Dot(b, v), over = 1 / (au * bv - bu * av);
            return new[] { bv * over, -bu * over, -av * over, au * over, 0.5 * doubleArea };
        }

        /// <inheritdoc/>
        public override Real Mass(ElementInputs e) => e["density"] * e.Rest[4] * (1.0 / 3);

        /// <inheritdoc/>
        public override Strain[] Strains(ElementInputs e)
        {
            Real3 a = e.Position[1] - e.Position[0], b = e.Position[2] - e.Position[0];
            Real3 u = a * e.Rest[0] + b * e.Rest[2], v = a * e.Rest[1] + b * e.Rest[3];
            Real area = e.Rest[4];
            var strains = new List<Strain>
            {
                Of(u.Length - 1, e["warp stiffness"]), Of(v.Length - 1, e["weft stiffness"]), Of(Real3.Dot(Real3.Normalise(u), Real3.Normalise(v)), e["shear stiffness"]),
            };
            if (keepsArea) strains.Add(Of(Real3.Cross(u, v).Length - 1, e["area stiffness"]));
            return strains.ToArray();

            Strain Of(Real value, Real stiffness) => new Strain(value, stiffness * area, isDamped ? stiffness * area * e["damping"] : 0);
        }
    }
}
