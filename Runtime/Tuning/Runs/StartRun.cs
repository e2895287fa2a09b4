using System;
using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>One start of a run: its optimiser, the best point it has seen, and whether and why it has stopped.</summary>
    internal sealed class StartRun
    {
        private const int MostRedraws = 10;
        private readonly Optimiser _optimiser;
        private readonly StoppingRules _rules;
        private double[] _bestPoint;
        private double[] _bestTerms = new double[0];
        private double[] _bestLosses = new double[0];
        private double _bestLoss = double.NaN;
        private double _initialLoss = double.NaN;
        private int _reason = -1;
        private int _failures;
        private string _firstFailure;
        private Func<int, double[]> _redraw;
        private int _redraws;
        private Bounds _bounds;
        private ulong _seed;

        public Optimiser Optimiser => _optimiser;
        public EvaluationBatch Batch { get; }
        public bool IsRunning => _reason < 0;
        public bool RoundDone { get; set; }
        public StopReason Reason => (StopReason)_reason;
        public string ReasonText { get; private set; }
        public double BestLoss => _bestLoss;
        public double InitialLoss => _initialLoss;
        public ReadOnlySpan<double> BestPoint => _bestPoint;
        public double[] BestTerms => _bestTerms;
        public int Failures => _failures;
        public string FirstFailure => _firstFailure;

        public StartRun(Optimiser optimiser, StoppingRules rules, IObjective objective)
        {
            _optimiser = optimiser;
            _rules = rules;
            Batch = new EvaluationBatch(objective);
        }

        // Redraw: points to start from instead, where the start has no loss; null where the start is given, not drawn.
        public void Begin(Bounds bounds, double[] start, ulong seed, Func<int, double[]> redraw)
        {
            _bounds = bounds;
            _seed = seed;
            _redraw = redraw;
            BeginAt(start);
        }

        // Takes in an evaluated batch and says whether the start's iteration is complete.
        public bool Take()
        {
            for (int i = 0; i < Batch.Count; i++)
            {
                double value = Batch.Values[i];
                if (!IsFinite(value))
                {
                    _failures++;
                    _firstFailure = _firstFailure ?? Batch.Failures[i] ?? $"The loss is {value}.";
                    continue;
                }
                if (value >= _bestLoss) continue;
                _bestLoss = value;
                _bestPoint = Batch.Point(i).ToArray();
                _bestTerms = Batch.Terms(i).ToArray();
            }
            if (!_optimiser.Tell(Batch)) return false;
            if (_optimiser.Iteration == 0 && !IsFinite(_optimiser.Loss) && _redraw != null && _redraws < MostRedraws)
            {
                BeginAt(_redraw(++_redraws));
                return false;
            }
            if (_optimiser.Iteration == 0) _initialLoss = _optimiser.Loss;
            Array.Resize(ref _bestLosses, Math.Min(_bestLosses.Length + 1, _rules.FlatIterations + 1));
            for (int i = _bestLosses.Length - 1; i > 0; i--) _bestLosses[i] = _bestLosses[i - 1];
            _bestLosses[0] = _bestLoss;
            Judge();
            return true;
        }

        public void Stop(StopReason reason, string text)
        {
            if (!IsRunning) return;
            _reason = (int)reason;
            ReasonText = text;
        }

        public IReadOnlyDictionary<string, double[]> Save()
        {
            OptimiserState state = _optimiser.Save();
            Exchange(state);
            return state.Entries;
        }

        public void Restore(Bounds bounds, IReadOnlyDictionary<string, double[]> entries)
        {
            var state = new OptimiserState(entries);
            _optimiser.Restore(bounds, state);
            Exchange(state);
            if (!IsRunning) ReasonText = $"stopped before the run was resumed ({Reason})";
        }

        private void BeginAt(double[] start)
        {
            _optimiser.Start(_bounds, start, _seed);
            _bestPoint = _optimiser.Point.ToArray();
        }

        private void Exchange(OptimiserState state)
        {
            state.Exchange("run.bestPoint", ref _bestPoint);
            state.Exchange("run.bestTerms", ref _bestTerms);
            state.Exchange("run.bestLosses", ref _bestLosses);
            state.Exchange("run.bestLoss", ref _bestLoss);
            state.Exchange("run.initialLoss", ref _initialLoss);
            state.Exchange("run.reason", ref _reason);
            state.Exchange("run.failures", ref _failures);
            state.Exchange("run.firstFailure", ref _firstFailure);
        }

        private void Judge()
        {
            double loss = _optimiser.Loss;
            if (_bestLoss <= _rules.LossBelow) Stop(StopReason.LossReached, $"the loss {_bestLoss:g6} is at most the wanted {_rules.LossBelow:g6}");
            else if (!IsFinite(loss)) Stop(StopReason.Diverged, $"there is no loss at the start{(_redraws > 0 ? $", nor at {_redraws} others drawn in its place" : "")}: {_firstFailure}");
            else if (_optimiser.GradientNorm <= _rules.GradientBelow) Stop(StopReason.GradientSmall, $"the free gradient {_optimiser.GradientNorm:g3} is at most {_rules.GradientBelow:g3}");
            else if (_optimiser.Stuck != null) Stop(StopReason.NoProgress, _optimiser.Stuck);
            else if (_optimiser.Iteration > 0 && _optimiser.StepSize <= _rules.StepBelow && _optimiser.Name != "cma-es") Stop(StopReason.StepSmall, $"the step {_optimiser.StepSize:g3} is at most {_rules.StepBelow:g3}");
            else if (IsFlat()) Stop(StopReason.LossFlat, $"the loss fell by less than a fraction {_rules.FlatFraction:g3} over {_rules.FlatIterations} iterations");
            else if (_optimiser.Iteration >= _rules.MaxIterations) Stop(StopReason.MaxIterations, $"all {_rules.MaxIterations} iterations are used up");
        }

        private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

        private bool IsFlat()
        {
            if (_bestLosses.Length <= _rules.FlatIterations) return false;
            double before = _bestLosses[_rules.FlatIterations];
            return before - _bestLoss <= _rules.FlatFraction * Math.Abs(before);
        }
    }
}
