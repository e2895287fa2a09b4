using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    // Hooks, gradients kept for values that are not leaves, and gradients captured for Autograd.Gradient.
    public sealed unsafe partial class TensorTape
    {
        private sealed class Watch
        {
            internal readonly List<Func<Tensor, Tensor>> Hooks = new List<Func<Tensor, Tensor>>();
            internal int Retained = -1;
            internal bool IsCaptured;
            internal int Captured = -1;
        }

        private readonly NodeMap<Watch> watches = new NodeMap<Watch>();
        private readonly NodeMap<int> graphGradients = new NodeMap<int>();
        private int lastLossNode;
        private int lastLossStamp;

        private Watch WatchOf(int node)
        {
            Expose(node);
            if (!watches.TryGet(node, out Watch watch))
                watches[node] = watch = new Watch();
            Nodes[node].Flags |= NodeFlags.Watched;
            return watch;
        }

        internal void AddHook(int node, Func<Tensor, Tensor> hook)
        {
            if (!Requires(node))
                throw TensorErrors.GradNotRequired(this, node);
            WatchOf(node).Hooks.Add(hook ?? throw new ArgumentNullException(nameof(hook)));
        }

        internal void RemoveHook(int node, Func<Tensor, Tensor> hook)
        {
            if (watches.TryGet(node, out Watch watch))
                watch.Hooks.Remove(hook);
        }

        internal void Retain(int node)
        {
            if (!Requires(node))
                throw TensorErrors.GradNotRequired(this, node);
            if ((Nodes[node].Flags & NodeFlags.Leaf) != 0 || WatchOf(node).Retained >= 0)
                return;
            int gradient = NewNode(TensorOp.Constant, Nodes[node].Shape, 0, 0, false);
            ValuesOf(gradient).Clear();
            WatchOf(node).Retained = gradient;
        }

        internal void Capture(int node) => WatchOf(node).IsCaptured = true;

        /// <summary>The captured gradient, or -1.</summary>
        internal int Captured(int node) => watches.TryGet(node, out Watch watch) ? watch.Captured : -1;

        internal void EndCapture(int node)
        {
            if (!watches.TryGet(node, out Watch watch))
                return;
            watch.IsCaptured = false;
            watch.Captured = -1;
            if (watch.Hooks.Count == 0 && watch.Retained < 0)
            {
                watches.Remove(node);
                Nodes[node].Flags &= ~NodeFlags.Watched;
            }
        }

        /// <summary>Numeric sweep: the adjoint of a watched node is complete.</summary>
        private void RunWatch(int node)
        {
            Watch watch = watches[node];
            for (int h = 0; h < watch.Hooks.Count; h++)
            {
                Mark(out int nodes, out int valuesAt, out int integersAt, out int objectsAt);
                using (NoGrad())
                {
                    int given = Hooked(watch.Hooks[h], AdjointNode(node));
                    ValuesOf(given).CopyTo(AdjointsOf(node));
                }
                Rewind(nodes, valuesAt, integersAt, objectsAt);
            }
            if (watch.Retained >= 0)
            {
                Regions.AddTo(ValuesOf(watch.Retained), AdjointsOf(node));
                Nodes[node].Flags |= NodeFlags.HasGrad;
            }
            if (watch.IsCaptured)
                watch.Captured = AdjointNode(node);
        }

        /// <summary>Recorded sweep: the same with the gradient as a tensor; returns what the hooks made of it.</summary>
        private Tensor RunWatch(int node, Tensor gradient)
        {
            Watch watch = watches[node];
            for (int h = 0; h < watch.Hooks.Count; h++)
                gradient = At(Hooked(watch.Hooks[h], gradient.node));
            if (watch.Retained >= 0)
            {
                watch.Retained = (Nodes[node].Flags & NodeFlags.HasGrad) != 0
                    ? (At(watch.Retained) + gradient).node : gradient.node;
                Nodes[node].Flags |= NodeFlags.HasGrad;
            }
            if (watch.IsCaptured)
                watch.Captured = gradient.node;
            return gradient;
        }

        private int Hooked(Func<Tensor, Tensor> hook, int gradient)
        {
            Tensor given = hook(At(gradient));
            if (!given.IsDefined)
                return gradient;
            int node = Enter(given, "hook");
            if (Nodes[node].Shape != Nodes[gradient].Shape)
                throw new InvalidOperationException($"hook: the gradient has shape {ShapeOf(gradient)}, but the hook returned shape {ShapeOf(node)}. Return the same shape, or default to leave it as it is.");
            return node;
        }

        private int AdjointNode(int node)
        {
            int copy = NewNode(TensorOp.Constant, Nodes[node].Shape, 0, 0, false);
            AdjointsOf(node).CopyTo(ValuesOf(copy));
            return copy;
        }

        internal bool HasGradient(int node) => (Nodes[node].Flags & NodeFlags.HasGrad) != 0;

        /// <summary>The node that holds a gradient, after the checks that explain why there may be none.</summary>
        internal int GradientOf(int node)
        {
            ref TensorNode n = ref Nodes[node];
            if ((n.Flags & NodeFlags.RequiresGrad) == 0)
                throw TensorErrors.GradNotRequired(this, node);
            int gradient = n.B;
            int since = n.A;
            if ((n.Flags & NodeFlags.Leaf) == 0)
            {
                if (!watches.TryGet(node, out Watch watch) || watch.Retained < 0)
                    throw TensorErrors.GradNotRetained(this, node);
                gradient = watch.Retained;
                since = -1;
            }
            if (HasGradient(node))
                return gradient;
            if (sweepCount == 0 || sweepCount <= since)
                throw TensorErrors.GradBeforeBackward(this, node);
            bool known = lastLossNode < Count && Nodes[lastLossNode].Stamp == lastLossStamp;
            throw TensorErrors.GradNotReached(this, node, known ? Describe(lastLossNode) : "of a recording since closed");
        }

        internal void ZeroGradient(int node)
        {
            ref TensorNode n = ref Nodes[node];
            if ((n.Flags & NodeFlags.RequiresGrad) == 0)
                throw TensorErrors.GradNotRequired(this, node);
            n.Flags &= ~NodeFlags.HasGrad;
            if ((n.Flags & NodeFlags.Leaf) != 0)
            {
                n.A = sweepCount;
                n.B = node + 1;
                ValuesOf(node + 1).Clear();
            }
            else if (watches.TryGet(node, out Watch watch) && watch.Retained >= 0)
                watch.Retained = ZeroNode(node);
        }

        private int ZeroNode(int like)
        {
            int node = NewNode(TensorOp.Constant, Nodes[like].Shape, 0, 0, false);
            ValuesOf(node).Clear();
            return node;
        }

        private void ForgetWatches(int from)
        {
            watches.Forget(from);
            for (int k = 0; k < watches.Count; k++)
            {
                Watch watch = watches[watches.NodeAt(k)];
                if (watch.Retained < from)
                    continue;
                watch.Retained = -1;
                Nodes[watches.NodeAt(k)].Flags &= ~NodeFlags.HasGrad;
            }
        }

        /// <summary>Gradients that are recorded expressions become plain numbers when their recording closes.</summary>
        private void ForgetGradientGraphs(int from)
        {
            for (int k = 0; k < graphGradients.Count; k++)
            {
                int leaf = graphGradients.NodeAt(k);
                if (leaf >= from || Nodes[leaf].B < from)
                    continue;
                ValuesOf(Nodes[leaf].B).CopyTo(ValuesOf(leaf + 1));
                Nodes[leaf].B = leaf + 1;
            }
            graphGradients.Forget(from);
        }
    }
}
