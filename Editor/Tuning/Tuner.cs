using System;
using System.IO;
using System.Linq;
using System.Threading;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Editor
{
    /// <summary>Tunes a scene and gathers what the report shows: motions before and after, sensitivities, gradient checks.</summary>
    public sealed class Tuner
    {
        /// <summary>Derivatives that the check at the start and that at the end look at, at most.</summary>
        public const int MostChecks = 12;

        private readonly Scene _scene;
        private readonly SceneObjective _objective;
        private readonly TuningRun _run;

        /// <summary>Prepares a tune; nothing runs yet.</summary>
        /// <param name="scene">The scene; it gets the tuned values.</param>
        /// <param name="objective">Its loss.</param>
        /// <exception cref="ArgumentException">Scene and options do not fit together.</exception>
        public Tuner(Scene scene, SceneObjective objective)
        {
            _scene = scene;
            _objective = objective;
            _run = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = scene.Tuning.Stopping, Starts = scene.Tuning.Starts, Seed = (ulong)scene.Tuning.Seed });
        }

        /// <summary>Tunes, or goes on from where the journal stops.</summary>
        /// <param name="journal">Keeps the run as it goes; null for none.</param>
        /// <param name="progress">Called with each iteration's record; null for none.</param>
        /// <param name="cancellation">Ends the run; the best so far is kept.</param>
        /// <exception cref="SceneException">The scene diverges at its start values, before anything was tuned.</exception>
        public TuneOutcome Run(ITuningJournal journal = null, Action<IterationRecord> progress = null, CancellationToken cancellation = default)
        {
            _objective.CheckStart();
            double[] from = _objective.Parameters.InitialValues();
            double[] termsBefore = Terms(from);
            Trajectories before = _objective.Simulate(from);
            int simulations = _objective.Simulations;
            TuningResult result = _run.Run(journal, progress, cancellation);
            simulations = _objective.Simulations - simulations;
            double[] tuned = result.Best.Parameters.ToArray();
            var outcome = new TuneOutcome
            {
                Scene = _scene,
                Parameters = _objective.Parameters,
                TermNames = _objective.TermNames,
                Result = result,
                From = from,
                Before = before,
                After = _objective.Simulate(tuned),
                TermsBefore = termsBefore,
                Sensitivities = Sensitivity.At(_objective, from),
                CheckAtStart = GradientSpotCheck.Check(_objective, _objective.Parameters, from, most: MostChecks),
                CheckAtEnd = GradientSpotCheck.Check(_objective, _objective.Parameters, tuned, most: MostChecks),
                FittedDeviation = new[] { _objective.Deviation(from), _objective.Deviation(tuned) },
                LeftOutDeviation = new[] { _objective.Deviation(from, true), _objective.Deviation(tuned, true) },
                Fitted = _objective.Fitted,
                LeftOut = _objective.LeftOut,
                Simulations = simulations,
                OptimiserName = _scene.Tuning.Optimiser.Method,
            };
            SceneParameters.Apply(_scene, tuned);
            // The tuned scene may lie in another folder than its recordings' scene: write their paths out.
            foreach (SceneRecording recording in _scene.Recordings.Where(r => r.Path != null && _scene.File != null))
            {
                recording.Path = Path.GetFullPath(recording.Path, Path.GetDirectoryName(Path.GetFullPath(_scene.File)));
            }
            return outcome;
        }

        private double[] Terms(double[] values)
        {
            var batch = new EvaluationBatch(_objective);
            batch.Reset(1, EvaluationNeeds.Value);
            values.CopyTo(batch.Point(0));
            _objective.Evaluate(batch);
            return batch.Terms(0).ToArray();
        }
    }
}
