using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A half space: all points with y at most 0 in its frame. The pose of its collider places and tilts it, so gradients
    /// with respect to a slope or a height are gradients with respect to that pose. Static only.
    /// </summary>
    public sealed class PlaneShape : Shape
    {
        /// <summary>The half space below y = 0.</summary>
        public PlaneShape()
        {
        }

        /// <summary>The outward normal in the shape's frame: y.</summary>
        public static Double3 Normal => Double3.UnitY;

        /// <inheritdoc/>
        public override ShapeKind Kind => ShapeKind.Plane;

        /// <inheritdoc/>
        public override ShapeSize Size => default;

        /// <inheritdoc/>
        public override bool IsStaticOnly => true;

        /// <inheritdoc/>
        public override double OuterRadius => double.PositiveInfinity;

        /// <summary>The pose that makes a plane shape the half space n.x at most <paramref name="offset"/>.</summary>
        /// <param name="normal">Outward direction; scaled to unit length here.</param>
        /// <param name="offset">Distance of the plane from the origin along the normal, in metres.</param>
        /// <exception cref="ArgumentException">The normal is zero or not finite.</exception>
        public static Pose PoseFor(Double3 normal, double offset)
        {
            Double3 y = Double3.Normalise(normal);
            if (y == Double3.Zero || !y.IsFinite)
            {
                throw new ArgumentException("Plane normal must be finite and not zero, but is " + normal + ".", nameof(normal));
            }

            if (y == Double3.UnitY)
            {
                return new Pose(y * offset);
            }

            Double3 x = Double3.Orthogonal(y);
            return new Pose(y * offset, DoubleQuaternion.FromAxes(x, y, Double3.Cross(x, y)));
        }

        /// <inheritdoc/>
        public override Shape WithSize(ShapeSize size) => this;

        /// <inheritdoc/>
        public override Bounds3 BoundsAt(Pose worldFromShape)
        {
            // Finite only on the side that an exactly axis-aligned normal faces.
            Double3 n = worldFromShape.TransformDirection(Normal);
            Double3 p = worldFromShape.Position;
            double infinity = double.PositiveInfinity;
            return new Bounds3(
                new Double3(n.X == -1 ? p.X : -infinity, n.Y == -1 ? p.Y : -infinity, n.Z == -1 ? p.Z : -infinity),
                new Double3(n.X == 1 ? p.X : infinity, n.Y == 1 ? p.Y : infinity, n.Z == 1 ? p.Z : infinity));
        }

        private protected override MassProperties UnitDensityMass() => throw new NotSupportedException();
    }
}
