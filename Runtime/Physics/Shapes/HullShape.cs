using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The convex hull of points, multiplied by a scale about the origin of its frame. The scale is what gradients with respect
    /// to its size refer to.
    /// </summary>
    public sealed class HullShape : Shape
    {
        /// <summary>Largest number of corners a hull may have.</summary>
        public const int MaximumVertices = 1024;

        private readonly Polyhedron polyhedron;
        private readonly double unscaledRadius;

        /// <summary>The hull of points in metres. Points inside it and on its edges and faces are left out.</summary>
        /// <exception cref="ArgumentException">
        /// There are fewer than four points, one is not finite, they lie in or near one plane, or the hull has too many corners.
        /// </exception>
        public HullShape(IReadOnlyList<Double3> points) : this(HullBuilder.Build(points), 1)
        {
            if (polyhedron.Vertices.Length > MaximumVertices)
            {
                throw new ArgumentException(
                    "A convex hull may have at most " + MaximumVertices + " corners, but has " + polyhedron.Vertices.Length + ".", nameof(points));
            }
        }

        private HullShape(Polyhedron polyhedron, double scale)
        {
            RequirePositive(scale, nameof(scale), "Hull scale");
            this.polyhedron = polyhedron;
            Scale = scale;
            foreach (Double3 v in polyhedron.Vertices)
            {
                unscaledRadius = Math.Max(unscaledRadius, v.Length);
            }
        }

        /// <summary>What the points are multiplied by; 1 for a new hull.</summary>
        public double Scale { get; }

        /// <summary>The corners before scaling, in metres.</summary>
        public IReadOnlyList<Double3> Vertices => polyhedron.Vertices;

        /// <summary>Number of faces.</summary>
        public int FaceCount => polyhedron.FaceCount;

        /// <inheritdoc/>
        public override ShapeKind Kind => ShapeKind.Hull;

        /// <inheritdoc/>
        public override ShapeSize Size => new ShapeSize(new Double3(Scale), 0);

        /// <inheritdoc/>
        public override double OuterRadius => Scale * unscaledRadius;

        internal override Polyhedron Polyhedron => polyhedron;

        /// <inheritdoc/>
        /// <exception cref="ArgumentException">The three extents differ, or are not positive and finite.</exception>
        public override Shape WithSize(ShapeSize size)
        {
            if (size.Extents.X != size.Extents.Y || size.Extents.X != size.Extents.Z)
            {
                throw new ArgumentException("A convex hull scales alike along all axes, but the extents are " + size.Extents + ".", nameof(size));
            }

            return new HullShape(polyhedron, size.Extents.X);
        }

        /// <inheritdoc/>
        public override Bounds3 BoundsAt(Pose worldFromShape)
        {
            Double3x3 r = Double3x3.FromRotation(worldFromShape.Rotation) * Scale;
            Bounds3 bounds = Bounds3.Empty;
            foreach (Double3 v in polyhedron.Vertices)
            {
                bounds = bounds.Include(r * v);
            }

            return new Bounds3(bounds.Min + worldFromShape.Position, bounds.Max + worldFromShape.Position);
        }

        internal override FeaturePoint FollowSizes(Double3 local) => FeaturePoint.Scaled(local / Scale);

        private protected override MassProperties UnitDensityMass() => polyhedron.UnitDensityMass(Scale);
    }
}
