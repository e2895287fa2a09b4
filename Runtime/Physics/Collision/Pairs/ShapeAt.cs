namespace DiffPhysics.Physics
{
    /// <summary>A shape where it stands in the world, and whose it is.</summary>
    internal struct ShapeAt
    {
        public Shape Shape;
        public ShapeSize Size;
        public Pose WorldFromShape;
        public int Body;
        public int Collider;

        public ShapeAt(Shape shape, Pose worldFromShape, int body, int collider)
        {
            Shape = shape;
            Size = shape.Size;
            WorldFromShape = worldFromShape;
            Body = body;
            Collider = collider;
        }

        /// <summary>World position of the centre of a sphere, or the origin of any shape.</summary>
        public Double3 Origin => WorldFromShape.Position;
    }
}
