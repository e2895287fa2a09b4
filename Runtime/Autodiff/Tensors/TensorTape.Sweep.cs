using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    // The backward sweep in numbers. A second way, which records the sweep itself, is in TensorTape.GraphSweep.cs.
    public sealed unsafe partial class TensorTape
    {
        private double[] adjoints = new double[64];
        private int adjointCount = 1;
        private int sweepCount;
        private bool sweeping;
        private bool accumulatesLeaves;

        /// <summary>What <see cref="Tensor.Backward(bool, bool)"/> and <see cref="Autograd"/> share.</summary>
        internal void Backward(int root, Tensor seed, bool retainGraph, bool createGraph, bool toLeaves)
        {
            if (!Requires(root))
                throw TensorErrors.NoGradient(this, root);
            if (!seed.IsDefined && ShapeOf(root).Count != 1)
                throw TensorErrors.NeedsSeed(this, root);
            int start = Enter(seed.IsDefined ? seed : (Tensor)1.0, "Backward");
            if (seed.IsDefined && Nodes[start].Shape != Nodes[root].Shape)
                throw TensorErrors.SeedShape(this, root, ShapeOf(start));
            if (createGraph)
            {
                GraphSweep(root, SumTo(start, Nodes[root].Shape), toLeaves);
                return;
            }
            Sweep(root, ValuesOf(start), retainGraph, toLeaves);
        }

        /// <summary>Sweeps back from a loss; leaves gather their gradients where <paramref name="toLeaves"/> is set.</summary>
        internal void Sweep(int root, ReadOnlySpan<double> seed, bool retainGraph, bool toLeaves)
        {
            if (sweeping)
                throw new InvalidOperationException($"Backward was called on tape '{Name}' from inside a backward sweep (a hook or a custom function): call it afterwards.");
            sweeping = true;
            accumulatesLeaves = toLeaves;
            try
            {
                Touch(root);
                seed.CopyTo(AdjointsOf(root));
                SweepDown(root, retainGraph ? NodeFlags.None : NodeFlags.Released);
            }
            catch
            {
                Abandon(root);
                throw;
            }
            finally
            {
                sweeping = false;
                adjointCount = 1;
            }
            if (toLeaves)
                NoteSweep(root);
        }

        private void NoteSweep(int root)
        {
            sweepCount++;
            lastLossNode = root;
            lastLossStamp = Nodes[root].Stamp;
        }

        private void SweepDown(int root, NodeFlags release)
        {
            const uint reached = (uint)NodeFlags.Reached << TensorNode.FlagShift;
            const uint rare = 0xFFFF | (uint)(NodeFlags.Released | NodeFlags.Watched | NodeFlags.Leaf) << TensorNode.FlagShift;
            const uint firstOther = (uint)(TensorOp.TakeSecond + 1) << TensorNode.OpShift;
            const uint hasGrad = (uint)NodeFlags.HasGrad << TensorNode.FlagShift;
            const uint scalarLeaf = (uint)NodeFlags.Leaf << TensorNode.FlagShift | (uint)TensorOp.Leaf << TensorNode.OpShift;
            const uint notScalarLeaf = ~(hasGrad | reached | (uint)NodeFlags.RequiresGrad << TensorNode.FlagShift);
            uint releases = (uint)release << TensorNode.FlagShift;
            int firstPlain = checkFinite ? int.MaxValue : lastWrite;
            TensorNode* nodes = Nodes;
            for (int i = root; i >= 0; i--)
            {
                TensorNode* n = nodes + i;
                uint kind = n->Kind;
                if ((kind & reached) == 0)
                    continue;
                if ((kind & rare) != 0 || kind >= firstOther || i < firstPlain)
                {
                    if ((kind & notScalarLeaf) == scalarLeaf && n->B == i + 1 && accumulatesLeaves && firstPlain != int.MaxValue)
                    {
                        n->Kind = (kind & ~reached) | hasGrad;
                        nodes[i + 1].Value += n->Adjoint;
                        n->Adjoint = 0;
                        continue;
                    }
                    SweepRare(i, release);
                    nodes = Nodes;
                    continue;
                }
                n->Kind = (kind & ~reached) | releases;
                double g = n->Adjoint;
                n->Adjoint = 0;
                SweepScalar(nodes, n, g);
            }
            GC.KeepAlive(this);
        }

        /// <summary>
        /// The adjoint of one scalar operation. Operands are marked as reached whatever the cotangent is, and a cotangent of
        /// exactly zero contributes exactly zero, even against an infinite slope. What constants gather is never read, which
        /// is cheaper than asking.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void SweepScalar(TensorNode* nodes, TensorNode* n, double g)
        {
            TensorNode* a = nodes + n->A;
            TensorNode* b = nodes + n->B;
            MarkReached(a);
            MarkReached(b);
            if (g == 0)
                return;
            switch (n->Op)
            {
                case TensorOp.Add:
                    a->Adjoint += g;
                    b->Adjoint += g;
                    break;
                case TensorOp.Subtract:
                    a->Adjoint += g;
                    b->Adjoint -= g;
                    break;
                case TensorOp.Multiply:
                    double left = a->Value;
                    a->Adjoint += g * b->Value;
                    b->Adjoint += g * left;
                    break;
                default:
                    SweepOtherScalar(n, a, b, g);
                    break;
            }
        }

        /// <summary>Sets Reached where RequiresGrad is set, without a branch.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void MarkReached(TensorNode* n)
        {
            const uint requires = (uint)NodeFlags.RequiresGrad << TensorNode.FlagShift;
            const int distance = 2;
            n->Kind |= (n->Kind & requires) << distance;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void SweepOtherScalar(TensorNode* n, TensorNode* a, TensorNode* b, double g)
        {
            bool unary = n->Op < TensorOp.Add;
            bool needB = !unary && (b->Flags & NodeFlags.RequiresGrad) != 0;
            Elementwise.Partials(n->Op, a->Value, b->Value, n->Value, needB, out double dx, out double dy);
            if (!unary || dx != 0)
                a->Adjoint += g * dx;
            if (needB && (dy != 0 || n->Op != TensorOp.Gate))
                b->Adjoint += g * dy;
        }

        /// <summary>Everything but a plain scalar operation.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private void SweepRare(int i, NodeFlags release)
        {
            if ((Nodes[i].Flags & NodeFlags.Released) != 0)
                throw TensorErrors.SecondBackward(this, i);
            if (IsPending(i))
                Settle(i);
            TensorNode n = Nodes[i];
            if (i < lastWrite)
                CheckWrites(i);
            if ((n.Flags & NodeFlags.Watched) != 0)
            {
                RunWatch(i);
                n = Nodes[i];
            }
            Nodes[i].Flags &= ~NodeFlags.Reached;
            if (n.Op == TensorOp.Leaf)
            {
                if (accumulatesLeaves)
                    AccumulateLeaf(i);
                Nodes[i].AdjointOffset = 0;
                return;
            }
            if (n.Op != TensorOp.Constant)
            {
                Nodes[i].Flags |= release;
                if (n.Shape == 0 && n.Op <= TensorOp.TakeSecond)
                    SweepScalar(Nodes, Nodes + i, Nodes[i].Adjoint);
                else if ((Nodes[i].Flags & NodeFlags.Fused) != 0)
                    SweepFused(i);
                else if (TensorOps.IsElementwise(n.Op))
                    SweepElementwise(i);
                else if (!SweepStructure(i))
                    SweepByRule(i);
                if (checkFinite)
                    GuardOperands(i);
            }
            Nodes[i].AdjointOffset = 0;
        }

        private void AccumulateLeaf(int leaf)
        {
            int own = leaf + 1;
            if (Nodes[leaf].B != own)
            {
                ValuesOf(Nodes[leaf].B).CopyTo(ValuesOf(own));
                Nodes[leaf].B = own;
            }
            Regions.AddTo(ValuesOf(own), AdjointsOf(leaf));
            Nodes[leaf].Flags |= NodeFlags.HasGrad;
        }

        /// <summary>Marks an operand as reached and makes sure that its adjoint has room; false where it needs none.</summary>
        private bool Touch(int node)
        {
            ref TensorNode n = ref Nodes[node];
            if ((n.Flags & NodeFlags.RequiresGrad) == 0)
                return false;
            n.Flags |= NodeFlags.Reached;
            if (n.Shape == 0 || n.AdjointOffset != 0)
                return true;
            int count = shapes[n.Shape].Count;
            long end = (long)adjointCount + count;
            if (end + Padding > adjoints.Length)
                Array.Resize(ref adjoints, (int)Math.Min(int.MaxValue - 64, Math.Max(end + Padding, adjoints.Length * 2L)));
            n.AdjointOffset = adjointCount;
            adjointCount = (int)end;
            new Span<double>(adjoints, (int)n.AdjointOffset, count).Clear();
            return true;
        }

        /// <summary>The adjoint of a touched node. Valid until the next touch, which may move the arena.</summary>
        private Span<double> AdjointsOf(int node)
        {
            ref TensorNode n = ref Nodes[node];
            return n.Shape == 0 ? MemoryMarshal.CreateSpan(ref n.Adjoint, 1)
                : new Span<double>(adjoints, (int)n.AdjointOffset, shapes[n.Shape].Count);
        }

        private void SweepElementwise(int i)
        {
            TensorNode n = Nodes[i];
            bool unary = n.Op < TensorOp.Add;
            bool needA = Touch(n.A);
            bool needB = !unary && Touch(n.B);
            ReadOnlySpan<double> g = AdjointsOf(i), z = ValuesOf(i), x = ValuesOf(n.A), y = ValuesOf(n.B);
            Span<double> da = needA ? AdjointsOf(n.A) : default;
            Span<double> db = needB ? AdjointsOf(n.B) : default;
            int sa = Step(n.A), sb = Step(n.B);
            for (int k = 0; k < g.Length; k++)
            {
                if (g[k] == 0)
                    continue;
                Elementwise.Partials(n.Op, x[k * sa], y[k * sb], z[k], needB, out double dx, out double dy);
                if (needA)
                    da[k * sa] += g[k] * dx;
                if (needB && (dy != 0 || n.Op != TensorOp.Gate))
                    db[k * sb] += g[k] * dy;
            }
        }

        /// <summary>An operation whose adjoint is written once, as a rule on tensors: run it here without recording.</summary>
        private void SweepByRule(int i)
        {
            TensorNode n = Nodes[i];
            Mark(out int nodes, out int valuesAt, out int integersAt, out int objectsAt);
            using (NoGrad())
            {
                int g = NewNode(TensorOp.Constant, n.Shape, 0, 0, false);
                AdjointsOf(i).CopyTo(ValuesOf(g));
                new TensorRules(this, recordsSweep: false).Apply(i, At(g));
            }
            Rewind(nodes, valuesAt, integersAt, objectsAt);
        }

        /// <summary>Adds a rule's contribution to the adjoint of an operand.</summary>
        internal void AddAdjoint(int operand, int contribution)
        {
            if (!Touch(operand))
                return;
            Regions.AddTo(AdjointsOf(operand), ValuesOf(contribution));
        }

        private void GuardOperands(int i)
        {
            int count = OperandCount(i);
            for (int k = 0; k < count; k++)
                GuardAdjoint(i, Operand(i, k));
        }

        /// <summary>Throws where an operation's adjoint needs a value that was written after it was recorded.</summary>
        private void CheckWrites(int i)
        {
            TensorOp op = Nodes[i].Op;
            if (TensorOps.NeedsResult(op) && WrittenSince(i, i))
                throw TensorErrors.Overwritten(this, i, i);
            if (op <= TensorOp.Leaf || !TensorOps.NeedsOperands(op))
                return;
            int count = OperandCount(i);
            for (int k = 0; k < count; k++)
            {
                int operand = Operand(i, k);
                if (WrittenSince(operand, i) && ReadsOperand(i, k))
                    throw TensorErrors.Overwritten(this, operand, i);
            }
        }

        /// <summary>True where the adjoint reads this operand: a product needs a factor only for the other factor's gradient.</summary>
        private bool ReadsOperand(int i, int position)
        {
            TensorOp op = Nodes[i].Op;
            if (op == TensorOp.Multiply || op == TensorOp.Gate || op == TensorOp.MatMul)
                return Requires(Operand(i, 1 - position));
            if (op == TensorOp.Solve)
                return false;
            if (op == TensorOp.Where)
                return position == 2;
            return true;
        }

        /// <summary>Clears what an interrupted sweep left behind.</summary>
        private void Abandon(int root)
        {
            for (int i = 0; i <= root && i < Count; i++)
            {
                Nodes[i].Adjoint = 0;
                Nodes[i].Flags &= ~NodeFlags.Reached;
            }
        }
    }
}
