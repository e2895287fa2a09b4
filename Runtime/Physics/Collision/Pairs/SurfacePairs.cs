using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Anything on static triangles, worked out in the frame of the surface. A triangle only reports what no triangle beside it
    /// is nearer to: edges and corners count if they are sharp and the other shape lies in the directions that are theirs alone.
    /// So nothing bumps into the seams of a smooth floor.
    /// </summary>
    internal static class SurfacePairs
    {
        // Gaps below this, relative to the body, are contacts that must not be lost.
        private const double Touching = 1e-3;

        public static double Collide(in ShapeAt a, in ShapeAt ground, PairScratch scratch, ref FeatureWriter writer)
        {
            TriangleSurface surface = ((SurfaceShape)ground.Shape).Surface;
            Pose groundFromShape = ground.WorldFromShape.Inverse * a.WorldFromShape;

            // Who asks for the gap alone learns of the neighbourhood; no triangle there means a gap of at least that much.
            double search = writer.WantsNothing ? a.Shape.OuterRadius : Math.Max(0, writer.Reach);
            IntList triangles = scratch.Triangles;
            triangles.Clear();
            surface.Query(a.Shape.BoundsAt(groundFromShape).Expand(search), triangles);
            triangles.Sort();
            int start = writer.WantsNothing ? 0 : writer.List.Count;
            double gap = search;
            double touching = Touching * a.Shape.OuterRadius;
            double shallow = double.NegativeInfinity;
            int shallowest = -1;
            SurfacePolyhedra.Begin(a, groundFromShape, scratch);
            for (int i = 0; i < triangles.Count; i++)
            {
                int t = triangles[i];
                writer.Element = (uint)t + 1;
                double apart;
                switch (a.Shape.Kind)
                {
                    case ShapeKind.Sphere:
                        apart = RoundedPoint(a, FeaturePoint.Fixed(Double3.Zero), 0, groundFromShape.Position, ground, surface, t, ref writer);
                        break;
                    case ShapeKind.Capsule:
                        apart = Capsule(a, groundFromShape, ground, surface, t, ref writer);
                        break;
                    default:
                        apart = SurfacePolyhedra.Collide(a, ground, surface, t, false, scratch, ref writer);
                        break;
                }

                if (apart <= touching && apart > shallow)
                {
                    shallow = apart;
                    shallowest = t;
                }

                gap = Math.Min(gap, apart);
            }

            if (!writer.WantsNothing)
            {
                // Where corner meets corner every triangle may leave the contact to another: the least deep then reports it.
                if (writer.List.Count == start && shallowest >= 0 && a.Shape.Polyhedron != null)
                {
                    writer.Element = (uint)shallowest + 1;
                    SurfacePolyhedra.Collide(a, ground, surface, shallowest, true, scratch, ref writer);
                }

                writer.Element = 0;
                SurfaceReduction.Reduce(writer.List, start, a, ground, scratch);
            }

            return gap;
        }

        // A ball about a point against one triangle: its face, or a sharp edge or corner. Triangles that share it give it one name.
        private static double RoundedPoint(
            in ShapeAt a, FeaturePoint point, int id, Double3 p, in ShapeAt ground, TriangleSurface surface, int t, ref FeatureWriter writer)
        {
            Double3 n = surface.Normals[t];
            double height = Double3.Dot(n, p - surface.Corner(t, 0));
            double radius = a.Size.Radius;
            bool above = true;
            double nearest = double.PositiveInfinity;
            int edge = -1;
            double along = 0;
            for (int k = 0; k < 3; k++)
            {
                Double3 from = surface.Corner(t, k);
                Double3 side = surface.Corner(t, k + 1) - from;
                if (Double3.Dot(p - from, surface.Outward(t, k)) <= 1e-9 * side.Length)
                {
                    continue;
                }

                above = false;
                double s = Closest.OnSegment(p, from, side);
                double distance = Double3.Distance(p, from + side * s);
                if (distance < nearest)
                {
                    nearest = distance;
                    edge = k;
                    along = s;
                }
            }

            if (above)
            {
                // One-sided: what is deeper than its own radius behind a triangle is on the other side.
                if (height < -radius)
                {
                    return double.PositiveInfinity;
                }

                if (writer.Wants(height - radius))
                {
                    writer.PointPlane(a, point, id, ground, FeaturePoint.Fixed(surface.Corner(t, 0)), n, 0);
                }

                return height - radius;
            }

            double gap = nearest - radius;
            if (height < -radius || !writer.Wants(gap))
            {
                return height < -radius ? double.PositiveInfinity : gap;
            }

            if (along > 0 && along < 1)
            {
                Double3 foot = Double3.Lerp(surface.Corner(t, edge), surface.Corner(t, edge + 1), along);
                if (surface.EdgeSees(t, edge, p - foot))
                {
                    Double3 direction = EdgeDirection(surface, t, edge);
                    surface.NameEdge(ref t, ref edge);
                    writer.Element = (uint)t + 1;
                    writer.PointEdge(a, point, id, ground, FeaturePoint.Fixed(foot), direction, 1 + edge);
                }
            }
            else
            {
                int k = (along <= 0 ? edge : edge + 1) % 3;
                if (surface.VertexSees(surface.VertexOf(t, k), p - surface.Corner(t, k)))
                {
                    surface.NameVertex(ref t, ref k);
                    writer.Element = (uint)t + 1;
                    RoundPairs.WritePointPoint(a, point, id, ground, FeaturePoint.Fixed(surface.Corner(t, k)), 4 + k, nearest, ref writer);
                }
            }

            return gap;
        }

        // Both ends as balls, and the axis between them over sharp edges and corners.
        private static double Capsule(in ShapeAt a, Pose groundFromShape, in ShapeAt ground, TriangleSurface surface, int t, ref FeatureWriter writer)
        {
            Double3 half = groundFromShape.TransformDirection(new Double3(0, a.Size.Extents.Y, 0));
            Double3 low = groundFromShape.Position - half;
            Double3 axis = 2 * half;
            double gap = RoundedPoint(a, RoundPairs.CapsuleEnd(0), 0, low, ground, surface, t, ref writer);
            writer.Element = (uint)t + 1;
            gap = Math.Min(gap, RoundedPoint(a, RoundPairs.CapsuleEnd(1), 1, low + axis, ground, surface, t, ref writer));
            for (int k = 0; k < 3; k++)
            {
                writer.Element = (uint)t + 1;
                Double3 from = surface.Corner(t, k);
                Double3 side = surface.Corner(t, k + 1) - from;
                Closest.OnSegments(low, axis, from, side, out double s, out double u);
                if (s <= 0 || s >= 1)
                {
                    continue;
                }

                Double3 apart = low + axis * s - (from + side * u);
                double distance = apart.Length;
                gap = Math.Min(gap, distance - a.Size.Radius);
                if (!writer.Wants(distance - a.Size.Radius) || Double3.Dot(apart, surface.Normals[t]) < -a.Size.Radius)
                {
                    continue;
                }

                Double3 cross = Double3.Cross(Double3.Normalise(axis), Double3.Normalise(side));
                if (u <= 0 || u >= 1 || cross.Length < RoundPairs.ParallelSine)
                {
                    int corner = (u < 0.5 ? k : k + 1) % 3;
                    WriteCorner(a, low, axis, ground, surface, t, corner, ref writer);
                }
                else if (surface.EdgeSees(t, k, apart))
                {
                    Double3 direction = Double3.Dot(cross, apart) >= 0 ? Double3.UnitY : -Double3.UnitY;
                    int named = t;
                    int edge = k;
                    surface.NameEdge(ref named, ref edge);
                    writer.Element = (uint)named + 1;
                    writer.EdgeEdge(a, FeaturePoint.Fixed(Double3.Zero), direction, 2, ground, FeaturePoint.Fixed(from), Double3.Normalise(side), 1 + edge);
                }
            }

            return gap;
        }

        private static void WriteCorner(
            in ShapeAt a, Double3 low, Double3 axis, in ShapeAt ground, TriangleSurface surface, int t, int k, ref FeatureWriter writer)
        {
            Double3 p = surface.Corner(t, k);
            double s = Closest.OnSegment(p, low, axis);
            Double3 apart = low + axis * s - p;
            if (s > 0 && s < 1 && writer.Wants(apart.Length - a.Size.Radius) && surface.VertexSees(surface.VertexOf(t, k), apart))
            {
                surface.NameVertex(ref t, ref k);
                writer.Element = (uint)t + 1;
                writer.PointEdge(ground, FeaturePoint.Fixed(p), 4 + k, a, FeaturePoint.Fixed(Double3.Zero), Double3.UnitY, 2);
            }
        }

        public static Double3 EdgeDirection(TriangleSurface surface, int t, int k) =>
            Double3.Normalise(surface.Corner(t, k + 1) - surface.Corner(t, k));
    }
}
