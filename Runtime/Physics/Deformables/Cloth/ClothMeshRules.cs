using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>What a mesh must be so that a cloth made of it holds together.</summary>
    internal static class ClothMeshRules
    {
        private const double Near = 1e-6; // of an edge's length

        /// <exception cref="ArgumentException">Two triangles are one, a vertex is in none, or open edges lie on one another without being joined.</exception>
        public static void Check(TriangleMesh mesh, string name)
        {
            if (mesh.Triangles.Count == 0) throw new ArgumentException($"The mesh of cloth '{name}' has no triangles.", nameof(mesh));
            var seen = new Dictionary<(int, int, int), int>();
            var used = new bool[mesh.Vertices.Count];
            for (int t = 0; t < mesh.Triangles.Count; t++)
            {
                (int, int, int) key = MeshRules.Key(mesh.Triangles[t]);
                if (seen.TryGetValue(key, out int other)) throw new ArgumentException($"Triangles {other} and {t} of cloth '{name}' have the same vertices; leave one out.", nameof(mesh));
                seen.Add(key, t);
                foreach (int v in mesh.Triangles[t]) used[v] = true;
            }

            int unused = Array.IndexOf(used, false);
            if (unused >= 0) throw new ArgumentException($"Vertex {unused} of cloth '{name}' is in no triangle, so it has no mass; leave it out.", nameof(mesh));
            CheckSeams(mesh, name);
        }

        // Where triangles meet without sharing an edge, they are not joined: vertices that come twice, and vertices on the edge of a triangle (T-junctions).
        private static void CheckSeams(TriangleMesh mesh, string name)
        {
            List<(int from, int to, int triangle)> open = OpenEdges(mesh);
            if (open.Count == 0) return;
            double mean = 0;
            foreach ((int from, int to, _) in open) mean += Double3.Distance(mesh.Vertices[from], mesh.Vertices[to]) / open.Count;
            var hash = new PointHash(mean);
            var isOpen = new HashSet<int>();
            foreach ((int from, int to, _) in open)
                foreach (int v in new[] { from, to })
                    if (isOpen.Add(v)) hash.Add(mesh.Vertices[v], v);
            foreach ((int from, int to, int triangle) in open)
            {
                Double3 a = mesh.Vertices[from], along = mesh.Vertices[to] - a;
                double length = along.Length;
                hash.Visit(a + along * 0.5, 0.5 * length * (1 + 2 * Near), v =>
                {
                    if (v == from || v == to) return;
                    double s = Math.Max(0, Math.Min(1, Double3.Dot(mesh.Vertices[v] - a, along) / (length * length)));
                    if (Double3.Distance(mesh.Vertices[v], a + along * s) > Near * length) return;
                    if (s * length > Near * length && (1 - s) * length > Near * length)
                        throw new ArgumentException($"Vertex {v} of cloth '{name}' lies on the edge from {from} to {to} of triangle {triangle} and is no corner of it, so the cloth would come apart there: cut the triangle at the vertex.", nameof(mesh));
                    throw new ArgumentException($"Vertices {Math.Min(v, s < 0.5 ? from : to)} and {Math.Max(v, s < 0.5 ? from : to)} of cloth '{name}' are at the same place, so it would come apart there: TriangleMesh.Welded joins them.", nameof(mesh));
                });
            }
        }

        // Edges of one triangle alone, in the order of triangles.
        private static List<(int from, int to, int triangle)> OpenEdges(TriangleMesh mesh)
        {
            var count = new Dictionary<(int, int), int>();
            var edges = new List<(int from, int to, int triangle)>();
            for (int t = 0; t < mesh.Triangles.Count; t++)
                for (int k = 0; k < 3; k++)
                {
                    (int from, int to, int triangle) edge = (mesh.Triangles[t][k], mesh.Triangles[t][(k + 1) % 3], t);
                    (int, int) key = MeshRules.Key(edge.from, edge.to);
                    count[key] = count.TryGetValue(key, out int known) ? known + 1 : 1;
                    edges.Add(edge);
                }

            return edges.FindAll(e => count[MeshRules.Key(e.from, e.to)] == 1);
        }
    }
}
