namespace DiffPhysics.Autodiff
{
    /// <summary>Kernels that move elements by an index; each the other's adjoint.</summary>
    public static class IndexKernels
    {
        /// <summary>target[i] = source[index[i]], over the elements of the target. Slots: source, target; index: index.</summary>
        public static Kernel Gather(int components) =>
            Kernel.Define("gather", k => k.Store("target", k.Gather("source", "index", components)));

        /// <summary>
        /// target[index[i]] += source[i], over the elements of the source, in order. Slots: source, target; index: index. With the number
        /// of its segment for each element, it is the sum of each segment.
        /// </summary>
        public static Kernel ScatterAdd(int components) =>
            Kernel.Define("scatter-add", k => k.AccumulateAt("target", "index", k.Lane("source", components)));
    }
}
