using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    // Large elementwise values are recorded but not computed until something reads them; then everything that has been put
    // off below them runs as one compiled kernel.
    public sealed unsafe partial class TensorTape
    {
        /// <summary>The default of <see cref="FuseFrom"/>.</summary>
        public const int DefaultFuseFrom = 8192;

        /// <summary>Elementwise operations in one kernel at most; longer chains are cut.</summary>
        private const int MostFused = 64;

        /// <summary>Doubles behind the last one in use: compiled code may read, not write, so far past an array's end.</summary>
        private const int Padding = 8;

        private Executor executor;
        private readonly Dictionary<int, List<FusedChain>> chains = new Dictionary<int, List<FusedChain>>();
        private readonly NodeMap<Fusion> fusions = new NodeMap<Fusion>();
        private readonly List<int> settled = new List<int>();

        private readonly List<int> region = new List<int>();
        private readonly List<int> regionInputs = new List<int>();
        private readonly Dictionary<int, int> positions = new Dictionary<int, int>();
        private readonly List<int> signature = new List<int>();

        /// <summary>The kernel of a fused value, and where the nodes of its inputs stand among the tape's integers.</summary>
        private readonly struct Fusion
        {
            internal readonly FusedChain Chain;
            internal readonly int Inputs;
            internal readonly int Count;

            internal Fusion(FusedChain chain, int inputs, int count)
            {
                Chain = chain;
                Inputs = inputs;
                Count = count;
            }
        }

        /// <summary>
        /// From this many elements on, elementwise operations (and Where, but not Round) are put off until their result is read, and whole
        /// chains of them, up to 64 operations, then run as one compiled kernel; the backward sweep runs the chain's adjoint as
        /// one kernel too. Below it, and in check mode, every operation runs at once. Compiling takes some milliseconds the first time
        /// a chain is met. Fused results differ from eager ones by rounding (see <see cref="Lowering"/>).
        /// Because of the delay, an operand must not be overwritten in place before a result that needs it has been read; that is an error.
        /// </summary>
        public int FuseFrom { get; set; } = DefaultFuseFrom;

        /// <summary>How many different chains have been compiled.</summary>
        public int FusedChainCount
        {
            get
            {
                int count = 0;
                foreach (List<FusedChain> list in chains.Values)
                    count += list.Count;
                return count;
            }
        }

        private bool Defers(TensorOp op, int shape) =>
            shape != 0 && shapes[shape].Count >= FuseFrom && !checkFinite && op != TensorOp.Round;

        private bool IsPending(int node) => (Nodes[node].Flags & NodeFlags.Pending) != 0;

        /// <summary>Records a large elementwise value without computing it. Its Offset holds the length of the chain so far.</summary>
        private Tensor Defer(TensorOp op, int shape, int a, int b, bool requires)
        {
            int node = NewNode(op, 0, a, b, requires);
            Nodes[node].Shape = (ushort)shape;
            Nodes[node].Flags |= NodeFlags.Pending;
            long length = 1;
            int operands = OperandCount(node);
            for (int k = 0; k < operands; k++)
                length += IsPending(Operand(node, k)) ? Nodes[Operand(node, k)].Offset : 0;
            if (length > MostFused)
            {
                for (int k = 0; k < operands; k++)
                    ValuesOf(Operand(node, k));
                length = 1;
            }
            Nodes[node].Offset = length;
            return At(node);
        }

        /// <summary>Computes a pending value, with everything pending below it, by one kernel.</summary>
        private void Settle(int root)
        {
            CollectRegion(root);
            FusedChain chain = FindChain(root);
            int inputs = integerCount;
            Span<int> data = stackalloc int[regionInputs.Count];
            for (int k = 0; k < data.Length; k++)
                data[k] = regionInputs[k];
            NewIntegers(data);
            int count = ShapeOf(root).Count;
            int at = NewValues(count);
            Nodes[root].Offset = at;
            Nodes[root].Flags = (Nodes[root].Flags & ~NodeFlags.Pending) | NodeFlags.Fused;
            fusions[root] = new Fusion(chain, inputs, data.Length);
            settled.Add(root);
            byte** pointers = stackalloc byte*[data.Length + 1];
            fixed (double* arena = values)
            {
                for (int k = 0; k < data.Length; k++)
                    pointers[k] = InputPointer(data[k], arena);
                pointers[data.Length] = (byte*)(arena + at);
                chain.Run(pointers, count);
            }
        }

        private byte* InputPointer(int node, double* arena) =>
            Nodes[node].Shape == 0 ? (byte*)&Nodes[node].Value : (byte*)(arena + Nodes[node].Offset);

        /// <summary>
        /// The pending values below a root, in order of recording. What was computed inside a no-grad scope is computed by
        /// itself first, so that no gradient flows through it.
        /// </summary>
        private void CollectRegion(int root)
        {
            bool again = true;
            while (again)
            {
                again = false;
                region.Clear();
                positions.Clear();
                region.Add(root);
                positions[root] = 0;
                for (int next = 0; next < region.Count && !again; next++)
                {
                    int count = OperandCount(region[next]);
                    for (int k = 0; k < count && !again; k++)
                    {
                        int operand = Operand(region[next], k);
                        if (WrittenSince(operand, region[next]))
                            throw TensorErrors.ReadTooLate(this, operand, region[next]);
                        if (!IsPending(operand) || positions.ContainsKey(operand))
                            continue;
                        if (Requires(root) && CutsGradient(operand))
                        {
                            Settle(operand);
                            again = true;
                            break;
                        }
                        positions[operand] = 0;
                        region.Add(operand);
                    }
                }
            }
            region.Sort();
            positions.Clear();
            regionInputs.Clear();
            for (int k = 0; k < region.Count; k++)
                positions[region[k]] = k;
        }

        /// <summary>True for what was computed inside a no-grad scope from values that require gradients.</summary>
        private bool CutsGradient(int node)
        {
            if (Requires(node) || TensorOps.IsComparison(Nodes[node].Op))
                return false;
            int count = OperandCount(node);
            for (int k = 0; k < count; k++)
            {
                if (Requires(Operand(node, k)))
                    return true;
            }
            return false;
        }

        /// <summary>The compiled chain of the collected region; fills the list of inputs.</summary>
        private FusedChain FindChain(int root)
        {
            signature.Clear();
            foreach (int node in region)
            {
                signature.Add((int)Nodes[node].Op);
                int count = OperandCount(node);
                for (int k = 0; k < count; k++)
                    signature.Add(Place(Operand(node, k)));
            }
            var hash = new HashMixer();
            signature.Add(Requires(root) ? 1 : 0);
            foreach (int input in regionInputs)
                signature.Add((Nodes[input].Shape == 0 ? 1 : 0) | (Requires(input) ? 2 : 0));
            foreach (int part in signature)
                hash.Add(part);
            if (!chains.TryGetValue(hash.Value, out List<FusedChain> list))
                chains[hash.Value] = list = new List<FusedChain>();
            foreach (FusedChain known in list)
            {
                if (known.Matches(signature))
                    return known;
            }
            FusedChain chain = Compile(root);
            list.Add(chain);
            return chain;
        }

        /// <summary>Position in the region, or -1 - k for input k.</summary>
        private int Place(int operand)
        {
            if (positions.TryGetValue(operand, out int place))
                return place;
            regionInputs.Add(operand);
            return positions[operand] = -regionInputs.Count;
        }

        private FusedChain Compile(int root)
        {
            executor ??= Executor.CreateDefault();
            var isScalar = new bool[regionInputs.Count];
            var requires = new bool[regionInputs.Count];
            for (int k = 0; k < isScalar.Length; k++)
            {
                isScalar[k] = Nodes[regionInputs[k]].Shape == 0;
                requires[k] = Requires(root) && Requires(regionInputs[k]);
            }
            var ops = new TensorOp[region.Count];
            var operands = new int[region.Count][];
            for (int k = 0; k < ops.Length; k++)
            {
                ops[k] = Nodes[region[k]].Op;
                operands[k] = new int[OperandCount(region[k])];
                for (int p = 0; p < operands[k].Length; p++)
                    operands[k][p] = Place(Operand(region[k], p));
            }
            return new FusedChain(signature.ToArray(), new FusedSteps(ops, operands, requires), isScalar, executor);
        }

        /// <summary>The adjoint of a fused value: from its cotangent straight to the inputs of its chain.</summary>
        private void SweepFused(int i)
        {
            Fusion fusion = fusions[i];
            for (int k = 0; k < fusion.Count; k++)
            {
                int input = integers[fusion.Inputs + k];
                if (WrittenSince(input, i))
                    throw TensorErrors.Overwritten(this, input, i);
                Touch(input);
            }
            int[] active = fusion.Chain.Active;
            if (active.Length == 0)
                return;
            byte** pointers = stackalloc byte*[fusion.Count + 1 + active.Length];
            fixed (double* arena = values, cotangents = adjoints)
            {
                for (int k = 0; k < fusion.Count; k++)
                    pointers[k] = InputPointer(integers[fusion.Inputs + k], arena);
                pointers[fusion.Count] = (byte*)(cotangents + Nodes[i].AdjointOffset);
                for (int k = 0; k < active.Length; k++)
                {
                    int input = integers[fusion.Inputs + active[k]];
                    pointers[fusion.Count + 1 + k] = Nodes[input].Shape == 0
                        ? (byte*)&Nodes[input].Adjoint : (byte*)(cotangents + Nodes[input].AdjointOffset);
                }
                fusion.Chain.RunAdjoint(pointers, ShapeOf(i).Count);
            }
        }

        /// <summary>
        /// Makes sure that the adjoint of a value is formed, though it may be inside a chain: later fused values go back to
        /// being swept one operation at a time.
        /// </summary>
        private void Expose(int node)
        {
            if (Nodes[node].Shape == 0 || !TensorOps.IsFusable(Nodes[node].Op))
                return;
            ValuesOf(node);
            for (int k = fusions.Count - 1; k >= 0; k--)
            {
                int root = fusions.NodeAt(k);
                if (root <= node)
                    continue;
                Nodes[root].Flags &= ~NodeFlags.Fused;
                fusions.Remove(root);
            }
        }

        /// <summary>Values computed inside a recording that closes, but recorded before it, are pending again.</summary>
        private void ForgetFusions(int from, int valuesAt)
        {
            int kept = 0;
            for (int k = 0; k < settled.Count; k++)
            {
                int node = settled[k];
                if (node >= from)
                    continue;
                if (Nodes[node].Offset < valuesAt)
                {
                    settled[kept++] = node;
                    continue;
                }
                Nodes[node].Offset = 1;
                Nodes[node].Flags = (Nodes[node].Flags & ~NodeFlags.Fused) | NodeFlags.Pending;
                fusions.Remove(node);
            }
            settled.RemoveRange(kept, settled.Count - kept);
            fusions.Forget(from);
        }
    }
}
