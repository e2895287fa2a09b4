namespace DiffPhysics.Physics
{
    /// <summary>Balls, and the ends of capsules, on boxes and hulls.</summary>
    internal static class SpherePairs
    {
        public static double Polyhedron(in ShapeAt sphere, in ShapeAt solid, ref FeatureWriter writer)
        {
            Double3 local = solid.WorldFromShape.InverseTransformPoint(sphere.Origin);
            NearestFeature nearest = NearestFeature.Of(solid.Shape.Polyhedron, solid.Size.Extents, local);
            double gap = nearest.Distance - sphere.Size.Radius;
            if (writer.Wants(gap))
            {
                Write(sphere, FeaturePoint.Fixed(Double3.Zero), 0, solid, nearest, ref writer);
            }

            return gap;
        }

        /// <summary>Writes a rounded point over the part of a polyhedron that is nearest to it.</summary>
        public static void Write(in ShapeAt round, FeaturePoint point, int pointId, in ShapeAt solid, NearestFeature nearest, ref FeatureWriter writer)
        {
            Polyhedron polyhedron = solid.Shape.Polyhedron;
            switch (nearest.Part)
            {
                case Part.Face:
                    FeaturePoint onFace = FeaturePoint.Scaled(polyhedron.FacePoint(nearest.Index));
                    writer.PointPlane(round, point, pointId, solid, onFace, polyhedron.Normals[nearest.Index], nearest.Index);
                    break;
                case Part.Edge:
                    writer.PointEdge(
                        round, point, pointId, solid,
                        PolyhedronPairs.EdgePoint(polyhedron, nearest.Index), PolyhedronPairs.EdgeDirection(polyhedron, nearest.Index), nearest.Index);
                    break;
                default:
                    FeaturePoint vertex = FeaturePoint.Scaled(polyhedron.Vertices[nearest.Index]);
                    RoundPairs.WritePointPoint(round, point, pointId, solid, vertex, nearest.Index, nearest.Distance, ref writer);
                    break;
            }
        }
    }
}
