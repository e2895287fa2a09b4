using System;

namespace DiffPhysics.Physics
{
    /// <summary>A cuboid along the axes of its frame, centred at the origin.</summary>
    public sealed class BoxShape : Shape
    {
        // The cube from -1 to 1. Corner i has its coordinate k positive where bit k of i is set; faces 2 k and 2 k + 1 look along -k and +k.
        private static readonly Polyhedron Cube = new Polyhedron(
            new[]
            {
                new Double3(-1, -1, -1), new Double3(1, -1, -1), new Double3(-1, 1, -1), new Double3(1, 1, -1),
                new Double3(-1, -1, 1), new Double3(1, -1, 1), new Double3(-1, 1, 1), new Double3(1, 1, 1),
            },
            new[]
            {
                new[] { 0, 4, 6, 2 }, new[] { 1, 3, 7, 5 },
                new[] { 0, 1, 5, 4 }, new[] { 2, 6, 7, 3 },
                new[] { 0, 2, 3, 1 }, new[] { 4, 5, 7, 6 },
            });

        /// <summary>A box that reaches <paramref name="halfExtents"/> metres from its centre along each axis.</summary>
        /// <exception cref="ArgumentException">A half extent is not positive and finite.</exception>
        public BoxShape(Double3 halfExtents)
        {
            RequirePositive(halfExtents.X, nameof(halfExtents), "Box half extent x");
            RequirePositive(halfExtents.Y, nameof(halfExtents), "Box half extent y");
            RequirePositive(halfExtents.Z, nameof(halfExtents), "Box half extent z");
            HalfExtents = halfExtents;
        }

        /// <summary>Half of each edge, in metres.</summary>
        public Double3 HalfExtents { get; }

        /// <inheritdoc/>
        public override ShapeKind Kind => ShapeKind.Box;

        /// <inheritdoc/>
        public override ShapeSize Size => new ShapeSize(HalfExtents, 0);

        /// <inheritdoc/>
        public override double OuterRadius => HalfExtents.Length;

        internal override Polyhedron Polyhedron => Cube;

        /// <inheritdoc/>
        public override Shape WithSize(ShapeSize size) => new BoxShape(size.Extents);

        /// <inheritdoc/>
        public override Bounds3 BoundsAt(Pose worldFromShape)
        {
            DoubleQuaternion q = worldFromShape.Rotation;
            Double3 half = Double3.Abs(q.Rotate(new Double3(HalfExtents.X, 0, 0)))
                + Double3.Abs(q.Rotate(new Double3(0, HalfExtents.Y, 0)))
                + Double3.Abs(q.Rotate(new Double3(0, 0, HalfExtents.Z)));
            return new Bounds3(worldFromShape.Position - half, worldFromShape.Position + half);
        }

        // A point on a face, edge or corner stays on it; what lies between stays where it is.
        internal override FeaturePoint FollowSizes(Double3 local)
        {
            Double3 scale = new Double3(OnSide(local.X, HalfExtents.X), OnSide(local.Y, HalfExtents.Y), OnSide(local.Z, HalfExtents.Z));
            return new FeaturePoint(local * (Double3.One - Double3.Abs(scale)), scale);
        }

        private static double OnSide(double coordinate, double half) => Math.Abs(Math.Abs(coordinate) - half) < 1e-9 * half ? Math.Sign(coordinate) : 0;

        // V = 8 a b c, I_x = m (b^2 + c^2) / 3.
        private protected override MassProperties UnitDensityMass()
        {
            Double3 s = HalfExtents * HalfExtents;
            double volume = 8 * HalfExtents.X * HalfExtents.Y * HalfExtents.Z;
            return new MassProperties(volume, volume, Double3.Zero, Double3x3.Diagonal(new Double3(s.Y + s.Z, s.Z + s.X, s.X + s.Y) * (volume / 3)));
        }
    }
}
