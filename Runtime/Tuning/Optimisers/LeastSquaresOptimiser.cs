using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Base of the methods that model a sum of squares by its linearised residuals: at r + J d the loss is
    /// |r + J d|^2 = L + 2 d'J'r + d'J'J d. Steps solve (J'J + damping) d = -J'r over the coordinates that no bound blocks.
    /// </summary>
    public abstract class LeastSquaresOptimiser : Optimiser
    {
        private const int MaxTrials = 30;
        private double[] _normal;
        private double[] _slope;
        private bool _started;
        private int _trials;

        /// <inheritdoc/>
        public override bool NeedsResiduals => true;

        /// <inheritdoc/>
        protected override string StuckText => "no step along the linearised residuals lowers the loss: it is at its rounding limit, has a kink here, or its Jacobian is wrong";

        /// <summary>The matrix J'J at the point reached, by rows.</summary>
        protected double[] Normal => _normal;

        /// <summary>The vector J'r at the point reached: half the gradient.</summary>
        protected double[] Slope => _slope;

        /// <inheritdoc/>
        public override void Ask(EvaluationBatch batch)
        {
            if (batch.ResidualCount == 0) throw new InvalidOperationException($"'{Name}' needs a loss that is a sum of squared residuals; use 'lbfgs' for this one.");
            batch.Reset(1, EvaluationNeeds.Gradient | EvaluationNeeds.Jacobian);
            Span<double> point = batch.Point(0);
            Here.CopyTo(point);
            if (_started) Propose(point);
        }

        /// <inheritdoc/>
        public override bool Tell(EvaluationBatch batch)
        {
            if (!_started)
            {
                _started = true;
                Adopt(batch);
                return true;
            }
            _trials++;
            double value = batch.Values[0];
            double predicted = Predicted(batch.Point(0));
            bool finite = !double.IsNaN(value) && !double.IsInfinity(value) && Vector.IsFinite(batch.Jacobian(0));
            if (Judge(finite ? value : double.PositiveInfinity, predicted))
            {
                _trials = 0;
                Adopt(batch);
                return true;
            }
            if (_trials < MaxTrials) return false;
            _trials = 0;
            StayStuck();
            return true;
        }

        /// <summary>Moves the point by the method's step.</summary>
        /// <param name="point">In: the point reached. Out: the trial.</param>
        protected abstract void Propose(Span<double> point);

        /// <summary>Judges a trial and adapts the method.</summary>
        /// <param name="value">Loss at the trial; infinite where it failed.</param>
        /// <param name="predicted">Loss that the linear model foretold.</param>
        /// <returns>Whether the trial is accepted.</returns>
        protected abstract bool Judge(double value, double predicted);

        /// <inheritdoc/>
        protected override void OnStart(ulong seed)
        {
            _normal = new double[Dimension * Dimension];
            _slope = new double[Dimension];
            _started = false;
            _trials = 0;
        }

        /// <inheritdoc/>
        protected override void Exchange(OptimiserState state)
        {
            state.Exchange("started", ref _started);
            state.Exchange("normal", ref _normal);
            state.Exchange("slope", ref _slope);
        }

        /// <summary>
        /// The minimum of the damped model in the box, by a primal active-set method (Nocedal and Wright 2006, section
        /// 16.5): solve over the free coordinates, go as far as the box allows, fix what it stops, and at the end free
        /// what wants to move inwards. The model falls at every turn.
        /// </summary>
        /// <param name="damping">Added to the diagonal, per coordinate.</param>
        /// <param name="step">Receives the step.</param>
        /// <returns>False when the damped matrix is not positive definite.</returns>
        protected bool SolveStep(Func<int, double> damping, double[] step)
        {
            var isFixed = new bool[Dimension];
            var target = new double[Dimension];
            Array.Clear(step, 0, Dimension);
            for (int i = 0; i < Dimension; i++) isFixed[i] = Bounds.Blocks(i, Here[i], _slope[i]);
            for (int turn = 0; turn < 4 * Dimension + 4; turn++)
            {
                step.CopyTo(target, 0);
                if (!SolveFree(damping, isFixed, target)) return false;
                int stopped = GoTowards(target, isFixed, step);
                if (stopped >= 0) isFixed[stopped] = true;
                else if (!Release(damping, isFixed, step)) break;
            }
            return true;
        }

        // Moves the step to the target or to the first bound on the way, and returns the coordinate that bound stops, or -1.
        private int GoTowards(double[] target, bool[] isFixed, double[] step)
        {
            double fraction = 1;
            int stopped = -1;
            for (int i = 0; i < Dimension; i++)
            {
                double way = target[i] - step[i];
                if (isFixed[i] || way == 0) continue;
                double room = (way > 0 ? Bounds.Upper[i] : Bounds.Lower[i]) - Here[i] - step[i];
                if (room / way >= fraction) continue;
                fraction = Math.Max(0, room / way);
                stopped = i;
            }
            for (int i = 0; i < Dimension; i++)
            {
                if (!isFixed[i]) step[i] += fraction * (target[i] - step[i]);
            }
            if (stopped >= 0) step[stopped] = (target[stopped] > step[stopped] ? Bounds.Upper[stopped] : Bounds.Lower[stopped]) - Here[stopped];
            return stopped;
        }

        // Frees the fixed coordinate that the model's slope pushes inwards the most; false when there is none.
        private bool Release(Func<int, double> damping, bool[] isFixed, double[] step)
        {
            int released = -1;
            double strongest = 1e-12 * Vector.Norm(_slope);
            for (int i = 0; i < Dimension; i++)
            {
                if (!isFixed[i]) continue;
                double slope = _slope[i] + damping(i) * step[i];
                for (int j = 0; j < Dimension; j++) slope += _normal[i * Dimension + j] * step[j];
                if (Bounds.Blocks(i, Here[i] + step[i], slope) || Math.Abs(slope) <= strongest) continue;
                strongest = Math.Abs(slope);
                released = i;
            }
            if (released >= 0) isFixed[released] = false;
            return released >= 0;
        }

        private bool SolveFree(Func<int, double> damping, bool[] isFixed, double[] step)
        {
            var index = new int[Dimension];
            int free = 0;
            for (int i = 0; i < Dimension; i++)
            {
                if (!isFixed[i]) index[free++] = i;
            }
            var a = new double[free * free];
            var b = new double[free];
            for (int r = 0; r < free; r++)
            {
                b[r] = -_slope[index[r]];
                for (int j = 0; j < Dimension; j++)
                {
                    if (isFixed[j]) b[r] -= _normal[index[r] * Dimension + j] * step[j];
                }
                for (int c = 0; c < free; c++) a[r * free + c] = _normal[index[r] * Dimension + index[c]];
                a[r * free + r] += damping(index[r]);
            }
            if (!SymmetricMatrix.TrySolve(a, b, free)) return false;
            for (int r = 0; r < free; r++) step[index[r]] = b[r];
            return Vector.IsFinite(step);
        }

        private double Predicted(ReadOnlySpan<double> point)
        {
            double sum = Loss;
            for (int i = 0; i < Dimension; i++)
            {
                double di = point[i] - Here[i];
                sum += 2 * di * _slope[i];
                for (int j = 0; j < Dimension; j++) sum += di * _normal[i * Dimension + j] * (point[j] - Here[j]);
            }
            return sum;
        }

        private void Adopt(EvaluationBatch batch)
        {
            MoveTo(batch, 0);
            ReadOnlySpan<double> residuals = batch.Residuals(0);
            ReadOnlySpan<double> jacobian = batch.Jacobian(0);
            Array.Clear(_normal, 0, _normal.Length);
            Array.Clear(_slope, 0, _slope.Length);
            for (int k = 0; k < batch.ResidualCount; k++)
            {
                ReadOnlySpan<double> row = jacobian.Slice(k * Dimension, Dimension);
                for (int i = 0; i < Dimension; i++)
                {
                    _slope[i] += row[i] * residuals[k];
                    for (int j = 0; j < Dimension; j++) _normal[i * Dimension + j] += row[i] * row[j];
                }
            }
        }
    }
}
