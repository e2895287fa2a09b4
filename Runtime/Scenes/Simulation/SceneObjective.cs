using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// The loss of a scene as a function of its parameters, in their units: simulate, look at the motion, sweep back. All
    /// points of a batch run as worlds together.
    /// </summary>
    public sealed class SceneObjective : IObjective, IDisposable
    {
        // Relative to a parameter's typical change; near the cube root of the rounding unit, where central differences are best.
        private const double DifferenceStep = 1e-5;
        private readonly Scene _scene;
        private readonly ISceneSimulator _simulator;
        private readonly TrajectoryLosses _losses;
        private readonly int _residuals;

        /// <summary>The parameters.</summary>
        public ParameterSet Parameters { get; }

        /// <inheritdoc/>
        public int Dimension => Parameters.Count;

        /// <inheritdoc/>
        public int ResidualCount => _residuals;

        /// <inheritdoc/>
        public IReadOnlyList<string> TermNames => _losses.Names;

        /// <summary>Worlds simulated so far, with and without gradient, those of differences included.</summary>
        public int Simulations { get; private set; }

        /// <summary>Prepares a scene for tuning.</summary>
        /// <param name="scene">The scene, with parameters and losses.</param>
        /// <param name="recordings">Finds a recording by its name in the scene; null when the scene has samples in place only.</param>
        /// <param name="executor">Runs the kernels; null for the fastest.</param>
        /// <exception cref="SceneException">There is nothing to tune or to wish for, or no simulator fits.</exception>
        public SceneObjective(Scene scene, Func<SceneRecording, Recording> recordings = null, Executor executor = null)
        {
            if (scene.Parameters.Count == 0) throw new SceneException(scene.File, 0, "parameters", "found no parameter, expected at least one to tune");
            if (scene.Losses.Count == 0) throw new SceneException(scene.File, 0, "losses", "found no loss, expected at least one that says what should happen");
            executor = executor ?? Executor.CreateDefault();
            _scene = scene;
            Parameters = SceneParameters.Create(scene);
            var read = new SceneRecordings(scene, recordings);
            read.SetStarts();
            _losses = new TrajectoryLosses(SceneLosses.Create(scene, read.Find), executor);
            if (!_losses.IsFreeOfClock && Parameters.Targets.Contains("simulation.duration"))
                throw new SceneException(scene.File, 0, "parameters", "found the parameter simulation.duration with a loss at a fixed time, expected losses at the end only");
            _simulator = Simulators.Create(scene, Parameters.Targets, executor);
            _residuals = _losses.ResidualCount(_simulator.Samples);
        }

        /// <summary>Simulates one world and hands back its motion.</summary>
        /// <param name="values">Parameter values, in their units.</param>
        public Trajectories Simulate(ReadOnlySpan<double> values)
        {
            return Run(new[] { values.ToArray() }, false, out _);
        }

        /// <inheritdoc/>
        public void Evaluate(EvaluationBatch batch)
        {
            var points = new double[batch.Count][];
            for (int i = 0; i < batch.Count; i++) points[i] = batch.Point(i).ToArray();
            bool wantsGradient = batch.Wants(EvaluationNeeds.Gradient);
            Trajectories motion = Run(points, wantsGradient, out double[][] targets);
            double[][] terms = Table(batch.Count, TermNames.Count);
            double[][] residuals = batch.Wants(EvaluationNeeds.Residuals) ? Table(batch.Count, _residuals) : null;
            _losses.Evaluate(motion, terms, residuals);
            for (int i = 0; i < batch.Count; i++)
            {
                terms[i].CopyTo(batch.Terms(i));
                batch.Values[i] = terms[i].Sum();
                residuals?[i].CopyTo(batch.Residuals(i));
            }
            if (wantsGradient) Gradients(batch, motion, targets);
            if (batch.Wants(EvaluationNeeds.Jacobian))
            {
                for (int i = 0; i < batch.Count; i++) Jacobian(batch, i, points[i]);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _simulator.Dispose();
            _losses.Dispose();
        }

        private Trajectories Run(double[][] points, bool record, out double[][] targets)
        {
            targets = Table(points.Length, Parameters.Targets.Count);
            for (int i = 0; i < points.Length; i++) Parameters.Expand(points[i], targets[i]);
            var motion = new Trajectories(points.Length, _simulator.Samples, _scene.Bodies.Count);
            _simulator.Simulate(targets, motion, record);
            Simulations += points.Length;
            return motion;
        }

        private void Gradients(EvaluationBatch batch, Trajectories motion, double[][] targets)
        {
            var cotangents = new Trajectories(motion.Worlds, motion.Samples, motion.Bodies);
            double[][] gradients = Table(batch.Count, Parameters.Targets.Count);
            _losses.Gradient(motion, cotangents);
            _simulator.Pullback(cotangents, gradients);
            for (int i = 0; i < batch.Count; i++) Parameters.Pull(gradients[i], batch.Gradient(i));
        }

        // Least squares needs every residual's derivative: n parameters take 2n worlds by central differences, where sweeping
        // back would take one sweep for each residual. The gradient itself is always swept.
        private void Jacobian(EvaluationBatch batch, int index, double[] point)
        {
            int n = Dimension;
            var points = new double[2 * n][];
            var widths = new double[n];
            for (int j = 0; j < n; j++)
            {
                Parameter parameter = Parameters.Parameters[j];
                double step = DifferenceStep * Math.Min(Math.Abs(parameter.Slope(point[j])), Math.Max(1e-3, Math.Abs(point[j])));
                points[2 * j] = (double[])point.Clone();
                points[2 * j + 1] = (double[])point.Clone();
                points[2 * j][j] = Math.Min(point[j] + step, parameter.Upper);
                points[2 * j + 1][j] = Math.Max(point[j] - step, parameter.Lower);
                widths[j] = points[2 * j][j] - points[2 * j + 1][j];
            }
            Trajectories motion = Run(points, false, out _);
            double[][] residuals = Table(2 * n, _residuals);
            _losses.Evaluate(motion, Table(2 * n, TermNames.Count), residuals);
            Span<double> jacobian = batch.Jacobian(index);
            for (int k = 0; k < _residuals; k++)
            {
                for (int j = 0; j < n; j++) jacobian[k * n + j] = (residuals[2 * j][k] - residuals[2 * j + 1][k]) / widths[j];
            }
        }

        private static double[][] Table(int rows, int columns)
        {
            var table = new double[rows][];
            for (int i = 0; i < rows; i++) table[i] = new double[columns];
            return table;
        }
    }
}
