namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Replaces quotients by one divisor by its reciprocal and products: a / d, b / d by r = 1 / d, a r, b r. Done only for kernels that ask for it,
    /// since it changes the last bits of results (each is within 1.5 ulp instead of 0.5); the bits are the same in every executor all the same.
    /// </summary>
    /// <remarks>A reciprocal overflows where the divisor is subnormal, so divisors are to be lengths, masses and the like.</remarks>
    static class CommonDivisors
    {
        /// <summary>The function, of basic operations, with one division for each number that it divides by more than once.</summary>
        public static TracedFunction Share(TracedFunction lowered)
        {
            Graph g = lowered.Graph, target = new Graph();
            var quotients = new int[g.Count];
            for (int node = 0; node < g.Count; node++)
                if (g.OpOf(node) == Op.Divide && !g.IsConstant(g.B(node))) quotients[g.B(node)]++;
            return lowered.Rewritten(target, (node, copy) => g.OpOf(node) == Op.Divide && quotients[g.B(node)] > 1
                ? target.Apply(Op.Multiply, copy[g.A(node)], target.Apply(Op.Divide, target.Constant(1.0), copy[g.B(node)])) : -1).WithoutDeadCode();
        }
    }
}
