using System;
using System.Globalization;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The form of a body or a part of it, in its own frame. Immutable, and the same object may serve any number of bodies.
    /// A shape says nothing of where it is: a collider does.
    /// </summary>
    public abstract class Shape
    {
        private protected Shape()
        {
        }

        /// <summary>What shape it is.</summary>
        public abstract ShapeKind Kind { get; }

        /// <summary>Its sizes, in the form that kernels read.</summary>
        public abstract ShapeSize Size { get; }

        /// <summary>Whether it may only stand still: it has no inside to give mass to, or no bounds.</summary>
        public virtual bool IsStaticOnly => false;

        /// <summary>Largest distance of a point of the shape from the origin of its frame, in metres. Infinite for a plane.</summary>
        public abstract double OuterRadius { get; }

        /// <summary>Corners, edges and faces before scaling by the extents; null for shapes without.</summary>
        internal virtual Polyhedron Polyhedron => null;

        /// <summary>The same shape with other sizes.</summary>
        /// <exception cref="ArgumentException">The sizes break the shape's rules.</exception>
        public abstract Shape WithSize(ShapeSize size);

        /// <summary>The smallest axis-aligned box, or nearly, that holds the shape at a pose.</summary>
        public abstract Bounds3 BoundsAt(Pose worldFromShape);

        /// <summary>Mass, centre of mass and inertia when filled evenly.</summary>
        /// <param name="density">In kg per cubic metre; positive and finite.</param>
        /// <exception cref="ArgumentException">The density is not positive and finite.</exception>
        /// <exception cref="InvalidOperationException">The shape is static only.</exception>
        public MassProperties MassProperties(double density)
        {
            RequirePositive(density, nameof(density), "Density");
            if (IsStaticOnly)
            {
                throw new InvalidOperationException("A " + Kind + " has no mass properties: bodies that carry it must be static or kinematic.");
            }

            return UnitDensityMass().Scaled(density);
        }

        /// <summary>A surface or axis point of the shape, written so that it keeps its place on it as far as possible when sizes change.</summary>
        internal virtual FeaturePoint FollowSizes(Double3 local) => FeaturePoint.Fixed(local);

        private protected abstract MassProperties UnitDensityMass();

        private protected static void RequirePositive(double value, string parameter, string what)
        {
            if (!(value > 0) || double.IsInfinity(value))
            {
                throw new ArgumentException(what + " must be positive and finite, but is " + value.ToString(CultureInfo.InvariantCulture) + ".", parameter);
            }
        }
    }
}
