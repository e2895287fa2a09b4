using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Two triangles that bend about their common edge, from particle 0 to 1, towards 2 and 3: with the dihedral angle t, flat at 0, the strain is
    /// t - t0, its stiffness the bending rigidity B in N m times 3 l^2 / (A1 + A2), with the edge's length l and the areas at rest. Source:
    /// Grinspun, Hirani, Desbrun and Schroeder, "Discrete Shells" (2003).
    /// </summary>
    public sealed class HingeKind : ElementKind
    {
        private readonly bool isDamped;

        /// <summary>Hinges.</summary>
        /// <param name="isDamped">Whether damping is computed at all.</param>
        public HingeKind(bool isDamped = true) => this.isDamped = isDamped;

        /// <inheritdoc/>
        public override string Name => "hinge";

        /// <inheritdoc/>
        public override int Particles => 4;

        /// <inheritdoc/>
        public override IReadOnlyList<ElementParameter> Parameters => new[] { new ElementParameter("bending stiffness"), new ElementParameter("bending damping") };

        /// <summary>The angle and 3 l^2 / (A1 + A2).</summary>
        public override int RestSize => 2;

        /// <inheritdoc/>
        public override Real[] Rest(ElementInputs e)
        {
            Real3 edge = e.Position[1] - e.Position[0];
            Real areas = 0.5 * (Real3.Cross(edge, e.Position[2] - e.Position[0]).Length + Real3.Cross(e.Position[3] - e.Position[0], edge).Length);
            return new[] { Angle(e), 3 * edge.LengthSquared / areas };
        }

        /// <inheritdoc/>
        public override Strain[] Strains(ElementInputs e)
        {
            Real stiffness = e["bending stiffness"] * e.Rest[1];
            return new[] { new Strain(Angle(e) - e.Rest[0], stiffness, isDamped ? stiffness * e["bending damping"] : 0) };
        }

        // With the edge e, a and b from its start towards the two tips, and the normals n = e x a, m = b x e: (n x m) . e / |e| = |e| (a . m), so
        // tan t = |e| (a . m) / (n . m). Both normals are over e^2, so that the triangles' size does not matter; where one is flat it does not turn.
        private static Real Angle(ElementInputs e)
        {
            Real3 edge = e.Position[1] - e.Position[0], a = e.Position[2] - e.Position[0], b = e.Position[3] - e.Position[0];
            Real square = edge.LengthSquared, over = Real.Select(square > 0, 1 / square, 0);
            Real3 n = Real3.Cross(edge, a) * over, m = Real3.Cross(b, edge) * over;
            return Real.Atan2(edge.Length * over * Real3.Dot(a, m), Real3.Dot(n, m));
        }
    }
}
