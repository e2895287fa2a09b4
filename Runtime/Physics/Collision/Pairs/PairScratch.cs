namespace DiffPhysics.Physics
{
    /// <summary>Working memory of the pair testers; one per thread, so that they allocate nothing.</summary>
    internal sealed class PairScratch
    {
        public readonly ManifoldPoints Manifold = new ManifoldPoints();
    }
}
