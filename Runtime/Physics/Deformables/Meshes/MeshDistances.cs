using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Distances along a mesh at rest: along its edges, and across the two triangles at each of them.</summary>
    internal sealed class MeshDistances
    {
        private readonly List<(int to, double length)>[] ways;
        private readonly List<int>[] edges;

        public MeshDistances(TriangleMesh mesh)
        {
            IReadOnlyList<Double3> x = mesh.Vertices;
            ways = new List<(int, double)>[x.Count];
            edges = new List<int>[x.Count];
            for (int v = 0; v < ways.Length; v++) (ways[v], edges[v]) = (new List<(int, double)>(), new List<int>());
            foreach (int[] t in mesh.Triangles)
                for (int k = 0; k < 3; k++) Join(t[k], t[(k + 1) % 3], true);
            foreach (int[] h in mesh.Hinges()) Join(h[2], h[3], false);

            void Join(int a, int b, bool isEdge)
            {
                double length = Double3.Distance(x[a], x[b]);
                ways[a].Add((b, length));
                ways[b].Add((a, length));
                if (!isEdge) return;
                edges[a].Add(b);
                edges[b].Add(a);
            }
        }

        /// <summary>Groups of chosen vertices that edges between them join.</summary>
        public List<List<int>> Patches(Func<int, bool> isChosen)
        {
            var patches = new List<List<int>>();
            var seen = new bool[ways.Length];
            for (int v = 0; v < ways.Length; v++)
            {
                if (seen[v] || !isChosen(v)) continue;
                var patch = new List<int> { v };
                seen[v] = true;
                for (int k = 0; k < patch.Count; k++)
                    foreach (int next in edges[patch[k]])
                    {
                        if (seen[next] || !isChosen(next)) continue;
                        seen[next] = true;
                        patch.Add(next);
                    }

                patches.Add(patch);
            }

            return patches;
        }

        /// <summary>Shortest way of each vertex to any of some, and to which; infinite where there is none (Dijkstra).</summary>
        public (double[] distance, int[] nearest) From(List<int> sources)
        {
            var distance = new double[ways.Length];
            var nearest = new int[ways.Length];
            Array.Fill(distance, double.PositiveInfinity);
            var queue = new SortedSet<(double, int)>();
            foreach (int s in sources)
            {
                (distance[s], nearest[s]) = (0, s);
                queue.Add((0, s));
            }

            while (queue.Count > 0)
            {
                (double length, int v) = queue.Min;
                queue.Remove((length, v));
                foreach ((int to, double way) in ways[v])
                {
                    double total = length + way;
                    if (total >= distance[to]) continue;
                    queue.Remove((distance[to], to));
                    (distance[to], nearest[to]) = (total, nearest[v]);
                    queue.Add((total, to));
                }
            }

            return (distance, nearest);
        }
    }
}
