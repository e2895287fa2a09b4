using System;
using System.Collections.Generic;
using System.Linq;

namespace DiffPhysics.Tuning
{
    /// <summary>Losses at p + h and p - h over falling steps h, and what they say of a derivative at p.</summary>
    internal sealed class SpotLadder
    {
        // Fewer steps than this on one smooth piece say too little.
        private const int LeastSteps = 3;
        // Of the parameter's typical change: where two vanishing derivatives are compared, the gradient so far away counts.
        private const double Nearby = 0.01;
        private readonly string _parameter;
        private readonly double _unit;
        private double _loss, _analytic, _tolerance;
        private ulong _choices;

        public SpotLadder(string parameter, double unit, int steps)
        {
            _parameter = parameter;
            _unit = unit;
            Step = new double[steps];
            Loss = new[] { new double[steps], new double[steps] };
            Choices = new[] { new ulong[steps], new ulong[steps] };
        }

        // By step; losses and events on the side of higher values first.
        public double[] Step { get; }
        public double[][] Loss { get; }
        public ulong[][] Choices { get; }

        // Whether enough steps have the events of the point itself, on one side at least.
        public bool IsClear => Central().Count() >= LeastSteps || Sides().Any(side => Clear(side).Count() > LeastSteps);

        // What is known at the point.
        public void Start(double loss, ulong choices, double analytic, double tolerance)
        {
            _loss = loss;
            _choices = choices;
            _analytic = analytic;
            _tolerance = tolerance;
        }

        public GradientSpot Judge()
        {
            var spot = new GradientSpot { Parameter = _parameter, Analytic = _analytic, Numeric = double.NaN, RelativeError = double.PositiveInfinity, Verdict = SpotVerdict.NotFinite, NearestEvent = NearestEvent() };
            if (double.IsNaN(_analytic) || double.IsNaN(_loss) || double.IsInfinity(_loss)) return spot;
            if (Central().Count() >= LeastSteps || !IsClear && double.IsInfinity(spot.NearestEvent)) JudgeBySides(spot, Central().ToArray());
            else if (IsClear) JudgeByOneSide(spot);
            else spot.Verdict = SpotVerdict.Discontinuous;
            return spot;
        }

        private static IEnumerable<int> Sides() => new[] { 0, 1 };

        private bool IsSame(int side, int step) => Choices[side][step] == _choices && !double.IsNaN(Loss[side][step]) && !double.IsInfinity(Loss[side][step]);

        private IEnumerable<int> Clear(int side) => Enumerable.Range(0, Step.Length).Where(k => IsSame(side, k));

        private IEnumerable<int> Central() => Enumerable.Range(0, Step.Length).Where(k => IsSame(0, k) && IsSame(1, k));

        private double NearestEvent()
        {
            double nearest = double.PositiveInfinity;
            for (int k = 0; k < Step.Length; k++)
            {
                if (Choices[0][k] != _choices || Choices[1][k] != _choices) nearest = Step[k];
            }
            return nearest;
        }

        // (f(p + h) - f(p - h)) / 2h.
        private void JudgeBySides(GradientSpot spot, int[] steps)
        {
            double previous = double.NaN, best = double.PositiveInfinity, sides = double.PositiveInfinity, nearby = 0;
            foreach (int k in steps)
            {
                double h = Step[k], plus = Loss[0][k], minus = Loss[1][k], central = (plus - minus) / (2 * h), rounding = Rounding(plus, minus) / h;
                // At an optimum both derivatives vanish; what counts there is the gradient a hundredth of a typical change away.
                if (k == steps[0]) nearby = Nearby * _unit * Math.Abs(plus - 2 * _loss + minus) / (h * h);
                double scale = Math.Max(Math.Max(Math.Abs(central), Math.Abs(_analytic)), Math.Max(nearby, 1e-300));
                double oneSided = Math.Abs((plus - _loss) - (_loss - minus)) / h;
                sides = Math.Min(sides, Math.Max(0, oneSided - 4 * rounding) / scale);
                double change = double.IsNaN(previous) ? double.PositiveInfinity : Math.Abs(central - previous) + rounding;
                previous = central;
                if (change > best) continue;
                best = change;
                Take(spot, central, h, rounding, scale);
            }
            if (!double.IsNaN(spot.Numeric)) spot.Verdict = spot.RelativeError <= _tolerance ? SpotVerdict.Agrees : sides > 0.01 ? SpotVerdict.Discontinuous : SpotVerdict.Wrong;
        }

        // From f(s h) = f + f' s h + f'' h^2 / 2 at two steps h > g: f' = s ((f(sg) - f) h^2 - (f(sh) - f) g^2) / (g h (h - g)), exact to second order.
        private void JudgeByOneSide(GradientSpot spot)
        {
            int side = Clear(0).Count() >= Clear(1).Count() ? 0 : 1;
            int[] steps = Clear(side).ToArray();
            spot.Side = side == 0 ? 1 : -1;
            double previous = double.NaN, best = double.PositiveInfinity;
            for (int n = 0; n + 1 < steps.Length; n++)
            {
                double h = Step[steps[n]], g = Step[steps[n + 1]], far = Loss[side][steps[n]], near = Loss[side][steps[n + 1]], over = g * h * (h - g);
                double slope = spot.Side * ((near - _loss) * h * h - (far - _loss) * g * g) / over;
                double rounding = Rounding(near, _loss) * h * h / over + Rounding(far, _loss) * g * g / over;
                double change = double.IsNaN(previous) ? double.PositiveInfinity : Math.Abs(slope - previous) + rounding;
                previous = slope;
                if (change > best) continue;
                best = change;
                Take(spot, slope, g, rounding, Math.Max(Math.Max(Math.Abs(slope), Math.Abs(_analytic)), 1e-300));
            }
            if (!double.IsNaN(spot.Numeric)) spot.Verdict = spot.RelativeError <= _tolerance ? SpotVerdict.Agrees : SpotVerdict.Wrong;
        }

        private void Take(GradientSpot spot, double slope, double step, double rounding, double scale)
        {
            spot.Numeric = slope;
            spot.Step = step;
            double error = Math.Abs(slope - _analytic);
            spot.RelativeError = error <= 4 * rounding ? 0 : error / scale;
        }

        // Rounding of two losses shows as this much of their difference.
        private static double Rounding(double a, double b) => 1e-15 * (Math.Abs(a) + Math.Abs(b));
    }
}
