namespace DiffPhysics.Physics
{
    /// <summary>A contact feature evaluated at two poses.</summary>
    public readonly struct ContactGeometry
    {
        /// <summary>Distance between the surfaces along the normal, in metres; negative where they overlap.</summary>
        public readonly double Gap;

        /// <summary>Unit vector in the world from the second shape to the first.</summary>
        public readonly Double3 Normal;

        /// <summary>World point on the first shape's surface.</summary>
        public readonly Double3 FirstAnchor;

        /// <summary>World point on the second shape's surface.</summary>
        public readonly Double3 SecondAnchor;

        /// <summary>Geometry with the given values.</summary>
        public ContactGeometry(double gap, Double3 normal, Double3 firstAnchor, Double3 secondAnchor)
        {
            Gap = gap;
            Normal = normal;
            FirstAnchor = firstAnchor;
            SecondAnchor = secondAnchor;
        }
    }
}
