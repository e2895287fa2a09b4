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
            var copy = new int[g.Count];
            for (int node = 0; node < g.Count; node++)
            {
                int a = g.A(node), b = g.B(node), c = g.C(node);
                copy[node] = g.OpOf(node) switch
                {
                    Op.Constant => target.Constant(g.ValueOf(node)),
                    Op.BoolConstant => target.Constant(g.ValueOf(node) != 0),
                    Op.Input => target.Input(a),
                    Op.Divide when quotients[b] > 1 => target.Apply(Op.Multiply, copy[a], target.Apply(Op.Divide, target.Constant(1.0), copy[b])),
                    var op => target.Apply(op, copy[a], b < 0 ? -1 : copy[b], c < 0 ? -1 : copy[c]),
                };
            }
            var outputs = new int[lowered.Outputs.Count];
            for (int k = 0; k < outputs.Length; k++) outputs[k] = copy[lowered.Outputs[k]];
            return new TracedFunction(target, lowered.InputCount, outputs).WithoutDeadCode();
        }
    }
}
