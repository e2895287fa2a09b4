using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Numbers for a parameter of elements: one that all share, or one for each. A number, an array and, for parameters of three
    /// components, a vector convert to it.
    /// </summary>
    public readonly struct ElementValues
    {
        private readonly double[] values;

        /// <summary>One number, or one for each element; components of one element lie together.</summary>
        public ElementValues(params double[] values) => this.values = values;

        /// <summary>Whether nothing was given.</summary>
        public bool IsEmpty => values == null || values.Length == 0;

        /// <summary>Whether every number is 0, or nothing was given.</summary>
        public bool IsZero => IsEmpty || Array.TrueForAll(values, v => v == 0);

        /// <summary>All numbers.</summary>
        public ReadOnlySpan<double> Numbers => values;

        /// <summary>One number, shared.</summary>
        public static implicit operator ElementValues(double value) => new ElementValues(value);

        /// <summary>One number for each element.</summary>
        public static implicit operator ElementValues(double[] values) => new ElementValues(values);

        /// <summary>One vector, shared.</summary>
        public static implicit operator ElementValues(Double3 value) => new ElementValues(value.X, value.Y, value.Z);
    }
}
