using System;
using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>Which optimiser to use and how, as scene documents and command lines say it.</summary>
    public sealed class OptimiserSettings
    {
        /// <summary>The names that <see cref="Method"/> takes.</summary>
        public static IReadOnlyList<string> Methods { get; } = Array.AsReadOnly(new[]
        {
            "lbfgs", "levenberg-marquardt", "gauss-newton", "adam", "adamw", "rmsprop", "gradient-descent", "cma-es",
        });

        /// <summary>Name of the method.</summary>
        public string Method { get; set; } = "lbfgs";

        /// <summary>Learning rate, schedule and clipping of the first-order methods.</summary>
        public FirstOrderOptions FirstOrder { get; set; } = new FirstOrderOptions();

        /// <summary>Momentum of gradient descent.</summary>
        public double Momentum { get; set; } = 0.9;

        /// <summary>Whether momentum looks ahead (Nesterov).</summary>
        public bool Nesterov { get; set; }

        /// <summary>Weight decay of AdamW.</summary>
        public double WeightDecay { get; set; } = 0.01;

        /// <summary>Moves that L-BFGS remembers.</summary>
        public int Memory { get; set; } = 10;

        /// <summary>Samples per generation of CMA-ES; zero for its default.</summary>
        public int Population { get; set; }

        /// <summary>Spread of the first samples of CMA-ES, and first step of L-BFGS, in normalised coordinates; NaN for the method's default.</summary>
        public double FirstStep { get; set; } = double.NaN;

        /// <summary>Creates an optimiser as described.</summary>
        /// <exception cref="ArgumentException">The method is unknown or an option breaks its rule.</exception>
        public Optimiser Create()
        {
            switch (Method)
            {
                case "lbfgs": return new Lbfgs(Memory, double.IsNaN(FirstStep) ? 0.1 : FirstStep);
                case "levenberg-marquardt": return new LevenbergMarquardt();
                case "gauss-newton": return new GaussNewton();
                case "adam": return new Adam(FirstOrder);
                case "adamw": return new Adam(FirstOrder, weightDecay: WeightDecay);
                case "rmsprop": return new RmsProp(FirstOrder);
                case "gradient-descent": return new GradientDescent(FirstOrder, Momentum, Nesterov);
                case "cma-es": return new CmaEs(double.IsNaN(FirstStep) ? 0.2 : FirstStep, Population);
                default: throw new ArgumentException($"There is no optimiser '{Method}'{NearestName.Hint(Method, Methods)} There are: {string.Join(", ", Methods)}.");
            }
        }
    }
}
