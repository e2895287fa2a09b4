using System;

namespace DiffPhysics.Physics
{
    /// <summary>Candidate points of one manifold, before four of them are chosen.</summary>
    internal sealed class ManifoldPoints
    {
        private readonly int[] chosen = new int[ManifoldReduction.Limit];
        private Double3[] positions = new Double3[32];
        private double[] gaps = new double[32];
        private int[] features = new int[32];
        private int count;

        public void Clear() => count = 0;

        public void Add(Double3 position, double gap, int feature)
        {
            if (count == positions.Length)
            {
                Array.Resize(ref positions, 2 * count);
                Array.Resize(ref gaps, 2 * count);
                Array.Resize(ref features, 2 * count);
            }

            positions[count] = position;
            gaps[count] = gap;
            features[count] = feature;
            count++;
        }

        /// <summary>Chooses the points to keep and returns how many; <see cref="Feature"/> then names them.</summary>
        public int Reduce(Double3 normal, double evenness) =>
            ManifoldReduction.Choose(positions, gaps, count, normal, evenness, chosen);

        /// <summary>What was added with the i-th point that was kept.</summary>
        public int Feature(int i) => features[chosen[i]];
    }
}
