using System;

namespace DiffPhysics.Physics
{
    /// <summary>Picks the points that hold a body up best.</summary>
    internal static class ManifoldReduction
    {
        /// <summary>Points kept of a manifold.</summary>
        public const int Limit = 4;

        // Distances that differ by a smaller part count as equal.
        private const double Likeness = 0.01;

        /// <summary>
        /// Chooses at most four of the points: first the deepest, then the farthest from it, then the ones that span the
        /// largest area on either side of the line between them. Of many points only those about as deep as the fourth
        /// deepest are considered, so that far ones that merely lie within reach do not push out near ones. Of points that are about
        /// as good the first is taken, so that the choice does not change from step to step by what rounding and small motions do.
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
            int first = Deepest(gaps, count, evenness);
            int second = Best(points, gaps, count, limit, points[first], default);
            Double3 across = Double3.Cross(points[second] - points[first], normal);
            int third = Best(points, gaps, count, limit, points[first], across);
            int fourth = Best(points, gaps, count, limit, points[first], -across);
            chosen[0] = first;
            int n = 1;
            n = Append(chosen, n, second);
            n = Append(chosen, n, third);
            n = Append(chosen, n, fourth);
            Sort(chosen, n);
            return n;
        }

        private static int Deepest(ReadOnlySpan<double> gaps, int count, double evenness)
        {
            double least = double.PositiveInfinity;
            for (int i = 0; i < count; i++)
            {
                least = Math.Min(least, gaps[i]);
            }

            int first = 0;
            while (gaps[first] > least + evenness)
            {
                first++;
            }

            return first;
        }

        // The farthest from a point, or, where there is one, across a line on its positive side.
        private static int Best(ReadOnlySpan<Double3> points, ReadOnlySpan<double> gaps, int count, double limit, Double3 origin, Double3 across)
        {
            int best = -1;
            double bestScore = 0;
            bool isDistance = across.Equals(Double3.Zero);
            for (int i = 0; i < count; i++)
            {
                if (gaps[i] > limit)
                {
                    continue;
                }

                double score = isDistance ? (points[i] - origin).Length : Double3.Dot(points[i] - origin, across);
                if (best < 0 || score > bestScore + Likeness * Math.Abs(bestScore))
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
