using System;

namespace DiffPhysics.Autodiff
{
    // The backward sweep as recorded tensor operations (createGraph), so that gradients can be differentiated again.
    public sealed unsafe partial class TensorTape
    {
        /// <summary>Per node of the sweep, one more than the node of its adjoint; 0 for none.</summary>
        private int[] cotangents = new int[64];

        internal void GraphSweep(int root, int seed, bool toLeaves)
        {
            if (sweeping)
                throw new InvalidOperationException($"Backward was called on tape '{Name}' from inside a backward sweep (a hook or a custom function): call it afterwards.");
            if (!recordsGradients)
                throw new InvalidOperationException("createGraph records the backward sweep, which a NoGrad scope forbids: call it outside the scope.");
            sweeping = true;
            if (cotangents.Length <= root)
                cotangents = new int[Math.Max(root + 1, cotangents.Length * 2)];
            Array.Clear(cotangents, 0, root + 1);
            try
            {
                AddCotangent(root, seed);
                var rules = new TensorRules(this, recordsSweep: true);
                for (int i = root; i >= 0; i--)
                {
                    if ((Nodes[i].Flags & NodeFlags.Reached) != 0)
                        GraphSweepNode(i, rules, toLeaves);
                }
            }
            catch
            {
                Abandon(root);
                throw;
            }
            finally
            {
                sweeping = false;
            }
            if (toLeaves)
                NoteSweep(root);
        }

        private void GraphSweepNode(int i, TensorRules rules, bool toLeaves)
        {
            if ((Nodes[i].Flags & NodeFlags.Released) != 0)
                throw TensorErrors.SecondBackward(this, i);
            if (i < lastWrite)
                CheckWrites(i);
            Nodes[i].Flags &= ~NodeFlags.Reached;
            Tensor g = At(cotangents[i] > 0 ? cotangents[i] - 1 : ZeroNode(i));
            if ((Nodes[i].Flags & NodeFlags.Watched) != 0)
                g = RunWatch(i, g);
            if (Nodes[i].Op == TensorOp.Leaf)
            {
                if (toLeaves)
                    SetLeafGradient(i, g);
                return;
            }
            int count = OperandCount(i);
            for (int k = 0; k < count; k++)
            {
                int operand = Operand(i, k);
                if (Requires(operand))
                    Nodes[operand].Flags |= NodeFlags.Reached;
            }
            rules.Apply(i, g);
        }

        private void SetLeafGradient(int leaf, Tensor g)
        {
            if (HasGradient(leaf))
                g = At(Nodes[leaf].B) + g;
            Nodes[leaf].B = g.node;
            Nodes[leaf].Flags |= NodeFlags.HasGrad;
            graphGradients[leaf] = g.node;
        }

        /// <summary>Adds a recorded contribution to the adjoint of an operand.</summary>
        internal void AddCotangent(int operand, int contribution)
        {
            Nodes[operand].Flags |= NodeFlags.Reached;
            int before = cotangents[operand];
            cotangents[operand] = 1 + (before == 0 ? contribution : Binary(TensorOp.Add, before - 1, contribution).node);
        }
    }
}
