using System;
using System.IO;
using System.Linq;
using System.Threading;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>Tunes a scene and gathers what the report shows: motions before and after, sensitivities, gradient checks.</summary>
internal sealed class Tuner
{
    private readonly Scene _scene;
    private readonly SceneObjective _objective;
    private readonly TuningRun _run;

    // Fails with a clear error when scene and options do not fit together; nothing runs yet.
    public Tuner(Scene scene, SceneObjective objective)
    {
        _scene = scene;
        _objective = objective;
        _run = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = scene.Tuning.Stopping, Starts = scene.Tuning.Starts, Seed = (ulong)scene.Tuning.Seed });
    }

    public TuneOutcome Run(ITuningJournal journal, Action<IterationRecord> progress, CancellationToken cancellation)
    {
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
            CheckAtStart = GradientSpotCheck.Check(_objective, _objective.Parameters, from),
            CheckAtEnd = GradientSpotCheck.Check(_objective, _objective.Parameters, tuned),
            FittedDeviation = [_objective.Deviation(from), _objective.Deviation(tuned)],
            LeftOutDeviation = [_objective.Deviation(from, true), _objective.Deviation(tuned, true)],
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
