using System;

namespace DiffPhysics.Physics
{
    /// <summary>Capsules on boxes and hulls, worked out in the frame of the polyhedron.</summary>
    internal static class CapsulePairs
    {
        // The axis counts as lying on a face, and gets two points over it, if the nearest direction is within this angle of its
        // normal and the points are as near, to that order, as the nearest features.
        private const double FaceCosine = 0.9995;

        // Crossings nearer than this have no direction between them.
        private const double Coincident = 1e-9;

        public static double Polyhedron(in ShapeAt capsule, in ShapeAt solid, PairScratch scratch, ref FeatureWriter writer)
        {
            Polyhedron polyhedron = solid.Shape.Polyhedron;
            Double3 extents = solid.Size.Extents;
            Pose solidFromCapsule = solid.WorldFromShape.Inverse * capsule.WorldFromShape;
            Double3 half = solidFromCapsule.TransformDirection(new Double3(0, capsule.Size.Extents.Y, 0));
            var axis = new Axis { Low = solidFromCapsule.Position - half, Along = 2 * half };

            NearestFeature low = NearestFeature.Of(polyhedron, extents, axis.Low);
            NearestFeature high = NearestFeature.Of(polyhedron, extents, axis.Low + axis.Along);
            bool lowIsNearer = low.Distance <= high.Distance;
            NearestFeature end = lowIsNearer ? low : high;
            Crossing crossing = NearestCrossing(polyhedron, extents, axis);
            if (end.Distance <= Coincident || crossing.Distance <= Coincident || Pierces(polyhedron, extents, axis))
            {
                return Sunk(capsule, solid, axis, ref writer);
            }

            double distance = Math.Min(end.Distance, crossing.Distance);
            double gap = distance - capsule.Size.Radius;
            if (!writer.Wants(gap))
            {
                return gap;
            }

            // An end counts as nearest unless the crossing is nearer beyond rounding: at a corner of the axis they agree.
            bool endIsNearest = end.Distance <= crossing.Distance * (1 + 1e-12);
            Double3 direction = endIsNearest ? Towards(polyhedron, extents, lowIsNearer ? axis.Low : axis.Low + axis.Along, end) : crossing.Direction;
            int face = AlignedFace(polyhedron, direction, out double cosine);
            if (cosine > FaceCosine && WriteOnFace(capsule, solid, axis, face, distance / FaceCosine, ref writer))
            {
                return gap;
            }

            if (endIsNearest)
            {
                int id = lowIsNearer ? 0 : 1;
                SpherePairs.Write(capsule, RoundPairs.CapsuleEnd(id), id, solid, end, ref writer);
            }
            else
            {
                WriteCrossing(capsule, solid, axis, crossing, ref writer);
            }

            return gap;
        }

        // The nearest approach of the inner part of the axis to an edge.
        private static Crossing NearestCrossing(Polyhedron polyhedron, Double3 extents, Axis axis)
        {
            var best = new Crossing { Distance = double.PositiveInfinity };
            foreach (int h in polyhedron.Edges)
            {
                Double3 start = polyhedron.Vertices[polyhedron.Origin[h]] * extents;
                Double3 along = polyhedron.Vertices[polyhedron.Origin[polyhedron.Next(h)]] * extents - start;
                Closest.OnSegments(axis.Low, axis.Along, start, along, out double s, out double t);
                Double3 difference = axis.Low + axis.Along * s - (start + along * t);
                double distance = difference.Length;
                if (distance < best.Distance)
                {
                    best = new Crossing { Distance = distance, HalfEdge = h, OnAxis = s, OnEdge = t, Direction = Double3.Normalise(difference) };
                }
            }

            return best;
        }

        private static void WriteCrossing(in ShapeAt capsule, in ShapeAt solid, Axis axis, Crossing crossing, ref FeatureWriter writer)
        {
            Polyhedron polyhedron = solid.Shape.Polyhedron;
            FeaturePoint centre = FeaturePoint.Fixed(Double3.Zero);
            int h = crossing.HalfEdge;
            Double3 edge = PolyhedronPairs.EdgeDirection(polyhedron, h);
            Double3 cross = Double3.Cross(Double3.Normalise(axis.Along), edge);
            if (cross.Length < RoundPairs.ParallelSine)
            {
                WriteAlongEdge(capsule, solid, axis, h, ref writer);
            }
            else if (crossing.OnEdge <= 0 || crossing.OnEdge >= 1)
            {
                int v = polyhedron.Origin[crossing.OnEdge <= 0 ? h : polyhedron.Next(h)];
                writer.PointEdge(solid, FeaturePoint.Scaled(polyhedron.Vertices[v]), v, capsule, centre, Double3.UnitY, 2);
            }
            else
            {
                Double3 direction = Double3.Dot(cross, crossing.Direction) >= 0 ? Double3.UnitY : -Double3.UnitY;
                writer.EdgeEdge(capsule, centre, direction, 0, solid, PolyhedronPairs.EdgePoint(polyhedron, h), edge, h);
            }
        }

