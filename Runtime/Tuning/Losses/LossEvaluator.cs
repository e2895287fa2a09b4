using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Evaluates one term on trajectories: one lane for each moment and world. The kernel computes phi, the sum of rho(r), the
    /// residuals, and the gradient of phi with respect to the states around the moment.
    /// </summary>
    internal sealed partial class LossEvaluator : IDisposable
    {
        private const int State = Trajectories.StateSize;
        private readonly TrajectoryLoss _loss;
        private readonly Executor _executor;
        private readonly Kernel _kernel;
        private readonly int _dataSize;
        private readonly int _stateSize;
        private Buffer[] _buffers = new Buffer[0];
        private Launch _launch;
        private double[] _phi = new double[0];
        private double[] _scale = new double[0];

        public LossEvaluator(TrajectoryLoss loss, Executor executor)
        {
            _loss = loss;
            _executor = executor;
            _dataSize = loss.Data == null ? 0 : loss.Data[0].Length;
            _stateSize = loss.Bodies.Count * State;
            _kernel = Kernel.Define("loss " + loss.Name, Trace);
        }

        public TrajectoryLoss Loss => _loss;

        public int ResidualsPerMoment { get; private set; }

        public int Moments(int samples) => _loss.Times?.Count ?? samples - 1;

        // Adds the term's value in each world; residuals (already weighted, so that their squares sum to the value) when wanted.
        public void Evaluate(Trajectories motion, Span<double> values, double[][] residuals, int firstResidual)
        {
            int moments = Moments(motion.Samples);
            int lanes = moments * motion.Worlds;
            Prepare(lanes);
            for (int w = 0; w < motion.Worlds; w++)
            {
                for (int k = 0; k < moments; k++) Load(motion, w, k, w * moments + k);
            }
            _launch.Run(_executor);
            if (_phi.Length < lanes) _phi = new double[lanes];
            if (_scale.Length < lanes) _scale = new double[lanes];
            _buffers[4].CopyTo(new Span<double>(_phi, 0, lanes));
            for (int w = 0; w < motion.Worlds; w++)
            {
                values[w] += Combine(w * moments, moments);
                if (residuals == null) continue;
                for (int k = 0; k < moments; k++)
                {
                    double root = Math.Sqrt(_scale[w * moments + k]);
                    for (int r = 0; r < ResidualsPerMoment; r++) residuals[w][firstResidual + k * ResidualsPerMoment + r] = root * _buffers[5][w * moments + k, r];
                }
            }
        }

        // Adds the gradient of the last evaluation to the cotangents of the motion.
        public void Pull(Trajectories motion, Trajectories cotangents)
        {
            int moments = Moments(motion.Samples);
            Span<double> state = stackalloc double[State];
            for (int w = 0; w < motion.Worlds; w++)
            {
                for (int k = 0; k < moments; k++)
                {
                    int lane = w * moments + k;
                    if (_scale[lane] == 0) continue;
                    int frame = Frame(motion, w, k, out _);
                    for (int b = 0; b < _loss.Bodies.Count; b++)
                    {
                        for (int end = 0; end < 2; end++)
                        {
                            for (int c = 0; c < State; c++) state[c] = _scale[lane] * _buffers[6 + end][lane, b * State + c];
                            cotangents.AddToThing(w, frame + end, BodyAt(k, b), state);
                        }
                    }
                }
            }
        }

        public void Dispose()
        {
            foreach (Buffer buffer in _buffers) buffer.Dispose();
            _buffers = new Buffer[0];
            DisposeResidualDerivatives();
        }

        private void Trace(KernelBuilder k)
        {
            Real[] from = k.Lane("from", _stateSize);
            Real[] to = k.Lane("to", _stateSize);
            Real[] place = k.Lane("place", 2);
            Real[] data = _dataSize > 0 ? k.Lane("data", _dataSize) : new Real[0];
            var frame = new LossFrame(BodiesOf(from), BodiesOf(to), place[0], place[1], data);
            Real[] residuals = _loss.Formula(frame);
            ResidualsPerMoment = residuals.Length;
            Real phi = 0;
            foreach (Real r in residuals) phi += _loss.IsCost ? r : Robust(r);
            var all = new Real[2 * _stateSize];
            from.CopyTo(all, 0);
            to.CopyTo(all, _stateSize);
            Real[] gradient = Derivatives.Gradient(phi, all);
            k.Store("phi", phi);
            k.Store("residuals", Array.ConvertAll(residuals, Root));
            k.Store("fromCotangent", new ArraySegment<Real>(gradient, 0, _stateSize).ToArray());
            k.Store("toCotangent", new ArraySegment<Real>(gradient, _stateSize, _stateSize).ToArray());
        }

        private Real Robust(Real r)
        {
            if (double.IsInfinity(_loss.Huber)) return r * r;
            Real size = Real.Abs(r);
            return Real.Select(size <= _loss.Huber, r * r, 2 * _loss.Huber * size - _loss.Huber * _loss.Huber);
        }

        // sign(r) sqrt(rho(r)): its square is what the loss counts.
        private Real Root(Real r)
        {
            if (double.IsInfinity(_loss.Huber) || _loss.IsCost) return r;
            Real size = Real.Abs(r);
            Real far = Real.Sqrt(Real.Max(2 * _loss.Huber * size - _loss.Huber * _loss.Huber, _loss.Huber * _loss.Huber));
            return Real.Select(size <= _loss.Huber, r, Real.Select(r < 0, -far, far));
        }

        private LossBody[] BodiesOf(Real[] states)
        {
            var bodies = new LossBody[_loss.Bodies.Count];
            for (int b = 0; b < bodies.Length; b++) bodies[b] = new LossBody(new ArraySegment<Real>(states, b * State, State).ToArray());
            return bodies;
        }

        private void Prepare(int lanes)
        {
            if (_buffers.Length > 0 && _buffers[0].Elements == lanes) return;
            Dispose();
            string[] slots = { "from", "to", "place", "data", "phi", "residuals", "fromCotangent", "toCotangent" };
            int[] sizes = { _stateSize, _stateSize, 2, Math.Max(1, _dataSize), 1, ResidualsPerMoment, _stateSize, _stateSize };
            _buffers = new Buffer[slots.Length];
            _launch = new Launch(_kernel, lanes);
            for (int i = 0; i < slots.Length; i++)
            {
                _buffers[i] = new Buffer(slots[i], lanes, sizes[i], Precision.Double);
                if (slots[i] != "data" || _dataSize > 0) Bind(slots[i], _buffers[i]);
            }
        }

        // A formula need not read all of its inputs, and then the kernel has no such slot.
        private void Bind(string slot, Buffer buffer)
        {
            foreach (KernelSlot known in _kernel.Slots)
            {
                if (known.Name == slot) _launch.Bind(slot, buffer);
            }
        }

        private void Load(Trajectories motion, int world, int moment, int lane)
        {
            int frame = Frame(motion, world, moment, out double fraction);
            Span<double> state = stackalloc double[State];
            for (int b = 0; b < _loss.Bodies.Count; b++)
            {
                for (int end = 0; end < 2; end++)
                {
                    motion.ReadThing(world, frame + end, BodyAt(moment, b), state);
                    for (int c = 0; c < State; c++) _buffers[end][lane, b * State + c] = state[c];
                }
            }
            _buffers[2][lane, 0] = fraction;
            _buffers[2][lane, 1] = motion.Durations[world] / (motion.Samples - 1);
            for (int d = 0; d < _dataSize; d++) _buffers[3][lane, d] = _loss.Data[moment][d];
        }

        private int BodyAt(int moment, int body) => _loss.MomentBodies == null ? _loss.Bodies[body] : _loss.MomentBodies[moment];

        private int Frame(Trajectories motion, int world, int moment, out double fraction)
        {
            int frames = motion.Samples - 1;
            fraction = 1;
            if (_loss.Times == null) return moment;
            double time = _loss.Times[moment];
            if (double.IsPositiveInfinity(time)) return frames - 1;
            double place = time / motion.Durations[world] * frames;
            double near = Math.Round(place);
            if (Math.Abs(place - near) < 1e-9) place = near;
            int frame = Math.Min(Math.Max((int)Math.Floor(place), 0), frames - 1);
            fraction = Math.Min(Math.Max(place - frame, 0), 1);
            return frame;
        }

        // The value from the moments' phi, and each moment's factor on its gradient.
        private double Combine(int first, int count)
        {
            double sum = 0;
            if (_loss.Softness == 0)
            {
                for (int k = 0; k < count; k++)
                {
                    _scale[first + k] = _loss.Weight * (_loss.MomentWeights == null ? 1.0 / count : _loss.MomentWeights[k]);
                    sum += _scale[first + k] * _phi[first + k];
                }
                return sum;
            }
            double least = double.PositiveInfinity;
            for (int k = 0; k < count; k++) least = Math.Min(least, _phi[first + k]);
            for (int k = 0; k < count; k++) sum += _scale[first + k] = Math.Exp((least - _phi[first + k]) / _loss.Softness);
            for (int k = 0; k < count; k++) _scale[first + k] *= _loss.Weight / sum;
            return _loss.Weight * (least - _loss.Softness * Math.Log(sum / count));
        }
    }
}
