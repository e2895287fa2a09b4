namespace DiffPhysics.Physics
{
    /// <summary>Where pair testers write: it fills in bodies, colliders and the feature's name.</summary>
    internal struct FeatureWriter
    {
        /// <summary>Features of a shape are numbered below this.</summary>
        public const int FeatureLimit = 1 << 14;

        public ContactFeatureList List;

        /// <summary>Features with a larger gap, in metres, are left out.</summary>
        public double Reach;

        /// <summary>The triangle of a mesh or height field that the next features lie on, 0 for other shapes.</summary>
        public uint Element;

        public FeatureWriter(ContactFeatureList list, double reach)
        {
            List = list;
            Reach = reach;
            Element = 0;
        }

        /// <summary>A writer that wants nothing, for testers that are asked for the gap alone.</summary>
        public static FeatureWriter None => new FeatureWriter(null, double.NegativeInfinity);

        public bool Wants(double gap) => gap <= Reach;

        public bool WantsNothing => List == null;

        /// <summary>Whether a name is that of a <see cref="EdgePlane"/> or <see cref="PlaneCorner"/>.</summary>
        public static bool IsClipped(ulong id) => ((id >> 28) & 7) >= 4;

        public void PointPlane(in ShapeAt first, FeaturePoint point, int pointId, in ShapeAt second, FeaturePoint face, Double3 normal, int faceId) =>
            Add(ContactFeatureKind.PointPlane, 0, first, point, default, pointId, second, face, normal, faceId);

        /// <summary>A corner of a contact polygon where an edge of the first shape crosses a side of the second's face.</summary>
        /// <param name="first">The shape with the edge.</param>
        /// <param name="point">A point of the edge.</param>
        /// <param name="along">Direction of the edge.</param>
        /// <param name="edge">Number of the edge.</param>
        /// <param name="second">The shape with the face.</param>
        /// <param name="onSide">A point of the side.</param>
        /// <param name="normal">Normal of the face.</param>
        /// <param name="outward">Normal of the plane that contains the side and cuts the edge.</param>
        /// <param name="side">Number of the side.</param>
        public void EdgePlane(
            in ShapeAt first, FeaturePoint point, Double3 along, int edge, in ShapeAt second, FeaturePoint onSide, Double3 normal, Double3 outward, int side)
        {
            Add(ContactFeatureKind.EdgePlane, 4, first, point, along, edge, second, onSide, normal, side);
            List[List.Count - 1].Side = outward;
        }

        /// <summary>A corner of a contact polygon that is a corner of the second's face, under a face of the first.</summary>
        public void PlaneCorner(
            in ShapeAt first, FeaturePoint onFace, Double3 facing, int edge, in ShapeAt second, FeaturePoint corner, Double3 normal, int side) =>
            Add(ContactFeatureKind.PlaneCorner, 5, first, onFace, facing, edge, second, corner, normal, side);

        public void PointPoint(in ShapeAt first, FeaturePoint point, int pointId, in ShapeAt second, FeaturePoint other, int otherId) =>
            Add(ContactFeatureKind.PointPoint, 1, first, point, default, pointId, second, other, default, otherId);

        public void PointEdge(in ShapeAt first, FeaturePoint point, int pointId, in ShapeAt second, FeaturePoint edge, Double3 direction, int edgeId) =>
            Add(ContactFeatureKind.PointEdge, 2, first, point, default, pointId, second, edge, direction, edgeId);

        public void EdgeEdge(
            in ShapeAt first, FeaturePoint point, Double3 direction, int edgeId, in ShapeAt second, FeaturePoint other, Double3 otherDirection, int otherId) =>
            Add(ContactFeatureKind.EdgeEdge, 3, first, point, direction, edgeId, second, other, otherDirection, otherId);

        // Name: element (32 bits), which collider comes first (1), how they meet (3), feature of the first (14), of the second (14).
        private void Add(
            ContactFeatureKind kind, uint code,
            in ShapeAt first, FeaturePoint point, Double3 direction, int id,
            in ShapeAt second, FeaturePoint otherPoint, Double3 otherDirection, int otherId)
        {
            uint role = first.Collider > second.Collider ? 1u : 0u;
            ref ContactFeature feature = ref List.Add();
            feature.Kind = kind;
            feature.First.Body = first.Body;
            feature.First.Collider = first.Collider;
            feature.First.Point = point;
            feature.First.Direction = direction;
            feature.Second.Body = second.Body;
            feature.Second.Collider = second.Collider;
            feature.Second.Point = otherPoint;
            feature.Second.Direction = otherDirection;
            feature.Side = default;
            feature.Id = ((ulong)Element << 32) | (role << 31) | (code << 28) | ((uint)id << 14) | (uint)otherId;
        }
    }
}