        // Both ends of the stretch in which a nearly parallel edge lies beside the axis.
        private static void WriteAlongEdge(in ShapeAt capsule, in ShapeAt solid, Axis axis, int halfEdge, ref FeatureWriter writer)
        {
            Polyhedron polyhedron = solid.Shape.Polyhedron;
            FeaturePoint edgePoint = PolyhedronPairs.EdgePoint(polyhedron, halfEdge);
            Double3 edge = PolyhedronPairs.EdgeDirection(polyhedron, halfEdge);
            Double3 start = polyhedron.Vertices[polyhedron.Origin[halfEdge]] * solid.Size.Extents;
            Double3 along = polyhedron.Vertices[polyhedron.Origin[polyhedron.Next(halfEdge)]] * solid.Size.Extents - start;
            for (int end = 0; end < 2; end++)
            {
                Double3 p = axis.Low + axis.Along * end;
                double t = Double3.Dot(p - start, along) / along.LengthSquared;
                if (t >= 0 && t <= 1)
                {
                    if (writer.Wants(Double3.Distance(p, start + along * t) - capsule.Size.Radius))
                    {
                        writer.PointEdge(capsule, RoundPairs.CapsuleEnd(end), end, solid, edgePoint, edge, halfEdge);
                    }

                    continue;
                }

                // The capsule goes on beyond the corner: the corner itself lies against its axis.
                int v = polyhedron.Origin[t < 0 ? halfEdge : polyhedron.Next(halfEdge)];
                Double3 corner = polyhedron.Vertices[v] * solid.Size.Extents;
                double s = Double3.Dot(corner - axis.Low, axis.Along) / axis.Along.LengthSquared;
                if (s >= 0 && s <= 1 && writer.Wants(Double3.Distance(corner, axis.Low + axis.Along * s) - capsule.Size.Radius))
                {
                    writer.PointEdge(solid, FeaturePoint.Scaled(polyhedron.Vertices[v]), v, capsule, FeaturePoint.Fixed(Double3.Zero), Double3.UnitY, 2);
                }
            }
        }

        // Points over a face at the ends of the part of the axis that lies above it; false if no part does so near enough.
        private static bool WriteOnFace(in ShapeAt capsule, in ShapeAt solid, Axis axis, int face, double nearEnough, ref FeatureWriter writer)
        {
            Polyhedron polyhedron = solid.Shape.Polyhedron;
            Double3 extents = solid.Size.Extents;
            Double3 n = polyhedron.Normals[face];
            double from = 0;
            double to = 1;
            int sideFrom = -1;
            int sideTo = -1;
            for (int h = polyhedron.FaceStart[face]; h < polyhedron.FaceStart[face + 1]; h++)
            {
                Double3 start = polyhedron.Vertices[polyhedron.Origin[h]] * extents;
                Double3 outward = Double3.Normalise(Double3.Cross(polyhedron.Vertices[polyhedron.Origin[polyhedron.Next(h)]] * extents - start, n));
                double outside = Double3.Dot(outward, axis.Low - start) - 1e-9 * solid.Shape.OuterRadius;
                double slope = Double3.Dot(outward, axis.Along);
                if (outside + slope * from > 0 && outside + slope * to > 0)
                {
                    return false;
                }

                if (outside + slope * from > 0)
                {
                    from = -outside / slope;
                    sideFrom = h;
                }
                else if (outside + slope * to > 0)
                {
                    to = -outside / slope;
                    sideTo = h;
                }
            }

            double height = Double3.Dot(n, axis.Low - polyhedron.FacePoint(face) * extents);
            double rise = Double3.Dot(n, axis.Along);
            if (Math.Min(height + rise * from, height + rise * to) > nearEnough)
            {
                return false;
            }

            WriteOnFacePoint(capsule, solid, axis, face, from, sideFrom, 0, ref writer);
            WriteOnFacePoint(capsule, solid, axis, face, to, sideTo, 1, ref writer);
            return true;
        }

        private static void WriteOnFacePoint(
            in ShapeAt capsule, in ShapeAt solid, Axis axis, int face, double at, int side, int end, ref FeatureWriter writer)
        {
            Polyhedron polyhedron = solid.Shape.Polyhedron;
            Double3 n = polyhedron.Normals[face];
            FeaturePoint plane = FeaturePoint.Scaled(polyhedron.FacePoint(face));
            if (!writer.Wants(Double3.Dot(n, axis.Low + axis.Along * at - plane.At(solid.Size)) - capsule.Size.Radius))
            {
                return;
            }

            if (side < 0)
            {
                writer.PointPlane(capsule, RoundPairs.CapsuleEnd(end), end, solid, plane, n, face);
            }
            else
            {
                Double3 extents = solid.Size.Extents;
                int from = polyhedron.Origin[side], to = polyhedron.Origin[polyhedron.Next(side)];
                Double3 outward = Double3.Normalise(Double3.Cross((polyhedron.Vertices[to] - polyhedron.Vertices[from]) * extents, n));
                writer.EdgePlane(
                    capsule, FeaturePoint.Fixed(Double3.Zero), Double3.UnitY, end, solid, FeaturePoint.Scaled(polyhedron.Vertices[from]), n, outward, side);
            }
        }

