using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>What a soft body is made of. Each number may be one for all, or one for each tetrahedron.</summary>
    public sealed class SoftMaterial
    {
        private SoftMaterial(bool byYoung, ElementValues first, ElementValues second)
        {
            ByYoung = byYoung;
            First = first;
            Second = second;
        }

        /// <summary>Mass of a cubic metre, in kilograms.</summary>
        public ElementValues Density { get; set; } = 1000;

        /// <summary>Viscosity in Pa s; 0 for all leaves it out.</summary>
        public ElementValues Viscosity { get; set; } = 0;

        /// <summary>Tension of the muscle along <see cref="Fibre"/> in the rest shape, in Pa; nothing given leaves muscles out.</summary>
        public ElementValues Activation { get; set; }

        /// <summary>Direction of the muscle's fibres at rest, a unit vector.</summary>
        public ElementValues Fibre { get; set; } = Double3.UnitY;

        internal bool ByYoung { get; }

        internal ElementValues First { get; }

        internal ElementValues Second { get; }

        /// <summary>Material by Young's modulus in Pa and Poisson's ratio, from 0 to below 0.5.</summary>
        public static SoftMaterial Elastic(ElementValues young, ElementValues poisson) => new SoftMaterial(true, young, poisson);

        /// <summary>Material by the Lame parameters, in Pa.</summary>
        public static SoftMaterial Lame(ElementValues mu, ElementValues lambda) => new SoftMaterial(false, mu, lambda);
    }

    /// <summary>A soft body in a world.</summary>
    public sealed class SoftBody
    {
        internal SoftBody(int first, TetrahedralMesh mesh, ElementSet tetrahedra)
        {
            FirstParticle = first;
            Mesh = mesh;
            Tetrahedra = tetrahedra;
        }

        /// <summary>The particle of the mesh's vertex 0; the others follow.</summary>
        public int FirstParticle { get; }

        /// <summary>The mesh that it was made of.</summary>
        public TetrahedralMesh Mesh { get; }

        /// <summary>The tetrahedra, of <see cref="TetrahedronKind"/>.</summary>
        public ElementSet Tetrahedra { get; }

        /// <summary>Mass of a cubic metre, in kilograms.</summary>
        public Buffer Density => Tetrahedra["density"];

        /// <summary>Lame's mu, in Pa; of materials by <see cref="SoftMaterial.Lame"/>.</summary>
        public Buffer Mu => Tetrahedra["mu"];

        /// <summary>Lame's lambda, in Pa; of materials by <see cref="SoftMaterial.Lame"/>.</summary>
        public Buffer Lambda => Tetrahedra["lambda"];

        /// <summary>Young's modulus, in Pa; of materials by <see cref="SoftMaterial.Elastic"/>.</summary>
        public Buffer Young => Tetrahedra["young"];

        /// <summary>Poisson's ratio; of materials by <see cref="SoftMaterial.Elastic"/>.</summary>
        public Buffer Poisson => Tetrahedra["poisson"];

        /// <summary>Viscosity, in Pa s.</summary>
        public Buffer Viscosity => Tetrahedra["viscosity"];

        /// <summary>Tension of the muscle, in Pa.</summary>
        public Buffer Activation => Tetrahedra["activation"];

        /// <summary>The particle of a vertex of the mesh.</summary>
        public int Particle(int vertex) => FirstParticle + vertex;
    }
}
