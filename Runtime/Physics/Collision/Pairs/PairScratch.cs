namespace DiffPhysics.Physics
{
    /// <summary>Working memory of the pair testers; one per thread, so that they allocate nothing.</summary>
    internal sealed class PairScratch
    {
        public readonly PlacedPolyhedron A = new PlacedPolyhedron();
        public readonly PlacedPolyhedron B = new PlacedPolyhedron();
        public readonly ClipPolygon Polygon = new ClipPolygon();
        public readonly ManifoldPoints Manifold = new ManifoldPoints();
    }
}
