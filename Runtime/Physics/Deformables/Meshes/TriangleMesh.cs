using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Points and the triangles between them. Immutable.</summary>
    public sealed class TriangleMesh
    {
        private readonly int[][] triangles;

        /// <summary>A mesh.</summary>
        /// <param name="vertices">Points, in metres.</param>
        /// <param name="triangles">Three vertices each, counterclockwise seen from the front.</param>
        /// <exception cref="ArgumentException">A point is not finite, or a triangle is not one; the message says which.</exception>
        public TriangleMesh(IReadOnlyList<Double3> vertices, IReadOnlyList<int[]> triangles)
        {
            Vertices = new List<Double3>(vertices).ToArray();
            this.triangles = new List<int[]>(triangles).ToArray();
            for (int v = 0; v < vertices.Count; v++)
                if (!vertices[v].IsFinite) throw new ArgumentException($"Vertex {v} of a triangle mesh must be finite, but is {vertices[v]}.", nameof(vertices));
            for (int t = 0; t < this.triangles.Length; t++)
            {
                MeshRules.Check("triangle", this.triangles[t], t, 3, vertices.Count);
                if (!(AreaOf(t) > MeshRules.Flat * MeshRules.LongestSquare(Vertices, this.triangles[t]))) throw new ArgumentException($"Triangle {t} has no area: its corners lie on a line.", nameof(triangles));
            }
        }

        /// <summary>The points, in metres.</summary>
        public IReadOnlyList<Double3> Vertices { get; }

        /// <summary>Three vertices each.</summary>
        public IReadOnlyList<int[]> Triangles => triangles;

        /// <summary>Area of a triangle, in square metres.</summary>
        public double AreaOf(int triangle)
        {
            int[] t = triangles[triangle];
            return 0.5 * Double3.Cross(Vertices[t[1]] - Vertices[t[0]], Vertices[t[2]] - Vertices[t[0]]).Length;
        }

        /// <summary>
        /// The mesh with vertices that are near one another joined, as those are that files keep apart at seams of textures. Triangles that lose a corner by that, or lie on another, are left out.
        /// </summary>
        /// <param name="distance">How near, in metres: a vertex is joined to the first before it that is so near.</param>
        public TriangleMesh Welded(double distance = 1e-6)
        {
            if (!(distance >= 0) || double.IsInfinity(distance)) throw new ArgumentException($"The distance within which vertices are joined must be finite and not negative, but is {distance}.", nameof(distance));
            var near = new PointHash(Math.Max(distance, double.Epsilon));
            var number = new int[Vertices.Count];
            var kept = new List<Double3>();
            for (int v = 0; v < number.Length; v++)
            {
                number[v] = near.Find(Vertices[v], kept, distance);
                if (number[v] >= 0) continue;
                number[v] = kept.Count;
                near.Add(Vertices[v], kept.Count);
                kept.Add(Vertices[v]);
            }

            var whole = new List<int[]>();
            var seen = new HashSet<(int, int, int)>();
            foreach (int[] t in triangles)
            {
                int[] moved = { number[t[0]], number[t[1]], number[t[2]] };
                if (moved[0] != moved[1] && moved[1] != moved[2] && moved[2] != moved[0] && seen.Add(MeshRules.Key(moved))) whole.Add(moved);
            }

            return new TriangleMesh(kept, whole);
        }

        /// <summary>
        /// Edges with two triangles: the edge's vertices as the first triangle runs through them, the first triangle's third vertex, then the
        /// second's. Edges come in the order in which triangles first name them; where more than two triangles meet, each makes a hinge with
        /// the first.
        /// </summary>
        public int[][] Hinges()
        {
            var hinges = new List<int[]>();
            var seen = new Dictionary<(int, int), (int from, int to, int opposite)>();
            foreach (int[] t in triangles)
            {
                for (int k = 0; k < 3; k++)
                {
                    int from = t[k], to = t[(k + 1) % 3], opposite = t[(k + 2) % 3];
                    (int, int) key = MeshRules.Key(from, to);
                    if (seen.TryGetValue(key, out (int from, int to, int opposite) first)) hinges.Add(new[] { first.from, first.to, first.opposite, opposite });
                    else seen.Add(key, (from, to, opposite));
                }
            }

            return hinges.ToArray();
        }

        /// <summary>
        /// A flat sheet in the plane y = 0, centred at the origin: vertex row * columns + column lies at column along x and row along z. Squares
        /// are cut along alternating diagonals.
        /// </summary>
        /// <param name="columns">Vertices along x, at least 2.</param>
        /// <param name="rows">Vertices along z, at least 2.</param>
        /// <param name="width">Extent along x, in metres.</param>
        /// <param name="length">Extent along z, in metres.</param>
        public static TriangleMesh Sheet(int columns, int rows, double width, double length)
        {
            if (columns < 2 || rows < 2) throw new ArgumentException($"A sheet needs at least 2 x 2 vertices, not {columns} x {rows}.");
            var vertices = new Double3[columns * rows];
            for (int v = 0; v < vertices.Length; v++)
                vertices[v] = new Double3(width * (v % columns / (columns - 1.0) - 0.5), 0, length * (v / columns / (rows - 1.0) - 0.5));
            var triangles = new List<int[]>();
            for (int row = 0; row + 1 < rows; row++)
            {
                for (int column = 0; column + 1 < columns; column++)
                {
                    int a = row * columns + column, b = a + 1, c = a + columns, d = c + 1;
                    bool isEven = (row + column) % 2 == 0;
                    triangles.Add(isEven ? new[] { a, c, d } : new[] { a, c, b });
                    triangles.Add(isEven ? new[] { a, d, b } : new[] { b, c, d });
                }
            }

            return new TriangleMesh(vertices, triangles);
        }

        /// <summary>A ball's surface: an icosahedron whose triangles are cut into four, and again.</summary>
        /// <param name="radius">In metres.</param>
        /// <param name="cuts">How often triangles are cut, 0 to 6.</param>
        public static TriangleMesh Sphere(double radius, int cuts)
        {
            if (cuts < 0 || cuts > 6) throw new ArgumentException($"The triangles of a sphere can be cut 0 to 6 times, not {cuts}.", nameof(cuts));
            double g = (1 + Math.Sqrt(5)) / 2;
            var vertices = new List<Double3>();
            for (int k = 0; k < 12; k++)
            {
                double s = (k & 1) == 0 ? 1 : -1, l = (k & 2) == 0 ? g : -g;
                vertices.Add(Double3.Normalise(k / 4 == 0 ? new Double3(0, s, l) : k / 4 == 1 ? new Double3(s, l, 0) : new Double3(l, 0, s)) * radius);
            }

            // Three corners of an icosahedron make a face where all are neighbours, at the least distance.
            var triangles = new List<int[]>();
            double edge = 1.1 * radius * 2 / Math.Sqrt(1 + g * g);
            for (int a = 0; a < 12; a++)
                for (int b = a + 1; b < 12; b++)
                    for (int c = b + 1; c < 12; c++)
                        if (Near(a, b) && Near(b, c) && Near(c, a))
                            triangles.Add(Double3.Dot(Double3.Cross(vertices[b] - vertices[a], vertices[c] - vertices[a]), vertices[a]) > 0 ? new[] { a, b, c } : new[] { a, c, b });
            for (int cut = 0; cut < cuts; cut++) triangles = Cut(triangles, vertices, radius);
            return new TriangleMesh(vertices, triangles);

            bool Near(int p, int q) => Double3.Distance(vertices[p], vertices[q]) < edge;
        }

        private static List<int[]> Cut(List<int[]> triangles, List<Double3> vertices, double radius)
        {
            var finer = new List<int[]>();
            var middles = new Dictionary<(int, int), int>();
            foreach (int[] t in triangles)
            {
                int a = Middle(t[0], t[1]), b = Middle(t[1], t[2]), c = Middle(t[2], t[0]);
                finer.AddRange(new[] { new[] { t[0], a, c }, new[] { t[1], b, a }, new[] { t[2], c, b }, new[] { a, b, c } });
            }

            return finer;

            int Middle(int p, int q)
            {
                (int, int) key = MeshRules.Key(p, q);
                if (middles.TryGetValue(key, out int middle)) return middle;
                vertices.Add(Double3.Normalise(vertices[p] + vertices[q]) * radius);
                return middles[key] = vertices.Count - 1;
            }
        }
    }
}
