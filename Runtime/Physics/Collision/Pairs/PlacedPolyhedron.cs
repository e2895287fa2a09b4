using System;

namespace DiffPhysics.Physics
{
    /// <summary>A polyhedron scaled and turned into a common frame; working memory that is filled again for every pair.</summary>
    internal sealed class PlacedPolyhedron
    {
        public Polyhedron Topology;
        public Double3[] Vertices = new Double3[8];
        public Double3[] Normals = new Double3[6];

        /// <summary>Middle of the vertices: a point inside.</summary>
        public Double3 Centre;

        /// <summary>Directions of <see cref="Polyhedron.DistinctDirections"/>.</summary>
        public Double3[] Directions = new Double3[3];

        public void Place(in ShapeAt shape, Pose frameFromShape)
        {
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

        /// <summary>Smallest n.x over the vertices.</summary>
        public double Lowest(Double3 n)
        {
            double lowest = double.PositiveInfinity;
            for (int i = 0; i < Topology.Vertices.Length; i++)
            {
                lowest = Math.Min(lowest, Double3.Dot(n, Vertices[i]));
            }

            return lowest;
        }

        /// <summary>Largest n.x over the vertices.</summary>
        public double Highest(Double3 n) => -Lowest(-n);

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

        private static void Ensure(ref Double3[] array, int count)
        {
            if (array.Length < count)
            {
                array = new Double3[count];
            }
        }
    }
}
