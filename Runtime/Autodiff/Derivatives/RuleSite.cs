namespace DiffPhysics.Autodiff
{
    /// <summary>An operation at its place in a graph: its operands and its value, as a derivative rule reads them.</summary>
    readonly struct RuleSite
    {
        readonly Graph graph;
        readonly int node;
        readonly SharedReciprocals reciprocals;

        public RuleSite(Graph graph, int node, SharedReciprocals reciprocals)
        {
            this.graph = graph;
            this.node = node;
            this.reciprocals = reciprocals;
        }

        public Real A => new Real(graph, graph.A(node));

        public Real B => new Real(graph, graph.B(node));

        public Real C => new Real(graph, graph.C(node));

        /// <summary>The first operand of a selection.</summary>
        public Bool Condition => new Bool(graph, graph.A(node));

        /// <summary>The value; the node of the forward pass, so it is not computed again.</summary>
        public Real Y => new Real(graph, node);

        /// <summary>Whether the operation is x x: both operands then move together, and one flow stands for both.</summary>
        bool IsSquare => graph.OpOf(node) == Op.Multiply && graph.A(node) == graph.B(node);

        /// <summary>t / b; a product where the reciprocal of b serves several quotients.</summary>
        public Real Over(Real t, Real b) => reciprocals.TryGet(b.NodeIn(graph), out int reciprocal) ? t * new Real(graph, reciprocal) : t / b;

        /// <summary>2 t, merged with a constant factor of t.</summary>
        public Real Twice(Real t)
        {
            int product = t.NodeIn(graph);
            if (graph.OpOf(product) == Op.Multiply)
            {
                Real p = new Real(graph, graph.A(product)), q = new Real(graph, graph.B(product));
                if (p.IsConstant(out double factor)) return q * (2 * factor);
                if (q.IsConstant(out factor)) return p * (2 * factor);
            }
            return t + t;
        }

        /// <summary>t times the partial derivative by an operand; false where there is none, or another operand stands for this one.</summary>
        public bool TryTimesPartial(int operand, Real t, out Real product)
        {
            product = 0;
            DerivativeRule rule = DerivativeRules.Of(graph.OpOf(node));
            if (!rule.DependsOn(operand) || IsSquare && operand == 1) return false;
            product = IsSquare ? Twice(t) * A : rule.Partials[operand].Times(this, t);
            return !IsZero(product);
        }

        // 0, or a product with the constant 0: there is nothing to carry then.
        bool IsZero(Real product)
        {
            if (product.IsConstant(out double constant)) return constant == 0;
            int node = product.NodeIn(graph);
            return graph.OpOf(node) == Op.Multiply
                && (new Real(graph, graph.A(node)).IsConstant(out constant) && constant == 0
                    || new Real(graph, graph.B(node)).IsConstant(out constant) && constant == 0);
        }

        /// <summary>The condition under which an operand matters; true where it always does.</summary>
        public Bool When(int operand) => DerivativeRules.Of(graph.OpOf(node)).Partials[operand].When?.Invoke(this) ?? true;
    }
}
