namespace DiffPhysics.Physics
{
    /// <summary>One shape's half of a <see cref="ContactFeature"/>.</summary>
    public struct FeatureSide
    {
        /// <summary>Index of the body.</summary>
        public int Body;

        /// <summary>Index of the collider: it gives the shape's <see cref="ShapeSize"/> and its pose <c>bodyFromShape</c>.</summary>
        public int Collider;

        /// <summary>The point, a point of the face, or a point of the edge; see <see cref="ContactFeatureKind"/>.</summary>
        public FeaturePoint Point;

        /// <summary>
        /// Constant unit vector in the shape's frame: the outward normal of a face, or the direction of an edge; zero for a point.
        /// </summary>
        public Double3 Direction;
    }
}
