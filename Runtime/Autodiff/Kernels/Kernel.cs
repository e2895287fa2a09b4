using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A formula to be run over many elements: a traced function and the slots from which its inputs come and to which its
    /// outputs go. Immutable; compiled by an <see cref="Executor"/> for a precision on its first launch.
    /// </summary>
    public sealed class Kernel
    {
        readonly KernelSlot[] slots;
        readonly string[] indices;
        readonly Channel[] inputs, outputs;
        AdjointKernel adjoint;
        TangentKernel tangent;
        readonly KernelProgram[] programs = new KernelProgram[2];

        internal Kernel(string name, string site, KernelSlot[] slots, string[] indices, TracedFunction function, Channel[] inputs, Channel[] outputs)
        {
            Name = name;
            Site = site;
            this.slots = slots;
            this.indices = indices;
            Function = function;
            this.inputs = inputs;
            this.outputs = outputs;
        }

        /// <summary>Traces a kernel.</summary>
        /// <param name="name">What error messages call it.</param>
        /// <param name="body">Asks the builder for inputs, computes, and hands it the outputs.</param>
        /// <param name="rounding">What may be rounded together, to be faster; holds for adjoint and tangent too.</param>
        /// <param name="file">The definition's file; filled in by the compiler.</param>
        /// <param name="line">The definition's line; filled in by the compiler.</param>
        /// <exception cref="ArgumentException">Two slots of one name differ, or nothing is written.</exception>
        public static Kernel Define(string name, Action<KernelBuilder> body, KernelRounding rounding = KernelRounding.EachOperation, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        {
            var builder = new KernelBuilder(name);
            body(builder);
            Kernel kernel = builder.Build($"{System.IO.Path.GetFileName(file)}:{line}");
            kernel.Rounding = rounding;
            return kernel;
        }

        /// <summary>What error messages call the kernel.</summary>
        public string Name { get; }

        /// <summary>File and line of the definition.</summary>
        public string Site { get; }

        /// <summary>The buffers that the kernel wants, in the order in which they were first named.</summary>
        public IReadOnlyList<KernelSlot> Slots => slots;

        /// <summary>The slots as an array: reading through an interface costs more than many a launch's other set-up.</summary>
        internal KernelSlot[] SlotArray => slots;

        /// <summary>The names of the indices that the kernel wants.</summary>
        public IReadOnlyList<string> Indices => indices;

        /// <summary>The formula. Its input k is the scalar <see cref="Inputs"/>[k], its output k is <see cref="Outputs"/>[k].</summary>
        public TracedFunction Function { get; }

        /// <summary>Where the inputs of the formula come from.</summary>
        public IReadOnlyList<Channel> Inputs => inputs;

        /// <summary>Where the outputs of the formula go.</summary>
        public IReadOnlyList<Channel> Outputs => outputs;

        /// <summary>For each input, whether derivatives are made by it; null if by all.</summary>
        internal bool[] ActiveInputs =>
            Array.Exists(slots, slot => slot.IsConstant) ? Array.ConvertAll(inputs, input => !slots[input.Slot].IsConstant) : null;

        /// <summary>What may be rounded together.</summary>
        public KernelRounding Rounding { get; internal set; }

        /// <summary>The position of a slot.</summary>
        /// <exception cref="ArgumentException">There is none of that name.</exception>
        public int SlotOf(string name)
        {
            for (int s = 0; s < slots.Length; s++)
                if (slots[s].Name == name) return s;
            throw new ArgumentException($"Kernel '{Name}' has no slot '{name}'; it has {string.Join(", ", Array.ConvertAll(slots, s => s.Name))}.", nameof(name));
        }

        /// <summary>The position of an index.</summary>
        /// <exception cref="ArgumentException">There is none of that name.</exception>
        public int IndexOf(string name)
        {
            int index = Array.IndexOf(indices, name);
            return index >= 0 ? index : throw new ArgumentException(
                $"Kernel '{Name}' has no index '{name}'; it has {(indices.Length == 0 ? "none" : string.Join(", ", indices))}.", nameof(name));
        }

        /// <summary>The adjoint; derived once.</summary>
        internal AdjointKernel Adjoint
        {
            get
            {
                if (adjoint != null) return adjoint;
                lock (programs) return adjoint ??= AdjointKernel.Of(this);
            }
        }

        /// <summary>The tangent; derived once.</summary>
        internal TangentKernel Tangent
        {
            get
            {
                if (tangent != null) return tangent;
                lock (programs) return tangent ??= TangentKernel.Of(this);
            }
        }

        /// <summary>The kernel lowered for a precision; made once.</summary>
        internal KernelProgram ProgramFor(Precision precision)
        {
            if (programs[(int)precision] != null) return programs[(int)precision];
            lock (programs) return programs[(int)precision] ??= new KernelProgram(Lowered(precision), precision, InPlace(), IndicesOfInputs());
        }

        TracedFunction Lowered(Precision precision)
        {
            TracedFunction lowered = Lowering.Lower(Function, precision);
            if ((Rounding & KernelRounding.ShareDivisions) != 0) lowered = CommonDivisors.Share(lowered);
            return (Rounding & KernelRounding.FuseMultiplyAdd) != 0 ? Contraction.Contract(lowered) : lowered;
        }

        int[] IndicesOfInputs() => Array.ConvertAll(inputs, input => slots[input.Slot].Index == null ? -1 : IndexOf(slots[input.Slot].Index));

        int[] InPlace() => Array.ConvertAll(outputs, output => Array.FindIndex(inputs, input => input.Slot == output.Slot && input.Component == output.Component));

        /// <inheritdoc/>
        public override string ToString() => $"kernel '{Name}' ({Site})";
    }
}
