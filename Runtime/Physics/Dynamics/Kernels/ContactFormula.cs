namespace DiffPhysics.Physics
{
    /// <summary>
    /// The formulas of gap and normal that kernels are traced with. The corners of two faces that overlap (a point over a face, an edge
    /// over a face, a face over a corner) share one, so that the manifolds of boxes and hulls need few kernels.
    /// </summary>
    internal enum ContactFormula
    {
        /// <summary>A point over a face.</summary>
        PointPlane,

        /// <summary>A point and a point.</summary>
        PointPoint,

        /// <summary>A point and an edge.</summary>
        PointEdge,

        /// <summary>An edge and an edge.</summary>
        EdgeEdge,

        /// <summary>A corner of two faces that overlap, of any of the three kinds; which one, the feature's numbers tell.</summary>
        FaceCorner,
    }

    internal static class ContactFormulas
    {
        /// <summary>The formula for a feature: points over faces keep their own where all of the manifold are such.</summary>
        public static ContactFormula For(ContactFeatureKind kind, bool amongCorners)
        {
            switch (kind)
            {
                case ContactFeatureKind.PointPoint: return ContactFormula.PointPoint;
                case ContactFeatureKind.PointEdge: return ContactFormula.PointEdge;
                case ContactFeatureKind.EdgeEdge: return ContactFormula.EdgeEdge;
                case ContactFeatureKind.PointPlane: return amongCorners ? ContactFormula.FaceCorner : ContactFormula.PointPlane;
                default: return ContactFormula.FaceCorner;
            }
        }

        /// <summary>Whether a feature is a corner that points over faces do not cover.</summary>
        public static bool IsCorner(ContactFeatureKind kind) => kind == ContactFeatureKind.EdgePlane || kind == ContactFeatureKind.PlaneCorner;
    }
}
