using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DiffPhysics.Autodiff;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Editor
{
    /// <summary>
    /// One scene while somebody works on it: values are changed by hand or by tuning, every change can be taken back, and every tune is
    /// kept, so that its values can be taken up again. Knows no engine and no screen.
    /// </summary>
    /// <example><code>
    /// var session = new TuningSession(scene);
    /// session.Set("materials.rubber.restitution", 0.8);
    /// TuneOutcome outcome = session.Tune();
    /// session.Undo();                 // back to the values before the tune
    /// session.TakeUp(outcome);        // and to the tuned ones again
    /// </code></example>
    public sealed class TuningSession
    {
        private readonly Func<SceneRecording, IReadOnlyList<Recording>> _recordings;
        private readonly Executor _executor;
        private readonly List<TuneOutcome> _runs = new List<TuneOutcome>();
        private readonly List<ValueChange> _done = new List<ValueChange>();
        private readonly List<ValueChange> _undone = new List<ValueChange>();

        /// <summary>Begins a session.</summary>
        /// <param name="scene">The scene; the session works on a copy.</param>
        /// <param name="recordings">Finds the recordings that a recording of the scene stands for; null when it has samples in place only.</param>
        /// <param name="executor">Runs the kernels; null for the fastest.</param>
        /// <exception cref="SceneException">The scene is not right.</exception>
        public TuningSession(Scene scene, Func<SceneRecording, IReadOnlyList<Recording>> recordings = null, Executor executor = null)
        {
            Scene = SceneFormat.Copy(scene);
            _recordings = recordings;
            _executor = executor ?? Executor.CreateDefault();
        }

        /// <summary>The scene as it is now.</summary>
        public Scene Scene { get; }

        /// <summary>All tunes of the session, the oldest first.</summary>
        public IReadOnlyList<TuneOutcome> Runs => _runs;

        /// <summary>The change that <see cref="Undo"/> would take back; null when there is none.</summary>
        public ValueChange NextUndo => _done.LastOrDefault();

        /// <summary>The change that <see cref="Redo"/> would make again; null when there is none.</summary>
        public ValueChange NextRedo => _undone.LastOrDefault();

        /// <summary>A value of the scene, in its SI unit: where a parameter that drives it has a start value of its own, that one.</summary>
        /// <param name="path">Its path.</param>
        /// <exception cref="ArgumentException">There is no such value; the message names the nearest.</exception>
        public double Get(string path)
        {
            SceneValue value = Find(path);
            SceneParameter driver = DriverOf(path);
            return driver == null ? value.Value : driver.Initial;
        }

        /// <summary>Changes a value.</summary>
        /// <param name="path">Its path.</param>
        /// <param name="value">The new value, in its SI unit.</param>
        /// <exception cref="ArgumentException">There is no such value, or the scene would not be right with it; nothing changes.</exception>
        public void Set(string path, double value)
        {
            Find(path);
            Change("set " + path, new[] { path }, new[] { value });
        }

        /// <summary>Takes the last change back; does nothing when there is none.</summary>
        public void Undo()
        {
            if (_done.Count == 0) return;
            ValueChange change = Pop(_done);
            Write(change.Paths, change.Before);
            _undone.Add(change);
        }

        /// <summary>Makes the last change that was taken back again; does nothing when there is none.</summary>
        public void Redo()
        {
            if (_undone.Count == 0) return;
            ValueChange change = Pop(_undone);
            Write(change.Paths, change.After);
            _done.Add(change);
        }

        /// <summary>Tunes the scene as it is now. Its tuned values become one change, its outcome is kept among the <see cref="Runs"/>.</summary>
        /// <param name="journal">Keeps the run as it goes; null for none.</param>
        /// <param name="progress">Called with each iteration's record; null for none.</param>
        /// <param name="cancellation">Ends the run; the best so far is kept.</param>
        public TuneOutcome Tune(ITuningJournal journal = null, Action<IterationRecord> progress = null, CancellationToken cancellation = default)
        {
            Scene copy = SceneFormat.Copy(Scene);
            using (var objective = new SceneObjective(copy, _recordings, _executor))
            {
                TuneOutcome outcome = new Tuner(copy, objective).Run(journal, progress, cancellation);
                _runs.Add(outcome);
                TakeUp(outcome);
                return outcome;
            }
        }

        /// <summary>Gives the scene the values that a tune found, as one change.</summary>
        /// <param name="outcome">A tune of this session.</param>
        /// <exception cref="ArgumentException">It is of another session.</exception>
        public void TakeUp(TuneOutcome outcome)
        {
            int run = _runs.IndexOf(outcome);
            if (run < 0) throw new ArgumentException("The outcome is of another session, expected one of Runs.", nameof(outcome));
            IReadOnlyList<string> paths = outcome.Parameters.Targets;
            var values = new double[paths.Count];
            outcome.Parameters.Expand(outcome.Result.Best.Parameters.ToArray(), values);
            Change($"tune {run + 1}", paths, values);
        }

        private void Change(string name, IReadOnlyList<string> paths, double[] after)
        {
            double[] before = paths.Select(Get).ToArray();
            Write(paths, after);
            try
            {
                SceneValidator.Validate(Scene);
            }
            catch (SceneException error)
            {
                Write(paths, before);
                throw new ArgumentException(error.Message, error);
            }
            _done.Add(new ValueChange(name, paths, before, after));
            _undone.Clear();
        }

        private void Write(IReadOnlyList<string> paths, IReadOnlyList<double> values)
        {
            for (int i = 0; i < paths.Count; i++)
            {
                Find(paths[i]).Value = values[i];
                SceneParameter driver = DriverOf(paths[i]);
                if (driver != null) driver.Initial = values[i];
            }
        }

        private SceneParameter DriverOf(string path) => Scene.Parameters.Find(p => !double.IsNaN(p.Initial) && p.Paths.Contains(path));

        private SceneValue Find(string path) => ScenePaths.Find(Scene, path)
            ?? throw new ArgumentException($"There is no value '{path}'{NearestName.Hint(path, ScenePaths.List(Scene).Select(v => v.Path))}");

        private static ValueChange Pop(List<ValueChange> changes)
        {
            ValueChange change = changes[changes.Count - 1];
            changes.RemoveAt(changes.Count - 1);
            return change;
        }
    }
}
