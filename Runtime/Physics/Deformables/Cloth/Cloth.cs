using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>A cloth in a world: where its particles are and what can be tuned.</summary>
    public sealed class Cloth
    {
        internal Cloth(int first, TriangleMesh mesh, ElementSet membrane, ElementSet hinges, ElementSet air)
        {
            FirstParticle = first;
            Mesh = mesh;
            Membrane = membrane;
            Hinges = hinges;
            Air = air;
        }

        /// <summary>The particle of the mesh's vertex 0; the others follow.</summary>
        public int FirstParticle { get; }

        /// <summary>The mesh that it was made of.</summary>
        public TriangleMesh Mesh { get; }

        /// <summary>The triangles, of <see cref="MembraneKind"/>.</summary>
        public ElementSet Membrane { get; }

        /// <summary>The hinges, of <see cref="HingeKind"/>; null if bending was left out.</summary>
        public ElementSet Hinges { get; }

        /// <summary>The triangles in the air, of <see cref="AirKind"/>; null if air was left out.</summary>
        public ElementSet Air { get; }

        /// <summary>Mass of a square metre, in kilograms.</summary>
        public Buffer Density => Membrane["density"];

        /// <summary>Stiffness along the warp, in N/m.</summary>
        public Buffer WarpStiffness => Membrane["warp stiffness"];

        /// <summary>Stiffness across the warp, in N/m.</summary>
        public Buffer WeftStiffness => Membrane["weft stiffness"];

        /// <summary>Stiffness against shear, in N/m.</summary>
        public Buffer ShearStiffness => Membrane["shear stiffness"];

        /// <summary>Stiffness against change of area, in N/m.</summary>
        public Buffer AreaStiffness => Membrane["area stiffness"];

        /// <summary>Damping time, in seconds.</summary>
        public Buffer Damping => Membrane["damping"];

        /// <summary>The particle of a vertex of the mesh.</summary>
        public int Particle(int vertex) => FirstParticle + vertex;
    }
}
