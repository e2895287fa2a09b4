namespace DiffPhysics.Physics
{
    /// <summary>
    /// How the gap of a contact depends on the two poses. Six kinds cover every pair of shapes; the formulas stand at
    /// <see cref="ContactFeature"/>. "Point" means a ball of the first shape's radius about a point (a plain point where
    /// that radius is 0), "edge" a line rounded by its shape's radius.
    /// </summary>
    public enum ContactFeatureKind : byte
    {
        /// <summary>A point of the first shape over a face of the second: ball on box face, box corner on plane.</summary>
        PointPlane = 0,

        /// <summary>A point of each shape: ball on ball, ball on box corner, capsule end on capsule end.</summary>
        PointPoint = 1,

        /// <summary>A point of the first shape and an edge of the second: ball on box edge, ball on capsule side.</summary>
        PointEdge = 2,

        /// <summary>An edge of each shape, never nearly parallel: crossed box edges, crossed capsules.</summary>
        EdgeEdge = 3,

        /// <summary>
        /// An edge of the first shape over a face of the second, at the place where a side of the face cuts it: a corner of the polygon in
        /// which two faces overlap.
        /// </summary>
        EdgePlane = 4,

        /// <summary>A corner of the second shape's face under a face of the first, measured along the normal of the second's.</summary>
        PlaneCorner = 5,
    }
}
