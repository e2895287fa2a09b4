using System;
using System.Globalization;
using System.Text;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// An array of doubles with any number of axes, on a <see cref="TensorTape"/> that records what is done with it, much
    /// like a tensor of PyTorch. A tensor is a handle of 16 bytes: copying it copies no data. Data are row-major.
    /// A tensor lives as long as the recording it was made in; using it afterwards is an error, never stale numbers.
    /// </summary>
    public readonly unsafe partial struct Tensor
    {
        internal readonly TensorTape tape;
        /// <summary>Stamp in the upper half, node in the lower: one number, so that it stays in a register. The bits of a literal.</summary>
        internal readonly ulong handle;

        internal Tensor(TensorTape tape, int node, int stamp)
        {
            this.tape = tape;
            handle = (ulong)(uint)stamp << 32 | (uint)node;
        }

        internal int node => (int)handle;

        internal int stamp => (int)(handle >> 32);

        private Tensor(double literal)
        {
            tape = null;
            handle = (ulong)(BitConverter.DoubleToInt64Bits(literal) ^ UndefinedBits);
        }

        /// <summary>A plain number as an operand. It goes onto the tape of the tensor it meets.</summary>
        public static implicit operator Tensor(double literal) => new Tensor(literal);

        /// <summary>A literal has no tape; its bits, exclusive-or this one NaN, are never all zero, so default(Tensor) stays apart.</summary>
        private const long UndefinedBits = 0x7FF4_D1FF_7E45_0A01;

        internal bool IsLiteral => tape == null && handle != 0;

        internal double Literal => BitConverter.Int64BitsToDouble((long)handle ^ UndefinedBits);

        /// <summary>False for default(Tensor).</summary>
        public bool IsDefined => tape != null || IsLiteral;

        /// <summary>The tape that holds this tensor.</summary>
        public TensorTape Tape => Live("Tape");

        /// <summary>Extents of the axes; empty for a scalar.</summary>
        public ReadOnlySpan<int> Shape => Live("Shape").ShapeOf(node).Dims;

        /// <summary>Number of axes; 0 for a scalar.</summary>
        public int Rank => Live("Rank").ShapeOf(node).Rank;

        /// <summary>Number of elements.</summary>
        public int Count => Live("Count").ShapeOf(node).Count;

        /// <summary>True for a leaf made with requiresGrad, and for everything computed from one.</summary>
        public bool RequiresGrad => Live("RequiresGrad").Requires(node);

        /// <summary>True for tensors made by the user, false for results of recorded operations that require a gradient.</summary>
        public bool IsLeaf => Live("IsLeaf").Nodes[node].Op <= TensorOp.Leaf || !RequiresGrad;

        /// <summary>The elements in row-major order. Read them at once: the next operation on the tape may move them.</summary>
        public ReadOnlySpan<double> Data => Live("Data").ValuesOf(node);

        /// <summary>
        /// The gradient that <see cref="Backward(bool, bool)"/> has accumulated here: of leaves, and of values on which
        /// <see cref="RetainGrad"/> was called. A tensor on the same tape; after createGraph it can be differentiated.
        /// </summary>
        /// <exception cref="InvalidOperationException">There is none; the text says why (never swept, not reached by the loss, not a leaf).</exception>
        public Tensor Grad => Live("Grad").At(tape.GradientOf(node));

        /// <summary>True where a backward sweep has reached this tensor since it was made or its gradient zeroed.</summary>
        public bool HasGrad => Live("HasGrad").HasGradient(node);

        /// <summary>The value of a tensor with one element.</summary>
        /// <exception cref="InvalidOperationException">The tensor has more or fewer elements than one.</exception>
        public double Item()
        {
            TensorTape t = Live("Item");
            if (t.ShapeOf(node).Count != 1)
                throw new InvalidOperationException($"Item: only a tensor of one element has one value, but the shape is {t.ShapeOf(node)}. Use Data.");
            return t.ValuesOf(node)[0];
        }

        /// <summary>A copy of the elements in row-major order.</summary>
        public double[] ToArray() => Data.ToArray();

        /// <summary>A constant with the same values: no gradient flows through it.</summary>
        public Tensor Detach()
        {
            TensorTape t = Live("Detach");
            t.ValuesOf(node);
            int copy = t.NewNode(TensorOp.Constant, t.Nodes[node].Shape, 0, 0, false);
            t.ValuesOf(node).CopyTo(t.ValuesOf(copy));
            return t.At(copy);
        }

        /// <summary>
        /// Sweeps back from this scalar and adds its gradient to <see cref="Grad"/> of every leaf it depends on.
        /// </summary>
        /// <param name="retainGraph">True to keep the graph for another sweep; otherwise a second one is an error.</param>
        /// <param name="createGraph">True to record the sweep itself, so that the gradients can be differentiated; keeps the graph too.</param>
        /// <exception cref="InvalidOperationException">Not a scalar, requires no gradient, the graph was released, or a value it needs was overwritten.</exception>
        public void Backward(bool retainGraph = false, bool createGraph = false) =>
            Live("Backward").Backward(node, default, retainGraph, createGraph, toLeaves: true);

        /// <summary>Sweeps back from this tensor with a cotangent of the same shape (a vector-Jacobian product).</summary>
        /// <param name="seed">The cotangent.</param>
        /// <param name="retainGraph">True to keep the graph for another sweep.</param>
        /// <param name="createGraph">True to record the sweep itself.</param>
        public void Backward(Tensor seed, bool retainGraph = false, bool createGraph = false) =>
            Live("Backward").Backward(node, seed, retainGraph, createGraph, toLeaves: true);

        /// <summary>Forgets the accumulated gradient: until the next Backward there is none.</summary>
        public void ZeroGrad() => Live("ZeroGrad").ZeroGradient(node);

        /// <summary>Keeps the gradient of a value that is not a leaf, for <see cref="Grad"/>.</summary>
        public void RetainGrad() => Live("RetainGrad").Retain(node);

        /// <summary>
        /// Calls a function with the gradient with respect to this tensor whenever a sweep has completed it, before it flows
        /// on. What the function returns replaces it; default leaves it as it is. The tensor it is given lives only during the call.
        /// </summary>
        /// <returns>Dispose it to remove the hook.</returns>
        public TensorHook RegisterHook(Func<Tensor, Tensor> hook)
        {
            Live("RegisterHook").AddHook(node, hook);
            return new TensorHook(this, hook);
        }

        /// <summary>Overwrites the elements in place. Not recorded: an adjoint that needs the old values is an error from then on.</summary>
        /// <param name="values">As many elements as the tensor has, in row-major order.</param>
        public void Assign(ReadOnlySpan<double> values)
        {
            Span<double> data = Live("Assign").ValuesOf(node);
            if (values.Length != data.Length)
                throw new ArgumentException($"Assign: a tensor of shape {tape.ShapeOf(node)} has {data.Length} elements, but {values.Length} were given.");
            values.CopyTo(data);
            tape.Written(node);
        }

        /// <summary>Overwrites one element in place; otherwise as <see cref="Assign"/>.</summary>
        /// <param name="element">Position in row-major order.</param>
        /// <param name="value">The new value.</param>
        public void Set(int element, double value)
        {
            Live("Set").ValuesOf(node)[element] = value;
            tape.Written(node);
        }

        /// <summary>Adds factor times <paramref name="other"/> in place, as a step of descent does; otherwise as <see cref="Assign"/>.</summary>
        /// <param name="factor">For descent, minus the learning rate.</param>
        /// <param name="other">A tensor of the same shape, for example <see cref="Grad"/>.</param>
        public void AddScaled(double factor, Tensor other)
        {
            TensorTape t = Live("AddScaled");
            int from = t.Enter(other, "AddScaled");
            if (t.Nodes[from].Shape != t.Nodes[node].Shape)
                throw new ArgumentException($"AddScaled: shapes {t.ShapeOf(node)} and {t.ShapeOf(from)} must be equal.");
            ReadOnlySpan<double> step = t.ValuesOf(from);
            Span<double> data = t.ValuesOf(node);
            for (int i = 0; i < data.Length; i++)
                data[i] += factor * step[i];
            t.Written(node);
        }

        /// <summary>Shape and first elements, for debugging.</summary>
        public override string ToString()
        {
            if (IsLiteral)
                return Literal.ToString("R", CultureInfo.InvariantCulture);
            if (tape == null)
                return "tensor(undefined)";
            const int most = 8;
            ReadOnlySpan<double> data = Data;
            var text = new StringBuilder("tensor(");
            for (int i = 0; i < Math.Min(most, data.Length); i++)
                text.Append(i > 0 ? ", " : "").Append(data[i].ToString("G6", CultureInfo.InvariantCulture));
            text.Append(data.Length > most ? ", ..." : "").Append("; shape ").Append(TensorShape.Text(Shape));
            return text.Append(RequiresGrad ? ", requiresGrad)" : ")").ToString();
        }

        private TensorTape Live(string operation)
        {
            if (IsLiteral)
                throw TensorErrors.NoTape(operation);
            if (tape == null)
                throw TensorErrors.Undefined(operation);
            tape.Enter(this, operation);
            return tape;
        }
    }

    /// <summary>A registered hook; dispose it to remove the hook.</summary>
    public readonly struct TensorHook : IDisposable
    {
        private readonly Tensor tensor;
        private readonly Func<Tensor, Tensor> hook;

        internal TensorHook(Tensor tensor, Func<Tensor, Tensor> hook)
        {
            this.tensor = tensor;
            this.hook = hook;
        }

        /// <summary>Removes the hook.</summary>
        public void Dispose() => tensor.tape.RemoveHook(tensor.node, hook);
    }
}
