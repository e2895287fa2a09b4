using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Puts elements into batches within which no two share a particle, so that a batch can be solved at once.</summary>
    internal static class ElementBatches
    {
        /// <summary>Elements of each batch, ascending: each goes to the first batch that none of its particles is in (greedy colouring).</summary>
        public static List<List<int>> Of(int[][] elements, int particles)
        {
            var batches = new List<List<int>>();
            var taken = new List<bool[]>();
            for (int e = 0; e < elements.Length; e++)
            {
                int batch = 0;
                while (batch < batches.Count && IsTaken(taken[batch], elements[e])) batch++;
                if (batch == batches.Count)
                {
                    batches.Add(new List<int>());
                    taken.Add(new bool[particles]);
                }

                batches[batch].Add(e);
                foreach (int p in elements[e]) taken[batch][p] = true;
            }

            return batches;
        }

        private static bool IsTaken(bool[] taken, int[] element)
        {
            foreach (int p in element)
                if (taken[p]) return true;
            return false;
        }
    }
}
