using System;

namespace DiffPhysics.Physics
{
    /// <summary>A polyhedron scaled and turned into a common frame; working memory that is filled again for every pair.</summary>
    internal sealed class PlacedPolyhedron
    {
        // A triangle as a flat solid: its face and the back of it.
        private static readonly Polyhedron Flat = new Polyhedron(
            new[] { Double3.Zero, Double3.UnitX, Double3.UnitY }, new[] { new[] { 0, 1, 2 }, new[] { 0, 2, 1 } });

        private ShapeAt shape;
        private Pose shapeFromFrame;
        private bool isTriangle;
        private int sharpSides;

        public Polyhedron Topology;
        public Double3[] Vertices = new Double3[8];
        public Double3[] Normals = new Double3[6];

        /// <summary>One for each of <see cref="Polyhedron.Edges"/>, once <see cref="PlaceEdges"/> has been called.</summary>
        public PlacedEdge[] Edges = new PlacedEdge[12];

        /// <summary>Middle of the vertices: a point inside.</summary>
        public Double3 Centre;

        /// <summary>Directions of <see cref="Polyhedron.DistinctDirections"/>.</summary>
        public Double3[] Directions = new Double3[3];

        public void Place(in ShapeAt solid, Pose frameFromShape)
        {
            shape = solid;
            shapeFromFrame = frameFromShape.Inverse;
            isTriangle = false;
            Topology = shape.Shape.Polyhedron;
            Ensure(ref Vertices, Topology.Vertices.Length);
            Ensure(ref Normals, Topology.FaceCount);
            Ensure(ref Directions, Topology.DistinctDirections.Length);
            Double3x3 r = Double3x3.FromRotation(frameFromShape.Rotation);
            for (int i = 0; i < Topology.Vertices.Length; i++)
            {
                Vertices[i] = r * (Topology.Vertices[i] * shape.Size.Extents) + frameFromShape.Position;
            }

            for (int i = 0; i < Topology.FaceCount; i++)
            {
                Normals[i] = r * Topology.Normals[i];
            }

            for (int i = 0; i < Topology.DistinctDirections.Length; i++)
            {
                Directions[i] = r * Topology.DistinctDirections[i];
            }

            Centre = r * (Topology.Centre * shape.Size.Extents) + frameFromShape.Position;
        }

        /// <summary>Fills in the edges, which only some tests need.</summary>
        public void PlaceEdges()
        {
            Ensure(ref Edges, Topology.Edges.Length);
            for (int e = 0; e < Topology.Edges.Length; e++)
            {
                int h = Topology.Edges[e];
                Edges[e] = new PlacedEdge
                {
                    Start = Start(h),
                    Along = End(h) - Start(h),
                    Left = Normals[Topology.FaceOf[h]],
                    Right = Normals[Topology.FaceOf[Topology.Twin[h]]],
                };
            }
        }

        /// <summary>Makes it a triangle of a surface, in the surface's own frame.</summary>
        public void PlaceTriangle(TriangleSurface surface, int triangle)
        {
            isTriangle = true;
            Topology = Flat;
            sharpSides = 0;
            Centre = Double3.Zero;
            for (int k = 0; k < 3; k++)
            {
                Vertices[k] = surface.Corner(triangle, k);
                Directions[k] = Double3.Normalise(surface.Corner(triangle, k + 1) - surface.Corner(triangle, k));
                Centre += Vertices[k] / 3;
                sharpSides |= surface.IsSharp(triangle, k) ? 1 << k : 0;
            }

            Normals[0] = surface.Normals[triangle];
            Normals[1] = -Normals[0];
        }

        /// <summary>A vertex as a feature.</summary>
        public FeaturePoint VertexPoint(int vertex) =>
            isTriangle ? FeaturePoint.Fixed(Vertices[vertex]) : FeaturePoint.Scaled(Topology.Vertices[vertex]);

        /// <summary>Any point of the body as a feature, given in the common frame.</summary>
        public FeaturePoint PointAt(Double3 position) =>
            isTriangle ? FeaturePoint.Fixed(position) : shape.Shape.FollowSizes(shapeFromFrame.TransformPoint(position));

        /// <summary>Normal of a face in the frame of the shape.</summary>
        public Double3 OwnNormal(int face) => isTriangle ? Normals[face] : Topology.Normals[face];

        /// <summary>Whether a corner that this face's sides cut out of another face matters: the seams of a surface make none.</summary>
        public bool CutMatters(int edge, int side) => !isTriangle || IsSharp(side) || (edge < 0 && IsSharp(~edge));

        private bool IsSharp(int side) => (sharpSides >> side & 1) != 0;

        /// <summary>Smallest n.x over the vertices.</summary>
        public double Lowest(Double3 n)
        {
            double lowest = double.PositiveInfinity;
            for (int i = 0; i < Topology.Vertices.Length; i++)
            {
                double at = Double3.Dot(n, Vertices[i]);
                lowest = at < lowest ? at : lowest;
            }

            return lowest;
        }

        /// <summary>Smallest and largest n.x over the vertices.</summary>
        public void Extent(Double3 n, out double lowest, out double highest)
        {
            lowest = double.PositiveInfinity;
            highest = double.NegativeInfinity;
            for (int i = 0; i < Topology.Vertices.Length; i++)
            {
                double at = Double3.Dot(n, Vertices[i]);
                lowest = at < lowest ? at : lowest;
                highest = at > highest ? at : highest;
            }
        }

        public Double3 Start(int halfEdge) => Vertices[Topology.Origin[halfEdge]];

        public Double3 End(int halfEdge) => Vertices[Topology.Origin[Topology.Next(halfEdge)]];

        /// <summary>Area of a face.</summary>
        public double Area(int face)
        {
            Double3 origin = Start(Topology.FaceStart[face]);
            Double3 area = Double3.Zero;
            for (int h = Topology.FaceStart[face] + 1; h + 1 < Topology.FaceStart[face + 1]; h++)
            {
                area += Double3.Cross(Start(h) - origin, Start(h + 1) - origin);
            }

            return 0.5 * area.Length;
        }

        private static void Ensure<T>(ref T[] array, int count)
        {
            if (array.Length < count)
            {
                array = new T[count];
            }
        }
    }

    /// <summary>An edge of a placed polyhedron and the normals beside it.</summary>
    internal struct PlacedEdge
    {
        public Double3 Start;
        public Double3 Along;
        public Double3 Left;
        public Double3 Right;
    }
}
