using System;
using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Limited-memory BFGS in a box: the two-loop recursion (Nocedal 1980) on the coordinates that no bound blocks, and a
    /// Wolfe search along the projected path x(t) = P(x + t d) (in the spirit of Bertsekas 1982 and of Byrd, Lu, Nocedal
    /// and Zhu 1995).
    /// </summary>
    public sealed class Lbfgs : Optimiser
    {
        private readonly int _memory;
        private readonly double _firstStep;
        private readonly List<double[]> _moves = new List<double[]>();
        private readonly List<double[]> _changes = new List<double[]>();
        private readonly LineSearch _search = new LineSearch();
        private double[] _direction;
        private double[] _bestPoint;
        private bool _started;
        private bool _searching;
        private bool _retrying;

        /// <inheritdoc/>
        public override string Name => "lbfgs";

        /// <inheritdoc/>
        protected override string StuckText => "the line search found no lower point: the loss is at its rounding limit, has a kink here, or its gradient is wrong";

        /// <summary>Creates the method.</summary>
        /// <param name="memory">How many past moves model the curvature; at least one.</param>
        /// <param name="firstStep">Length of the first trial step, in normalised coordinates.</param>
        public Lbfgs(int memory = 10, double firstStep = 0.1)
        {
            if (memory < 1) throw new ArgumentException($"L-BFGS needs a memory of at least one move, not {memory}.");
            if (!(firstStep > 0)) throw new ArgumentException($"The first step must be positive, not {firstStep}.");
            _memory = memory;
            _firstStep = firstStep;
        }

        /// <inheritdoc/>
        protected override void OnStart(ulong seed)
        {
            _moves.Clear();
            _changes.Clear();
            _direction = new double[Dimension];
            _bestPoint = null;
            _started = _searching = _retrying = false;
        }

        /// <inheritdoc/>
        public override void Ask(EvaluationBatch batch)
        {
            batch.Reset(1, EvaluationNeeds.Gradient);
            Span<double> point = batch.Point(0);
            Here.CopyTo(point);
            if (!_started) return;
            if (!_searching) BeginSearch();
            if (_bestPoint != null)
            {
                _bestPoint.CopyTo(point);
                return;
            }
            for (int i = 0; i < Dimension; i++) point[i] = Here[i] + _search.Step * _direction[i];
            Bounds.Project(point);
        }

        /// <inheritdoc/>
        public override bool Tell(EvaluationBatch batch)
        {
            if (!_started)
            {
                _started = true;
                MoveTo(batch, 0);
                return true;
            }
            if (_bestPoint != null) return Accept(batch);

            ReadOnlySpan<double> point = batch.Point(0);
            ReadOnlySpan<double> gradient = batch.Gradient(0);
            double slope = 0;
            double decrease = 0;
            bool cannotGrow = true;
            for (int i = 0; i < Dimension; i++)
            {
                decrease += GradientHere[i] * (point[i] - Here[i]);
                double unclamped = Here[i] + _search.Step * _direction[i];
                if (_direction[i] == 0 || point[i] != unclamped) continue;
                slope += gradient[i] * _direction[i];
                cannotGrow = false;
            }
            switch (_search.Judge(batch.Values[0], slope, decrease, cannotGrow))
            {
                case LineSearch.Verdict.Accept:
                    return Accept(batch);
                case LineSearch.Verdict.TryAgain:
                    return false;
                default:
                    return GiveUp();
            }
        }

        /// <inheritdoc/>
        protected override void Exchange(OptimiserState state)
        {
            state.Exchange("started", ref _started);
            state.Exchange("retrying", ref _retrying);
            state.Exchange("moves", _moves);
            state.Exchange("changes", _changes);
        }

        private bool Accept(EvaluationBatch batch)
        {
            Remember(batch.Point(0), batch.Gradient(0));
            _searching = false;
            _retrying = false;
            _bestPoint = null;
            MoveTo(batch, 0);
            return true;
        }

        // A search may end between conditions: then the best decrease counts. Without one, forget the curvature and try
        // steepest descent once; after that nothing is left to try.
        private bool GiveUp()
        {
            if (_search.BestDecrease > 0)
            {
                _bestPoint = new double[Dimension];
                for (int i = 0; i < Dimension; i++) _bestPoint[i] = Here[i] + _search.BestDecrease * _direction[i];
                Bounds.Project(_bestPoint);
                return false;
            }
            _searching = false;
            if (_moves.Count > 0 && !_retrying)
            {
                _moves.Clear();
                _changes.Clear();
                _retrying = true;
                return false;
            }
            StayStuck();
            return true;
        }

        private void BeginSearch()
        {
            var free = new bool[Dimension];
            for (int i = 0; i < Dimension; i++) free[i] = !Bounds.Blocks(i, Here[i], GradientHere[i]);
            bool curved = TwoLoop(free);
            double slope = Vector.Dot(GradientHere, _direction);
            double norm = Bounds.FreeNorm(Here, GradientHere);
            if (!(slope < -1e-12 * norm * Vector.Norm(_direction)))
            {
                curved = false;
                slope = 0;
                for (int i = 0; i < Dimension; i++)
                {
                    _direction[i] = free[i] ? -GradientHere[i] : 0;
                    slope += GradientHere[i] * _direction[i];
                }
            }
            Rate = curved ? 1 : _firstStep / Math.Max(norm, 1e-300);
            _search.Start(Loss, slope, Rate);
            _searching = true;
        }

        // direction := -H g over the free coordinates; false when no remembered move has positive curvature there.
        private bool TwoLoop(bool[] free)
        {
            int count = _moves.Count;
            var alpha = new double[count];
            var curvature = new double[count];
            int last = -1;
            for (int i = 0; i < Dimension; i++) _direction[i] = free[i] ? -GradientHere[i] : 0;
            for (int k = count - 1; k >= 0; k--)
            {
                curvature[k] = MaskedDot(_moves[k], _changes[k], free);
                if (!(curvature[k] > 1e-14 * MaskedDot(_changes[k], _changes[k], free))) continue;
                if (last < 0) last = k;
                alpha[k] = MaskedDot(_moves[k], _direction, free) / curvature[k];
                AddMasked(-alpha[k], _changes[k], free);
            }
            if (last < 0) return false;
            double scale = curvature[last] / MaskedDot(_changes[last], _changes[last], free);
            for (int i = 0; i < Dimension; i++) _direction[i] *= scale;
            for (int k = 0; k < count; k++)
            {
                if (!(curvature[k] > 1e-14 * MaskedDot(_changes[k], _changes[k], free))) continue;
                double beta = MaskedDot(_changes[k], _direction, free) / curvature[k];
                AddMasked(alpha[k] - beta, _moves[k], free);
            }
            return true;
        }

        private void Remember(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
        {
            var move = new double[Dimension];
            var change = new double[Dimension];
            for (int i = 0; i < Dimension; i++)
            {
                move[i] = point[i] - Here[i];
                change[i] = gradient[i] - GradientHere[i];
            }
            if (!(Vector.Dot(move, change) > 1e-14 * Vector.Norm(move) * Vector.Norm(change))) return;
            _moves.Add(move);
            _changes.Add(change);
            if (_moves.Count <= _memory) return;
            _moves.RemoveAt(0);
            _changes.RemoveAt(0);
        }

        private static double MaskedDot(double[] a, double[] b, bool[] free)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++)
            {
                if (free[i]) sum += a[i] * b[i];
            }
            return sum;
        }

        private void AddMasked(double factor, double[] vector, bool[] free)
        {
            for (int i = 0; i < Dimension; i++)
            {
                if (free[i]) _direction[i] += factor * vector[i];
            }
        }
    }
}
