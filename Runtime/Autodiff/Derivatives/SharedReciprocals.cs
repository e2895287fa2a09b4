using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Finds denominators that derivatives divide by more than once: one reciprocal and products then replace the quotients.
    /// (The forward pass keeps its own quotients, bit for bit.)
    /// </summary>
    sealed class SharedReciprocals
    {
        readonly Graph graph;
        readonly int[] reciprocal; // a node that holds 1 / node already, or -1
        readonly byte[] quotients; // how many derivatives divide by the node; two and more are alike

        /// <param name="graph">The graph to be differentiated.</param>
        /// <param name="used">The nodes whose rules will be applied.</param>
        public SharedReciprocals(Graph graph, bool[] used)
        {
            this.graph = graph;
            reciprocal = new int[used.Length];
            quotients = new byte[used.Length];
            Array.Fill(reciprocal, -1);
            for (int node = 0; node < used.Length; node++)
            {
                if (!used[node]) continue;
                switch (graph.OpOf(node))
                {
                    case Op.Divide:
                        Count(graph.B(node));
                        if (graph.IsConstant(graph.A(node), 1)) reciprocal[graph.B(node)] = node;
                        break;
                    case Op.Reciprocal:
                        reciprocal[graph.A(node)] = node;
                        break;
                    case Op.Log:
                        Count(graph.A(node));
                        break;
                    case Op.Sqrt:
                    case Op.Length3:
                        Count(node);
                        break;
                }
            }
        }

        /// <summary>The node of 1 / node, where it is worth having.</summary>
        public bool TryGet(int node, out int result)
        {
            result = -1;
            if (graph.OpOf(node) == Op.Constant)
            {
                // Far from the limits of float the reciprocal is as good as the quotient in either precision.
                double magnitude = Math.Abs(graph.ValueOf(node));
                if (magnitude > 1e-30 && magnitude < 1e30) result = graph.Constant(1 / graph.ValueOf(node));
            }
            else if (node < reciprocal.Length)
            {
                if (reciprocal[node] < 0 && quotients[node] > 1) reciprocal[node] = graph.Apply(Op.Divide, graph.Constant(1.0), node);
                result = reciprocal[node];
            }
            return result >= 0;
        }

        void Count(int node)
        {
            if (quotients[node] < 2) quotients[node]++;
        }
    }
}
