using System;

namespace DiffPhysics.Physics
{
    /// <summary>A ball about the origin of its frame.</summary>
    public sealed class SphereShape : Shape
    {
        /// <summary>A ball of a radius in metres.</summary>
        /// <exception cref="ArgumentException">The radius is not positive and finite.</exception>
        public SphereShape(double radius)
        {
            RequirePositive(radius, nameof(radius), "Sphere radius");
            Radius = radius;
        }

        /// <summary>Radius in metres.</summary>
        public double Radius { get; }

        /// <inheritdoc/>
        public override ShapeKind Kind => ShapeKind.Sphere;

        /// <inheritdoc/>
        public override ShapeSize Size => new ShapeSize(Double3.Zero, Radius);

        /// <inheritdoc/>
        public override double OuterRadius => Radius;

        /// <inheritdoc/>
        public override Shape WithSize(ShapeSize size) => new SphereShape(size.Radius);

        /// <inheritdoc/>
        public override Bounds3 BoundsAt(Pose worldFromShape) =>
            new Bounds3(worldFromShape.Position - new Double3(Radius), worldFromShape.Position + new Double3(Radius));

        // V = 4/3 pi r^3, I = 2/5 m r^2.
        private protected override MassProperties UnitDensityMass()
        {
            double volume = 4.0 / 3 * Math.PI * Radius * Radius * Radius;
            return new MassProperties(volume, volume, Double3.Zero, Double3x3.Diagonal(new Double3(0.4 * volume * Radius * Radius)));
        }
    }
}
