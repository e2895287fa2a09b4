using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A box or hull against one triangle of a surface, by the separating axis test. An axis counts if the triangle's own face,
    /// or a sharp edge or corner of it, looks along it. Where the best one leads over a seam instead, the face's normal stands in.
    /// </summary>
    internal static class SurfacePolyhedra
    {
        // The triangle's face is preferred unless another axis is farther apart by this, relative to the body.
        private const double Preference = 1e-3;

        // The face stands in for another axis only if it is not deeper by more than this, relative to the body.
        private const double StandIn = 0.25;

        /// <summary>Places a polyhedron in the frame of the surface, once for all triangles.</summary>
        public static void Begin(in ShapeAt a, Pose groundFromShape, PairScratch scratch)
        {
            if (a.Shape.Polyhedron != null)
            {
                scratch.A.Place(a, groundFromShape);
            }
        }

        public static double Collide(in ShapeAt a, in ShapeAt ground, TriangleSurface surface, int t, bool force, PairScratch scratch, ref FeatureWriter writer)
        {
            PlacedPolyhedron solid = scratch.A;
            PlacedPolyhedron triangle = scratch.B;
            triangle.PlaceTriangle(surface, t);
            Double3 n = surface.Normals[t];
            double size = a.Shape.OuterRadius;
            double behind = Double3.Dot(n, solid.Centre - triangle.Vertices[0]);
            double enough = writer.WantsNothing ? double.PositiveInfinity : writer.Reach;
            double apartTriangle = solid.Lowest(n) - Double3.Dot(n, triangle.Vertices[0]);
            if (behind < -StandIn * size || apartTriangle > enough)
            {
                return behind < -StandIn * size ? double.PositiveInfinity : apartTriangle;
            }

            double apartSolid = double.NegativeInfinity;
            int face = 0;
            for (int f = 0; f < solid.Topology.FaceCount; f++)
            {
                double d = triangle.Lowest(solid.Normals[f]) - Double3.Dot(solid.Normals[f], solid.Start(solid.Topology.FaceStart[f]));
                if (d > apartSolid)
                {
                    apartSolid = d;
                    face = f;
                }
            }

            double apartEdges = Crossed(solid, triangle, out int direction, out int edge, out Double3 crossing);
            double apart = Math.Max(apartTriangle, Math.Max(apartSolid, apartEdges));
            if (!writer.Wants(apart))
            {
                return apart;
            }

            double preference = Preference * size;
            bool touching = apart <= preference;
            if (apart <= apartTriangle + preference)
            {
                FaceManifold.Write(ground, triangle, 0, a, solid, scratch, touching, ref writer);
                return apart;
            }

            bool crosses = apartEdges > apartSolid + preference;
            Double3 axis = crosses ? crossing : -solid.Normals[face];
            if (force || (crosses ? surface.EdgeSees(t, edge, axis) : FaceIsFelt(surface, t, axis)))
            {
                if (crosses)
                {
                    WriteCrossing(a, solid, direction, ground, surface, t, edge, axis, touching, ref writer);
                }
                else
                {
                    FaceManifold.Write(a, solid, face, ground, triangle, scratch, touching, ref writer);
                }
            }
            else if (apartTriangle > apart - StandIn * size && LeadsOverSeam(surface, t, axis))
            {
                FaceManifold.Write(ground, triangle, 0, a, solid, scratch, false, ref writer);
            }

            return apart;
        }

        // Whether a direction leaves the triangle over an edge that is not sharp: then the surface goes on, and the face counts.
        private static bool LeadsOverSeam(TriangleSurface surface, int t, Double3 direction)
        {
            int most = 0;
            for (int k = 1; k < 3; k++)
            {
                if (Double3.Dot(direction, surface.Outward(t, k)) > Double3.Dot(direction, surface.Outward(t, most)))
                {
                    most = k;
                }
            }

            return !surface.IsSharp(t, most);
        }

        // Whether the part of the triangle that is farthest along a normal, which leads from it to the solid, looks that way.
        private static bool FaceIsFelt(TriangleSurface surface, int t, Double3 normal)
        {
            double best = double.NegativeInfinity;
            int corner = 0;
            for (int k = 0; k < 3; k++)
            {
                double at = Double3.Dot(normal, surface.Corner(t, k));
                if (at > best)
                {
                    best = at;
                    corner = k;
                }
            }

            int before = (corner + 2) % 3;
            return surface.VertexSees(surface.VertexOf(t, corner), normal)
                || surface.EdgeSees(t, corner, normal)
                || surface.EdgeSees(t, before, normal);
        }

        // The best crossing of an edge direction of the solid with an edge of the triangle; the normal leads to the solid.
        private static double Crossed(PlacedPolyhedron solid, PlacedPolyhedron triangle, out int direction, out int edge, out Double3 normal)
        {
            direction = edge = -1;
            normal = default;
            double best = double.NegativeInfinity;
            for (int i = 0; i < solid.Topology.DistinctDirections.Length; i++)
            {
                for (int k = 0; k < 3; k++)
                {
                    Double3 n = Double3.Cross(solid.Directions[i], triangle.Directions[k]);
                    double sine = n.Length;
                    if (sine < RoundPairs.ParallelSine)
                    {
                        continue;
                    }

                    // Neither way can be told from the centres: a large triangle's is far from where they meet.
                    n /= sine;
                    double edgeAt = Double3.Dot(n, triangle.Vertices[k]);
                    double cornerAt = Double3.Dot(n, triangle.Vertices[(k + 2) % 3]);
                    solid.Extent(n, out double lowest, out double highest);
                    double above = lowest - Math.Max(edgeAt, cornerAt);
                    double below = Math.Min(edgeAt, cornerAt) - highest;
                    double apart = Math.Max(above, below);
                    n = above >= below ? n : -n;
                    if (apart > best)
                    {
                        best = apart;
                        normal = n;
                        direction = i;
                        edge = k;
                    }
                }
            }

            return best;
        }

        private static void WriteCrossing(
            in ShapeAt a, PlacedPolyhedron solid, int direction, in ShapeAt ground, TriangleSurface surface, int t, int edge, Double3 n, bool touching,
            ref FeatureWriter writer)
        {
            int h = PolyhedronPairs.SupportingEdge(solid, direction, -n);
            Double3 p = solid.Start(h);
            Double3 u = solid.End(h) - p;
            Double3 q = surface.Corner(t, edge);
            Double3 w = surface.Corner(t, edge + 1) - q;
            if (!touching && !PolyhedronPairs.CrossWithinEnds(p, u, q, w))
            {
                return;
            }

            Double3 along = PolyhedronPairs.EdgeDirection(solid.Topology, h) * (Double3.Dot(Double3.Cross(u, w), n) >= 0 ? 1 : -1);
            surface.NameEdge(ref t, ref edge);
            writer.Element = (uint)t + 1;
            writer.EdgeEdge(
                a, PolyhedronPairs.EdgePoint(solid.Topology, h), along, h, ground, FeaturePoint.Fixed(q), Double3.Normalise(w), 1 + edge);
        }
    }
}
