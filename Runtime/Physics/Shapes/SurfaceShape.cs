using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Static ground made of triangles. One-sided: the outside is where its triangles run counter-clockwise. Things slide over
    /// the edges between its triangles as over one surface; only edges that bend outwards by more than half a degree, and the
    /// rim, are felt as edges.
    /// </summary>
    public abstract class SurfaceShape : Shape
    {
        private readonly double outerRadius;

        private protected SurfaceShape(TriangleSurface surface)
        {
            Surface = surface;
            foreach (Double3 v in surface.Vertices)
            {
                outerRadius = Math.Max(outerRadius, v.Length);
            }
        }

        /// <summary>Number of triangles.</summary>
        public int TriangleCount => Surface.Count;

        /// <inheritdoc/>
        public override ShapeSize Size => default;

        /// <inheritdoc/>
        public override bool IsStaticOnly => true;

        /// <inheritdoc/>
        public override double OuterRadius => outerRadius;

        internal TriangleSurface Surface { get; }

        /// <summary>Corners of a triangle, in the shape's frame.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such triangle.</exception>
        public void GetTriangle(int index, out Double3 a, out Double3 b, out Double3 c)
        {
            if ((uint)index >= (uint)TriangleCount)
            {
                throw new ArgumentOutOfRangeException(nameof(index), index, "There are " + TriangleCount + " triangles.");
            }

            a = Surface.Corner(index, 0);
            b = Surface.Corner(index, 1);
            c = Surface.Corner(index, 2);
        }

        /// <inheritdoc/>
        public override Shape WithSize(ShapeSize size) => this;

        /// <inheritdoc/>
        public override Bounds3 BoundsAt(Pose worldFromShape)
        {
            // The box of the turned box of the surface: a little large, but quick.
            Double3 half = Surface.Bounds.HalfExtents;
            Double3 centre = worldFromShape.TransformPoint(Surface.Bounds.Centre);
            Double3x3 r = Double3x3.FromRotation(worldFromShape.Rotation);
            Double3 reach = Double3.Abs(r.X) * half.X + Double3.Abs(r.Y) * half.Y + Double3.Abs(r.Z) * half.Z;
            return new Bounds3(centre - reach, centre + reach);
        }

        private protected override MassProperties UnitDensityMass() => throw new NotSupportedException();
    }
}
