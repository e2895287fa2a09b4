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
            return a.Shape.Kind == ShapeKind.Box && b.Shape.Kind == ShapeKind.Box ? Boxes(a, b, scratch, ref writer) : Hulls(a, b, scratch, ref writer);
        }

        private static double Boxes(in ShapeAt a, in ShapeAt b, PairScratch scratch, ref FeatureWriter writer)
        {
            Pose aFromB = a.WorldFromShape.Inverse * b.WorldFromShape;
            BoxSeparation s = BoxSeparation.Of(a.Size.Extents, b.Size.Extents, aFromB);
            double apart = Math.Max(Math.Max(s.ApartA, s.ApartB), s.ApartEdges);
            if (!writer.Wants(apart))
            {
                return apart;
            }

            PlacedPolyhedron pa = scratch.A;
            PlacedPolyhedron pb = scratch.B;
            pa.Place(a, Pose.Identity);
            pb.Place(b, aFromB);
            var best = new Axes { ApartA = s.ApartA, FaceA = s.FaceA, ApartB = s.ApartB, FaceB = s.FaceB, ApartEdges = s.ApartEdges, EdgeA = -1, EdgeB = -1 };
            if (s.ApartEdges > Math.Max(s.ApartA, s.ApartB))
            {
                best.EdgeA = SupportingEdge(pa, pa.Topology.DirectionAlong(s.I), s.Crossing);
                best.EdgeB = SupportingEdge(pb, pb.Topology.DirectionAlong(s.J), -s.Crossing);
            }

            Write(a, pa, b, pb, best, scratch, ref writer);
            return apart;
        }

        private static double Hulls(in ShapeAt a, in ShapeAt b, PairScratch scratch, ref FeatureWriter writer)
        {
            Pose aFromB = a.WorldFromShape.Inverse * b.WorldFromShape;
            double enough = writer.WantsNothing ? double.PositiveInfinity : writer.Reach;
            double apartBoxes = AroundThem(a, b, aFromB);
            if (apartBoxes > enough)
            {
                return apartBoxes;
            }

            PlacedPolyhedron pa = scratch.A;
            PlacedPolyhedron pb = scratch.B;
            pa.Place(a, Pose.Identity);
            pb.Place(b, aFromB);
            var best = default(Axes);
            best.ApartA = FaceSeparation(pa, pb, enough, out best.FaceA);
            if (best.ApartA > enough)
            {
                return best.ApartA;
            }

            best.ApartB = FaceSeparation(pb, pa, enough, out best.FaceB);
            if (best.ApartB > enough)
            {
                return best.ApartB;
            }

            pa.PlaceEdges();
            pb.PlaceEdges();
            best.ApartEdges = CrossedEdges(pa, pb, out best.EdgeA, out best.EdgeB);
            double apart = Math.Max(Math.Max(best.ApartA, best.ApartB), best.ApartEdges);
            if (writer.Wants(apart))
            {
                Write(a, pa, b, pb, best, scratch, ref writer);
            }

            return apart;
        }

        // How far the boxes around two hulls, each along the axes of its frame, are apart: quicker, and no more than the hulls are.
        private static double AroundThem(in ShapeAt a, in ShapeAt b, Pose aFromB)
        {
            Bounds3 boxA = a.Shape.Polyhedron.Bounds;
            Bounds3 boxB = b.Shape.Polyhedron.Bounds;
            Double3 between = aFromB.TransformPoint(boxB.Centre * b.Size.Extents) - boxA.Centre * a.Size.Extents;
            BoxSeparation s = BoxSeparation.Of(boxA.HalfExtents * a.Size.Extents, boxB.HalfExtents * b.Size.Extents, new Pose(between, aFromB.Rotation));
            return Math.Max(Math.Max(s.ApartA, s.ApartB), s.ApartEdges);
        }

        // Writes what the best axis says meets.
        private static void Write(
            in ShapeAt a, PlacedPolyhedron pa, in ShapeAt b, PlacedPolyhedron pb, in Axes axes, PairScratch scratch, ref FeatureWriter writer)
        {
            double size = Math.Min(a.Shape.OuterRadius, b.Shape.OuterRadius);
            double preference = Preference * size;
            double apartFaces = Math.Max(axes.ApartA, axes.ApartB);
            if (axes.ApartEdges > apartFaces + preference)
            {
                WriteCrossing(a, pa, axes.EdgeA, b, pb, axes.EdgeB, axes.ApartEdges, preference, ref writer);
                return;
            }

            bool touching = Math.Max(apartFaces, axes.ApartEdges) <= preference;
            if (IsFirstReference(pa, axes.FaceA, axes.ApartA, pb, axes.FaceB, axes.ApartB, preference))
            {
                FaceManifold.Write(a, pa, axes.FaceA, b, pb, scratch, touching, ref writer);
            }
            else
            {
                FaceManifold.Write(b, pb, axes.FaceB, a, pa, scratch, touching, ref writer);
            }
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

        /// <summary>The edge of a direction that is farthest along n.</summary>
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
            var edgesP = new ReadOnlySpan<PlacedEdge>(p.Edges, 0, p.Topology.Edges.Length);
            var edgesQ = new ReadOnlySpan<PlacedEdge>(q.Edges, 0, q.Topology.Edges.Length);
            for (int g = 0; g < edgesP.Length; g++)
            {
                ref readonly PlacedEdge e = ref edgesP[g];
                for (int h = 0; h < edgesQ.Length; h++)
                {
                    ref readonly PlacedEdge f = ref edgesQ[h];
                    double cu = Double3.Dot(f.Left, e.Along);
                    if (cu * Double3.Dot(f.Right, e.Along) >= 0)
                    {
                        continue;
                    }

                    double bw = Double3.Dot(e.Right, f.Along);
                    if (Double3.Dot(e.Left, f.Along) * bw >= 0 || cu * bw >= 0)
                    {
                        continue;
                    }

                    Double3 n = Double3.Cross(e.Along, f.Along);
                    double length = n.Length;
                    if (length * length < RoundPairs.ParallelSine * RoundPairs.ParallelSine * e.Along.LengthSquared * f.Along.LengthSquared)
                    {
                        continue;
                    }

                    n /= Double3.Dot(n, e.Start - p.Centre) >= 0 ? length : -length;
                    double apart = Double3.Dot(n, f.Start - e.Start);
                    if (apart > best)
                    {
                        best = apart;
                        edgeP = p.Topology.Edges[g];
                        edgeQ = q.Topology.Edges[h];
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

        // The farthest separations of each sort, and the features they belong to.
        private struct Axes
        {
            public double ApartA;
            public int FaceA;
            public double ApartB;
            public int FaceB;
            public double ApartEdges;
            public int EdgeA;
            public int EdgeB;
        }
    }
}
