namespace DiffPhysics.Physics
{
    /// <summary>Where a ray meets a surface from outside.</summary>
    public readonly struct RayHit
    {
        /// <summary>Index of the body.</summary>
        public readonly int Body;

        /// <summary>Index of the collider.</summary>
        public readonly int Collider;

        /// <summary>Distance from the ray's origin, in metres.</summary>
        public readonly double Distance;

        /// <summary>World point.</summary>
        public readonly Double3 Point;

        /// <summary>Outward unit normal of the surface there.</summary>
        public readonly Double3 Normal;

        /// <summary>The triangle of a mesh or height field, -1 for other shapes.</summary>
        public readonly int Triangle;

        internal RayHit(int body, int collider, double distance, Double3 point, Double3 normal, int triangle)
        {
            Body = body;
            Collider = collider;
            Distance = distance;
            Point = point;
            Normal = normal;
            Triangle = triangle;
        }
    }
}
