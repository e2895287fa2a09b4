using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Static ground given by heights over a grid in the x z plane of its frame. Each cell is two triangles, cut from its corner
    /// at (i, j) to that at (i + 1, j + 1). Up is y.
    /// </summary>
    public sealed class HeightFieldShape : SurfaceShape
    {
        /// <summary>Ground with <c>heights[i, j]</c> at x = i * cellX, z = j * cellZ.</summary>
        /// <param name="heights">In metres; at least two by two.</param>
        /// <param name="cellX">Distance of neighbouring points along x, in metres.</param>
        /// <param name="cellZ">Distance of neighbouring points along z, in metres.</param>
        /// <exception cref="ArgumentException">The grid is too small, a cell is not positive, or a height is not finite.</exception>
        public HeightFieldShape(double[,] heights, double cellX, double cellZ) : base(Build(heights, cellX, cellZ))
        {
            CellX = cellX;
            CellZ = cellZ;
        }

        /// <summary>Distance of neighbouring points along x, in metres.</summary>
        public double CellX { get; }

        /// <summary>Distance of neighbouring points along z, in metres.</summary>
        public double CellZ { get; }

        /// <inheritdoc/>
        public override ShapeKind Kind => ShapeKind.HeightField;

        private static TriangleSurface Build(double[,] heights, double cellX, double cellZ)
        {
            RequirePositive(cellX, nameof(cellX), "Height field cell size x");
            RequirePositive(cellZ, nameof(cellZ), "Height field cell size z");
            if (heights == null || heights.GetLength(0) < 2 || heights.GetLength(1) < 2)
            {
                throw new ArgumentException("A height field needs at least 2 by 2 heights.", nameof(heights));
            }

            int nx = heights.GetLength(0);
            int nz = heights.GetLength(1);
            var vertices = new Double3[nx * nz];
            var corners = new int[6 * (nx - 1) * (nz - 1)];
            int c = 0;
            for (int i = 0; i < nx; i++)
            {
                for (int j = 0; j < nz; j++)
                {
                    int v = i * nz + j;
                    vertices[v] = new Double3(i * cellX, heights[i, j], j * cellZ);
                    if (i + 1 < nx && j + 1 < nz)
                    {
                        corners[c++] = v;
                        corners[c++] = v + 1;
                        corners[c++] = v + nz + 1;
                        corners[c++] = v;
                        corners[c++] = v + nz + 1;
                        corners[c++] = v + nz;
                    }
                }
            }

            return new TriangleSurface(vertices, corners, "height field");
        }
    }
}
