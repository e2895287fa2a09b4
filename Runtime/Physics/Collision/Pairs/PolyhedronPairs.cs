using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Boxes and hulls among themselves, by the separating axis test: of all normals of faces and all crossings of edges,
    /// the one along which the two are farthest apart, or overlap least, decides what meets. The value is exact for
    /// polyhedra that overlap or touch and a lower bound of the distance of those that are apart.
    /// Source: D. Gregorius, "The separating axis test between convex polyhedra", Game Developers Conference 2013.
    /// </summary>
    internal static class PolyhedronPairs
    {
        // Faces beat crossed edges, and the larger face beats the smaller, unless the other is apart by this much more,
        // relative to the smaller body: resting contacts then keep their face.
        private const double Preference = 1e-3;

        public static double Collide(in ShapeAt a, in ShapeAt b, PairScratch scratch, ref FeatureWriter writer)
        {
            PlacedPolyhedron pa = scratch.A;
            PlacedPolyhedron pb = scratch.B;
            pa.Place(a, Pose.Identity);
            pb.Place(b, a.WorldFromShape.Inverse * b.WorldFromShape);
            double size = Math.Min(a.Shape.OuterRadius, b.Shape.OuterRadius);
            double enough = writer.WantsNothing ? double.PositiveInfinity : writer.Reach;

            double apartA = FaceSeparation(pa, pb, enough, out int faceA);
            if (apartA > enough)
            {
                return apartA;
            }

            double apartB = FaceSeparation(pb, pa, enough, out int faceB);
            if (apartB > enough)
            {
                return apartB;
            }

            double apartEdges = a.Shape.Kind == ShapeKind.Box && b.Shape.Kind == ShapeKind.Box
                ? CrossedDirections(pa, pb, out int edgeA, out int edgeB)
                : CrossedEdges(pa, pb, out edgeA, out edgeB);
            double apart = Math.Max(Math.Max(apartA, apartB), apartEdges);
            if (!writer.Wants(apart))
            {
                return apart;
            }

            double preference = Preference * size;
            if (apartEdges > Math.Max(apartA, apartB) + preference)
            {
                WriteCrossing(a, pa, edgeA, b, pb, edgeB, apartEdges, 1e-3 * size, ref writer);
            }
            else if (IsFirstReference(pa, faceA, apartA, pb, faceB, apartB, preference))
            {
                FaceManifold.Write(a, pa, faceA, b, pb, scratch, apart <= preference, ref writer);
            }
            else
            {
                FaceManifold.Write(b, pb, faceB, a, pa, scratch, apart <= preference, ref writer);
            }

            return apart;
        }

        /// <summary>How far b lies outside the face of a that it is farthest outside of.</summary>
        private static double FaceSeparation(PlacedPolyhedron a, PlacedPolyhedron b, double enough, out int face)
        {
            face = 0;
            double best = double.NegativeInfinity;
            for (int f = 0; f < a.Topology.FaceCount && best <= enough; f++)
            {
                Double3 n = a.Normals[f];
                double apart = b.Lowest(n) - Double3.Dot(n, a.Start(a.Topology.FaceStart[f]));
                if (apart > best)
                {
                    best = apart;
                    face = f;
                }
            }

            return best;
        }

        private static bool IsFirstReference(
            PlacedPolyhedron a, int faceA, double apartA, PlacedPolyhedron b, int faceB, double apartB, double preference)
        {
            if (Math.Abs(apartA - apartB) > preference)
            {
                return apartA > apartB;
            }

            return a.Area(faceA) >= b.Area(faceB) * (1 - 1e-6);
        }

        // Boxes have three directions of edges each: nine crossings, whose supporting edges are found once the best is known.
        private static double CrossedDirections(PlacedPolyhedron a, PlacedPolyhedron b, out int edgeA, out int edgeB)
        {
            edgeA = edgeB = -1;
            double best = double.NegativeInfinity;
            Double3 bestNormal = default;
            int bestI = -1;
            int bestJ = -1;
            for (int i = 0; i < a.Topology.DistinctDirections.Length; i++)
            {
                for (int j = 0; j < b.Topology.DistinctDirections.Length; j++)
                {
                    Double3 n = Double3.Cross(a.Directions[i], b.Directions[j]);
                    double sine = n.Length;
                    if (sine < RoundPairs.ParallelSine)
                    {
                        continue;
                    }

                    n /= Double3.Dot(n, b.Centre - a.Centre) >= 0 ? sine : -sine;
                    a.Extent(n, out _, out double highest);
                    double apart = b.Lowest(n) - highest;
                    if (apart > best)
                    {
                        best = apart;
                        bestNormal = n;
                        bestI = i;
                        bestJ = j;
                    }
                }
            }

            if (bestI >= 0)
            {
                edgeA = SupportingEdge(a, bestI, bestNormal);
                edgeB = SupportingEdge(b, bestJ, -bestNormal);
            }

            return best;
        }

        public static int SupportingEdge(PlacedPolyhedron p, int direction, Double3 n)
        {
            int best = -1;
            double height = double.NegativeInfinity;
            for (int e = 0; e < p.Topology.Edges.Length; e++)
            {
                int h = p.Topology.Edges[e];
                double at = Double3.Dot(n, p.Start(h) + p.End(h));
                if (p.Topology.DirectionOf[e] == direction && at > height)
                {
                    height = at;
                    best = h;
                }
            }

            return best;
        }

        // Two edges make a face of the Minkowski difference if, on the sphere of normals, the arc between the faces beside the
        // one crosses the arc between the opposites of the faces beside the other: c and d on either side of the plane of a and
        // b, a and b on either side of that of c and d, and both arcs in the same hemisphere.
        private static double CrossedEdges(PlacedPolyhedron p, PlacedPolyhedron q, out int edgeP, out int edgeQ)
        {
            edgeP = edgeQ = -1;
            double best = double.NegativeInfinity;
            foreach (int g in p.Topology.Edges)
            {
                Double3 a = p.Normals[p.Topology.FaceOf[g]];
                Double3 b = p.Normals[p.Topology.FaceOf[p.Topology.Twin[g]]];
                Double3 start = p.Start(g);
                Double3 u = p.End(g) - start;
                foreach (int h in q.Topology.Edges)
                {
                    double cu = Double3.Dot(q.Normals[q.Topology.FaceOf[h]], u);
                    double du = Double3.Dot(q.Normals[q.Topology.FaceOf[q.Topology.Twin[h]]], u);
                    if (cu * du >= 0)
                    {
                        continue;
                    }

                    Double3 w = q.End(h) - q.Start(h);
                    double aw = Double3.Dot(a, w);
                    double bw = Double3.Dot(b, w);
                    if (aw * bw >= 0 || cu * bw >= 0)
                    {
                        continue;
                    }

                    Double3 n = Double3.Cross(u, w);
                    double length = n.Length;
                    if (length * length < RoundPairs.ParallelSine * RoundPairs.ParallelSine * u.LengthSquared * w.LengthSquared)
                    {
                        continue;
                    }

                    n /= Double3.Dot(n, start - p.Centre) >= 0 ? length : -length;
                    double apart = Double3.Dot(n, q.Start(h) - start);
                    if (apart > best)
                    {
                        best = apart;
                        edgeP = g;
                        edgeQ = h;
                    }
                }
            }

            return best;
        }

        // The crossing of two edges, left out where it lies beyond their ends and the bodies are still apart.
        private static void WriteCrossing(
            in ShapeAt a, PlacedPolyhedron pa, int edgeA, in ShapeAt b, PlacedPolyhedron pb, int edgeB, double apart, double touching, ref FeatureWriter writer)
        {
            Double3 p = pa.Start(edgeA);
            Double3 u = pa.End(edgeA) - p;
            Double3 q = pb.Start(edgeB);
            Double3 w = pb.End(edgeB) - q;
            if (apart > touching && !CrossWithinEnds(p, u, q, w))
            {
                return;
            }

            // Signed so that u x w points from b to a.
            double side = Double3.Dot(Double3.Cross(u, w), apart > 0 ? p - q : q - p);
            Double3 directionA = EdgeDirection(pa.Topology, edgeA) * (side >= 0 ? 1 : -1);
            writer.EdgeEdge(
                a, EdgePoint(pa.Topology, edgeA), directionA, edgeA, b, EdgePoint(pb.Topology, edgeB), EdgeDirection(pb.Topology, edgeB), edgeB);
        }

        /// <summary>Whether the lines p + s u and q + t w come nearest to each other for s and t in [0, 1].</summary>
        public static bool CrossWithinEnds(Double3 p, Double3 u, Double3 q, Double3 w)
        {
            Double3 r = p - q;
            double uu = u.LengthSquared;
            double ww = w.LengthSquared;
            double uw = Double3.Dot(u, w);
            double determinant = uu * ww - uw * uw;
            double s = (uw * Double3.Dot(w, r) - ww * Double3.Dot(u, r)) / determinant;
            double t = (uu * Double3.Dot(w, r) - uw * Double3.Dot(u, r)) / determinant;
            return s >= 0 && s <= 1 && t >= 0 && t <= 1;
        }

        public static FeaturePoint EdgePoint(Polyhedron polyhedron, int halfEdge) =>
            FeaturePoint.Scaled(0.5 * (polyhedron.Vertices[polyhedron.Origin[halfEdge]] + polyhedron.Vertices[polyhedron.Origin[polyhedron.Next(halfEdge)]]));

        public static Double3 EdgeDirection(Polyhedron polyhedron, int halfEdge) =>
            Double3.Normalise(polyhedron.Vertices[polyhedron.Origin[polyhedron.Next(halfEdge)]] - polyhedron.Vertices[polyhedron.Origin[halfEdge]]);
    }
}
