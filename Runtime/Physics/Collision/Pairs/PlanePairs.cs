using System;

namespace DiffPhysics.Physics
{
    /// <summary>Balls, capsules and polyhedra over a half space: every feature is a point over the plane.</summary>
    internal static class PlanePairs
    {
        private static readonly FeaturePoint Origin = FeaturePoint.Fixed(Double3.Zero);

        public static double Sphere(in ShapeAt sphere, in ShapeAt plane, ref FeatureWriter writer) =>
            Point(sphere, FeaturePoint.Fixed(Double3.Zero), 0, plane, ref writer);

        public static double Capsule(in ShapeAt capsule, in ShapeAt plane, ref FeatureWriter writer)
        {
            double low = Point(capsule, RoundPairs.CapsuleEnd(0), 0, plane, ref writer);
            double high = Point(capsule, RoundPairs.CapsuleEnd(1), 1, plane, ref writer);
            return Math.Min(low, high);
        }

        public static double Polyhedron(in ShapeAt solid, in ShapeAt plane, PairScratch scratch, ref FeatureWriter writer)
        {
            Polyhedron polyhedron = solid.Shape.Polyhedron;
            Pose planeFromSolid = plane.WorldFromShape.Inverse * solid.WorldFromShape;
            Double3 normal = planeFromSolid.InverseTransformDirection(PlaneShape.Normal) * solid.Size.Extents;
            double height = planeFromSolid.Position.Y;
            double gap = double.PositiveInfinity;
            ManifoldPoints points = scratch.Manifold;
            points.Clear();
            for (int v = 0; v < polyhedron.Vertices.Length; v++)
            {
                double g = height + Double3.Dot(normal, polyhedron.Vertices[v]);
                gap = Math.Min(gap, g);
                if (writer.Wants(g))
                {
                    points.Add(planeFromSolid.TransformPoint(polyhedron.Vertices[v] * solid.Size.Extents), g, v);
                }
            }

            int count = points.Reduce(PlaneShape.Normal, 1e-3 * solid.Shape.OuterRadius);
            for (int i = 0; i < count; i++)
            {
                int v = points.Feature(i);
                writer.PointPlane(solid, FeaturePoint.Scaled(polyhedron.Vertices[v]), v, plane, Origin, PlaneShape.Normal, 0);
            }

            return gap;
        }

        private static double Point(in ShapeAt shape, FeaturePoint point, int id, in ShapeAt plane, ref FeatureWriter writer)
        {
            Double3 world = shape.WorldFromShape.TransformPoint(point.At(shape.Size));
            double gap = plane.WorldFromShape.InverseTransformPoint(world).Y - shape.Size.Radius;
            if (writer.Wants(gap))
            {
                writer.PointPlane(shape, point, id, plane, Origin, PlaneShape.Normal, 0);
            }

            return gap;
        }
    }
}
