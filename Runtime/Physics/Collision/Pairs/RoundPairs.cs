using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Balls and capsules among themselves. Every tester of a pair returns the gap of its nearest features, or a lower bound
    /// of it, and writes the features that the writer wants.
    /// </summary>
    internal static class RoundPairs
    {
        /// <summary>Sine of the angle below which two lines count as parallel and get two contacts instead of a crossing.</summary>
        public const double ParallelSine = 0.03;

        // Centres nearer than this have no direction between them; they part along the world's y.
        private const double Coincident = 1e-9;

        private static readonly FeaturePoint Centre = FeaturePoint.Fixed(Double3.Zero);

        public static double SphereSphere(in ShapeAt a, in ShapeAt b, ref FeatureWriter writer)
        {
            double distance = Double3.Distance(a.Origin, b.Origin);
            double gap = distance - a.Size.Radius - b.Size.Radius;
            if (writer.Wants(gap))
            {
                WritePointPoint(a, Centre, 0, b, Centre, 0, distance, ref writer);
            }

            return gap;
        }

        public static double SphereCapsule(in ShapeAt a, in ShapeAt b, ref FeatureWriter writer)
        {
            double half = b.Size.Extents.Y;
            Double3 local = b.WorldFromShape.InverseTransformPoint(a.Origin);
            double y = Math.Max(-half, Math.Min(half, local.Y));
            double distance = Double3.Distance(local, new Double3(0, y, 0));
            double gap = distance - a.Size.Radius - b.Size.Radius;
            if (!writer.Wants(gap))
            {
                return gap;
            }

            if (Math.Abs(local.Y) >= half)
            {
                int end = local.Y > 0 ? 1 : 0;
                WritePointPoint(a, Centre, 0, b, CapsuleEnd(end), end, distance, ref writer);
            }
            else
            {
                WritePointEdge(a, Centre, 0, b, distance, ref writer);
            }

            return gap;
        }

        public static double CapsuleCapsule(in ShapeAt a, in ShapeAt b, ref FeatureWriter writer)
        {
            Double3 u = a.WorldFromShape.TransformDirection(Double3.UnitY);
            Double3 w = b.WorldFromShape.TransformDirection(Double3.UnitY);
            double la = a.Size.Extents.Y;
            double lb = b.Size.Extents.Y;
            double radii = a.Size.Radius + b.Size.Radius;
            Closest.OnSegments(a.Origin - u * la, u * (2 * la), b.Origin - w * lb, w * (2 * lb), out double s, out double t);
            Double3 pa = a.Origin + u * (la * (2 * s - 1));
            Double3 pb = b.Origin + w * (lb * (2 * t - 1));
            double distance = Double3.Distance(pa, pb);
            double gap = distance - radii;
            if (!writer.Wants(gap))
            {
                return gap;
            }

            Double3 cross = Double3.Cross(u, w);
            if (cross.Length < ParallelSine)
            {
                if (WriteParallel(a, u, b, w, radii, ref writer))
                {
                    return gap;
                }
            }
            else if (s > 0 && s < 1 && t > 0 && t < 1)
            {
                // The direction of the first edge is signed so that u x w points from b to a; crossed axes go by the centres.
                double side = Double3.Dot(cross, distance > Coincident ? pa - pb : a.Origin - b.Origin);
                Double3 direction = side >= 0 ? Double3.UnitY : -Double3.UnitY;
                writer.EdgeEdge(a, Centre, direction, 0, b, Centre, Double3.UnitY, 0);
                return gap;
            }

            bool endOfA = s <= 0 || s >= 1;
            bool endOfB = t <= 0 || t >= 1;
            int endA = s > 0.5 ? 1 : 0;
            int endB = t > 0.5 ? 1 : 0;
            if (endOfA && endOfB)
            {
                WritePointPoint(a, CapsuleEnd(endA), endA, b, CapsuleEnd(endB), endB, distance, ref writer);
            }
            else if (endOfA)
            {
                WritePointEdge(a, CapsuleEnd(endA), endA, b, distance, ref writer);
            }
            else
            {
                WritePointEdge(b, CapsuleEnd(endB), endB, a, distance, ref writer);
            }

            return gap;
        }

        /// <summary>The point of a capsule's end 0 (below) or 1 (above).</summary>
        public static FeaturePoint CapsuleEnd(int end) => FeaturePoint.Scaled(new Double3(0, end == 0 ? -1 : 1, 0));

        /// <summary>
        /// A point of each shape at a core distance; where they coincide there is no direction between them, so the second
        /// one is given a face that looks up.
        /// </summary>
        public static void WritePointPoint(
            in ShapeAt a, FeaturePoint pa, int ia, in ShapeAt b, FeaturePoint pb, int ib, double distance, ref FeatureWriter writer)
        {
            if (distance > Coincident)
            {
                writer.PointPoint(a, pa, ia, b, pb, ib);
            }
            else
            {
                writer.PointPlane(a, pa, ia, b, pb, b.WorldFromShape.InverseTransformDirection(Double3.UnitY), ib);
            }
        }

        // A point against the axis of a capsule; on the axis itself any direction across it will do.
        private static void WritePointEdge(in ShapeAt a, FeaturePoint point, int id, in ShapeAt capsule, double distance, ref FeatureWriter writer)
        {
            if (distance > Coincident)
            {
                writer.PointEdge(a, point, id, capsule, Centre, Double3.UnitY, 2);
            }
            else
            {
                writer.PointPlane(a, point, id, capsule, Centre, Double3.UnitX, 2);
            }
        }

        // Both ends of the stretch in which parallel axes lie side by side; each end is an end of one of the capsules.
        private static bool WriteParallel(in ShapeAt a, Double3 u, in ShapeAt b, Double3 w, double radii, ref FeatureWriter writer)
        {
            double la = a.Size.Extents.Y;
            double lb = b.Size.Extents.Y;
            double along = Double3.Dot(a.Origin - b.Origin, w);
            double low = along - la;
            double high = along + la;
            if (low >= lb || high <= -lb)
            {
                return false;
            }

            int sense = Double3.Dot(u, w) > 0 ? 1 : 0;
            WriteParallelEnd(low >= -lb, a, 1 - sense, b, 0, radii, ref writer);
            WriteParallelEnd(high <= lb, a, sense, b, 1, radii, ref writer);
            return true;
        }

        private static void WriteParallelEnd(bool endOfA, in ShapeAt a, int endA, in ShapeAt b, int endB, double radii, ref FeatureWriter writer)
        {
            ref readonly ShapeAt point = ref (endOfA ? ref a : ref b);
            ref readonly ShapeAt edge = ref (endOfA ? ref b : ref a);
            int end = endOfA ? endA : endB;
            Double3 local = edge.WorldFromShape.InverseTransformPoint(point.WorldFromShape.TransformPoint(CapsuleEnd(end).At(point.Size)));
            double distance = new Double3(local.X, 0, local.Z).Length;
            if (writer.Wants(distance - radii))
            {
                WritePointEdge(point, CapsuleEnd(end), end, edge, distance, ref writer);
            }
        }
    }
}
