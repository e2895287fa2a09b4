using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Bracketing search for a step length that meets the weak Wolfe conditions (Lewis and Overton 2013), which also
    /// works where the loss has kinks, as it has at contacts. Inside a bracket the minimum of the cubic through values
    /// and slopes is tried, held off the ends; without an upper end the step grows.
    /// </summary>
    internal sealed class LineSearch
    {
        private const double SufficientDecrease = 1e-4;
        private const double CurvatureFraction = 0.9;
        // Differences of the loss below this fraction of it are rounding: then the slope alone decides (Hager and Zhang 2005).
        private const double Rounding = 1e-14;
        private const int MaxTrials = 40;

        private double _value0;
        private double _slope0;
        private double _low;
        private double _lowValue;
        private double _lowSlope;
        private double _high;
        private double _highValue;
        private double _highSlope;
        private int _trials;

        public enum Verdict
        {
            Accept,
            TryAgain,
            GiveUp,
        }

        public double Step { get; private set; }

        // The best step seen that meets the decrease condition; zero when there is none.
        public double BestDecrease => _low;

        public void Start(double value, double slope, double step)
        {
            _value0 = _lowValue = value;
            _slope0 = _lowSlope = slope;
            _low = 0;
            _high = double.PositiveInfinity;
            _highValue = _highSlope = double.NaN;
            _trials = 0;
            Step = step;
        }

        // decrease: first-order change of the loss for the move really made (a projected move differs from step x slope).
        public Verdict Judge(double value, double slope, double decrease, bool cannotGrow)
        {
            _trials++;
            bool finite = !double.IsNaN(value) && !double.IsInfinity(value) && !double.IsNaN(slope);
            bool decreased = finite && value < _value0 && value <= _value0 + SufficientDecrease * Math.Min(decrease, 0);
            bool flat = finite && Math.Abs(value - _value0) <= Rounding * Math.Abs(_value0) && Math.Abs(slope) <= CurvatureFraction * Math.Abs(_slope0);
            if (!decreased && !flat)
            {
                _high = Step;
                _highValue = finite ? value : double.NaN;
                _highSlope = slope;
            }
            else if (flat && !decreased || slope >= CurvatureFraction * _slope0 || cannotGrow)
            {
                return Verdict.Accept;
            }
            else
            {
                _low = Step;
                _lowValue = value;
                _lowSlope = slope;
            }
            if (_trials >= MaxTrials || (_high - _low) <= 1e-16 * _high) return Verdict.GiveUp;
            Step = NextStep();
            return Verdict.TryAgain;
        }

        private double NextStep()
        {
            if (double.IsInfinity(_high)) return Step * (_trials < 3 ? 4 : 10);
            double width = _high - _low;
            double middle = _low + 0.5 * width;
            if (double.IsNaN(_highValue)) return _low + 0.1 * width;
            // Minimum of the cubic Hermite interpolant (Nocedal and Wright 2006, equation 3.59).
            double d1 = _lowSlope + _highSlope - 3 * (_lowValue - _highValue) / (_low - _high);
            double radicand = d1 * d1 - _lowSlope * _highSlope;
            if (!(radicand >= 0)) return middle;
            double d2 = Math.Sqrt(radicand);
            double cubic = _high - width * (_highSlope + d2 - d1) / (_highSlope - _lowSlope + 2 * d2);
            if (double.IsNaN(cubic)) return middle;
            // Every third trial halves, so that the bracket shrinks whatever the interpolation does.
            if (_trials % 3 == 0) return middle;
            return Math.Min(Math.Max(cubic, _low + 0.05 * width), _low + 0.95 * width);
        }
    }
}
