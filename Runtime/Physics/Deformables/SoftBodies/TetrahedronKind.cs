using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A tetrahedron of stable neo-Hookean material: with the deformation gradient F, I = |F|^2, J = det F and the volume V at rest, the energy
    /// <code>V (mu (I - 3) / 2 - mu log((I + 1) / 4) / 2 + lambda ((J - a)^2 - (1 - a)^2) / 2),  a = 1 + 3 mu / (4 lambda)</code>
    /// Its mu and lambda are 4/3 mu_L and lambda_L + 5/6 mu_L of the Lame parameters, so that small strains follow linear elasticity. It holds
    /// through inversion. Source: Smith, de Goes and Kim, "Stable Neo-Hookean Flesh Simulation" (2018).
    /// Viscosity n (Pa s) dissipates n |E'|^2 V, with E = (F^T F - 1) / 2; a muscle of activation s (Pa) along the unit fibre f pulls with the
    /// energy s |F f|^2 V / 2.
    /// </summary>
    public sealed class TetrahedronKind : ElementKind
    {
        private readonly bool byYoung, isDamped, hasMuscle;

        /// <summary>Tetrahedra.</summary>
        /// <param name="byYoung">Whether Young's modulus and Poisson's ratio are the parameters, in place of those of Lame.</param>
        /// <param name="isDamped">Whether viscosity is computed at all.</param>
        /// <param name="hasMuscle">Whether muscles are.</param>
        public TetrahedronKind(bool byYoung = false, bool isDamped = true, bool hasMuscle = false)
        {
            this.byYoung = byYoung;
            this.isDamped = isDamped;
            this.hasMuscle = hasMuscle;
        }

        /// <inheritdoc/>
        public override string Name => "tetrahedron";

        /// <inheritdoc/>
        public override int Particles => 4;

        /// <inheritdoc/>
        public override IReadOnlyList<ElementParameter> Parameters => new[]
        {
            new ElementParameter("density"), byYoung ? new ElementParameter("young") : new ElementParameter("mu"), byYoung ? new ElementParameter("poisson") : new ElementParameter("lambda"),
            new ElementParameter("viscosity"), new ElementParameter("activation", double.NegativeInfinity), new ElementParameter("fibre", double.NegativeInfinity, 3),
        };

        /// <summary>The inverse of the matrix of rest edges, by rows, and the volume.</summary>
        public override int RestSize => 10;

        /// <inheritdoc/>
        public override bool HasMass => true;

        /// <inheritdoc/>
        public override Real[] Rest(ElementInputs e)
        {
            var edges = Edges(e);
            Real3x3 rows = edges.Inverse.Transpose; // its columns are the rows of the inverse
            return new[] { rows.X.X, rows.X.Y, rows.X.Z, rows.Y.X, rows.Y.Y, rows.Y.Z, rows.Z.X, rows.Z.Y, rows.Z.Z, edges.Determinant * (1.0 / 6) };
        }

        /// <inheritdoc/>
        public override Real Mass(ElementInputs e) => 0.25 * e["density"] * e.Rest[9];

        /// <inheritdoc/>
        public override Real Energy(ElementInputs e)
        {
            (Real mu, Real lambda) = Material(e);
            Real3x3 f = Deformation(e);
            Real size = Size(f), a = 1 + 0.75 * mu / lambda, beyond = f.Determinant - a;
            Real energy = 0.5 * (mu * (size - 3 - Real.Log(0.25 * (size + 1))) + lambda * (beyond * beyond - (1 - a) * (1 - a)));
            if (hasMuscle) energy += 0.5 * e["activation"] * (f * e.Vector("fibre")).LengthSquared;
            return energy * e.Rest[9];
        }

        /// <inheritdoc/>
        public override bool HasOwnEnergy => true;

        /// <summary>
        /// The components of E, with the stiffness that linear elasticity has and the viscosity, the change of volume J - 1, and the stretch of a
        /// muscle that pulls.
        /// </summary>
        public override Strain[] Strains(ElementInputs e)
        {
            (Real mu, Real lambda) = Material(e);
            Real3x3 f = Deformation(e);
            Real volume = e.Rest[9], stiff = 2 * mu * volume, damp = isDamped ? 2 * e["viscosity"] * volume : 0;
            var strains = new List<Strain>
            {
                new Strain(0.5 * f.X.LengthSquared - 0.5, stiff, damp), new Strain(0.5 * f.Y.LengthSquared - 0.5, stiff, damp), new Strain(0.5 * f.Z.LengthSquared - 0.5, stiff, damp),
                new Strain(0.5 * Real3.Dot(f.X, f.Y), 2 * stiff, 2 * damp), new Strain(0.5 * Real3.Dot(f.Y, f.Z), 2 * stiff, 2 * damp), new Strain(0.5 * Real3.Dot(f.Z, f.X), 2 * stiff, 2 * damp),
                new Strain(f.Determinant - 1, lambda * volume, 0),
            };
            if (hasMuscle) strains.Add(new Strain((f * e.Vector("fibre")).Length, Real.Max(e["activation"], 0) * volume, 0));
            return strains.ToArray();
        }

        // mu_L = E / (2 (1 + n)), lambda_L = E n / ((1 + n) (1 - 2 n)).
        private (Real mu, Real lambda) Material(ElementInputs e)
        {
            Real mu, lambda;
            if (byYoung)
            {
                Real n = e["poisson"], over = e["young"] / (1 + n);
                (mu, lambda) = (0.5 * over, over * n / (1 - 2 * n));
            }
            else
            {
                (mu, lambda) = (e["mu"], e["lambda"]);
            }

            return (4.0 / 3 * mu, lambda + 5.0 / 6 * mu);
        }

        private static Real Size(Real3x3 f) => f.X.LengthSquared + f.Y.LengthSquared + f.Z.LengthSquared;

        private static Real3x3 Edges(ElementInputs e) =>
            new Real3x3(e.Position[1] - e.Position[0], e.Position[2] - e.Position[0], e.Position[3] - e.Position[0]);

        // F = D B, with D the edges and B the inverse of those at rest.
        private static Real3x3 Deformation(ElementInputs e)
        {
            Real3x3 d = Edges(e);
            return new Real3x3(Column(0), Column(1), Column(2));

            Real3 Column(int c) => d.X * e.Rest[c] + d.Y * e.Rest[3 + c] + d.Z * e.Rest[6 + c];
        }
    }
}
