using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A point of a shape that follows the shape's sizes: <c>p = Constant + Scale * Extents</c>, component-wise, in the
    /// shape's frame, with <see cref="ShapeSize.Extents"/>. A box corner has Constant 0 and Scale (+-1, +-1, +-1); a hull
    /// vertex v has Scale v; the end of a capsule has Scale (0, +-1, 0); a point of a static mesh has Scale 0.
    /// Both are constants of the feature: gradients flow through Extents and the poses.
    /// </summary>
    public readonly struct FeaturePoint : IEquatable<FeaturePoint>
    {
        /// <summary>The part that sizes do not move, in metres.</summary>
        public readonly Double3 Constant;

        /// <summary>Coefficients of the extents.</summary>
        public readonly Double3 Scale;

        /// <summary>The point constant + scale * extents.</summary>
        public FeaturePoint(Double3 constant, Double3 scale)
        {
            Constant = constant;
            Scale = scale;
        }

        /// <summary>A point that follows the extents alone.</summary>
        public static FeaturePoint Scaled(Double3 scale) => new FeaturePoint(Double3.Zero, scale);

        /// <summary>A point that sizes do not move.</summary>
        public static FeaturePoint Fixed(Double3 constant) => new FeaturePoint(constant, Double3.Zero);

        /// <summary>The point in the shape's frame, for a shape of the given size.</summary>
        public Double3 At(ShapeSize size) => Constant + Scale * size.Extents;

        /// <inheritdoc/>
        public bool Equals(FeaturePoint other) => Constant.Equals(other.Constant) && Scale.Equals(other.Scale);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is FeaturePoint other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Constant, Scale);

        /// <inheritdoc/>
        public override string ToString() => Constant + " + " + Scale + " * extents";
    }
}
