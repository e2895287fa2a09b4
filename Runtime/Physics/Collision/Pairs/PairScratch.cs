using System;

namespace DiffPhysics.Physics
{
    /// <summary>Working memory of the pair testers; one per thread, so that they allocate nothing.</summary>
    internal sealed class PairScratch
    {
        public readonly PlacedPolyhedron A = new PlacedPolyhedron();
        public readonly PlacedPolyhedron B = new PlacedPolyhedron();
        public readonly ClipPolygon Polygon = new ClipPolygon();
        public readonly ManifoldPoints Manifold = new ManifoldPoints();
        public readonly IntList Triangles = new IntList();
        public Double3[] SurfaceNormals = new Double3[32];
        public Double3[] SurfacePlaces = new Double3[32];
        public double[] SurfaceGaps = new double[32];
        public bool[] SurfaceOpen = new bool[32];
        public bool[] SurfaceKeep = new bool[32];

        /// <summary>Makes room for the features of a surface.</summary>
        public void ReserveSurface(int count)
        {
            if (SurfaceGaps.Length < count)
            {
                Array.Resize(ref SurfaceNormals, 2 * count);
                Array.Resize(ref SurfacePlaces, 2 * count);
                Array.Resize(ref SurfaceGaps, 2 * count);
                Array.Resize(ref SurfaceOpen, 2 * count);
                Array.Resize(ref SurfaceKeep, 2 * count);
            }
        }
    }
}
