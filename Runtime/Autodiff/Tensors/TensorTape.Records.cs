using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    // Putting values on the tape, and finding them again.
    public sealed partial class TensorTape
    {
        internal Tensor At(int node) => new Tensor(this, node, Nodes[node].Stamp);

        /// <summary>True where the tensor is a live scalar of this tape: the test of the fast path.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal bool IsLiveScalar(int node, int nodeStamp)
        {
            if ((uint)node >= (uint)Count)
                return false;
            ref TensorNode n = ref Nodes[node];
            return n.Stamp == nodeStamp && n.Shape == 0;
        }

        /// <summary>Records one scalar. Elementwise operations on two scalars go straight here.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Tensor PushScalar(TensorOp op, int a, int b, double value)
        {
            TensorNode[] nodes = Nodes;
            int i = Count;
            if (i >= nodes.Length)
                nodes = GrowNodes();
            NodeFlags flags = (nodes[a].Flags | nodes[b].Flags) & NodeFlags.RequiresGrad;
            ref TensorNode n = ref nodes[i];
            n.Value = value;
            n.Adjoint = 0;
            n.A = a;
            n.B = b;
            n.Stamp = stamp;
            n.Shape = 0;
            n.Op = op;
            n.Flags = recordsGradients ? flags : NodeFlags.None;
            Count = i + 1;
            if (checkFinite)
                Guard(i);
            return new Tensor(this, i, n.Stamp);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private TensorNode[] GrowNodes()
        {
            Array.Resize(ref Nodes, Nodes.Length * 2);
            return Nodes;
        }

        /// <summary>Adds a record with room for its values. <paramref name="requires"/> is ignored inside a no-grad scope.</summary>
        internal int NewNode(TensorOp op, int shape, int a, int b, bool requires)
        {
            int i = Count;
            if (i >= Nodes.Length)
                GrowNodes();
            ref TensorNode n = ref Nodes[i];
            n = default;
            n.A = a;
            n.B = b;
            n.Stamp = stamp;
            n.Shape = (ushort)shape;
            n.Op = op;
            n.Flags = requires && recordsGradients ? NodeFlags.RequiresGrad : NodeFlags.None;
            if (shape != 0)
                n.Offset = NewValues(shapes[shape].Count);
            Count = i + 1;
            return i;
        }

        private int NewValues(int count)
        {
            int at = valueCount;
            long end = (long)at + count;
            if (end > values.Length)
            {
                if (end > int.MaxValue - 64)
                    throw new InvalidOperationException($"Tape '{Name}' holds {end} doubles, more than one arena can: record less at a time, in using (tape.Recording()) scopes.");
                Array.Resize(ref values, (int)Math.Min(int.MaxValue - 64, Math.Max(end, values.Length * 2L)));
            }
            valueCount = (int)end;
            return at;
        }

        /// <summary>A constant, or a leaf followed by the constant that holds its gradient.</summary>
        private int NewLeaf(int shape, bool requiresGrad)
        {
            if (!requiresGrad)
                return NewNode(TensorOp.Constant, shape, 0, 0, false);
            int leaf = NewNode(TensorOp.Leaf, shape, sweepCount, Count + 1, false);
            Nodes[leaf].Flags = NodeFlags.RequiresGrad | NodeFlags.Leaf;
            int gradient = NewNode(TensorOp.Constant, shape, 0, 0, false);
            ValuesOf(gradient).Clear();
            return leaf;
        }

        /// <summary>A leaf that requires a gradient, with a copy of a node's values.</summary>
        internal Tensor LeafLike(int node)
        {
            int leaf = NewLeaf(Nodes[node].Shape, requiresGrad: true);
            Settled(node).CopyTo(ValuesOf(leaf));
            return At(leaf);
        }

        internal int NewConstant(double value)
        {
            int node = NewNode(TensorOp.Constant, 0, 0, 0, false);
            Nodes[node].Value = value;
            return node;
        }

        /// <summary>The values of a node. Valid until the next record, which may move the arena.</summary>
        internal Span<double> ValuesOf(int node)
        {
            ref TensorNode n = ref Nodes[node];
            return n.Shape == 0 ? MemoryMarshal.CreateSpan(ref n.Value, 1)
                : new Span<double>(values, (int)n.Offset, shapes[n.Shape].Count);
        }

        /// <summary>The values of a node, computed first if they were put off.</summary>
        internal Span<double> Settled(int node) => ValuesOf(node);

        internal bool Requires(int node) => (Nodes[node].Flags & NodeFlags.RequiresGrad) != 0;

        /// <summary>Stores integers that belong to an operation (axes, indices, operand lists); the place goes into the record's B.</summary>
        internal int NewIntegers(ReadOnlySpan<int> data)
        {
            int at = integerCount;
            if (at + data.Length > integers.Length)
                Array.Resize(ref integers, Math.Max(at + data.Length, integers.Length * 2));
            data.CopyTo(integers.AsSpan(at));
            integerCount += data.Length;
            return at;
        }

        internal ReadOnlySpan<int> IntegersAt(int at, int count) => new ReadOnlySpan<int>(integers, at, count);

        internal int IntegerAt(int at) => integers[at];

        internal int NewObject(object value)
        {
            objects.Add(value);
            return objects.Count - 1;
        }

        internal object ObjectAt(int at) => objects[at];

        /// <summary>Room for doubles that belong to an operation (a factorisation), to be read by its adjoint.</summary>
        internal int NewScratch(int count) => NewValues(count);

        internal Span<double> ScratchAt(int at, int count) => new Span<double>(values, at, count);

        /// <summary>The node of a tensor, after the checks that every operation makes. Literal numbers are put on the tape.</summary>
        internal int Enter(Tensor tensor, string operation)
        {
            if (tensor.tape == this)
            {
                if ((uint)tensor.node >= (uint)Count || Nodes[tensor.node].Stamp != tensor.stamp)
                    throw TensorErrors.Stale(this, operation);
                return tensor.node;
            }
            if (tensor.IsLiteral)
                return NewConstant(tensor.Literal);
            if (tensor.tape == null)
                throw TensorErrors.Undefined(operation);
            throw TensorErrors.OtherTape(this, tensor.tape, operation);
        }

        /// <summary>The tape of whichever operand is not a literal number.</summary>
        internal static TensorTape Of(Tensor a, Tensor b, string operation)
        {
            TensorTape tape = a.tape ?? b.tape;
            if (tape != null)
                return tape;
            throw a.IsLiteral && b.IsLiteral ? TensorErrors.NoTape(operation) : TensorErrors.Undefined(operation);
        }

        // In-place writes. An operation recorded before a write holds an adjoint that may need the old value.

        private readonly NodeMap<int> writeTimes = new NodeMap<int>();
        private int lastWrite;

        internal void Written(int node)
        {
            writeTimes[node] = Count;
            lastWrite = Math.Max(lastWrite, Count);
        }

        private bool WrittenSince(int node, int record) => writeTimes.TryGet(node, out int time) && time > record;

        private void ForgetWrites(int from)
        {
            if (lastWrite == 0)
                return;
            writeTimes.Forget(from);
            lastWrite = 0;
            for (int k = 0; k < writeTimes.Count; k++)
            {
                int node = writeTimes.NodeAt(k);
                int time = Math.Min(writeTimes[node], from);
                writeTimes[node] = time;
                lastWrite = Math.Max(lastWrite, time);
            }
        }
    }
}
