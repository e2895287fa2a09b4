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
            var copy = new int[g.Count];
            for (int node = 0; node < g.Count; node++)
            {
                Op op = g.OpOf(node);
                int a = g.A(node), b = g.B(node), c = g.C(node);
                copy[node] = op == Op.Constant ? target.Constant(g.ValueOf(node))
                    : op == Op.BoolConstant ? target.Constant(g.ValueOf(node) != 0)
                    : op == Op.Input ? target.Input(a)
                    : op == Op.Add && IsLoneProduct(a) ? Fuse(a, copy[b], false)
                    : (op == Op.Add || op == Op.Subtract) && IsLoneProduct(b) ? Fuse(b, copy[a], op == Op.Subtract)
                    : op == Op.Subtract && IsLoneProduct(a) ? Fuse(a, target.Apply(Op.Negate, copy[b]), false)
                    : target.Apply(op, copy[a], b < 0 ? -1 : copy[b], c < 0 ? -1 : copy[c]);
            }
            var outputs = new int[lowered.Outputs.Count];
            for (int k = 0; k < outputs.Length; k++) outputs[k] = copy[lowered.Outputs[k]];
            return new TracedFunction(target, lowered.InputCount, outputs).WithoutDeadCode();

            bool IsLoneProduct(int node) => g.OpOf(node) == Op.Multiply && uses[node] == 1;

            int Fuse(int product, int addend, bool isNegative)
            {
                int x = copy[g.A(product)], y = copy[g.B(product)];
                return target.Apply(Op.FusedMultiplyAdd, isNegative ? target.Apply(Op.Negate, x) : x, y, addend);
            }
        }
    }
}
