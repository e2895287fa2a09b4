using System;
using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>Finds the name a person probably meant, for error texts.</summary>
    public static class NearestName
    {
        /// <summary>The candidate with the smallest edit distance, or null when none is similar.</summary>
        /// <param name="name">The name that was not found.</param>
        /// <param name="candidates">Names that exist.</param>
        public static string Find(string name, IEnumerable<string> candidates)
        {
            string best = null;
            int bestDistance = int.MaxValue;
            foreach (string candidate in candidates)
            {
                int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
                if (distance < bestDistance)
                {
                    best = candidate;
                    bestDistance = distance;
                }
            }
            int tolerated = Math.Max(2, name.Length / 2);
            return bestDistance <= tolerated ? best : null;
        }

        /// <summary>The end of a sentence: ", did you mean 'x'?", or a full stop when no candidate is similar.</summary>
        /// <param name="name">The name that was not found.</param>
        /// <param name="candidates">Names that exist.</param>
        public static string Hint(string name, IEnumerable<string> candidates)
        {
            string nearest = Find(name, candidates);
            return nearest == null ? "." : $", did you mean '{nearest}'?";
        }

        // Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each.
        private static int Distance(string a, string b)
        {
            var d = new int[a.Length + 1, b.Length + 1];
            for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
            for (int j = 0; j <= b.Length; j++) d[0, j] = j;
            for (int i = 1; i <= a.Length; i++)
            {
                for (int j = 1; j <= b.Length; j++)
                {
                    int substitution = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                    int cost = Math.Min(substitution, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                    bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    d[i, j] = swapped ? Math.Min(cost, d[i - 2, j - 2] + 1) : cost;
                }
            }
            return d[a.Length, b.Length];
        }
    }
}
