using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Points and the tetrahedra between them. Immutable.</summary>
    public sealed class TetrahedralMesh
    {
        private readonly int[][] tetrahedra;

        /// <summary>A mesh.</summary>
        /// <param name="vertices">Points, in metres.</param>
        /// <param name="tetrahedra">Four vertices each; the last on the side to which the first three run counterclockwise.</param>
        /// <exception cref="ArgumentException">A point is not finite, or a tetrahedron has no volume or is inside out; the message says which.</exception>
        public TetrahedralMesh(IReadOnlyList<Double3> vertices, IReadOnlyList<int[]> tetrahedra)
        {
            Vertices = new List<Double3>(vertices).ToArray();
            this.tetrahedra = new List<int[]>(tetrahedra).ToArray();
            for (int v = 0; v < vertices.Count; v++)
                if (!vertices[v].IsFinite) throw new ArgumentException($"Vertex {v} of a tetrahedral mesh must be finite, but is {vertices[v]}.", nameof(vertices));
            for (int t = 0; t < this.tetrahedra.Length; t++)
            {
                MeshRules.Check("tetrahedron", this.tetrahedra[t], t, 4, vertices.Count);
                if (!(VolumeOf(t) > MeshRules.Flat * Math.Pow(MeshRules.LongestSquare(Vertices, this.tetrahedra[t]), 1.5))) throw new ArgumentException($"Tetrahedron {t} has the volume {VolumeOf(t)}; it must be positive. Exchange two of its vertices if it is negative.", nameof(tetrahedra));
            }
        }

        /// <summary>The points, in metres.</summary>
        public IReadOnlyList<Double3> Vertices { get; }

        /// <summary>Four vertices each.</summary>
        public IReadOnlyList<int[]> Tetrahedra => tetrahedra;

        /// <summary>Volume of a tetrahedron, in cubic metres.</summary>
        public double VolumeOf(int tetrahedron)
        {
            int[] t = tetrahedra[tetrahedron];
            Double3 origin = Vertices[t[0]];
            return Double3.Dot(Double3.Cross(Vertices[t[1]] - origin, Vertices[t[2]] - origin), Vertices[t[3]] - origin) / 6;
        }

        /// <summary>The triangles on the outside, counterclockwise seen from there.</summary>
        public List<int[]> Surface()
        {
            var open = new Dictionary<(int, int, int), int[]>();
            foreach (int[] t in tetrahedra)
            {
                foreach (int[] face in new[] { new[] { t[0], t[2], t[1] }, new[] { t[0], t[1], t[3] }, new[] { t[1], t[2], t[3] }, new[] { t[2], t[0], t[3] } })
                {
                    int[] sorted = (int[])face.Clone();
                    Array.Sort(sorted);
                    (int, int, int) key = (sorted[0], sorted[1], sorted[2]);
                    if (!open.Remove(key)) open.Add(key, face);
                }
            }

            return new List<int[]>(open.Values);
        }

        /// <summary>A box centred at the origin, of equal cells, each cut into six tetrahedra about its diagonal (Kuhn).</summary>
        /// <param name="x">Cells along x.</param>
        /// <param name="y">Cells along y.</param>
        /// <param name="z">Cells along z.</param>
        /// <param name="size">Extents, in metres.</param>
        public static TetrahedralMesh Box(int x, int y, int z, Double3 size)
        {
            if (x < 1 || y < 1 || z < 1) throw new ArgumentException($"A box needs at least one cell along each axis, not {x} x {y} x {z}.");
            var vertices = new List<Double3>();
            for (int k = 0; k <= z; k++)
                for (int j = 0; j <= y; j++)
                    for (int i = 0; i <= x; i++) vertices.Add(new Double3(i / (double)x - 0.5, j / (double)y - 0.5, k / (double)z - 0.5) * size);
            var tetrahedra = new List<int[]>();
            int[] step = { 1, x + 1, (x + 1) * (y + 1) };
            int[][] orders = { new[] { 0, 1, 2 }, new[] { 1, 2, 0 }, new[] { 2, 0, 1 }, new[] { 0, 2, 1 }, new[] { 2, 1, 0 }, new[] { 1, 0, 2 } };
            for (int k = 0; k < z; k++)
                for (int j = 0; j < y; j++)
                    for (int i = 0; i < x; i++)
                        for (int o = 0; o < 6; o++)
                        {
                            // From a corner along the axes in some order to the opposite one; odd orders turn the other way.
                            int a = i + j * step[1] + k * step[2], b = a + step[orders[o][0]], c = b + step[orders[o][1]], d = c + step[orders[o][2]];
                            tetrahedra.Add(o < 3 ? new[] { a, b, c, d } : new[] { a, c, b, d });
                        }

            return new TetrahedralMesh(vertices, tetrahedra);
        }

        /// <summary>A ball centred at the origin: a cube of cells, each shell of which is pulled onto a sphere.</summary>
        /// <param name="cells">Cells across, at least 2.</param>
        /// <param name="radius">In metres.</param>
        public static TetrahedralMesh Sphere(int cells, double radius)
        {
            if (cells < 2) throw new ArgumentException($"A sphere needs at least 2 cells across, not {cells}.", nameof(cells));
            TetrahedralMesh cube = Box(cells, cells, cells, new Double3(2 * radius));
            var vertices = new Double3[cube.Vertices.Count];
            for (int v = 0; v < vertices.Length; v++)
            {
                Double3 p = cube.Vertices[v];
                vertices[v] = p.Length > 0 ? p * (p.MaxAbs / p.Length) : p;
            }

            return new TetrahedralMesh(vertices, cube.Tetrahedra);
        }
    }
}
