using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Tuning
{
    /// <summary>A sum of terms over motions, with its gradient with respect to every state of the motion.</summary>
    public sealed class TrajectoryLosses : IDisposable
    {
        private readonly LossEvaluator[] _evaluators;

        /// <summary>Names of the terms.</summary>
        public IReadOnlyList<string> Names { get; }

        /// <summary>Whether every term is a sum of squared residuals.</summary>
        public bool IsSumOfSquares { get; }

        /// <summary>Whether every moment is a frame's end or the run's end, so that nothing depends on the run's length but the motion.</summary>
        public bool IsFreeOfClock { get; }

        /// <summary>Compiles the terms.</summary>
        /// <param name="losses">At least one term.</param>
        /// <param name="executor">Runs the kernels.</param>
        public TrajectoryLosses(IEnumerable<TrajectoryLoss> losses, Executor executor)
        {
            _evaluators = losses.Select(l => new LossEvaluator(l, executor)).ToArray();
            if (_evaluators.Length == 0) throw new ArgumentException("There is no loss: nothing says what should happen.");
            Names = _evaluators.Select(e => e.Loss.Name).ToArray();
            IsSumOfSquares = _evaluators.All(e => e.Loss.IsSumOfSquares);
            IsFreeOfClock = _evaluators.All(e => e.Loss.Times == null || e.Loss.Times.All(double.IsPositiveInfinity));
        }

        /// <summary>Number of residuals of a motion.</summary>
        /// <param name="samples">Samples of the motion.</param>
        public int ResidualCount(int samples)
        {
            return IsSumOfSquares ? _evaluators.Sum(e => e.Moments(samples) * e.ResidualsPerMoment) : 0;
        }

        /// <summary>Values of all terms, and residuals.</summary>
        /// <param name="motion">The motion.</param>
        /// <param name="terms">Receives, for each world, one value per term.</param>
        /// <param name="residuals">Receives, for each world, the residuals; null when they are not wanted.</param>
        public void Evaluate(Trajectories motion, double[][] terms, double[][] residuals = null)
        {
            var values = new double[motion.Worlds];
            int first = 0;
            for (int e = 0; e < _evaluators.Length; e++)
            {
                Array.Clear(values, 0, values.Length);
                _evaluators[e].Evaluate(motion, values, residuals, first);
                for (int w = 0; w < motion.Worlds; w++) terms[w][e] = values[w];
                first += _evaluators[e].Moments(motion.Samples) * _evaluators[e].ResidualsPerMoment;
            }
        }

        /// <summary>Gradient of the last evaluation with respect to the motion.</summary>
        /// <param name="motion">The motion that was evaluated.</param>
        /// <param name="cotangents">Receives the gradient; a sample's state that no term looks at gets zero.</param>
        public void Gradient(Trajectories motion, Trajectories cotangents)
        {
            cotangents.Clear();
            foreach (LossEvaluator evaluator in _evaluators) evaluator.Pull(motion, cotangents);
        }

        /// <summary>Rates of the residuals of the last evaluation: the Jacobian by the motion times the motion's tangents.</summary>
        /// <param name="motion">The motion that was evaluated.</param>
        /// <param name="tangents">Rates of the motion.</param>
        /// <param name="rates">Receives, for each world, one rate per residual.</param>
        public void ResidualTangents(Trajectories motion, Trajectories tangents, double[][] rates)
        {
            int first = 0;
            foreach (LossEvaluator evaluator in _evaluators)
            {
                evaluator.Push(motion, tangents, rates, first);
                first += evaluator.Moments(motion.Samples) * evaluator.ResidualsPerMoment;
            }
        }

        /// <summary>In each world, the gradient of one residual of the last evaluation with respect to the motion.</summary>
        /// <param name="motion">The motion that was evaluated.</param>
        /// <param name="residuals">Which residual, for each world.</param>
        /// <param name="cotangents">Receives the gradients.</param>
        public void ResidualGradients(Trajectories motion, int[] residuals, Trajectories cotangents)
        {
            cotangents.Clear();
            int first = 0;
            foreach (LossEvaluator evaluator in _evaluators)
            {
                evaluator.PullResiduals(motion, residuals, first, cotangents);
                first += evaluator.Moments(motion.Samples) * evaluator.ResidualsPerMoment;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (LossEvaluator evaluator in _evaluators) evaluator.Dispose();
        }
    }
}
