using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// A method that makes a loss small. It asks for evaluations and is told the results, so that the caller decides how
    /// they are computed: one by one, or those of many optimisers together as worlds in lanes.
    /// </summary>
    public abstract class Optimiser
    {
        private double[] _point;
        private double[] _gradient;
        private double[] _terms;
        private double _loss = double.NaN;
        private double _gradientNorm = double.NaN;
        private double _stepSize = double.NaN;
        private double _rate = double.NaN;
        private int _iteration;
        private int _stuck;

        /// <summary>Name of the method, as scene documents write it.</summary>
        public abstract string Name { get; }

        /// <summary>Whether the method needs residuals and their Jacobian.</summary>
        public virtual bool NeedsResiduals => false;

        /// <summary>The box the points stay in.</summary>
        public Bounds Bounds { get; private set; }

        /// <summary>Coordinates of a point.</summary>
        public int Dimension => Bounds.Dimension;

        /// <summary>Completed iterations; the evaluation of the start is iteration zero.</summary>
        public int Iteration => _iteration;

        /// <summary>The point reached.</summary>
        public ReadOnlySpan<double> Point => _point;

        /// <summary>Loss at <see cref="Point"/>.</summary>
        public double Loss => _loss;

        /// <summary>Terms of the loss at <see cref="Point"/>.</summary>
        public ReadOnlySpan<double> Terms => _terms;

        /// <summary>Norm of the gradient at <see cref="Point"/>, without coordinates that a bound blocks; NaN for methods without derivatives.</summary>
        public double GradientNorm => _gradientNorm;

        /// <summary>Length of the last step; NaN before the first.</summary>
        public double StepSize => _stepSize;

        /// <summary>Learning rate, damping or spread in use, for people.</summary>
        public double Rate
        {
            get => _rate;
            protected set => _rate = value;
        }

        /// <summary>Why the method cannot go on by itself; null while it can.</summary>
        public string Stuck => _stuck == 0 ? null : StuckText;

        /// <summary>What <see cref="Stuck"/> says.</summary>
        protected virtual string StuckText => "no lower point was found along the search direction";

        /// <summary>Gradient at <see cref="Point"/>.</summary>
        protected double[] GradientHere => _gradient;

        /// <summary>The point reached, as an array that is not to be changed.</summary>
        protected double[] Here => _point;

        /// <summary>Begins at a point.</summary>
        /// <param name="bounds">The box to stay in.</param>
        /// <param name="start">Start point; moved into the box.</param>
        /// <param name="seed">Seed of the method's random numbers, where it draws any.</param>
        public void Start(Bounds bounds, ReadOnlySpan<double> start, ulong seed = 0)
        {
            Bounds = bounds ?? throw new ArgumentNullException(nameof(bounds));
            if (start.Length != bounds.Dimension) throw new ArgumentException($"The start has {start.Length} coordinates and the box {bounds.Dimension}.");
            _point = start.ToArray();
            bounds.Project(_point);
            _gradient = new double[Dimension];
            _terms = new double[0];
            _iteration = -1;
            _stuck = 0;
            _loss = _gradientNorm = _stepSize = _rate = double.NaN;
            OnStart(seed);
        }

        /// <summary>Asks for evaluations: sets the batch's needs and points.</summary>
        /// <param name="batch">Receives the points.</param>
        public abstract void Ask(EvaluationBatch batch);

        /// <summary>Takes in the results of the evaluations asked for.</summary>
        /// <param name="batch">The batch that <see cref="Ask"/> filled, evaluated.</param>
        /// <returns>Whether an iteration is complete (the start's evaluation counts); states are saved only then.</returns>
        public abstract bool Tell(EvaluationBatch batch);

        /// <summary>The state after a complete iteration.</summary>
        public OptimiserState Save()
        {
            var state = new OptimiserState();
            ExchangeAll(state);
            return state;
        }

        /// <summary>Goes on from a saved state as if nothing had happened in between, to the bit.</summary>
        /// <param name="bounds">The box of the saved run.</param>
        /// <param name="state">The saved state.</param>
        public void Restore(Bounds bounds, OptimiserState state)
        {
            Start(bounds, new double[bounds.Dimension]);
            ExchangeAll(new OptimiserState(state.Entries));
            if (_point.Length != bounds.Dimension) throw new ArgumentException($"The saved point has {_point.Length} coordinates and the box {bounds.Dimension}.");
        }

        /// <summary>Sets up the method's own state.</summary>
        /// <param name="seed">Seed of its random numbers.</param>
        protected abstract void OnStart(ulong seed);

        /// <summary>Describes the method's own state, to be written or read.</summary>
        /// <param name="state">Where it goes or comes from.</param>
        protected abstract void Exchange(OptimiserState state);

        /// <summary>Moves to an evaluated point and completes an iteration.</summary>
        /// <param name="batch">The evaluated batch.</param>
        /// <param name="index">The point in it.</param>
        protected void MoveTo(EvaluationBatch batch, int index)
        {
            ReadOnlySpan<double> point = batch.Point(index);
            _stepSize = _iteration < 0 ? double.NaN : Vector.Distance(point, _point);
            _point = point.ToArray();
            _loss = batch.Values[index];
            _terms = batch.Terms(index).ToArray();
            if (batch.Wants(EvaluationNeeds.Gradient))
            {
                batch.Gradient(index).CopyTo(_gradient);
                _gradientNorm = Bounds.FreeNorm(_point, _gradient);
            }
            _iteration++;
        }

        /// <summary>Completes an iteration without moving, because no better point was found.</summary>
        protected void StayStuck()
        {
            _stepSize = 0;
            _stuck = 1;
            _iteration++;
        }

        private void ExchangeAll(OptimiserState state)
        {
            state.Exchange("point", ref _point);
            state.Exchange("gradient", ref _gradient);
            state.Exchange("terms", ref _terms);
            state.Exchange("loss", ref _loss);
            state.Exchange("gradientNorm", ref _gradientNorm);
            state.Exchange("stepSize", ref _stepSize);
            state.Exchange("rate", ref _rate);
            state.Exchange("iteration", ref _iteration);
            state.Exchange("stuck", ref _stuck);
            Exchange(state);
        }
    }
}
