using System.Collections.Generic;
using System.Linq;

namespace DiffPhysics.Scenes
{
    /// <summary>What the elements of a deformable are that a number may differ between.</summary>
    internal enum DeformableElement
    {
        All,
        Particle,
        Spring,
        Triangle,
        Hinge,
        Segment,
        Bend,
        Tetrahedron,
    }

    /// <summary>A number of a deformable's material: one table from which format, rules, paths and simulation follow.</summary>
    internal sealed class DeformableNumber
    {
        private static readonly IReadOnlyDictionary<string, DeformableNumber[]> Table = new Dictionary<string, DeformableNumber[]>
        {
            ["springs"] = new[]
            {
                new DeformableNumber("mass", "kg", "Mass of a particle.", DeformableElement.Particle, 1),
                new DeformableNumber("stiffness", "N/m", "Stiffness of a spring.", DeformableElement.Spring, 100),
                new DeformableNumber("damping", "N s/m", "Damping of a spring.", DeformableElement.Spring, 0),
                new DeformableNumber("restLength", "m", "Length of a spring at rest; by default as long as it is at the start.", DeformableElement.Spring),
                LinearDrag(), RestScale(),
            },
            ["cloth"] = new[]
            {
                new DeformableNumber("density", "kg/m^2", "Mass of a square metre.", DeformableElement.Triangle, 0.2),
                new DeformableNumber("warpStiffness", "N/m", "Stiffness along the warp, the mesh's x axis.", DeformableElement.Triangle, 500),
                new DeformableNumber("weftStiffness", "N/m", "Stiffness across the warp.", DeformableElement.Triangle, 500),
                new DeformableNumber("shearStiffness", "N/m", "Stiffness against shear.", DeformableElement.Triangle, 250),
                new DeformableNumber("areaStiffness", "N/m", "Stiffness against change of area.", DeformableElement.Triangle, 0),
                new DeformableNumber("damping", "s", "Damping as a time that multiplies the stiffnesses.", DeformableElement.Triangle, 0.002),
                new DeformableNumber("bendingStiffness", "N m", "Bending rigidity.", DeformableElement.Hinge, 2e-5),
                new DeformableNumber("bendingDamping", "s", "Damping of bending as a time that multiplies the rigidity.", DeformableElement.Hinge, 0),
                new DeformableNumber("drag", "", "Drag coefficient of air.", DeformableElement.Triangle, 0),
                new DeformableNumber("lift", "", "Lift coefficient of air.", DeformableElement.Triangle, 0),
                new DeformableNumber("airDensity", "kg/m^3", "Density of air.", DeformableElement.Triangle, 1.2),
                new DeformableNumber("wind", "m/s", "Velocity of the air.", DeformableElement.All, 0, 0, 0),
                LinearDrag(), RestScale(),
            },
            ["rope"] = new[]
            {
                new DeformableNumber("density", "kg/m", "Mass of a metre.", DeformableElement.Segment, 0.1),
                new DeformableNumber("stretchStiffness", "N", "The force that would double the length (EA).", DeformableElement.Segment, 1000),
                new DeformableNumber("bendingStiffness", "N m^2", "Bending rigidity (EI).", DeformableElement.Bend, 1e-4),
                new DeformableNumber("damping", "s", "Damping as a time that multiplies both stiffnesses.", DeformableElement.All, 0.001),
                LinearDrag(), RestScale(),
            },
            ["soft"] = new[]
            {
                new DeformableNumber("density", "kg/m^3", "Mass of a cubic metre.", DeformableElement.Tetrahedron, 1000),
                new DeformableNumber("young", "Pa", "Young's modulus; needs 'poisson'.", DeformableElement.Tetrahedron),
                new DeformableNumber("poisson", "", "Poisson's ratio, below 0.5; needs 'young'.", DeformableElement.Tetrahedron),
                new DeformableNumber("mu", "Pa", "Lame's mu; needs 'lambda'.", DeformableElement.Tetrahedron),
                new DeformableNumber("lambda", "Pa", "Lame's lambda; needs 'mu'.", DeformableElement.Tetrahedron),
                new DeformableNumber("viscosity", "Pa s", "Viscosity.", DeformableElement.Tetrahedron, 0),
                new DeformableNumber("activation", "Pa", "Tension of the muscle along 'fibre'; no muscle by default.", DeformableElement.Tetrahedron),
                new DeformableNumber("fibre", "", "Unit direction of the muscle's fibres at rest.", DeformableElement.All, 0, 1, 0),
                LinearDrag(), RestScale(),
            },
        };

        private DeformableNumber(string word, string unit, string meaning, DeformableElement per, params double[] otherwise)
        {
            Word = word;
            Unit = unit;
            Meaning = meaning;
            Per = per;
            Default = otherwise.Length == 0 ? null : otherwise;
        }

        public string Word { get; }
        public string Unit { get; }
        public string Meaning { get; }
        public DeformableElement Per { get; }

        // Null where there is none.
        public double[] Default { get; }

        // Whether it is a vector, which all elements share.
        public bool IsVector => Default != null && Default.Length == 3;

        public bool IsSigned => IsVector;

        // What the elements of the runtime call it: warpStiffness is "warp stiffness" there.
        public string ElementName => string.Concat(Word.Select(c => char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));

        public static IReadOnlyList<DeformableNumber> Of(string type) => Table[type];

        // Paths of a number's components: wind.x, stiffness, or stiffness.3.
        public string PathOf(int index, int count) => IsVector ? Word + "." + "xyz"[index] : count == 1 ? Word : Word + "." + index;

        private static DeformableNumber LinearDrag() => new DeformableNumber("linearDrag", "kg/s", "A force against the velocity of each particle, over it.", DeformableElement.All, 0);

        private static DeformableNumber RestScale() => new DeformableNumber("restScale", "", "Factor on all lengths at rest.", DeformableElement.All, 1);
    }
}
