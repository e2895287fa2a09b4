using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Static ground of any form: triangles that share vertices.</summary>
    public sealed class TriangleMeshShape : SurfaceShape
    {
        /// <summary>A mesh of triangles.</summary>
        /// <param name="vertices">In metres. Triangles are neighbours only if they use the same vertices.</param>
        /// <param name="triangles">Three indices for each triangle, counter-clockwise seen from outside.</param>
        /// <exception cref="ArgumentException">
        /// There is no triangle, indices are out of range or not three for each, a vertex is not finite, or a triangle has no area.
        /// </exception>
        public TriangleMeshShape(IReadOnlyList<Double3> vertices, IReadOnlyList<int> triangles) : base(Build(vertices, triangles))
        {
        }

        /// <inheritdoc/>
        public override ShapeKind Kind => ShapeKind.Mesh;

        private static TriangleSurface Build(IReadOnlyList<Double3> vertices, IReadOnlyList<int> triangles)
        {
            if (vertices == null || triangles == null || triangles.Count == 0 || triangles.Count % 3 != 0)
            {
                throw new ArgumentException(
                    "A triangle mesh needs vertices and three indices for each of at least one triangle, but has " + (triangles?.Count ?? 0) + " indices.",
                    nameof(triangles));
            }

            var points = new Double3[vertices.Count];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = vertices[i];
            }

            var corners = new int[triangles.Count];
            for (int i = 0; i < corners.Length; i++)
            {
                corners[i] = triangles[i];
            }

            return new TriangleSurface(points, corners, "triangle mesh");
        }
    }
}
