using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Corners, edges and faces of a convex polyhedron, before it is scaled by the extents of its shape. Half-edges are
    /// numbered by their place in the loops of the faces: half-edge h runs from <c>Origin[h]</c> to <c>Origin[Next(h)]</c>
    /// with its face on the left, seen from outside, and <c>Twin[h]</c> runs back along the face beyond.
    /// </summary>
    internal sealed class Polyhedron
    {
        public readonly Double3[] Vertices;
        public readonly int[] Origin;
        public readonly int[] Twin;
        public readonly int[] FaceOf;
        public readonly int[] FaceStart;
        public readonly Double3[] Normals;

        /// <summary>Mean of the vertices: a point inside.</summary>
        public readonly Double3 Centre;

        /// <summary>The box around the vertices.</summary>
        public readonly Bounds3 Bounds;

        /// <summary>One half-edge of every edge.</summary>
        public readonly int[] Edges;

        /// <summary>For each of <see cref="Edges"/>, which of the distinct directions it has.</summary>
        public readonly int[] DirectionOf;

        /// <summary>The unit directions of edges without repeats or opposites. Scaling must not turn them.</summary>
        public readonly Double3[] DistinctDirections;

        public Polyhedron(Double3[] vertices, IReadOnlyList<int[]> faces)
        {
            Vertices = vertices;
            Bounds = Bounds3.Empty;
            foreach (Double3 v in vertices)
            {
                Bounds = Bounds.Include(v);
                Centre += v / vertices.Length;
            }

            FaceStart = new int[faces.Count + 1];
            for (int f = 0; f < faces.Count; f++)
            {
                FaceStart[f + 1] = FaceStart[f] + faces[f].Length;
            }

            Origin = new int[FaceStart[faces.Count]];
            FaceOf = new int[Origin.Length];
            Normals = new Double3[faces.Count];
            for (int f = 0; f < faces.Count; f++)
            {
                for (int i = 0; i < faces[f].Length; i++)
                {
                    Origin[FaceStart[f] + i] = faces[f][i];
                    FaceOf[FaceStart[f] + i] = f;
                }

                Normals[f] = Newell(f);
            }

            Twin = Twins();
            var edges = new List<int>();
            var directionOf = new List<int>();
            var distinct = new List<Double3>();
            for (int h = 0; h < Origin.Length; h++)
            {
                if (h < Twin[h])
                {
                    Double3 direction = Double3.Normalise(vertices[Origin[Next(h)]] - vertices[Origin[h]]);
                    edges.Add(h);
                    int index = distinct.FindIndex(d => Double3.Cross(d, direction).LengthSquared < 1e-20);
                    if (index < 0)
                    {
                        index = distinct.Count;
                        distinct.Add(direction);
                    }

                    directionOf.Add(index);
                }
            }

            Edges = edges.ToArray();
            DirectionOf = directionOf.ToArray();
            DistinctDirections = distinct.ToArray();
        }

        public int FaceCount => Normals.Length;

        /// <summary>The half-edge after h around its face.</summary>
        public int Next(int h)
        {
            int f = FaceOf[h];
            return h + 1 < FaceStart[f + 1] ? h + 1 : FaceStart[f];
        }

        /// <summary>A corner of the face, which fixes its plane.</summary>
        public Double3 FacePoint(int face) => Vertices[Origin[FaceStart[face]]];

        /// <summary>Which of the distinct directions is nearest to a coordinate axis.</summary>
        public int DirectionAlong(int axis)
        {
            int best = 0;
            for (int d = 1; d < DistinctDirections.Length; d++)
            {
                best = Math.Abs(DistinctDirections[d][axis]) > Math.Abs(DistinctDirections[best][axis]) ? d : best;
            }

            return best;
        }

        /// <summary>The vertex farthest along a direction, once scaled.</summary>
        public int Support(Double3 extents, Double3 direction)
        {
            Double3 scaled = extents * direction;
            int best = 0;
            double bestDot = double.NegativeInfinity;
            for (int v = 0; v < Vertices.Length; v++)
            {
                double dot = Double3.Dot(Vertices[v], scaled);
                if (dot > bestDot)
                {
                    best = v;
                    bestDot = dot;
                }
            }

            return best;
        }

        /// <summary>Volume and moments of the solid once scaled evenly, by the divergence theorem.</summary>
        public MassProperties UnitDensityMass(double scale)
        {
            var moments = new SolidMoments(Vertices[0] * scale);
            for (int f = 0; f < FaceCount; f++)
            {
                int start = FaceStart[f];
                for (int h = start + 1; h + 1 < FaceStart[f + 1]; h++)
                {
                    moments.AddTriangle(Vertices[Origin[start]] * scale, Vertices[Origin[h]] * scale, Vertices[Origin[h + 1]] * scale);
                }
            }

            return moments.MassProperties();
        }

        // Normal of a loop as the sum of cross products (M. Newell's method): the area vector, good for loops that are not quite flat.
        private Double3 Newell(int face)
        {
            Double3 origin = FacePoint(face);
            Double3 area = Double3.Zero;
            for (int h = FaceStart[face] + 1; h + 1 < FaceStart[face + 1]; h++)
            {
                area += Double3.Cross(Vertices[Origin[h]] - origin, Vertices[Origin[h + 1]] - origin);
            }

            return Double3.Normalise(area);
        }

        private int[] Twins()
        {
            var halfEdges = new Dictionary<(int From, int To), int>();
            for (int h = 0; h < Origin.Length; h++)
            {
                halfEdges.Add((Origin[h], Origin[Next(h)]), h);
            }

            var twins = new int[Origin.Length];
            for (int h = 0; h < Origin.Length; h++)
            {
                twins[h] = halfEdges[(Origin[Next(h)], Origin[h])];
            }

            return twins;
        }
    }
}
