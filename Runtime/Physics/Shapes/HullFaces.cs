using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Turns the triangles of a convex surface into its faces.</summary>
    internal static class HullFaces
    {
        /// <summary>
        /// Merges neighbouring triangles that lie in one plane, starting from the largest, and leaves out vertices that are
        /// then on straight edges.
        /// </summary>
        public static Polyhedron Merge(Double3[] points, List<int[]> triangles, double tolerance)
        {
            var leftOf = new Dictionary<(int From, int To), int>();
            for (int t = 0; t < triangles.Count; t++)
            {
                for (int k = 0; k < 3; k++)
                {
                    leftOf.Add((triangles[t][k], triangles[t][(k + 1) % 3]), t);
                }
            }

            int[] group = Group(points, triangles, leftOf, tolerance, out int groups);
            var loops = new List<List<int>>();
            for (int g = 0; g < groups; g++)
            {
                loops.Add(Loop(triangles, leftOf, group, g));
            }

            return Compact(points, loops);
        }

        private static int[] Group(
            Double3[] points, List<int[]> triangles, Dictionary<(int From, int To), int> leftOf, double tolerance, out int groups)
        {
            var order = new int[triangles.Count];
            var areas = new double[triangles.Count];
            var group = new int[triangles.Count];
            for (int t = 0; t < order.Length; t++)
            {
                order[t] = t;
                areas[t] = -Normal(points, triangles[t]).Length;
                group[t] = -1;
            }

            Array.Sort(areas, order);
            groups = 0;
            var open = new Stack<int>();
            foreach (int seed in order)
            {
                if (group[seed] >= 0)
                {
                    continue;
                }

                Double3 n = Double3.Normalise(Normal(points, triangles[seed]));
                Double3 origin = points[triangles[seed][0]];
                group[seed] = groups;
                open.Push(seed);
                while (open.Count > 0)
                {
                    int[] t = triangles[open.Pop()];
                    for (int k = 0; k < 3; k++)
                    {
                        int neighbour = leftOf[(t[(k + 1) % 3], t[k])];
                        if (group[neighbour] < 0 && IsInPlane(points, triangles[neighbour], n, origin, tolerance))
                        {
                            group[neighbour] = groups;
                            open.Push(neighbour);
                        }
                    }
                }

                groups++;
            }

            return group;
        }

        private static bool IsInPlane(Double3[] points, int[] triangle, Double3 n, Double3 origin, double tolerance)
        {
            foreach (int v in triangle)
            {
                if (Math.Abs(Double3.Dot(n, points[v] - origin)) > tolerance)
                {
                    return false;
                }
            }

            return Double3.Dot(n, Normal(points, triangle)) >= 0;
        }

        // The boundary of a group: edges whose other side belongs to another.
        private static List<int> Loop(List<int[]> triangles, Dictionary<(int From, int To), int> leftOf, int[] group, int g)
        {
            var next = new Dictionary<int, int>();
            int start = -1;
            for (int t = 0; t < triangles.Count; t++)
            {
                for (int k = 0; k < 3 && group[t] == g; k++)
                {
                    int from = triangles[t][k];
                    int to = triangles[t][(k + 1) % 3];
                    if (group[leftOf[(to, from)]] != g)
                    {
                        next.Add(from, to);
                        start = start < 0 ? from : start;
                    }
                }
            }

            var loop = new List<int>();
            int v = start;
            do
            {
                loop.Add(v);
                v = next[v];
            }
            while (v != start);

            return loop;
        }

        // Keeps the vertices where three faces or more meet.
        private static Polyhedron Compact(Double3[] points, List<List<int>> loops)
        {
            var uses = new int[points.Length];
            foreach (List<int> loop in loops)
            {
                foreach (int v in loop)
                {
                    uses[v]++;
                }
            }

            var index = new int[points.Length];
            var vertices = new List<Double3>();
            for (int v = 0; v < points.Length; v++)
            {
                index[v] = vertices.Count;
                if (uses[v] >= 3)
                {
                    vertices.Add(points[v]);
                }
            }

            var faces = new List<int[]>();
            foreach (List<int> loop in loops)
            {
                loop.RemoveAll(v => uses[v] < 3);
                faces.Add(loop.ConvertAll(v => index[v]).ToArray());
            }

            return new Polyhedron(vertices.ToArray(), faces);
        }

        private static Double3 Normal(Double3[] points, int[] t) => Double3.Cross(points[t[1]] - points[t[0]], points[t[2]] - points[t[0]]);
    }
}
