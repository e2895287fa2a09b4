namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Replaces a product that feeds one sum by a fused multiply-add: a b + c rounded once. Done only for kernels that ask for it, since it
    /// changes the last bit of results; the bits are the same in every executor all the same, because the operation is one of the graph.
    /// </summary>
    static class Contraction
    {
        /// <summary>The function, of basic operations, with its products fused where each serves one sum or difference.</summary>
        public static TracedFunction Contract(TracedFunction lowered)
        {
            Graph g = lowered.Graph, target = new Graph();
            var uses = new int[g.Count];
            for (int node = 0; node < g.Count; node++)
                for (int k = 0; k < g.OpOf(node).Arity(); k++) uses[g.Operand(node, k)]++;
            foreach (int output in lowered.Outputs) uses[output]++;
            return lowered.Rewritten(target, (node, copy) =>
            {
                Op op = g.OpOf(node);
                int a = g.A(node), b = g.B(node);
                if (op == Op.Add && IsLoneProduct(a)) return Fuse(copy, a, copy[b], false);
                if ((op == Op.Add || op == Op.Subtract) && IsLoneProduct(b)) return Fuse(copy, b, copy[a], op == Op.Subtract);
                return op == Op.Subtract && IsLoneProduct(a) ? Fuse(copy, a, target.Apply(Op.Negate, copy[b]), false) : -1;
            }).WithoutDeadCode();

            bool IsLoneProduct(int node) => g.OpOf(node) == Op.Multiply && uses[node] == 1;

            int Fuse(int[] copy, int product, int addend, bool isNegative)
            {
                int x = copy[g.A(product)], y = copy[g.B(product)];
                return target.Apply(Op.FusedMultiplyAdd, isNegative ? target.Apply(Op.Negate, x) : x, y, addend);
            }
        }
    }
}
