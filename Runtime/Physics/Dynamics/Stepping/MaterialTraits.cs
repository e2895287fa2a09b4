using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Which shapes resist turning and which are soft: where a number is not zero. It picks kernels, as features do.</summary>
    internal sealed class MaterialTraits
    {
        private readonly Buffer materials;
        private readonly bool[] resists, isSoft;
        private int seen;

        public MaterialTraits(Buffer materials)
        {
            this.materials = materials;
            resists = new bool[materials.Elements];
            isSoft = new bool[materials.Elements];
            seen = materials.Version - 1;
        }

        /// <summary>Looks at what the buffer has now.</summary>
        public void Follow()
        {
            if (materials.Version == seen) return;
            seen = materials.Version;
            for (int shape = 0; shape < resists.Length; shape++)
            {
                resists[shape] = materials[shape, 2] > 0 || materials[shape, 3] > 0;
                isSoft[shape] = materials[shape, 4] > 0;
            }
        }

        public bool Resists(int a, int b) => resists[a] || resists[b];

        public bool IsSoft(int a, int b) => isSoft[a] || isSoft[b];
    }
}
