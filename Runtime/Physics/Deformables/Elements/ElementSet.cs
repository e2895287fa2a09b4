using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>Elements of one kind, their parameters and what is known of their rest shape.</summary>
    public sealed class ElementSet
    {
        private readonly int[][] elements;
        private readonly Dictionary<string, Buffer> parameters = new Dictionary<string, Buffer>();
        private readonly HashSet<string> constants = new HashSet<string>();

        internal ElementSet(string name, ElementKind kind, int[][] elements, IReadOnlyDictionary<string, ElementValues> values, int particles, ParticleOptions options)
        {
            Name = name;
            Kind = kind;
            this.elements = elements;
            HasConstantInertia = options.ConstantInertia;
            CheckIndices(particles);
            Particles = new IndexBuffer[kind.Particles];
            for (int p = 0; p < Particles.Length; p++)
            {
                int corner = p;
                Particles[p] = new IndexBuffer($"{name} particle {p}", Array.ConvertAll(elements, e => e[corner]));
            }

            int worlds = options.ParametersPerWorld ? options.Worlds : 1;
            foreach (ElementParameter parameter in kind.Parameters)
                parameters.Add(parameter.Name, Fill(parameter, values.TryGetValue(parameter.Name, out ElementValues given) ? given : 0, options.Precision, worlds));
            foreach (string key in values.Keys)
                if (!parameters.ContainsKey(key)) throw new ArgumentException($"Elements '{name}' ({kind.Name}) have no parameter '{key}'; they have {string.Join(", ", parameters.Keys)}.");
            if (kind.RestSize > 0) Rest = new Buffer(name + " rest shape", elements.Length, kind.RestSize, options.Precision, worlds);
        }

        /// <summary>What error messages call the elements.</summary>
        public string Name { get; }

        /// <summary>What the elements are.</summary>
        public ElementKind Kind { get; }

        /// <summary>The number of elements.</summary>
        public int Count => elements.Length;

        /// <summary>The numbers of a parameter: one element that all share, or one for each. Write to it between runs; it has a gradient.</summary>
        /// <exception cref="ArgumentException">There is no such parameter.</exception>
        public Buffer this[string parameter] => parameters.TryGetValue(parameter, out Buffer buffer) ? buffer
            : throw new ArgumentException($"Elements '{Name}' ({Kind.Name}) have no parameter '{parameter}'; they have {string.Join(", ", parameters.Keys)}.", nameof(parameter));

        /// <summary>
        /// Says that parameters need no gradient, which makes sweeps faster; none by them exists then. Before the world is built.
        /// </summary>
        /// <exception cref="ArgumentException">There is no such parameter.</exception>
        /// <exception cref="InvalidOperationException">The world has been built.</exception>
        public void HoldConstant(params string[] parameters)
        {
            if (IsBuilt) throw new InvalidOperationException($"Parameters of '{Name}' cannot be held constant: the world has been built by its first step or use of a buffer.");
            foreach (string parameter in parameters)
            {
                _ = this[parameter]; // that there is one
                constants.Add(parameter);
            }
        }

        /// <summary>The particles of an element.</summary>
        public IReadOnlyList<int> Element(int element) => elements[element];

        internal IndexBuffer[] Particles { get; }

        internal bool HasConstantInertia { get; }

        internal bool IsBuilt { get; set; }

        internal Buffer Rest { get; }

        internal int[][] Elements => elements;

        internal IEnumerable<Buffer> ParameterBuffers => parameters.Values;

        internal bool IsConstant(string parameter) => constants.Contains(parameter);

        internal bool IsShared(string parameter) => parameters[parameter].Elements == 1;

        internal void Dispose()
        {
            foreach (Buffer buffer in parameters.Values) buffer.Dispose();
            foreach (IndexBuffer index in Particles) index.Dispose();
            Rest?.Dispose();
        }

        private Buffer Fill(ElementParameter parameter, ElementValues given, Precision precision, int worlds)
        {
            ReadOnlySpan<double> numbers = given.Numbers;
            int shared = parameter.Components, each = parameter.Components * Count;
            if (given.IsEmpty || numbers.Length != shared && numbers.Length != each)
                throw new ArgumentException($"Parameter '{parameter.Name}' of '{Name}' wants {shared} numbers for all, or {each} for {Count} elements; {numbers.Length} were given.");
            var buffer = new Buffer($"{Name} {parameter.Name}", numbers.Length / parameter.Components, parameter.Components, precision, worlds);
            for (int k = 0; k < numbers.Length; k++)
            {
                if (!(numbers[k] >= parameter.Least) || double.IsInfinity(numbers[k]))
                    throw new ArgumentException($"Parameter '{parameter.Name}' of '{Name}' must be finite and at least {parameter.Least}, but is {numbers[k]}.");
                for (int w = 0; w < worlds; w++) buffer[k / parameter.Components, k % parameter.Components, w] = numbers[k];
            }

            return buffer;
        }

        private void CheckIndices(int particles)
        {
            if (elements.Length == 0) throw new ArgumentException($"'{Name}' needs at least one element.");
            for (int e = 0; e < elements.Length; e++)
            {
                if (elements[e].Length != Kind.Particles) throw new ArgumentException($"Element {e} of '{Name}' has {elements[e].Length} particles; a {Kind.Name} has {Kind.Particles}.");
                for (int p = 0; p < elements[e].Length; p++)
                {
                    if ((uint)elements[e][p] >= (uint)particles) throw new ArgumentException($"Element {e} of '{Name}' names particle {elements[e][p]}; there are {particles}.");
                    if (Array.IndexOf(elements[e], elements[e][p]) != p) throw new ArgumentException($"Element {e} of '{Name}' names particle {elements[e][p]} twice.");
                }
            }
        }
    }
}
