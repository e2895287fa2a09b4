using System;
using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// One number that an optimiser may change. It drives one target of the scene, or several at once (a group).
    /// </summary>
    public sealed class Parameter
    {
        /// <summary>Name of the parameter; unique in its set. By default the path of its first target.</summary>
        public string Name { get; }

        /// <summary>Paths of the scene values that take this value, e.g. <c>bodies.ball.velocity.x</c>. At least one.</summary>
        public IReadOnlyList<string> Targets { get; }

        /// <summary>SI unit, for people: <c>m/s</c>, <c>kg</c>, or empty for a pure number.</summary>
        public string Unit { get; }

        /// <summary>Value at the start of a run, in <see cref="Unit"/>.</summary>
        public double Initial { get; }

        /// <summary>Smallest allowed value; negative infinity when there is none.</summary>
        public double Lower { get; }

        /// <summary>Largest allowed value; positive infinity when there is none.</summary>
        public double Upper { get; }

        /// <summary>How steps are measured: by difference or by ratio.</summary>
        public ParameterScale Scale { get; }

        /// <summary>
        /// A typical change, in <see cref="Unit"/> (a typical ratio's natural logarithm when the scale is logarithmic).
        /// It becomes one unit of the optimiser's coordinate. NaN lets the parameter choose: the width between its bounds,
        /// or else the size of its initial value, or else one.
        /// </summary>
        public double Typical { get; }

        /// <summary>Creates a parameter.</summary>
        /// <param name="name">Unique name; when no targets are given it is also the path of the only target.</param>
        /// <param name="initial">Start value, finite and within the bounds.</param>
        /// <param name="lower">Smallest value, or negative infinity.</param>
        /// <param name="upper">Largest value, or positive infinity.</param>
        /// <param name="unit">SI unit, for people.</param>
        /// <param name="scale">Linear or logarithmic.</param>
        /// <param name="typical">Typical change, or NaN.</param>
        /// <param name="targets">Paths that share the value; null for the name alone.</param>
        /// <exception cref="ArgumentException">A value breaks a rule; the message names the parameter and the rule.</exception>
        public Parameter(string name, double initial, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity,
            string unit = "", ParameterScale scale = ParameterScale.Linear, double typical = double.NaN, IReadOnlyList<string> targets = null)
        {
            if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("A parameter needs a name.", nameof(name));
            if (double.IsNaN(initial) || double.IsInfinity(initial)) throw Broken(name, $"its initial value must be finite, not {initial}");
            if (double.IsNaN(lower) || double.IsNaN(upper)) throw Broken(name, "its bounds must be numbers");
            if (lower > upper) throw Broken(name, $"its lower bound {lower} lies above its upper bound {upper}");
            if (initial < lower || initial > upper) throw Broken(name, $"its initial value {initial} lies outside its bounds {lower} to {upper}");
            if (scale == ParameterScale.Logarithmic && !(initial > 0)) throw Broken(name, $"a logarithmic scale needs a positive initial value, not {initial}");
            if (scale == ParameterScale.Logarithmic && lower <= 0) lower = double.Epsilon;
            if (!double.IsNaN(typical) && !(typical > 0 && !double.IsInfinity(typical))) throw Broken(name, $"its typical change must be positive and finite, not {typical}");
            if (targets != null && targets.Count == 0) throw Broken(name, "a group needs at least one target");
            Name = name;
            Targets = targets ?? new[] { name };
            Unit = unit ?? "";
            Initial = initial;
            Lower = lower;
            Upper = upper;
            Scale = scale;
            Typical = typical;
        }

        // One unit of the normalised coordinate u. Linear: p = p0 + s u. Logarithmic: p = p0 exp(s u).
        internal double CoordinateUnit
        {
            get
            {
                if (!double.IsNaN(Typical)) return Typical;
                if (Scale == ParameterScale.Logarithmic)
                {
                    bool bounded = Lower > 1e-300 && !double.IsInfinity(Upper);
                    double decades = bounded ? Math.Log(Upper / Lower) : 0;
                    return decades > 0 ? decades : 1;
                }
                double width = Upper - Lower;
                if (width > 0 && !double.IsInfinity(width)) return width;
                return Initial != 0 ? Math.Abs(Initial) : 1;
            }
        }

        /// <summary>Value of the parameter at a normalised coordinate, held within the bounds. Coordinate zero is the initial value.</summary>
        /// <param name="coordinate">Normalised coordinate, without unit.</param>
        public double FromCoordinate(double coordinate)
        {
            // Rounding must not keep a coordinate at its bound from the bound itself.
            if (coordinate >= ToCoordinate(Upper)) return Upper;
            if (coordinate <= ToCoordinate(Lower)) return Lower;
            double value = Scale == ParameterScale.Logarithmic
                ? Initial * Math.Exp(CoordinateUnit * coordinate)
                : Initial + CoordinateUnit * coordinate;
            return Math.Min(Math.Max(value, Lower), Upper);
        }

        /// <summary>Normalised coordinate of a value; the inverse of <see cref="FromCoordinate"/> within the bounds.</summary>
        /// <param name="value">Value in <see cref="Unit"/>.</param>
        public double ToCoordinate(double value)
        {
            return Scale == ParameterScale.Logarithmic
                ? Math.Log(value / Initial) / CoordinateUnit
                : (value - Initial) / CoordinateUnit;
        }

        /// <summary>Derivative of the value with respect to its coordinate, where the value is known.</summary>
        /// <param name="value">Value in <see cref="Unit"/>.</param>
        public double Slope(double value)
        {
            return Scale == ParameterScale.Logarithmic ? CoordinateUnit * value : CoordinateUnit;
        }

        /// <summary>A copy that starts from another value.</summary>
        /// <param name="initial">The new start value, within the bounds.</param>
        public Parameter WithInitial(double initial)
        {
            return new Parameter(Name, initial, Lower, Upper, Unit, Scale, Typical, Targets);
        }

        private static ArgumentException Broken(string name, string rule)
        {
            return new ArgumentException($"Parameter '{name}': {rule}.");
        }
    }
}
