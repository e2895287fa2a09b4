using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The triangles of a static surface, what lies beside each of their edges, and a hierarchy of boxes over them. Edge k of a
    /// triangle runs from its corner k to the next; triangles run counter-clockwise seen from outside.
    /// </summary>
    internal sealed class TriangleSurface
    {
        // Edges that bend outwards by less than this (sine of half a degree) count as flat: nothing can rest on them alone.
        private const double FlatSine = 0.0087;

        private readonly BoundsTree tree;
        private readonly int[] twin;
        private readonly bool[] sharp;
        private readonly int[] ringStart;
        private readonly int[] ring;
        private readonly int[] firstUse;

        /// <param name="vertices">Corners, in metres.</param>
        /// <param name="corners">Three vertex indices for each triangle.</param>
        /// <param name="what">What to call it in errors.</param>
        /// <exception cref="ArgumentException">Indices are out of range, a vertex is not finite, or a triangle has no area.</exception>
        public TriangleSurface(Double3[] vertices, int[] corners, string what)
        {
            Vertices = vertices;
            Corners = corners;
            Normals = new Double3[corners.Length / 3];
            var boxes = new Bounds3[Count];
            for (int t = 0; t < Count; t++)
            {
                boxes[t] = Check(t, what);
                Bounds = t == 0 ? boxes[t] : Bounds3.Union(Bounds, boxes[t]);
            }

            tree = new BoundsTree(boxes);
            twin = new int[corners.Length];
            sharp = new bool[corners.Length];
            FindNeighbours();
            ringStart = new int[vertices.Length + 1];
            ring = new int[2 * corners.Length];
            firstUse = new int[vertices.Length];
            FindRings();
        }

        public Double3[] Vertices { get; }

        public int[] Corners { get; }

        public Double3[] Normals { get; }

        public int Count => Normals.Length;

        public Bounds3 Bounds { get; }

        public Double3 Corner(int triangle, int k) => Vertices[VertexOf(triangle, k)];

        public int VertexOf(int triangle, int k) => Corners[3 * triangle + (k < 3 ? k : k - 3)];

        /// <summary>Appends the triangles whose box meets the given one.</summary>
        public void Query(Bounds3 box, IntList found) => tree.Query(box, found);

        /// <summary>Appends the triangles whose box the ray meets.</summary>
        public void QueryRay(Double3 origin, Double3 direction, double maximum, IntList found) => tree.QueryRay(origin, direction, maximum, found);

        /// <summary>Whether something can rest on the edge alone: it bends outwards, or nothing lies beyond it.</summary>
        public bool IsSharp(int triangle, int k) => sharp[3 * triangle + k];

        /// <summary>Gives an edge the one name that both triangles beside it use.</summary>
        public void NameEdge(ref int triangle, ref int k)
        {
            int back = twin[3 * triangle + k];
            if (back >= 0 && back < 3 * triangle + k)
            {
                triangle = back / 3;
                k = back % 3;
            }
        }

        /// <summary>Gives a vertex the one name that all triangles around it use.</summary>
        public void NameVertex(ref int triangle, ref int k)
        {
            int first = firstUse[VertexOf(triangle, k)];
            triangle = first / 3;
            k = first % 3;
        }

        /// <summary>Direction in the triangle's plane that leads out over its edge k.</summary>
        public Double3 Outward(int triangle, int k) =>
            Double3.Normalise(Double3.Cross(Corner(triangle, k + 1) - Corner(triangle, k), Normals[triangle]));

        /// <summary>
        /// Whether a direction away from an edge lies between the normals beside it: no part of either triangle is nearer to what
        /// lies there than the edge.
        /// </summary>
        public bool EdgeSees(int triangle, int k, Double3 direction)
        {
            double slack = -1e-6 * direction.Length;
            if (!IsSharp(triangle, k) || Double3.Dot(direction, Outward(triangle, k)) < slack)
            {
                return false;
            }

            if (twin[3 * triangle + k] < 0)
            {
                return true;
            }

            // Outward of the neighbour over the shared edge, which it runs the other way.
            Double3 along = Corner(triangle, k) - Corner(triangle, k + 1);
            return Double3.Dot(direction, Double3.Normalise(Double3.Cross(along, Normals[twin[3 * triangle + k] / 3]))) >= slack;
        }

        /// <summary>Whether a direction away from a vertex leads away from all edges that meet there.</summary>
        public bool VertexSees(int vertex, Double3 direction)
        {
            double length = direction.Length;
            for (int i = ringStart[vertex]; i < ringStart[vertex + 1]; i++)
            {
                Double3 edge = Vertices[ring[i]] - Vertices[vertex];
                if (Double3.Dot(direction, edge) > 1e-6 * length * edge.Length)
                {
                    return false;
                }
            }

            return true;
        }

        private Bounds3 Check(int triangle, string what)
        {
            Bounds3 box = Bounds3.Empty;
            for (int k = 0; k < 3; k++)
            {
                int v = Corners[3 * triangle + k];
                if (v < 0 || v >= Vertices.Length)
                {
                    throw new ArgumentException("Triangle " + triangle + " of a " + what + " names vertex " + v + ", but there are " + Vertices.Length + ".");
                }

                if (!Vertices[v].IsFinite)
                {
                    throw new ArgumentException("The vertices of a " + what + " must be finite, but vertex " + v + " is " + Vertices[v] + ".");
                }

                box = box.Include(Vertices[v]);
            }

            Double3 normal = Double3.Cross(Corner(triangle, 1) - Corner(triangle, 0), Corner(triangle, 2) - Corner(triangle, 0));
            if (!(normal.Length > 1e-12 * (box.Max - box.Min).LengthSquared))
            {
                throw new ArgumentException("The triangles of a " + what + " must have an area, but triangle " + triangle + " has none.");
            }

            Normals[triangle] = Double3.Normalise(normal);
            return box;
        }

        private void FindNeighbours()
        {
            var edges = new Dictionary<(int From, int To), int>();
            for (int h = 0; h < Corners.Length; h++)
            {
                // Where two triangles claim the same side of an edge, neither is anyone's neighbour over it.
                (int, int) key = (Corners[h], Corners[NextCorner(h)]);
                edges[key] = edges.ContainsKey(key) ? -1 : h;
            }

            for (int h = 0; h < Corners.Length; h++)
            {
                int from = Corners[h];
                int to = Corners[NextCorner(h)];
                bool paired = edges[(from, to)] >= 0 && edges.TryGetValue((to, from), out int back) && back >= 0;
                twin[h] = paired ? edges[(to, from)] : -1;
                sharp[h] = !paired || BendsOutwards(h / 3, edges[(to, from)]);
            }
        }

        // Whether the far corner of the neighbour lies below the triangle's plane.
        private bool BendsOutwards(int triangle, int back)
        {
            int other = back / 3;
            Double3 apex = Vertices[Corners[3 * other + (back + 2) % 3]];
            Double3 along = Corner(other, back % 3 + 1) - Vertices[Corners[back]];
            Double3 across = apex - Vertices[Corners[back]];
            across -= along * (Double3.Dot(across, along) / along.LengthSquared);
            return Double3.Dot(Normals[triangle], across) < -FlatSine * across.Length;
        }

        private void FindRings()
        {
            for (int h = Corners.Length - 1; h >= 0; h--)
            {
                ringStart[Corners[h]] += 2;
                firstUse[Corners[h]] = h;
            }

            int sum = 0;
            for (int v = 0; v < ringStart.Length; v++)
            {
                int uses = ringStart[v];
                ringStart[v] = sum;
                sum += uses;
            }

            var next = (int[])ringStart.Clone();
            for (int h = 0; h < Corners.Length; h++)
            {
                int a = Corners[h];
                int b = Corners[NextCorner(h)];
                ring[next[a]++] = b;
                ring[next[b]++] = a;
            }
        }

        private static int NextCorner(int h) => h % 3 == 2 ? h - 2 : h + 1;
    }
}
