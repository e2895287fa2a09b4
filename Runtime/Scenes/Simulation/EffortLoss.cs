using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// The effort of a control: weight times the integral of its square, as the sum over substeps of h u(t)^2 at their middles, where
    /// the world reads it. u is linear in the points, so value, gradient and residuals are closed forms of the targets.
    /// </summary>
    internal sealed class EffortLoss
    {
        private readonly double[] _points;
        private readonly int[] _targets;
        private readonly double[][] _weights;
        private readonly double _factor;

        public EffortLoss(Scene scene, SceneLoss loss, IReadOnlyList<string> targets)
        {
            Name = loss.Name ?? loss.Type;
            SceneControl control = scene.Controls.Find(c => c.Name == loss.Control);
            int steps = scene.Simulation.FrameCount * scene.Simulation.Substeps;
            double step = scene.Simulation.Duration / steps;
            _factor = loss.Weight * step;
            _points = control.Points;
            _targets = Enumerable.Range(0, _points.Length).Select(k => targets.ToList().IndexOf($"controls.{control.Name}.points.{k}")).ToArray();
            _weights = Enumerable.Range(0, steps).Select(s => ControlCurve.Weights(control.WorldShape, _points.Length, control.DurationIn(scene), (s + 0.5) * step)).ToArray();
        }

        public string Name { get; }

        public int ResidualCount => _weights.Length;

        public double Value(double[] targets) => _factor * Enumerable.Range(0, _weights.Length).Sum(s => At(s, targets) * At(s, targets));

        public void Residuals(double[] targets, Span<double> residuals)
        {
            for (int s = 0; s < _weights.Length; s++) residuals[s] = Math.Sqrt(_factor) * At(s, targets);
        }

        // Rates of the residuals where the targets change in a direction.
        public void ResidualTangents(double[] direction, Span<double> tangents)
        {
            for (int s = 0; s < _weights.Length; s++)
            {
                tangents[s] = 0;
                for (int k = 0; k < _points.Length; k++)
                {
                    if (_targets[k] >= 0) tangents[s] += Math.Sqrt(_factor) * _weights[s][k] * direction[_targets[k]];
                }
            }
        }

        // Adds 2 weight h u(t) du/dp.
        public void AddGradient(double[] targets, double[] gradient)
        {
            for (int s = 0; s < _weights.Length; s++)
            {
                double value = At(s, targets);
                for (int k = 0; k < _points.Length; k++)
                {
                    if (_targets[k] >= 0) gradient[_targets[k]] += 2 * _factor * value * _weights[s][k];
                }
            }
        }

        private double At(int step, double[] targets)
        {
            double sum = 0;
            for (int k = 0; k < _points.Length; k++) sum += _weights[step][k] * (_targets[k] < 0 ? _points[k] : targets[_targets[k]]);
            return sum;
        }
    }
}
