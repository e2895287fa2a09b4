using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// One scene that is run and looked at: simulate, evaluate the losses, sweep back. A scene that is fitted to several recordings is
    /// one trial for each. All points of a batch run as worlds together.
    /// </summary>
    internal sealed partial class SceneTrial : IObjective, IDisposable
    {
        private readonly Scene _scene;
        private readonly SceneThings _things;
        private readonly ParameterSet _parameters;
        private readonly ISceneSimulator _simulator;
        private readonly TrajectoryLosses _losses;
        private readonly EffortLoss[] _efforts;
        private readonly SceneRecordings _recordings;

        public SceneTrial(Scene scene, ParameterSet parameters, SceneRecordings recordings, Executor executor, IReadOnlyList<TrajectoryLoss> formulas)
        {
            _scene = scene;
            _things = new SceneThings(scene);
            _parameters = parameters;
            _recordings = recordings;
            recordings.SetStarts();
            _losses = new TrajectoryLosses(SceneLosses.Create(scene, recordings).Concat(formulas), executor);
            _efforts = scene.Losses.Where(l => l.Type == "effort").Select(l => new EffortLoss(scene, l, parameters.Targets)).ToArray();
            TermNames = _losses.Names.Concat(_efforts.Select(e => e.Name)).ToArray();
            if (!_losses.IsFreeOfClock && parameters.Targets.Contains("simulation.duration"))
                throw new SceneException(scene.File, 0, "parameters", "found the parameter simulation.duration with a loss at a fixed time, expected losses at the end only");
            _simulator = Simulators.Create(scene, parameters.Targets, executor);
            ResidualCount = _losses.IsSumOfSquares ? _losses.ResidualCount(_simulator.Samples) + _efforts.Sum(e => e.ResidualCount) : 0;
        }

        public int Dimension => _parameters.Count;

        public int ResidualCount { get; }

        public IReadOnlyList<string> TermNames { get; }

        // Worlds simulated so far.
        public int Simulations { get; private set; }

        public Trajectories Simulate(ReadOnlySpan<double> values) => Run(new[] { values.ToArray() }, false, out _);

        // How far the motion is from the recordings that its losses follow.
        public RecordingDeviation Deviation(ReadOnlySpan<double> values)
        {
            Trajectories motion = Simulate(values);
            return RecordingDeviation.Mean(_scene.Losses.Where(l => l.Type == "recording").Select(
                    l => RecordingDeviation.Of(motion, _things.Find(l.Body, l.Particle), _recordings.Find(l.Recording)))
                .Concat(_scene.Losses.Where(l => l.Type == "particles").SelectMany(
                    l => _recordings.FindParticles(l.Recording).Select((r, particle) => (r, particle)).Where(p => p.r != null).Select(p => RecordingDeviation.Of(motion, _things.Find(l.Body, p.particle), p.r)))).ToArray());
        }

        public void Evaluate(EvaluationBatch batch)
        {
            if (batch.Wants(EvaluationNeeds.Jacobian)) Linearise(batch);
            else
            {
                var points = new double[batch.Count][];
                for (int i = 0; i < batch.Count; i++) points[i] = batch.Point(i).ToArray();
                bool wantsGradient = batch.Wants(EvaluationNeeds.Gradient);
                Trajectories motion = Run(points, wantsGradient, out double[][] targets);
                double[][] terms = Table(batch.Count, TermNames.Count);
                double[][] residuals = batch.Wants(EvaluationNeeds.Residuals) ? Table(batch.Count, ResidualCount) : null;
                EvaluateLosses(motion, targets, terms, residuals);
                for (int i = 0; i < batch.Count; i++) Take(batch, i, motion, i, terms[i], residuals?[i]);
                if (wantsGradient) Gradients(batch, motion, targets);
            }
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.Failures[i] != null) batch.Fail(i, batch.Failures[i]);
            }
        }

        public void Dispose()
        {
            _simulator.Dispose();
            _losses.Dispose();
        }

        private Trajectories Run(double[][] points, bool record, out double[][] targets)
        {
            targets = Table(points.Length, _parameters.Targets.Count);
            for (int i = 0; i < points.Length; i++) _parameters.Expand(points[i], targets[i]);
            var motion = _things.Room(points.Length, _simulator.Samples);
            _simulator.Simulate(targets, motion, record);
            Simulations += points.Length;
            return motion;
        }

        // What one world came to is a point's result.
        private static void Take(EvaluationBatch batch, int index, Trajectories motion, int world, double[] terms, double[] residuals)
        {
            terms.CopyTo(batch.Terms(index));
            batch.Values[index] = terms.Sum();
            batch.Choices[index] = motion.Choices[world];
            residuals?.CopyTo(batch.Residuals(index));
            batch.Failures[index] = motion.Failures[world] ?? (IsFinite(batch.Values[index]) ? null : "The loss is beyond all numbers, though the motion is not.");
        }

        // Terms on motion come first, then efforts.
        private void EvaluateLosses(Trajectories motion, double[][] targets, double[][] terms, double[][] residuals)
        {
            _losses.Evaluate(motion, terms, residuals);
            for (int w = 0; w < targets.Length; w++)
            {
                int first = _losses.ResidualCount(_simulator.Samples);
                for (int e = 0; e < _efforts.Length; e++)
                {
                    terms[w][_losses.Names.Count + e] = _efforts[e].Value(targets[w]);
                    if (residuals == null) continue;
                    _efforts[e].Residuals(targets[w], new Span<double>(residuals[w], first, _efforts[e].ResidualCount));
                    first += _efforts[e].ResidualCount;
                }
            }
        }

        private void Gradients(EvaluationBatch batch, Trajectories motion, double[][] targets)
        {
            var cotangents = _things.Room(motion.Worlds, motion.Samples);
            double[][] gradients = Table(batch.Count, _parameters.Targets.Count);
            _losses.Gradient(motion, cotangents);
            for (int i = 0; i < batch.Count; i++)
            {
                if (!IsFinite(batch.Values[i])) cotangents.Fill(i, 0);
            }
            _simulator.Pullback(cotangents, gradients);
            for (int i = 0; i < batch.Count; i++)
            {
                foreach (EffortLoss effort in _efforts) effort.AddGradient(targets[i], gradients[i]);
                _parameters.Pull(gradients[i], batch.Gradient(i));
            }
        }

        private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

        private static double[][] Table(int rows, int columns)
        {
            var table = new double[rows][];
            for (int i = 0; i < rows; i++) table[i] = new double[columns];
            return table;
        }
    }
}
