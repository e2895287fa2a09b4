using System;

namespace DiffPhysics.Physics
{
    /// <summary>All points within a radius of a segment along the y axis, centred at the origin of its frame.</summary>
    public sealed class CapsuleShape : Shape
    {
        /// <summary>A capsule about the segment from (0, -halfLength, 0) to (0, halfLength, 0), in metres.</summary>
        /// <exception cref="ArgumentException">Radius or half length is not positive and finite.</exception>
        public CapsuleShape(double radius, double halfLength)
        {
            RequirePositive(radius, nameof(radius), "Capsule radius");
            RequirePositive(halfLength, nameof(halfLength), "Capsule half length");
            Radius = radius;
            HalfLength = halfLength;
        }

        /// <summary>Radius in metres.</summary>
        public double Radius { get; }

        /// <summary>Half the length of the axis, without the round ends, in metres.</summary>
        public double HalfLength { get; }

        /// <inheritdoc/>
        public override ShapeKind Kind => ShapeKind.Capsule;

        /// <inheritdoc/>
        public override ShapeSize Size => new ShapeSize(new Double3(0, HalfLength, 0), Radius);

        /// <inheritdoc/>
        public override double OuterRadius => Radius + HalfLength;

        /// <inheritdoc/>
        public override Shape WithSize(ShapeSize size) => new CapsuleShape(size.Radius, size.Extents.Y);

        /// <inheritdoc/>
        public override Bounds3 BoundsAt(Pose worldFromShape)
        {
            Double3 half = Double3.Abs(worldFromShape.Rotation.Rotate(new Double3(0, HalfLength, 0))) + new Double3(Radius);
            return new Bounds3(worldFromShape.Position - half, worldFromShape.Position + half);
        }

        // A cylinder of height 2 l and two half balls whose centres of mass lie l + 3 r / 8 from the middle:
        // I_y = m_c r^2 / 2 + 2/5 m_s r^2,
        // I_x = m_c (r^2 / 4 + (2 l)^2 / 12) + m_s (2/5 r^2 + l^2 + 3/4 l r), m_s both half balls together.
        private protected override MassProperties UnitDensityMass()
        {
            double r = Radius;
            double l = HalfLength;
            double cylinder = 2 * Math.PI * r * r * l;
            double ball = 4.0 / 3 * Math.PI * r * r * r;
            double along = cylinder * r * r / 2 + 0.4 * ball * r * r;
            double across = cylinder * (r * r / 4 + l * l / 3) + ball * (0.4 * r * r + l * l + 0.75 * l * r);
            return new MassProperties(cylinder + ball, cylinder + ball, Double3.Zero, Double3x3.Diagonal(new Double3(across, along, across)));
        }
    }
}
