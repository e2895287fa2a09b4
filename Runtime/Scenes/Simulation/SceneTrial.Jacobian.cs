using System;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    // Jacobians of the residuals, exact, from the tape: a world for each parameter, whose tangent is carried forward, or a world for each residual, whose gradient is
    // swept back, whichever are fewer. All worlds of a point are alike but for what they are seeded with, and go through one sweep together.
    internal sealed partial class SceneTrial
    {
        // Worlds that are recorded at a time.
        private const int MostSwept = 64;

        private void Linearise(EvaluationBatch batch)
        {
            int seen = _losses.ResidualCount(_simulator.Samples);
            bool isForward = Dimension < seen;
            Sweep(batch, isForward);
            for (int i = 0; i < batch.Count; i++)
            {
                AddEfforts(batch.Jacobian(i), seen);
                if (batch.Wants(EvaluationNeeds.Gradient)) Gradient(batch.Residuals(i), batch.Jacobian(i), batch.Gradient(i));
            }
        }

        private void Sweep(EvaluationBatch batch, bool isForward)
        {
            int sweeps = isForward ? Dimension : _losses.ResidualCount(_simulator.Samples), all = batch.Count * sweeps;
            for (int from = 0; from < all; from += MostSwept)
            {
                int count = Math.Min(MostSwept, all - from);
                int[] owners = Enumerable.Range(from, count).Select(k => k / sweeps).ToArray(), seeds = Enumerable.Range(from, count).Select(k => k % sweeps).ToArray();
                double[][] points = owners.Select(i => PointOf(batch, i)).ToArray(), terms = Table(count, TermNames.Count), residuals = Table(count, ResidualCount);
                Trajectories motion = Run(points, true, out double[][] targets);
                EvaluateLosses(motion, targets, terms, residuals);
                for (int k = 0; k < count; k++) Take(batch, owners[k], motion, k, terms[k], residuals[k]);
                if (isForward) Push(batch, owners, seeds, motion);
                else Pull(batch, owners, seeds, motion);
            }
        }

        // Columns: how all residuals change with one parameter.
        private void Push(EvaluationBatch batch, int[] owners, int[] parameters, Trajectories motion)
        {
            Trajectories tangents = _things.Room(motion.Worlds, motion.Samples);
            double[][] rates = Table(motion.Worlds, ResidualCount);
            _simulator.Pushforward(parameters.Select(Direction).ToArray(), tangents);
            _losses.ResidualTangents(motion, tangents, rates);
            for (int k = 0; k < owners.Length; k++)
            {
                Span<double> jacobian = batch.Jacobian(owners[k]);
                for (int r = 0; r < ResidualCount; r++) jacobian[r * Dimension + parameters[k]] = rates[k][r];
            }
        }

        // Rows: the gradient of one residual.
        private void Pull(EvaluationBatch batch, int[] owners, int[] residuals, Trajectories motion)
        {
            Trajectories cotangents = _things.Room(motion.Worlds, motion.Samples);
            double[][] gradients = Table(motion.Worlds, _parameters.Targets.Count);
            _losses.ResidualGradients(motion, residuals, cotangents);
            for (int k = 0; k < owners.Length; k++)
            {
                if (batch.Failures[owners[k]] != null) cotangents.Fill(k, 0);
            }
            _simulator.Pullback(cotangents, gradients);
            for (int k = 0; k < owners.Length; k++) _parameters.Pull(gradients[k], batch.Jacobian(owners[k]).Slice(residuals[k] * Dimension, Dimension));
        }

        // Efforts are linear in the targets; their residuals come last.
        private void AddEfforts(Span<double> jacobian, int first)
        {
            if (_efforts.Length == 0) return;
            var rates = new double[ResidualCount];
            for (int j = 0; j < Dimension; j++)
            {
                double[] direction = Direction(j);
                int at = first;
                foreach (EffortLoss effort in _efforts)
                {
                    effort.ResidualTangents(direction, new Span<double>(rates, at, effort.ResidualCount));
                    at += effort.ResidualCount;
                }
                for (int r = first; r < ResidualCount; r++) jacobian[r * Dimension + j] = rates[r];
            }
        }

        // The loss is the sum of r^2, and its gradient 2 J'r.
        private void Gradient(ReadOnlySpan<double> residuals, ReadOnlySpan<double> jacobian, Span<double> gradient)
        {
            gradient.Clear();
            for (int r = 0; r < residuals.Length; r++)
            {
                for (int j = 0; j < gradient.Length; j++) gradient[j] += 2 * residuals[r] * jacobian[r * Dimension + j];
            }
        }

        private double[] Direction(int parameter)
        {
            var unit = new double[Dimension];
            var direction = new double[_parameters.Targets.Count];
            unit[parameter] = 1;
            _parameters.Push(unit, direction);
            return direction;
        }

        private static double[] PointOf(EvaluationBatch batch, int index) => batch.Point(index).ToArray();
    }
}
