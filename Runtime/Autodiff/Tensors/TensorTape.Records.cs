using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    // Putting values on the tape, and finding them again.
    public sealed unsafe partial class TensorTape
    {
        /// <summary>The records: pinned, so that the fast paths go through a pointer, and aligned to cache lines.</summary>
        internal TensorNode* Nodes;
        private TensorNode[] memory;
        private GCHandle pin;
        private int capacity;

        /// <summary>Below this count the fast paths may push; 0 in check mode, which sends every record through <see cref="Guard"/>.</summary>
        internal int FastLimit;

        /// <summary>RequiresGrad where a record keeps its flags, or 0 inside a no-grad scope.</summary>
        private ulong gradientMask = TensorNode.RequiresGradHead;

        private void Reserve(int count)
        {
            const int line = 64;
            var larger = new TensorNode[count + line / sizeof(TensorNode)];
            GCHandle handle = GCHandle.Alloc(larger, GCHandleType.Pinned);
            var start = (TensorNode*)(((long)handle.AddrOfPinnedObject() + line - 1) & -line);
            for (int i = 0; i < Count; i++)
                start[i] = Nodes[i];
            if (pin.IsAllocated)
                pin.Free();
            memory = larger;
            pin = handle;
            Nodes = start;
            capacity = count;
            FastLimit = checkFinite ? 0 : count;
        }

        internal Tensor At(int node) => new Tensor(this, node, Nodes[node].Stamp);

        /// <summary>Records one elementwise operation on scalars. There must be room: see <see cref="FastLimit"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Tensor PushFast(TensorOp op, int a, int b, ulong operandHeads, double value)
        {
            int i = Count;
            int now = stamp;
            TensorNode* n = Nodes + i;
            n->Value = value;
            n->Adjoint = 0;
            n->Operands = (uint)a | (ulong)(uint)b << 32;
            n->Head = (operandHeads & gradientMask) | (ulong)op << TensorNode.OpHeadShift | (uint)now;
            Count = i + 1;
            return new Tensor(this, i, now);
        }

        /// <summary>Records a constant scalar. There must be room.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal int PushConstant(double value)
        {
            int i = Count;
            TensorNode* n = Nodes + i;
            n->Value = value;
            n->Adjoint = 0;
            n->Operands = 0;
            n->Head = (uint)stamp;
            Count = i + 1;
            return i;
        }

        /// <summary>As <see cref="PushFast"/>, but makes room and runs the check mode.</summary>
        internal Tensor PushScalar(TensorOp op, int a, int b, double value)
        {
            if (Count >= capacity)
                Reserve(capacity * 2);
            Tensor result = PushFast(op, a, b, Nodes[a].Head | Nodes[b].Head, value);
            Guard(result.node);
            return result;
        }

        /// <summary>Adds a record with room for its values. <paramref name="requires"/> is ignored inside a no-grad scope.</summary>
        internal int NewNode(TensorOp op, int shape, int a, int b, bool requires)
        {
            int i = Count;
            if (i >= capacity)
                Reserve(capacity * 2);
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
            if (end + Padding > values.Length)
            {
                if (end > int.MaxValue - 64)
                    throw new InvalidOperationException($"Tape '{Name}' holds {end} doubles, more than one arena can: record less at a time, in using (tape.Recording()) scopes.");
                Array.Resize(ref values, (int)Math.Min(int.MaxValue - 64, Math.Max(end + Padding, values.Length * 2L)));
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
            ValuesOf(node).CopyTo(ValuesOf(leaf));
            return At(leaf);
        }

        internal int NewConstant(double value)
        {
            int node = NewNode(TensorOp.Constant, 0, 0, 0, false);
            Nodes[node].Value = value;
            return node;
        }

        /// <summary>The values of a node, computed first if they were put off. Valid until the next record, which may move the arena.</summary>
        internal Span<double> ValuesOf(int node)
        {
            ref TensorNode n = ref Nodes[node];
            if ((n.Flags & NodeFlags.Pending) != 0)
                Settle(node);
            return n.Shape == 0 ? MemoryMarshal.CreateSpan(ref n.Value, 1)
                : new Span<double>(values, (int)n.Offset, shapes[n.Shape].Count);
        }

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
