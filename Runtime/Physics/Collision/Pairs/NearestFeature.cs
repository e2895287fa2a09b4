using System;

namespace DiffPhysics.Physics
{
    /// <summary>Which part of a polyhedron is nearest to a point.</summary>
    internal struct NearestFeature
    {
        /// <summary>What the index counts.</summary>
        public Part Part;

        /// <summary>Vertex, half-edge or face.</summary>
        public int Index;

        /// <summary>Distance from the surface, negative inside (there, the depth below the nearest face plane).</summary>
        public double Distance;

        /// <summary>
        /// Finds it by going over the faces that the point lies in front of: the nearest point of a convex polyhedron is on one of them.
        /// </summary>
        /// <param name="polyhedron">The polyhedron.</param>
        /// <param name="extents">What its vertices are scaled by.</param>
        /// <param name="p">The point, in the frame of the shape.</param>
        public static NearestFeature Of(Polyhedron polyhedron, Double3 extents, Double3 p)
        {
            var inside = new NearestFeature { Part = Part.Face, Distance = double.NegativeInfinity };
            var outside = new NearestFeature { Distance = double.PositiveInfinity };
            for (int f = 0; f < polyhedron.FaceCount; f++)
            {
                Double3 n = polyhedron.Normals[f];
                double height = Double3.Dot(n, p - polyhedron.FacePoint(f) * extents);
                if (height > inside.Distance)
                {
                    inside.Distance = height;
                    inside.Index = f;
                }

                if (height > 0)
                {
                    ToFace(polyhedron, extents, p, f, n, height, ref outside);
                }
            }

            return inside.Distance <= 0 ? inside : outside;
        }

        private static void ToFace(Polyhedron polyhedron, Double3 extents, Double3 p, int face, Double3 n, double height, ref NearestFeature best)
        {
            if (height >= best.Distance)
            {
                return;
            }

            bool above = true;
            for (int h = polyhedron.FaceStart[face]; h < polyhedron.FaceStart[face + 1]; h++)
            {
                Double3 start = polyhedron.Vertices[polyhedron.Origin[h]] * extents;
                Double3 along = polyhedron.Vertices[polyhedron.Origin[polyhedron.Next(h)]] * extents - start;
                if (Double3.Dot(Double3.Cross(along, n), p - start) <= 0)
                {
                    continue;
                }

                above = false;
                double t = Closest.OnSegment(p, start, along);
                double distance = Double3.Distance(p, start + along * t);
                if (distance < best.Distance)
                {
                    best.Distance = distance;
                    best.Part = t > 0 && t < 1 ? Part.Edge : Part.Vertex;
                    best.Index = t <= 0 ? polyhedron.Origin[h] : t >= 1 ? polyhedron.Origin[polyhedron.Next(h)] : Math.Min(h, polyhedron.Twin[h]);
                }
            }

            if (above)
            {
                best.Distance = height;
                best.Part = Part.Face;
                best.Index = face;
            }
        }
    }

    /// <summary>Parts of a polyhedron's surface.</summary>
    internal enum Part
    {
        Vertex,
        Edge,
        Face,
    }
}
