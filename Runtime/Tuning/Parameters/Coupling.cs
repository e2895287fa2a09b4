using System;
using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// A scene value that follows others: target = offset + sum of factor x source. A source is a parameter's name, a
    /// parameter's target or the target of another coupling.
    /// </summary>
    public sealed class Coupling
    {
        /// <summary>One summand of a coupling.</summary>
        public readonly struct Term
        {
            /// <summary>Name or path whose value enters.</summary>
            public readonly string Source;

            /// <summary>What the source is multiplied by; its unit is that of the target over that of the source.</summary>
            public readonly double Factor;

            /// <summary>Creates a summand.</summary>
            /// <param name="source">Name or path whose value enters.</param>
            /// <param name="factor">Its finite factor.</param>
            public Term(string source, double factor)
            {
                Source = source;
                Factor = factor;
            }
        }

        /// <summary>Path of the scene value that follows.</summary>
        public string Target { get; }

        /// <summary>Summands; at least one.</summary>
        public IReadOnlyList<Term> Terms { get; }

        /// <summary>Constant summand, in the unit of the target.</summary>
        public double Offset { get; }

        /// <summary>Creates a coupling.</summary>
        /// <param name="target">Path of the value that follows.</param>
        /// <param name="offset">Constant summand.</param>
        /// <param name="terms">Summands; at least one, with finite factors.</param>
        /// <exception cref="ArgumentException">A rule is broken; the message names the target.</exception>
        public Coupling(string target, double offset, params Term[] terms)
        {
            if (string.IsNullOrWhiteSpace(target)) throw new ArgumentException("A coupling needs a target.", nameof(target));
            if (terms == null || terms.Length == 0) throw new ArgumentException($"Coupling of '{target}': it needs at least one source.");
            if (double.IsNaN(offset) || double.IsInfinity(offset)) throw new ArgumentException($"Coupling of '{target}': its offset must be finite, not {offset}.");
            foreach (Term term in terms)
            {
                if (string.IsNullOrWhiteSpace(term.Source)) throw new ArgumentException($"Coupling of '{target}': a source has no name.");
                if (double.IsNaN(term.Factor) || double.IsInfinity(term.Factor)) throw new ArgumentException($"Coupling of '{target}': the factor of '{term.Source}' must be finite, not {term.Factor}.");
            }
            Target = target;
            Terms = terms;
            Offset = offset;
        }
    }
}
