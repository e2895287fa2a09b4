using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Puts elements into batches within which no two share a particle, so that a batch can be solved at once. Elements of regular meshes, which name particles at the
    /// same distances from one another, go into batches of their own, in order: then the indices of a batch rise in steps.
    /// </summary>
    internal static class ElementBatches
    {
        private const int LeastPart = 32; // kinds of elements with less than this part of all go with the others

        /// <summary>Elements of each batch: each goes to the first batch of its kind that none of its particles is in (greedy colouring).</summary>
        public static List<List<int>> Of(int[][] elements, int particles)
        {
            var batches = new List<List<int>>();
            var kinds = new Dictionary<(int, int, int), List<int>>();
            var order = new List<List<int>>();
            for (int e = 0; e < elements.Length; e++)
            {
                int[] p = elements[e];
                (int, int, int) kind = (p[1] - p[0], p.Length > 2 ? p[2] - p[0] : 0, p.Length > 3 ? p[3] - p[0] : 0);
                if (!kinds.TryGetValue(kind, out List<int> members))
                {
                    kinds.Add(kind, members = new List<int>());
                    order.Add(members);
                }

                members.Add(e);
            }

            var others = new List<int>();
            foreach (List<int> members in order)
            {
                if (members.Count * LeastPart < elements.Length) others.AddRange(members);
                else Colour(elements, particles, members, batches);
            }

            Colour(elements, particles, others, batches);
            return batches;
        }

        private static void Colour(int[][] elements, int particles, List<int> members, List<List<int>> batches)
        {
            members.Sort((x, y) => elements[x][0] != elements[y][0] ? elements[x][0].CompareTo(elements[y][0]) : x.CompareTo(y));
            int first = batches.Count;
            var taken = new List<bool[]>();
            foreach (int e in members)
            {
                int batch = 0;
                while (batch < taken.Count && IsTaken(taken[batch], elements[e])) batch++;
                if (batch == taken.Count)
                {
                    batches.Add(new List<int>());
                    taken.Add(new bool[particles]);
                }

                batches[first + batch].Add(e);
                foreach (int p in elements[e]) taken[batch][p] = true;
            }
        }

        private static bool IsTaken(bool[] taken, int[] element)
        {
            foreach (int p in element)
                if (taken[p]) return true;
            return false;
        }
    }
}
