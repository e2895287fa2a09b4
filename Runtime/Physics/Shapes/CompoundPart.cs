namespace DiffPhysics.Physics
{
    /// <summary>A shape and its place in a compound.</summary>
    public readonly struct CompoundPart
    {
        /// <summary>The part's shape.</summary>
        public readonly Shape Shape;

        /// <summary>Its pose in the compound's frame.</summary>
        public readonly Pose CompoundFromPart;

        /// <summary>A shape at a pose.</summary>
        public CompoundPart(Shape shape, Pose compoundFromPart)
        {
            Shape = shape;
            CompoundFromPart = compoundFromPart;
        }
    }
}
