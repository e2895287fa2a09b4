namespace DiffPhysics.Physics
{
    /// <summary>What a shape is. The order is the order in which pairs are tested: the lower kind comes first.</summary>
    public enum ShapeKind
    {
        /// <summary>A ball: <see cref="SphereShape"/>.</summary>
        Sphere,

        /// <summary>A rounded segment: <see cref="CapsuleShape"/>.</summary>
        Capsule,

        /// <summary>A cuboid: <see cref="BoxShape"/>.</summary>
        Box,

        /// <summary>The convex hull of points: <see cref="HullShape"/>.</summary>
        Hull,

        /// <summary>A static half space: <see cref="PlaneShape"/>.</summary>
        Plane,

        /// <summary>Static triangles: <see cref="TriangleMeshShape"/>.</summary>
        Mesh,

        /// <summary>Static ground over a grid: <see cref="HeightFieldShape"/>.</summary>
        HeightField,

        /// <summary>Several shapes that move as one: <see cref="CompoundShape"/>.</summary>
        Compound,
    }
}
