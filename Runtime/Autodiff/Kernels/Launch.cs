using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A kernel with the buffers it works on: bound and checked once, run or recorded many times. Running allocates nothing.
    /// </summary>
    /// <example><code>
    /// var launch = new Launch(spring, count).Bind("position", x).Bind("force", f).BindIndex("a", first);
    /// launch.Run(executor);
    /// </code></example>
    public sealed unsafe class Launch
    {
        readonly Buffer[] buffers;
        readonly int[] firstComponents;
        readonly IndexBuffer[] indices;
        readonly string file;
        readonly int line;
        LaunchPlan plan;
        Executor compiledBy;
        int elements;

        /// <summary>A launch over a number of elements, to which buffers are still to be bound.</summary>
        /// <param name="kernel">The kernel.</param>
        /// <param name="elements">The number of elements.</param>
        /// <param name="file">The launch's file; filled in by the compiler.</param>
        /// <param name="line">The launch's line; filled in by the compiler.</param>
        /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
        public Launch(Kernel kernel, int elements, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        {
            (this.file, this.line) = (file, line);
            Kernel = kernel ?? throw new ArgumentNullException(nameof(kernel));
            buffers = new Buffer[kernel.Slots.Count];
            firstComponents = new int[kernel.Slots.Count];
            indices = new IndexBuffer[kernel.Indices.Count];
            Elements = elements;
        }

        /// <summary>The kernel.</summary>
        public Kernel Kernel { get; }

        /// <summary>File and line at which the launch was made.</summary>
        public string Site => line == 0 ? file : $"{Path.GetFileName(file)}:{line}";

        /// <summary>The number of elements; lanes are elements times worlds.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
        public int Elements
        {
            get => elements;
            set
            {
                if (value < 0) throw new ArgumentOutOfRangeException(nameof(value), value, $"Kernel '{Kernel.Name}' cannot run over a negative number of elements.");
                bool stillFits = plan == null || value == elements || Prefix && value <= plan.Capacity;
                if (!stillFits) plan = null;
                elements = value;
            }
        }

        /// <summary>
        /// Whether the launch runs over the first <see cref="Elements"/> of buffers and indices that may be longer, as for lists that grow
        /// and shrink; otherwise sizes must be equal.
        /// </summary>
        public bool Prefix { get; set; }

        /// <summary>
        /// Whether no element is named twice, by whatever lanes and indexed slots of one buffer: then several indexed slots may read and write
        /// one buffer in place, as constraints of a coloured batch do. A checked executor, and a tape in check mode, verify it.
        /// </summary>
        public bool Disjoint { get; set; }

        internal bool Fits(int length) => Prefix ? elements <= length : elements == length;

        /// <summary>The number of worlds: that of the buffers which have more than one.</summary>
        public int Worlds => Plan().Worlds;

        /// <summary>The number format of the buffers.</summary>
        public Precision Precision => Plan().Precision;

        /// <summary>The buffer bound to a slot, or null.</summary>
        public Buffer BufferOf(int slot) => buffers[slot];

        /// <summary>The first component of the buffer that a slot uses.</summary>
        public int FirstComponentOf(int slot) => firstComponents[slot];

        /// <summary>The index bound, or null.</summary>
        public IndexBuffer IndexOf(int index) => indices[index];

        /// <summary>Binds a buffer to a slot, from one of its components on.</summary>
        /// <exception cref="ArgumentException">The kernel has no such slot, or the buffer has too few components.</exception>
        public Launch Bind(string slot, Buffer buffer, int firstComponent = 0) => Bind(Kernel.SlotOf(slot), buffer, firstComponent);

        /// <inheritdoc cref="Bind(string, Buffer, int)"/>
        public Launch Bind(int slot, Buffer buffer, int firstComponent = 0)
        {
            if (buffer == null) throw new ArgumentNullException(nameof(buffer), $"Slot '{Kernel.Slots[slot].Name}' of kernel '{Kernel.Name}' cannot be bound to nothing.");
            KernelSlot wanted = Kernel.Slots[slot];
            if (firstComponent < 0 || firstComponent + wanted.Components > buffer.Components)
                throw new ArgumentException($"Slot '{wanted.Name}' of {this} wants {wanted.Components} components from component {firstComponent} on; buffer '{buffer.Name}' has {buffer.Components}.");
            buffers[slot] = buffer;
            firstComponents[slot] = firstComponent;
            plan = null;
            return this;
        }

        /// <summary>Binds an index.</summary>
        /// <exception cref="ArgumentException">The kernel has no such index.</exception>
        public Launch BindIndex(string index, IndexBuffer buffer) => BindIndex(Kernel.IndexOf(index), buffer);

        /// <inheritdoc cref="BindIndex(string, IndexBuffer)"/>
        public Launch BindIndex(int index, IndexBuffer buffer)
        {
            indices[index] = buffer ?? throw new ArgumentNullException(nameof(buffer), $"Index '{Kernel.Indices[index]}' of kernel '{Kernel.Name}' cannot be bound to nothing.");
            plan = null;
            return this;
        }

        /// <summary>Runs the kernel over all elements and worlds.</summary>
        /// <exception cref="InvalidOperationException">A slot or index is not bound, or sizes do not fit.</exception>
        /// <exception cref="IndexOutOfRangeException">The executor is checked, and an index names no element.</exception>
        public void Run(Executor executor)
        {
            LaunchPlan ready = PlanFor(executor);
            if (executor.Checked) ready.CheckIndices(elements);
            foreach (Buffer buffer in ready.Written) buffer.Touch();
            if (ready.HasIndices) RunIndexed(ready, executor);
            else LaunchRunner.Run(ready, executor, elements, null);
            GC.KeepAlive(this); // loops run on addresses: a launch that nobody holds would be collected with its buffers meanwhile
        }

        void RunIndexed(LaunchPlan ready, Executor executor)
        {
            int** index = stackalloc int*[indices.Length];
            for (int k = 0; k < indices.Length; k++) index[k] = indices[k].Data;
            LaunchRunner.Run(ready, executor, elements, index);
        }

        /// <summary>Compiles the kernel for these bindings, so that the first run does not.</summary>
        public Launch Prepare(Executor executor)
        {
            PlanFor(executor).Compiled.Finish();
            return this;
        }

        internal LaunchPlan PlanFor(Executor executor)
        {
            LaunchPlan ready = Plan();
            if (ready.Compiled == null || compiledBy != executor)
            {
                ready.Compile(executor);
                compiledBy = executor;
            }
            return ready;
        }

        LaunchPlan Plan() => plan ??= new LaunchPlan(this);

        /// <inheritdoc/>
        public override string ToString() => $"{Kernel} launched at {Site}";
    }
}
