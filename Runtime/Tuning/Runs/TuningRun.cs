using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// A tuning run: one or many starts of one method on one loss. All starts advance together, round by round, and what
    /// they ask for goes to the objective as one batch, so that starts can run as worlds in lanes. Equal seeds give equal
    /// runs, to the bit; so do runs that were interrupted and resumed from their journal.
    /// </summary>
    public sealed class TuningRun
    {
        private readonly ParameterSet _parameters;
        private readonly NormalisedObjective _objective;
        private readonly TuningOptions _options;
        private readonly List<IterationRecord> _history = new List<IterationRecord>();
        private readonly List<StartRun> _starts = new List<StartRun>();
        private int _evaluations;
        private int _round;
        private double _secondsBefore;

        /// <summary>Sets up a run.</summary>
        /// <param name="parameters">What may change; the start is their initial values.</param>
        /// <param name="objective">The loss as a function of the parameter values, in their units.</param>
        /// <param name="options">How; null for the defaults.</param>
        public TuningRun(ParameterSet parameters, IObjective objective, TuningOptions options = null)
        {
            _parameters = parameters ?? throw new ArgumentNullException(nameof(parameters));
            _objective = new NormalisedObjective(objective ?? throw new ArgumentNullException(nameof(objective)), parameters);
            _options = options ?? new TuningOptions();
            _options.Validate();
            if (_options.Optimiser.Create().NeedsResiduals && objective.ResidualCount == 0)
                throw new ArgumentException($"Optimiser '{_options.Optimiser.Method}' needs a loss that is a sum of squared residuals, and this one is not; use 'lbfgs'.");
        }

        /// <summary>Runs to the end, or on from where the journal stops.</summary>
        /// <param name="journal">Keeps the run as it goes; null for none.</param>
        /// <param name="progress">Called with each iteration's record; null for none.</param>
        /// <param name="cancellation">Ends the run before its next evaluation; the best so far is kept.</param>
        public TuningResult Run(ITuningJournal journal = null, Action<IterationRecord> progress = null, CancellationToken cancellation = default)
        {
            Stopwatch clock = Stopwatch.StartNew();
            Begin(journal?.Read());
            while (_starts.Any(s => s.IsRunning))
            {
                int before = _history.Count;
                if (!RunRound(clock, cancellation)) break;
                StopTogether(clock);
                for (int i = before; i < _history.Count; i++) progress?.Invoke(_history[i]);
                journal?.Append(Checkpoint(before));
            }
            return Result(clock);
        }

        private void Begin(IReadOnlyList<TuningCheckpoint> checkpoints)
        {
            _history.Clear();
            _starts.Clear();
            _evaluations = _round = 0;
            _secondsBefore = 0;
            TuningCheckpoint last = checkpoints == null || checkpoints.Count == 0 ? null : checkpoints[checkpoints.Count - 1];
            if (last != null && last.States.Count != _options.Starts) throw new ArgumentException($"The journal holds a run of {last.States.Count} starts, not of {_options.Starts}.");
            for (int s = 0; s < _options.Starts; s++)
            {
                var start = new StartRun(_options.Optimiser.Create(), _options.Stopping, _objective);
                if (last != null) start.Restore(_parameters.CoordinateBounds, last.States[s]);
                else Begin(start, s);
                _starts.Add(start);
            }
            if (last == null) return;
            foreach (TuningCheckpoint checkpoint in checkpoints) _history.AddRange(checkpoint.Records);
            _round = last.Round;
            _evaluations = _history.Max(r => r.Evaluations);
            _secondsBefore = _history.Max(r => r.Seconds);
        }

        // Start zero is the given one. Others are drawn, and again where they have no loss.
        private void Begin(StartRun start, int index)
        {
            ulong seed = _options.Seed + 1000003UL * (ulong)index;
            if (index == 0) start.Begin(_parameters.CoordinateBounds, new double[_parameters.Count], seed, null);
            else start.Begin(_parameters.CoordinateBounds, Draw(index, 0), seed, attempt => Draw(index, attempt));
        }

        // Uniform between bounds, or normal around the given start where a bound is missing.
        private double[] Draw(int index, int attempt)
        {
            var point = new double[_parameters.Count];
            var random = new RandomSource(_options.Seed * 2654435761UL + (ulong)index + 1000000007UL * (ulong)attempt);
            ReadOnlySpan<double> lower = _parameters.CoordinateBounds.Lower;
            ReadOnlySpan<double> upper = _parameters.CoordinateBounds.Upper;
            for (int i = 0; i < point.Length; i++)
            {
                bool bounded = !double.IsInfinity(lower[i]) && !double.IsInfinity(upper[i]);
                point[i] = bounded ? lower[i] + (upper[i] - lower[i]) * random.NextUniform() : random.NextNormal();
            }
            return point;
        }

        // One iteration of every start that still runs; false when it was cancelled on the way.
        private bool RunRound(Stopwatch clock, CancellationToken cancellation)
        {
            List<StartRun> busy = _starts.Where(s => s.IsRunning).ToList();
            while (busy.Count > 0)
            {
                if (cancellation.IsCancellationRequested)
                {
                    foreach (StartRun start in _starts) start.Stop(StopReason.Cancelled, "it was cancelled; the best so far is kept");
                    return false;
                }
                foreach (StartRun start in busy) start.Optimiser.Ask(start.Batch);
                foreach (IGrouping<EvaluationNeeds, StartRun> group in busy.GroupBy(s => s.Batch.Needs)) EvaluateTogether(group.ToList());
                foreach (StartRun start in busy.ToList())
                {
                    if (!start.Take()) continue;
                    busy.Remove(start);
                    _history.Add(Record(start, clock));
                }
            }
            _round++;
            return true;
        }

        private void EvaluateTogether(List<StartRun> group)
        {
            int count = group.Sum(s => s.Batch.Count);
            _evaluations += count;
            if (group.Count == 1)
            {
                _objective.Evaluate(group[0].Batch);
                return;
            }
            var all = new EvaluationBatch(_objective);
            all.Reset(count, group[0].Batch.Needs);
            int at = 0;
            foreach (StartRun start in group)
            {
                for (int i = 0; i < start.Batch.Count; i++) start.Batch.Point(i).CopyTo(all.Point(at++));
            }
            _objective.Evaluate(all);
            at = 0;
            foreach (StartRun start in group)
            {
                for (int i = 0; i < start.Batch.Count; i++) start.Batch.CopyResults(all, at++, i);
            }
        }

        // Rules that concern all starts at once.
        private void StopTogether(Stopwatch clock)
        {
            int reached = _starts.FindIndex(s => !s.IsRunning && s.Reason == StopReason.LossReached);
            double seconds = _secondsBefore + clock.Elapsed.TotalSeconds;
            foreach (StartRun start in _starts)
            {
                if (reached >= 0) start.Stop(StopReason.LossReached, $"start {reached} reached the wanted loss");
                else if (_evaluations >= _options.Stopping.MaxEvaluations) start.Stop(StopReason.MaxEvaluations, $"all {_options.Stopping.MaxEvaluations} evaluations are used up");
                else if (seconds >= _options.Stopping.MaxSeconds) start.Stop(StopReason.MaxTime, $"the {_options.Stopping.MaxSeconds:g4} s are used up");
            }
        }

        private IterationRecord Record(StartRun start, Stopwatch clock)
        {
            var values = new double[_parameters.Count];
            _objective.Denormalise(start.Optimiser.Point, values);
            return new IterationRecord
            {
                Start = _starts.IndexOf(start),
                Iteration = start.Optimiser.Iteration,
                Loss = start.Optimiser.Loss,
                Terms = start.Optimiser.Terms.ToArray(),
                GradientNorm = start.Optimiser.GradientNorm,
                StepSize = start.Optimiser.StepSize,
                Rate = start.Optimiser.Rate,
                Parameters = values,
                Evaluations = _evaluations,
                Seconds = _secondsBefore + clock.Elapsed.TotalSeconds,
            };
        }

        private TuningCheckpoint Checkpoint(int firstRecord)
        {
            return new TuningCheckpoint
            {
                Round = _round,
                Records = _history.GetRange(firstRecord, _history.Count - firstRecord),
                States = _starts.Select(s => s.Save()).ToArray(),
            };
        }

        private TuningResult Result(Stopwatch clock)
        {
            var results = new List<StartResult>();
            int best = 0;
            foreach (StartRun start in _starts)
            {
                var values = new double[_parameters.Count];
                _objective.Denormalise(start.BestPoint, values);
                if (start.BestLoss < _starts[best].BestLoss || double.IsNaN(_starts[best].BestLoss)) best = results.Count;
                results.Add(new StartResult
                {
                    Parameters = values,
                    Loss = start.BestLoss,
                    Terms = start.BestTerms,
                    InitialLoss = start.InitialLoss,
                    Iterations = start.Optimiser.Iteration,
                    Reason = start.Reason,
                    ReasonText = start.ReasonText,
                });
            }
            IReadOnlyList<double> tuned = results[best].Parameters;
            return new TuningResult
            {
                Starts = results,
                BestStart = best,
                History = _history.ToArray(),
                Evaluations = _evaluations,
                Failures = _starts.Sum(s => s.Failures),
                FirstFailure = _starts.Select(s => s.FirstFailure).FirstOrDefault(f => f != null),
                Seconds = _secondsBefore + clock.Elapsed.TotalSeconds,
                AtBound = _parameters.Parameters.Where((p, i) => p.Lower < p.Upper && (tuned[i] <= p.Lower || tuned[i] >= p.Upper)).Select(p => p.Name).ToArray(),
            };
        }
    }
}
