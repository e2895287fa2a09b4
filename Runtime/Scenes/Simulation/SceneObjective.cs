using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// The loss of a scene as a function of its parameters, in their units. A scene with a recording that stands for several files is
    /// run once for each; its loss is the mean of all but those that are left out, which are predicted for as long as they were recorded.
    /// </summary>
    public sealed class SceneObjective : IObjective, IDisposable
    {
        private readonly SceneTrial[] _fitted;
        private readonly SceneTrial[] _leftOut;
        private readonly IObjective _mean;
        private readonly IReadOnlyList<TrajectoryLoss> _formulas;
        private readonly string _file;

        /// <summary>The parameters.</summary>
        public ParameterSet Parameters { get; }

        /// <inheritdoc/>
        public int Dimension => Parameters.Count;

        /// <inheritdoc/>
        public int ResidualCount => _mean.ResidualCount;

        /// <inheritdoc/>
        public IReadOnlyList<string> TermNames => _mean.TermNames;

        /// <summary>Runs of the scene that the loss is the mean of.</summary>
        public int Fitted => _fitted.Length;

        /// <summary>Runs that were left out, to be predicted.</summary>
        public int LeftOut => _leftOut.Length;

        /// <summary>Worlds simulated so far, with and without gradient, those of differences included.</summary>
        public int Simulations => _fitted.Concat(_leftOut).Sum(t => t.Simulations);

        /// <summary>Prepares a scene for tuning.</summary>
        /// <param name="scene">The scene, with parameters and losses.</param>
        /// <param name="recordings">Finds the recordings that a recording of the scene stands for, at least one; null when the scene has samples in place only.</param>
        /// <param name="executor">Runs the kernels; null for the fastest.</param>
        /// <param name="formulas">Wishes beyond those of the scene, formulas on <see cref="Real"/>; <see cref="SceneThings.Find"/> numbers the bodies that they see. Null for none.</param>
        /// <exception cref="SceneException">There is nothing to tune or to wish for, or no simulator fits.</exception>
        public SceneObjective(Scene scene, Func<SceneRecording, IReadOnlyList<Recording>> recordings = null, Executor executor = null, IReadOnlyList<TrajectoryLoss> formulas = null)
        {
            _formulas = formulas ?? new TrajectoryLoss[0];
            if (scene.Parameters.Count == 0) throw new SceneException(scene.File, 0, "parameters", "found no parameter, expected at least one to tune");
            if (scene.Losses.Count == 0 && _formulas.Count == 0) throw new SceneException(scene.File, 0, "losses", "found no loss, expected at least one that says what should happen");
            executor = executor ?? Executor.CreateDefault();
            _file = scene.File;
            Parameters = SceneParameters.Create(scene);
            SceneRecording several = scene.Recordings.Find(r => r.IsSeveral);
            if (several == null) _fitted = new[] { Single(scene, recordings, executor) };
            else
            {
                if (recordings == null) throw new SceneException(scene.File, 0, "recordings." + several.Name, $"the files '{several.Path}' cannot be read here");
                IReadOnlyList<Recording> all = recordings(several);
                // One executor: the kernels of all trials are alike and compiled once.
                SceneTrial Make(int index, double duration) => Trial(scene, several, all[index], duration, recordings, executor);
                bool IsLeftOut(int index) => several.LeaveOut > 0 && index % several.LeaveOut == several.LeaveOut - 1;
                _fitted = Enumerable.Range(0, all.Count).Where(i => !IsLeftOut(i)).Select(i => Make(i, scene.Simulation.Duration)).ToArray();
                _leftOut = Enumerable.Range(0, all.Count).Where(IsLeftOut).Select(i => Make(i, double.PositiveInfinity)).ToArray();
                if (_fitted.Length == 0) throw new SceneException(scene.File, 0, $"recordings.{several.Name}.leaveOut", $"found {several.LeaveOut}, which leaves nothing of {all.Count} recordings to fit");
            }
            _leftOut = _leftOut ?? new SceneTrial[0];
            _mean = _fitted.Length == 1 ? (IObjective)_fitted[0] : new MeanObjective(_fitted);
        }

        /// <summary>Makes sure that the scene can be simulated and has a loss as it stands.</summary>
        /// <exception cref="SceneException">It diverges, or its loss is no number; the message names frame, body and cause.</exception>
        public void CheckStart()
        {
            var batch = new EvaluationBatch(this);
            batch.Reset(1, EvaluationNeeds.Value);
            Parameters.InitialValues().CopyTo(batch.Point(0));
            Evaluate(batch);
            if (batch.Failures[0] != null) throw new SceneException(_file, 0, "simulation", "found no loss at the start values. " + batch.Failures[0]);
        }

        /// <summary>Simulates one world and hands back its motion; of several runs, that of the first.</summary>
        /// <param name="values">Parameter values, in their units.</param>
        public Trajectories Simulate(ReadOnlySpan<double> values) => _fitted[0].Simulate(values);

        /// <summary>How far motions are from the recordings that the losses follow: the mean over the runs that are fitted, or those left out.</summary>
        /// <param name="values">Parameter values, in their units.</param>
        /// <param name="leftOut">Whether those left out are meant.</param>
        public RecordingDeviation Deviation(ReadOnlySpan<double> values, bool leftOut = false)
        {
            var deviations = new List<RecordingDeviation>();
            foreach (SceneTrial trial in leftOut ? _leftOut : _fitted) deviations.Add(trial.Deviation(values));
            return RecordingDeviation.Mean(deviations);
        }

        /// <inheritdoc/>
        public void Evaluate(EvaluationBatch batch) => _mean.Evaluate(batch);

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (SceneTrial trial in _fitted.Concat(_leftOut)) trial.Dispose();
        }

        private SceneTrial Single(Scene scene, Func<SceneRecording, IReadOnlyList<Recording>> recordings, Executor executor)
        {
            Scene copy = SceneFormat.Copy(scene);
            return new SceneTrial(copy, Parameters, new SceneRecordings(copy, recordings), executor, _formulas);
        }

        private SceneTrial Trial(Scene scene, SceneRecording several, Recording recording, double duration, Func<SceneRecording, IReadOnlyList<Recording>> recordings, Executor executor)
        {
            Scene copy = SceneFormat.Copy(scene);
            // Controls do not stretch with the recordings.
            foreach (SceneControl control in copy.Controls) control.Duration = control.DurationIn(scene);
            copy.Simulation.Duration = Math.Min(duration, recording.Times[recording.Count - 1]);
            return new SceneTrial(copy, Parameters, new SceneRecordings(copy, r => r.Name == several.Name ? new[] { recording } : recordings(r)), executor, _formulas);
        }
    }
}
