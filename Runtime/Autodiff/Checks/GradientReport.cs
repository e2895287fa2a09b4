using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace DiffPhysics.Autodiff
{
    /// <summary>What <see cref="GradientCheck"/> found for one element.</summary>
    public enum GradientVerdict
    {
        /// <summary>Analytic and numeric agree within tolerance.</summary>
        Agrees,

        /// <summary>They differ, and the function is smooth there: the gradient is wrong.</summary>
        Wrong,

        /// <summary>The one-sided differences disagree, however small the step: a kink or a jump lies within it, and differences decide nothing.</summary>
        Discontinuity,
    }

    /// <summary>One element of a checked gradient.</summary>
    public sealed class GradientElement
    {
        internal GradientElement(int index, string name, double value, double analytic, double numeric, double forward, double backward, double step, GradientVerdict verdict)
        {
            Index = index;
            Name = name;
            Value = value;
            Analytic = analytic;
            Numeric = numeric;
            Forward = forward;
            Backward = backward;
            Step = step;
            Verdict = verdict;
        }

        /// <summary>Position among all parameters.</summary>
        public int Index { get; }

        /// <summary>The parameter's name.</summary>
        public string Name { get; }

        /// <summary>The parameter's value.</summary>
        public double Value { get; }

        /// <summary>The gradient that was checked.</summary>
        public double Analytic { get; }

        /// <summary>The central difference, extrapolated.</summary>
        public double Numeric { get; }

        /// <summary>The difference towards larger values.</summary>
        public double Forward { get; }

        /// <summary>The difference towards smaller values.</summary>
        public double Backward { get; }

        /// <summary>The step that was chosen, in the parameter's unit.</summary>
        public double Step { get; }

        /// <summary>|analytic - numeric| over the larger magnitude of the two; 0 where both are 0.</summary>
        public double RelativeError
        {
            get
            {
                double size = Math.Max(Math.Abs(Analytic), Math.Abs(Numeric));
                return size == 0 ? 0 : Math.Abs(Analytic - Numeric) / size;
            }
        }

        /// <summary>What the comparison means.</summary>
        public GradientVerdict Verdict { get; }

        /// <summary>One line: element, analytic, numeric, relative error, verdict.</summary>
        public override string ToString()
        {
            string numbers = string.Format(CultureInfo.InvariantCulture,
                "{0} = {1:G9}: analytic {2:G12}, numeric {3:G12}, relative error {4:E1}", Name, Value, Analytic, Numeric, RelativeError);
            switch (Verdict)
            {
                case GradientVerdict.Agrees:
                    return numbers + ": agrees";
                case GradientVerdict.Wrong:
                    return numbers + ": wrong";
                default:
                    return numbers + string.Format(CultureInfo.InvariantCulture,
                        ": a discontinuity lies within the step {0:G3} (slope {1:G9} below, {2:G9} above)", Step, Backward, Forward);
            }
        }
    }

    /// <summary>All elements of a checked gradient.</summary>
    public sealed class GradientReport
    {
        private readonly GradientElement[] elements;

        internal GradientReport(GradientElement[] elements) => this.elements = elements;

        /// <summary>The elements, in the order of the parameters.</summary>
        public IReadOnlyList<GradientElement> Elements => elements;

        /// <summary>True where no element is wrong. Discontinuities do not count as wrong; see <see cref="HasDiscontinuity"/>.</summary>
        public bool Passed => Array.TrueForAll(elements, e => e.Verdict != GradientVerdict.Wrong);

        /// <summary>True where a discontinuity kept the differences from deciding an element.</summary>
        public bool HasDiscontinuity => Array.Exists(elements, e => e.Verdict == GradientVerdict.Discontinuity);

        /// <summary>The element with the largest relative error among those that could be decided; null where there is none.</summary>
        public GradientElement Worst
        {
            get
            {
                GradientElement worst = null;
                foreach (GradientElement element in elements)
                {
                    if (element.Verdict != GradientVerdict.Discontinuity && (worst == null || element.RelativeError > worst.RelativeError))
                        worst = element;
                }
                return worst;
            }
        }

        /// <summary>One line per element.</summary>
        public override string ToString()
        {
            var text = new StringBuilder();
            foreach (GradientElement element in elements)
                text.AppendLine(element.ToString());
            return text.ToString();
        }
    }
}
