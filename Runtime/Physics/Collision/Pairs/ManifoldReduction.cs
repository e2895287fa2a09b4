using System;

namespace DiffPhysics.Physics
{
    /// <summary>Picks the points that hold a body up best.</summary>
    internal static class ManifoldReduction
    {
        /// <summary>Points kept of a manifold.</summary>
        public const int Limit = 4;

        /// <summary>
        /// Chooses at most four of the points: first the deepest, then the farthest from it, then the ones that span the
        /// largest area on either side of the line between them. Of many points only those about as deep as the fourth
        /// deepest are considered, so that far ones that merely lie within reach do not push out near ones.
        /// </summary>
        /// <param name="points">Points on, or projected to, the contact plane.</param>
        /// <param name="gaps">Their gaps.</param>
        /// <param name="count">How many points there are.</param>
        /// <param name="normal">Normal of the contact plane.</param>
        /// <param name="evenness">Gaps that differ by less count as equal, in metres.</param>
        /// <param name="chosen">Receives the positions of the chosen points in ascending order.</param>
        /// <returns>How many were chosen.</returns>
        public static int Choose(ReadOnlySpan<Double3> points, ReadOnlySpan<double> gaps, int count, Double3 normal, double evenness, Span<int> chosen)
        {
            if (count <= Limit)
            {
                for (int i = 0; i < count; i++)
                {
                    chosen[i] = i;
                }

                return count;
            }

            double limit = FourthSmallest(gaps, count) + evenness;
            int first = Best(points, gaps, count, double.PositiveInfinity, default, default, 0);
            int second = Best(points, gaps, count, limit, points[first], default, 1);
            Double3 across = Double3.Cross(points[second] - points[first], normal);
            int third = Best(points, gaps, count, limit, points[first], across, 2);
            int fourth = Best(points, gaps, count, limit, points[first], -across, 2);
            chosen[0] = first;
            int n = 1;
            n = Append(chosen, n, second);
            n = Append(chosen, n, third);
            n = Append(chosen, n, fourth);
            Sort(chosen, n);
            return n;
        }

        // Scores: 0 depth, 1 distance from a point, 2 distance across a line on its positive side.
        private static int Best(
            ReadOnlySpan<Double3> points, ReadOnlySpan<double> gaps, int count, double limit, Double3 origin, Double3 across, int rule)
        {
            int best = -1;
            double bestScore = double.NegativeInfinity;
            for (int i = 0; i < count; i++)
            {
                if (gaps[i] > limit)
                {
                    continue;
                }

                double score = rule == 0 ? -gaps[i] : rule == 1 ? (points[i] - origin).LengthSquared : Double3.Dot(points[i] - origin, across);
                if (score > bestScore)
                {
                    best = i;
                    bestScore = score;
                }
            }

            return best;
        }

        private static int Append(Span<int> chosen, int count, int index)
        {
            for (int i = 0; i < count; i++)
            {
                if (chosen[i] == index)
                {
                    return count;
                }
            }

            chosen[count] = index;
            return count + 1;
        }

        private static void Sort(Span<int> values, int count)
        {
            for (int i = 1; i < count; i++)
            {
                for (int j = i; j > 0 && values[j] < values[j - 1]; j--)
                {
                    int swap = values[j];
                    values[j] = values[j - 1];
                    values[j - 1] = swap;
                }
            }
        }

        private static double FourthSmallest(ReadOnlySpan<double> gaps, int count)
        {
            double a = double.PositiveInfinity, b = a, c = a, d = a;
            for (int i = 0; i < count; i++)
            {
                double g = gaps[i];
                if (g < a)
                {
                    d = c;
                    c = b;
                    b = a;
                    a = g;
                }
                else if (g < b)
                {
                    d = c;
                    c = b;
                    b = g;
                }
                else if (g < c)
                {
                    d = c;
                    c = g;
                }
                else if (g < d)
                {
                    d = g;
                }
            }

            return d;
        }
    }
}
