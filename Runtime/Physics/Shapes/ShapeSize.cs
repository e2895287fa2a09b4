using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The four numbers, in metres, that every size of a shape is written in, so that kernels read all shapes alike and
    /// gradients with respect to sizes flow: a feature point of a shape is <c>constant + scale * Extents</c> (component-wise),
    /// and around all its points the shape is rounded by <see cref="Radius"/>.
    /// <list type="table">
    /// <listheader><term>shape</term><description>Extents; Radius</description></listheader>
    /// <item><term>sphere</term><description>(0, 0, 0); radius</description></item>
    /// <item><term>capsule</term><description>(0, half length of its axis, 0); radius</description></item>
    /// <item><term>box</term><description>half extents; 0</description></item>
    /// <item><term>convex hull</term><description>(s, s, s) with the scale s its vertices are multiplied by (no unit); 0</description></item>
    /// <item><term>plane, mesh, height field</term><description>(0, 0, 0); 0</description></item>
    /// </list>
    /// </summary>
    public readonly struct ShapeSize : IEquatable<ShapeSize>
    {
        /// <summary>What feature points scale with.</summary>
        public readonly Double3 Extents;

        /// <summary>Radius of the rounding around the feature points.</summary>
        public readonly double Radius;

        /// <summary>A size with the given extents and radius.</summary>
        public ShapeSize(Double3 extents, double radius)
        {
            Extents = extents;
            Radius = radius;
        }

        /// <inheritdoc/>
        public bool Equals(ShapeSize other) => Extents.Equals(other.Extents) && Radius.Equals(other.Radius);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is ShapeSize other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Extents, Radius);

        /// <inheritdoc/>
        public override string ToString() => "extents " + Extents + ", radius " + Radius.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
