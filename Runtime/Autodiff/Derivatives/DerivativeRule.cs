using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>One line of the table of derivatives: an operation, its value, its partial derivatives and its special points.</summary>
    public sealed class DerivativeRule
    {
        readonly IReadOnlyList<PartialDerivative> partials;
        readonly IReadOnlyList<SpecialPoint> specialPoints;

        internal DerivativeRule(Op op, string value)
            : this(op, value, Array.Empty<PartialDerivative>(), Array.Empty<SpecialPoint>(), null)
        {
        }

        DerivativeRule(Op op, string value, IReadOnlyList<PartialDerivative> partials, IReadOnlyList<SpecialPoint> specialPoints,
            Func<RuleSite, Real?, Real?, Real?, Real> tangent)
        {
            Op = op;
            Value = value;
            this.partials = partials;
            this.specialPoints = specialPoints;
            Tangent = tangent;
        }

        /// <summary>The operation.</summary>
        public Op Op { get; }

        /// <summary>The value y as a formula in the operands a, b and c.</summary>
        public string Value { get; }

        /// <summary>The partial derivatives by operand; none where the derivative is zero wherever it exists.</summary>
        public IReadOnlyList<PartialDerivative> Partials => partials;

        /// <summary>Points at which value or derivative is a convention or a limit.</summary>
        public IReadOnlyList<SpecialPoint> SpecialPoints => specialPoints;

        /// <summary>Whether a change of an operand (0, 1 or 2) can change the value in first order.</summary>
        public bool DependsOn(int operand) => operand < partials.Count && partials[operand] != null;

        /// <summary>
        /// The tangent from the operands' tangents (null: zero by structure), where that is better than the sum over the partial
        /// derivatives; null where it is not.
        /// </summary>
        internal Func<RuleSite, Real?, Real?, Real?, Real> Tangent { get; }

        // The table writes a rule as a chain; each link is a new rule.
        internal DerivativeRule By(string formula, Func<RuleSite, Real, Real> times, Func<RuleSite, Bool> when = null) =>
            new DerivativeRule(Op, Value, With(partials, new PartialDerivative(formula, times, when)), specialPoints, Tangent);

        internal DerivativeRule ByNothing() => new DerivativeRule(Op, Value, With(partials, null), specialPoints, Tangent);

        internal DerivativeRule WithTangent(Func<RuleSite, Real?, Real?, Real?, Real> tangent) =>
            new DerivativeRule(Op, Value, partials, specialPoints, tangent);

        internal DerivativeRule At(double[] point, double value, params double[] gradient) =>
            new DerivativeRule(Op, Value, partials, With(specialPoints, new SpecialPoint(point, value, gradient)), Tangent);

        static IReadOnlyList<T> With<T>(IReadOnlyList<T> list, T item) => new List<T>(list) { item };
    }

    /// <summary>The derivative of an operation by one operand.</summary>
    public sealed class PartialDerivative
    {
        internal PartialDerivative(string formula, Func<RuleSite, Real, Real> times, Func<RuleSite, Bool> when)
        {
            Formula = formula;
            Times = times;
            When = when;
        }

        /// <summary>The derivative as a formula in the operands a, b, c and the value y.</summary>
        public string Formula { get; }

        /// <summary>Writes t times the derivative: a cotangent's way to the operand, or a tangent's way from it.</summary>
        internal Func<RuleSite, Real, Real> Times { get; }

        /// <summary>The condition under which the operand matters at all; elsewhere the derivative is exactly 0. Null: always.</summary>
        internal Func<RuleSite, Bool> When { get; }
    }

    /// <summary>A point at which an operation's value or gradient is a convention or a limit.</summary>
    public sealed class SpecialPoint
    {
        internal SpecialPoint(double[] point, double value, double[] gradient)
        {
            Point = point;
            Value = value;
            Gradient = gradient;
        }

        /// <summary>The operands.</summary>
        public IReadOnlyList<double> Point { get; }

        /// <summary>The value there.</summary>
        public double Value { get; }

        /// <summary>The derivative by each operand there.</summary>
        public IReadOnlyList<double> Gradient { get; }
    }
}
