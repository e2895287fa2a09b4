using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// An elementwise chain as a list of operations, and the formulas traced from it: values forward, and adjoints by the
    /// library's rule for each operation. As on the eager tape, a cotangent of exactly zero contributes exactly zero, even
    /// against an infinite slope, so both ways give the same gradients to every order.
    /// </summary>
    internal sealed class FusedSteps
    {
        private readonly TensorOp[] ops;
        private readonly int[][] operands;
        private readonly bool[] inputRequires;
        private readonly bool[] stepRequires;

        /// <param name="ops">The operations, operands first.</param>
        /// <param name="operands">For each, the position of its operands among the operations, or -1 - k for input k.</param>
        /// <param name="inputRequires">Per input, whether its adjoint is wanted.</param>
        internal FusedSteps(TensorOp[] ops, int[][] operands, bool[] inputRequires)
        {
            this.ops = ops;
            this.operands = operands;
            this.inputRequires = inputRequires;
            stepRequires = new bool[ops.Length];
            for (int k = 0; k < ops.Length; k++)
            {
                for (int p = 0; p < Differentiated(k); p++)
                    stepRequires[k] |= Requires(operands[k][p]);
            }
        }

        /// <summary>How many operands have slopes: comparisons have none, masks and bounds neither.</summary>
        private int Differentiated(int step) => TensorOps.IsComparison(ops[step]) ? 0
            : ops[step] == TensorOp.Where ? 2 : ops[step] == TensorOp.Clamp ? 1 : operands[step].Length;

        private bool Requires(int place) => place >= 0 ? stepRequires[place] : inputRequires[-1 - place];

        /// <summary>The inputs that the last value depends on through operations with slopes.</summary>
        internal int[] ActiveInputs()
        {
            var reached = new bool[ops.Length];
            var active = new SortedSet<int>();
            reached[ops.Length - 1] = true;
            for (int k = ops.Length - 1; k >= 0; k--)
            {
                for (int p = 0; reached[k] && p < Differentiated(k); p++)
                {
                    int place = operands[k][p];
                    if (!Requires(place))
                        continue;
                    if (place >= 0)
                        reached[place] = true;
                    else
                        active.Add(-1 - place);
                }
            }
            return new List<int>(active).ToArray();
        }

        /// <summary>From the inputs to the last value.</summary>
        internal TracedFunction Forward()
        {
            var graph = new Graph();
            Real[] values = Values(graph, Inputs(graph));
            return new TracedFunction(graph, inputRequires.Length, new[] { values[ops.Length - 1].NodeIn(graph) });
        }

        /// <summary>From the inputs and the cotangent of the last value to the cotangents of the active inputs.</summary>
        internal TracedFunction Adjoint(int[] active)
        {
            var graph = new Graph();
            Real[] inputs = Inputs(graph);
            Real seed = Real.Input(graph);
            Real[] values = Values(graph, inputs);
            var ofSteps = new Real?[ops.Length];
            var ofInputs = new Real?[inputs.Length];
            ofSteps[ops.Length - 1] = seed;
            for (int k = ops.Length - 1; k >= 0; k--)
            {
                if (ofSteps[k] == null || !stepRequires[k])
                    continue;
                Real g = ofSteps[k].Value;
                Real[] contributions = Contributions(graph, k, At(k, inputs, values), g);
                for (int p = 0; p < Differentiated(k); p++)
                {
                    int place = operands[k][p];
                    if (!Requires(place))
                        continue;
                    ref Real? target = ref place >= 0 ? ref ofSteps[place] : ref ofInputs[-1 - place];
                    target = target == null ? contributions[p] : target.Value + contributions[p];
                }
            }
            int[] outputs = Array.ConvertAll(active, k => ofInputs[k].Value.NodeIn(graph));
            return new TracedFunction(graph, inputs.Length + 1, outputs).WithoutDeadCode();
        }

        /// <summary>The rule of one operation, written into the graph, each result zero where the cotangent is.</summary>
        private Real[] Contributions(Graph graph, int step, Real[] at, Real g)
        {
            TensorOp op = ops[step];
            Bool isZero = g == 0.0;
            if (op == TensorOp.Gate)
                return new[] { Real.Select(isZero, 0.0, g * at[1]), Real.Select(isZero | at[0] == 0.0, 0.0, g * at[0]) };
            TracedFunction rule = Derivatives.Adjoint(TracedFunction.Trace(at.Length, x => new[] { FusedOperations.Apply(op, x) }));
            int[] copy = GraphCopy.Into(graph, rule, k => (k < at.Length ? at[k] : g).NodeIn(graph));
            var contributions = new Real[at.Length];
            bool isLinear = op == TensorOp.Add || op == TensorOp.Subtract || op == TensorOp.Negate;
            for (int p = 0; p < at.Length; p++)
            {
                var contribution = new Real(graph, copy[rule.Outputs[p]]);
                contributions[p] = isLinear ? contribution : Real.Select(isZero, 0.0, contribution);
            }
            return contributions;
        }

        private Real[] Inputs(Graph graph)
        {
            var inputs = new Real[inputRequires.Length];
            for (int k = 0; k < inputs.Length; k++)
                inputs[k] = Real.Input(graph);
            return inputs;
        }

        private Real[] Values(Graph graph, Real[] inputs)
        {
            var values = new Real[ops.Length];
            for (int k = 0; k < ops.Length; k++)
                values[k] = FusedOperations.Apply(ops[k], At(k, inputs, values));
            return values;
        }

        private Real[] At(int step, Real[] inputs, Real[] values) =>
            Array.ConvertAll(operands[step], place => place >= 0 ? values[place] : inputs[-1 - place]);
    }
}
