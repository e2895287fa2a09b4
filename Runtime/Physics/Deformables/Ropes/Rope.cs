using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>What a rope is made of. Each number may be one for all, or one for each segment or bend.</summary>
    public sealed class RopeMaterial
    {
        /// <summary>Mass of a metre, in kilograms.</summary>
        public ElementValues Density { get; set; } = 0.1;

        /// <summary>The force, in newtons, that would double the length (EA).</summary>
        public ElementValues StretchStiffness { get; set; } = 1000;

        /// <summary>Bending rigidity, in N m^2 (EI); 0 for all leaves it out.</summary>
        public ElementValues BendingStiffness { get; set; } = 1e-4;

        /// <summary>Damping of both as a time, in seconds, that multiplies the stiffness; one number for all; 0 leaves it out.</summary>
        public double Damping { get; set; } = 0.001;
    }

    /// <summary>A rope in a world.</summary>
    public sealed class Rope
    {
        internal Rope(int first, int count, ElementSet segments, ElementSet bends)
        {
            FirstParticle = first;
            Count = count;
            Segments = segments;
            Bends = bends;
        }

        /// <summary>The particle at its first point; the others follow.</summary>
        public int FirstParticle { get; }

        /// <summary>The number of its particles.</summary>
        public int Count { get; }

        /// <summary>The particle at its last point.</summary>
        public int LastParticle => FirstParticle + Count - 1;

        /// <summary>The segments, of <see cref="RopeSegmentKind"/>.</summary>
        public ElementSet Segments { get; }

        /// <summary>The bends, of <see cref="RopeBendKind"/>; null if bending was left out.</summary>
        public ElementSet Bends { get; }

        /// <summary>Mass of a metre, in kilograms.</summary>
        public Buffer Density => Segments["density"];

        /// <summary>The force, in newtons, that would double the length.</summary>
        public Buffer StretchStiffness => Segments["stretch stiffness"];
    }
}
