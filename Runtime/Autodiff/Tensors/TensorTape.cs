using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The tape behind <see cref="Tensor"/>: an array of operation records and one arena of doubles, both reused. Operations
    /// run eagerly and are recorded where an operand requires a gradient; <see cref="Tensor.Backward(bool, bool)"/> sweeps
    /// the records in reverse.
    /// <code>
    /// var tape = new TensorTape();
    /// Tensor x = tape.Scalar(2, requiresGrad: true);
    /// for (int i = 0; i &lt; 100; i++)
    /// {
    ///     using (tape.Recording())              // what is recorded here is forgotten at the end, its memory reused
    ///     {
    ///         Tensor loss = Tensor.Square(x - 3.0);
    ///         x.ZeroGrad();
    ///         loss.Backward();
    ///         x.AddScaled(-0.1, x.Grad);
    ///     }
    /// }
    /// </code>
    /// A loop that is recorded again and again allocates nothing after its first pass. A tape is not for several threads at once.
    /// </summary>
    public sealed unsafe partial class TensorTape
    {
        internal const int MaxShapes = ushort.MaxValue;

        internal int Count;

        private double[] values = new double[64];
        private int valueCount;
        private int[] integers = new int[64];
        private int integerCount;
        private readonly List<object> objects = new List<object>();

        private readonly List<TensorShape> shapes = new List<TensorShape>();
        private readonly Dictionary<int, int> shapeByHash = new Dictionary<int, int>();

        private int stamp = 1;
        private bool recordsGradients = true;

        /// <summary>Makes an empty tape.</summary>
        /// <param name="name">Stands in error messages, to tell tapes apart.</param>
        public TensorTape(string name = "tape")
        {
            Name = name ?? throw new ArgumentNullException(nameof(name));
            shapes.Add(new TensorShape(ReadOnlySpan<int>.Empty));
            Reserve(64);
        }

        /// <summary>Lets go of the records' memory.</summary>
        ~TensorTape()
        {
            if (pin.IsAllocated)
                pin.Free();
        }

        /// <summary>The name that stands in error messages.</summary>
        public string Name { get; }

        /// <summary>How many values are on the tape now: leaves, constants and results of operations.</summary>
        public int RecordCount => Count;

        /// <summary>False inside a <see cref="NoGrad"/> scope.</summary>
        public bool GradientsEnabled => recordsGradients;

        /// <summary>A scalar leaf or constant.</summary>
        /// <param name="value">Its value.</param>
        /// <param name="requiresGrad">True for a parameter whose gradient is wanted.</param>
        public Tensor Scalar(double value, bool requiresGrad = false)
        {
            int node = NewLeaf(0, requiresGrad);
            Nodes[node].Value = value;
            Guard(node);
            return At(node);
        }

        /// <summary>A leaf or constant holding a copy of <paramref name="data"/>.</summary>
        /// <param name="data">Elements in row-major order.</param>
        /// <param name="shape">Extents; left out, the tensor is a vector of all elements.</param>
        /// <param name="requiresGrad">True for parameters whose gradient is wanted.</param>
        /// <exception cref="ArgumentException">The extents do not multiply to the number of elements.</exception>
        public Tensor Create(ReadOnlySpan<double> data, ReadOnlySpan<int> shape = default, bool requiresGrad = false)
        {
            int id = shape.IsEmpty ? VectorShape(data.Length) : Intern(shape);
            if (shapes[id].Count != data.Length)
                throw new ArgumentException($"A tensor of shape {shapes[id]} holds {shapes[id].Count} elements, but {data.Length} were given.");
            int node = NewLeaf(id, requiresGrad);
            data.CopyTo(ValuesOf(node));
            Guard(node);
            return At(node);
        }

        /// <summary>A vector leaf or constant holding a copy of <paramref name="data"/>.</summary>
        /// <param name="data">The elements.</param>
        /// <param name="requiresGrad">True for parameters whose gradient is wanted.</param>
        public Tensor Vector(double[] data, bool requiresGrad = false) =>
            Create(data ?? throw new ArgumentNullException(nameof(data)), default, requiresGrad);

        /// <summary>A vector leaf or constant holding floats; tensors compute in double whatever they are made from.</summary>
        /// <param name="data">The elements.</param>
        /// <param name="requiresGrad">True for parameters whose gradient is wanted.</param>
        public Tensor Vector(float[] data, bool requiresGrad = false)
        {
            if (data == null)
                throw new ArgumentNullException(nameof(data));
            int node = NewLeaf(VectorShape(data.Length), requiresGrad);
            Span<double> to = ValuesOf(node);
            for (int i = 0; i < to.Length; i++)
                to[i] = data[i];
            Guard(node);
            return At(node);
        }

        /// <summary>A matrix leaf or constant holding a copy of <paramref name="data"/>.</summary>
        /// <param name="data">Rows and columns.</param>
        /// <param name="requiresGrad">True for parameters whose gradient is wanted.</param>
        public Tensor Matrix(double[,] data, bool requiresGrad = false)
        {
            if (data == null)
                throw new ArgumentNullException(nameof(data));
            Span<int> dims = stackalloc int[] { data.GetLength(0), data.GetLength(1) };
            int node = NewLeaf(Intern(dims), requiresGrad);
            Span<double> to = ValuesOf(node);
            for (int i = 0; i < dims[0]; i++)
            {
                for (int j = 0; j < dims[1]; j++)
                    to[i * dims[1] + j] = data[i, j];
            }
            Guard(node);
            return At(node);
        }

        /// <summary>A leaf or constant filled with one value.</summary>
        /// <param name="value">Every element.</param>
        /// <param name="shape">Extents.</param>
        /// <param name="requiresGrad">True for parameters whose gradient is wanted.</param>
        public Tensor Full(double value, ReadOnlySpan<int> shape, bool requiresGrad = false)
        {
            int node = NewLeaf(Intern(shape), requiresGrad);
            ValuesOf(node).Fill(value);
            Guard(node);
            return At(node);
        }

        /// <summary>Turns gradient recording off until the scope is disposed: results inside require no gradient.</summary>
        public NoGradScope NoGrad()
        {
            var scope = new NoGradScope(this, recordsGradients);
            RestoreGradients(false);
            return scope;
        }

        /// <summary>
        /// Opens a recording: whatever is put on the tape until the scope is disposed is forgotten then, and its memory used
        /// again. Values, data and gradients of leaves made before stay. Recordings nest.
        /// </summary>
        public RecordingScope Recording() => new RecordingScope(this);

        /// <summary>Forgets everything, leaves included. Memory is kept for the next recording.</summary>
        public void Clear() => Rewind(0, 0, 0, 0);

        internal void Rewind(int nodes, int valuesAt, int integersAt, int objectsAt)
        {
            if (nodes > Count)
                throw new InvalidOperationException($"A recording of tape '{Name}' was closed after an outer one: dispose recordings innermost first.");
            ForgetWatches(nodes);
            ForgetWrites(nodes);
            ForgetGradientGraphs(nodes);
            ForgetFusions(nodes, valuesAt);
            Count = nodes;
            valueCount = valuesAt;
            integerCount = integersAt;
            objects.RemoveRange(objectsAt, objects.Count - objectsAt);
            sites.Forget(nodes);
            stamp++;
        }

        internal void Mark(out int nodes, out int valuesAt, out int integersAt, out int objectsAt)
        {
            nodes = Count;
            valuesAt = valueCount;
            integersAt = integerCount;
            objectsAt = objects.Count;
        }

        internal void RestoreGradients(bool enabled)
        {
            recordsGradients = enabled;
            gradientMask = enabled ? TensorNode.RequiresGradHead : 0;
        }

        internal TensorShape ShapeOf(int node) => shapes[Nodes[node].Shape];

        internal TensorShape ShapeAt(int id) => shapes[id];

        internal int VectorShape(int length)
        {
            Span<int> dims = stackalloc int[] { length };
            return Intern(dims);
        }

        /// <summary>The index of a shape in the tape's table; equal shapes have equal indices.</summary>
        internal int Intern(ReadOnlySpan<int> dims)
        {
            if (dims.Length == 0)
                return 0;
            int hash = dims.Length;
            foreach (int d in dims)
                hash = unchecked(hash * 486187739 + d);
            while (shapeByHash.TryGetValue(hash, out int id))
            {
                if (shapes[id].Is(dims))
                    return id;
                hash = unchecked(hash + 1);
            }
            if (shapes.Count > MaxShapes)
                throw new InvalidOperationException($"Tape '{Name}' has met {MaxShapes} different shapes and can hold no more: make a new tape.");
            shapes.Add(new TensorShape(dims));
            shapeByHash.Add(hash, shapes.Count - 1);
            return shapes.Count - 1;
        }
    }

    /// <summary>While it lives, results on its tape require no gradient.</summary>
    public readonly struct NoGradScope : IDisposable
    {
        private readonly TensorTape tape;
        private readonly bool before;

        internal NoGradScope(TensorTape tape, bool before)
        {
            this.tape = tape;
            this.before = before;
        }

        /// <summary>Restores what held before.</summary>
        public void Dispose() => tape.RestoreGradients(before);
    }

    /// <summary>A stretch of tape that is forgotten when it is disposed.</summary>
    public readonly struct RecordingScope : IDisposable
    {
        private readonly TensorTape tape;
        private readonly int nodes;
        private readonly int values;
        private readonly int integers;
        private readonly int objects;

        internal RecordingScope(TensorTape tape)
        {
            this.tape = tape;
            tape.Mark(out nodes, out values, out integers, out objects);
        }

        /// <summary>Forgets what was recorded since the scope was opened.</summary>
        public void Dispose() => tape.Rewind(nodes, values, integers, objects);
    }
}
