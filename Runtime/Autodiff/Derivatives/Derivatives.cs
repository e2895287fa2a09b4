using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Derivatives of functions, as functions: the adjoint (reverse mode, VJP) and the tangent (forward mode, JVP) of a graph are
    /// graphs again, so the tangent of an adjoint is the second order. Their rules stand in <see cref="DerivativeRules"/>.
    /// </summary>
    /// <remarks>A branch that is not taken contributes exactly zero, even where its value or derivative is not finite.</remarks>
    public static class Derivatives
    {
        /// <summary>
        /// The adjoint of f. Inputs: the inputs of f, then one cotangent for each output of f. Outputs: one cotangent for each input of f,
        /// that is J(x)^T w.
        /// </summary>
        public static TracedFunction Adjoint(TracedFunction f) => Adjoint(f, null, null, out _);

        /// <summary>The adjoint of f by some of its inputs; inactive inputs cost nothing.</summary>
        /// <param name="f">The function.</param>
        /// <param name="activeInputs">Which inputs to differentiate by; null for all.</param>
        /// <param name="depends">
        /// For each input, whether any output depends on it in first order. Where none does, or the input is inactive, its output is
        /// the constant 0; a true here says that the gradient exists, though it may be zero at a point.
        /// </param>
        /// <returns>A function with the inputs and outputs of <see cref="Adjoint(TracedFunction)"/>.</returns>
        /// <exception cref="ArgumentException">The flags do not match the inputs in number.</exception>
        public static TracedFunction Adjoint(TracedFunction f, IReadOnlyList<bool> activeInputs, out bool[] depends) =>
            Adjoint(f, activeInputs, null, out depends);

        /// <summary>The adjoint of f by some of its inputs from some of its outputs.</summary>
        /// <param name="f">The function.</param>
        /// <param name="activeInputs">Which inputs to differentiate by; null for all.</param>
        /// <param name="activeOutputs">Which outputs have a cotangent; null for all. The others' cotangents stay declared, unread.</param>
        /// <param name="depends">For each input, whether it is active and any active output depends on it in first order.</param>
        /// <returns>A function with the inputs and outputs of <see cref="Adjoint(TracedFunction)"/>.</returns>
        /// <exception cref="ArgumentException">The flags do not match the inputs or outputs in number.</exception>
        public static TracedFunction Adjoint(
            TracedFunction f, IReadOnlyList<bool> activeInputs, IReadOnlyList<bool> activeOutputs, out bool[] depends)
        {
            CheckFlags(activeInputs, f.InputCount, "inputs");
            CheckFlags(activeOutputs, f.Outputs.Count, "outputs");
            Graph g = Copy(f, out int[] outputs);
            var seeds = new int[outputs.Length];
            for (int k = 0; k < seeds.Length; k++) seeds[k] = activeOutputs == null || activeOutputs[k] ? g.Input(f.InputCount + k) : -1;
            int[] sources = ActiveInputs(g, f.InputCount, activeInputs, out int[] ordinals);
            int[] cotangents = ReverseSweep.Run(g, outputs, seeds, sources);

            depends = new bool[f.InputCount];
            var results = new int[f.InputCount];
            for (int k = 0; k < results.Length; k++) results[k] = g.Constant(0.0);
            for (int k = 0; k < sources.Length; k++)
            {
                depends[ordinals[k]] = cotangents[k] >= 0;
                if (cotangents[k] >= 0) results[ordinals[k]] = cotangents[k];
            }
            return new TracedFunction(g, f.InputCount + outputs.Length, results).WithoutDeadCode();
        }

        /// <summary>
        /// The tangent of f. Inputs: the inputs of f, then one tangent for each. Outputs: the outputs of f, then one tangent for each,
        /// that is f(x) and J(x) v.
        /// </summary>
        public static TracedFunction Tangent(TracedFunction f) => Tangent(f, null, out _);

        /// <summary>The tangent of f by some of its inputs; the tangents of the others count as 0 and stay unread.</summary>
        /// <param name="f">The function.</param>
        /// <param name="activeInputs">Which inputs have a tangent; null for all.</param>
        /// <param name="depends">For each output of f, whether it depends on an active input in first order; its tangent is the constant 0 if not.</param>
        /// <returns>A function with the inputs and outputs of <see cref="Tangent(TracedFunction)"/>.</returns>
        /// <exception cref="ArgumentException">The flags do not match the inputs in number.</exception>
        public static TracedFunction Tangent(TracedFunction f, IReadOnlyList<bool> activeInputs, out bool[] depends)
        {
            CheckFlags(activeInputs, f.InputCount, "inputs");
            Graph g = Copy(f, out int[] outputs);
            int[] sources = ActiveInputs(g, f.InputCount, activeInputs, out int[] ordinals);
            int[] seeds = Array.ConvertAll(ordinals, ordinal => g.Input(f.InputCount + ordinal));
            int[] tangents = ForwardSweep.Run(g, outputs, sources, seeds);

            depends = Array.ConvertAll(tangents, t => t >= 0);
            var results = new int[2 * outputs.Length];
            for (int k = 0; k < outputs.Length; k++)
            {
                results[k] = outputs[k];
                results[outputs.Length + k] = depends[k] ? tangents[k] : g.Constant(0.0);
            }
            return new TracedFunction(g, 2 * f.InputCount, results).WithoutDeadCode();
        }

        /// <summary>
        /// The gradient dy/dx while tracing, in the graph of y. Each x counts as an independent variable, whatever it was made from;
        /// where y does not depend on it, its entry is the constant 0.
        /// </summary>
        /// <exception cref="ArgumentException">An x is a constant.</exception>
        /// <exception cref="InvalidOperationException">The numbers belong to different graphs.</exception>
        public static Real[] Gradient(Real y, params Real[] x) => Cotangents(y, 1, x);

        /// <summary>The gradient times a cotangent of y, which costs less than the product of the two: w dy/dx.</summary>
        /// <inheritdoc cref="Gradient(Real, Real[])"/>
        public static Real[] Cotangents(Real y, Real w, params Real[] x)
        {
            if (y.Graph == null) return new Real[x.Length];
            int[] sources = Sources(y.Graph, x);
            int[] result = ReverseSweep.Run(y.Graph, new[] { y.NodeIn(y.Graph) }, new[] { w.NodeIn(y.Graph) }, sources);
            return Array.ConvertAll(result, node => node < 0 ? 0 : new Real(y.Graph, node));
        }

        /// <summary>
        /// The derivative of y along a direction while tracing: the sum of dy/dx_k v_k, in the graph of y. Each x counts as an independent
        /// variable. With v the rate of x it is the rate of y.
        /// </summary>
        /// <exception cref="ArgumentException">An x is a constant, or there are not as many v as x.</exception>
        /// <exception cref="InvalidOperationException">The numbers belong to different graphs.</exception>
        public static Real Directional(Real y, Real[] x, Real[] v)
        {
            if (x.Length != v.Length) throw new ArgumentException($"There are {x.Length} variables and {v.Length} rates.", nameof(v));
            if (y.Graph == null) return 0;
            int[] sources = Sources(y.Graph, x);
            int[] result = ForwardSweep.Run(y.Graph, new[] { y.NodeIn(y.Graph) }, sources, Array.ConvertAll(v, r => r.NodeIn(y.Graph)));
            return result[0] < 0 ? 0 : new Real(y.Graph, result[0]);
        }

        static Graph Copy(TracedFunction f, out int[] outputs)
        {
            var g = new Graph();
            int[] copy = GraphCopy.Into(g, f);
            outputs = new int[f.Outputs.Count];
            for (int k = 0; k < outputs.Length; k++) outputs[k] = copy[f.Outputs[k]];
            return g;
        }

        static int[] ActiveInputs(Graph g, int count, IReadOnlyList<bool> active, out int[] ordinals)
        {
            var list = new List<int>();
            for (int k = 0; k < count; k++)
                if (active == null || active[k]) list.Add(k);
            ordinals = list.ToArray();
            return Array.ConvertAll(ordinals, k => g.Input(k));
        }

        static int[] Sources(Graph g, Real[] x)
        {
            var sources = new int[x.Length];
            for (int k = 0; k < x.Length; k++)
            {
                if (x[k].Graph == null) throw new ArgumentException($"Variable {k} is a constant; there is no derivative by it.", nameof(x));
                sources[k] = x[k].NodeIn(g);
            }
            return sources;
        }

        static void CheckFlags(IReadOnlyList<bool> flags, int count, string what)
        {
            if (flags != null && flags.Count != count)
                throw new ArgumentException($"The function has {count} {what}; {flags.Count} flags were given.");
        }
    }
}
