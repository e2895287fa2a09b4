using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Editor
{
    /// <summary>How much the loss reacts to a parameter: its derivative, and that times the range the parameter may move in.</summary>
    public sealed class Sensitivity
    {
        private Sensitivity(Parameter parameter, double derivative, double range)
        {
            Parameter = parameter.Name;
            Unit = parameter.Unit;
            Derivative = derivative;
            Range = range;
        }

        /// <summary>Name of the parameter.</summary>
        public string Parameter { get; }

        /// <summary>Its unit.</summary>
        public string Unit { get; }

        /// <summary>dL/dp, per unit of the parameter.</summary>
        public double Derivative { get; }

        /// <summary>Width between its bounds, or else a typical change, in its unit.</summary>
        public double Range { get; }

        /// <summary>|dL/dp| times the range, in units of the loss.</summary>
        public double Effect => Math.Abs(Derivative) * Range;

        /// <summary>Sensitivities of all parameters.</summary>
        /// <param name="objective">The loss.</param>
        /// <param name="values">Where, in the parameters' units.</param>
        public static IReadOnlyList<Sensitivity> At(SceneObjective objective, double[] values)
        {
            var batch = new EvaluationBatch(objective);
            batch.Reset(1, EvaluationNeeds.Gradient);
            values.CopyTo(batch.Point(0));
            objective.Evaluate(batch);
            double[] gradient = batch.Gradient(0).ToArray();
            return objective.Parameters.Parameters.Select((p, i) => new Sensitivity(p, gradient[i], RangeOf(p, values[i]))).ToArray();
        }

        private static double RangeOf(Parameter parameter, double value)
        {
            double width = parameter.Upper - parameter.Lower;
            return double.IsInfinity(width) || width > 1e100 ? Math.Abs(parameter.Slope(value)) : width;
        }
    }
}