        // The axis itself is in the solid: the normal of least depth, of the faces and of the edges crossed with the axis.
        private static double Sunk(in ShapeAt capsule, in ShapeAt solid, Axis axis, ref FeatureWriter writer)
        {
            Polyhedron polyhedron = solid.Shape.Polyhedron;
            Double3 extents = solid.Size.Extents;
            double best = double.NegativeInfinity;
            int face = 0;
            for (int f = 0; f < polyhedron.FaceCount; f++)
            {
                double height = Double3.Dot(polyhedron.Normals[f], axis.Low - polyhedron.FacePoint(f) * extents);
                double apart = height + Math.Min(0, Double3.Dot(polyhedron.Normals[f], axis.Along));
                if (apart > best)
                {
                    best = apart;
                    face = f;
                }
            }

            var crossing = new Crossing { HalfEdge = -1, Distance = best + 1e-3 * solid.Shape.OuterRadius };
            foreach (int h in polyhedron.Edges)
            {
                Double3 start = polyhedron.Vertices[polyhedron.Origin[h]] * extents;
                Double3 n = Double3.Cross(PolyhedronPairs.EdgeDirection(polyhedron, h), Double3.Normalise(axis.Along));
                double sine = n.Length;
                if (sine < RoundPairs.ParallelSine)
                {
                    continue;
                }

                n /= Double3.Dot(n, start - polyhedron.Centre * extents) >= 0 ? sine : -sine;
                Double3 top = polyhedron.Vertices[polyhedron.Support(extents, n)] * extents;
                if (Double3.Dot(n, top - start) > 1e-9 * solid.Shape.OuterRadius)
                {
                    continue;
                }

                double apart = Double3.Dot(n, axis.Low - start);
                if (apart > crossing.Distance)
                {
                    crossing = new Crossing { HalfEdge = h, Distance = apart, Direction = n, OnEdge = 0.5 };
                }
            }

            double gap = (crossing.HalfEdge >= 0 ? crossing.Distance : best) - capsule.Size.Radius;
            if (!writer.Wants(gap))
            {
                return gap;
            }

            if (crossing.HalfEdge >= 0)
            {
                WriteCrossing(capsule, solid, axis, crossing, ref writer);
            }
            else
            {
                // An end that hangs out beyond the face still has its depth below the face's plane.
                WriteOnFacePoint(capsule, solid, axis, face, 0, -1, 0, ref writer);
                WriteOnFacePoint(capsule, solid, axis, face, 1, -1, 1, ref writer);
            }

            return gap;
        }

        // Whether the axis runs through the inside, by clipping it with all faces.
        private static bool Pierces(Polyhedron polyhedron, Double3 extents, Axis axis)
        {
            double from = 0;
            double to = 1;
            for (int f = 0; f < polyhedron.FaceCount; f++)
            {
                double height = Double3.Dot(polyhedron.Normals[f], axis.Low - polyhedron.FacePoint(f) * extents);
                double slope = Double3.Dot(polyhedron.Normals[f], axis.Along);
                if (slope == 0)
                {
                    if (height > 0)
                    {
                        return false;
                    }
                }
                else if (slope > 0)
                {
                    to = Math.Min(to, -height / slope);
                }
                else
                {
                    from = Math.Max(from, -height / slope);
                }
            }

            return from <= to;
        }

        private static Double3 Towards(Polyhedron polyhedron, Double3 extents, Double3 p, NearestFeature nearest)
        {
            switch (nearest.Part)
            {
                case Part.Face:
                    return polyhedron.Normals[nearest.Index];
                case Part.Edge:
                    Double3 start = polyhedron.Vertices[polyhedron.Origin[nearest.Index]] * extents;
                    Double3 direction = PolyhedronPairs.EdgeDirection(polyhedron, nearest.Index);
                    Double3 r = p - start;
                    return Double3.Normalise(r - direction * Double3.Dot(direction, r));
                default:
                    return Double3.Normalise(p - polyhedron.Vertices[nearest.Index] * extents);
            }
        }

        private static int AlignedFace(Polyhedron polyhedron, Double3 direction, out double cosine)
        {
            int best = 0;
            cosine = -1;
            for (int f = 0; f < polyhedron.FaceCount; f++)
            {
                double dot = Double3.Dot(polyhedron.Normals[f], direction);
                if (dot > cosine)
                {
                    cosine = dot;
                    best = f;
                }
            }

            return best;
        }

        // The capsule's axis in the frame of the solid.
        private struct Axis
        {
            public Double3 Low;
            public Double3 Along;
        }

        private struct Crossing
        {
            public double Distance;
            public int HalfEdge;
            public double OnAxis;
            public double OnEdge;

            /// <summary>From the edge to the axis.</summary>
            public Double3 Direction;
        }
    }
}
