using System;
using System.Linq;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Tuning
{
    // Derivatives of the residuals by the motion: J v and J'w, each a kernel over the same lanes as the residuals themselves.
    internal sealed partial class LossEvaluator
    {
        private static readonly string[] Inputs = { "from", "to", "place", "data" };
        private Kernel _push, _pull;
        private Launch _pushLaunch, _pullLaunch;
        private Buffer[] _rates = new Buffer[0];

        // Rates of the residuals of the last evaluation where the motion changes at given rates.
        public void Push(Trajectories motion, Trajectories tangents, double[][] rates, int firstResidual)
        {
            int moments = Moments(motion.Samples);
            PrepareRates(moments * motion.Worlds);
            Span<double> state = stackalloc double[State];
            for (int lane = 0; lane < moments * motion.Worlds; lane++)
            {
                int w = lane / moments, k = lane % moments, frame = Frame(motion, w, k, out _);
                for (int b = 0; b < _loss.Bodies.Count; b++)
                {
                    for (int end = 0; end < 2; end++)
                    {
                        tangents.ReadThing(w, frame + end, BodyAt(k, b), state);
                        // A particle's rotation is none and does not change.
                        if (BodyAt(k, b) >= motion.Bodies) state[6] = 0;
                        for (int c = 0; c < State; c++) _rates[end][lane, b * State + c] = state[c];
                    }
                }
            }
            _pushLaunch.Run(_executor);
            for (int lane = 0; lane < moments * motion.Worlds; lane++)
            {
                double root = Math.Sqrt(_scale[lane]);
                for (int r = 0; r < ResidualsPerMoment; r++) rates[lane / moments][firstResidual + lane % moments * ResidualsPerMoment + r] = root * _rates[2][lane, r];
            }
        }

        // Adds, in each world, the gradient of one residual of the last evaluation to the cotangents of the motion; of none where its number lies outside of this term's.
        public void PullResiduals(Trajectories motion, int[] residuals, int firstResidual, Trajectories cotangents)
        {
            int moments = Moments(motion.Samples);
            PrepareRates(moments * motion.Worlds);
            _rates[2].Clear();
            int[] own = Array.ConvertAll(residuals, r => r - firstResidual);
            bool IsOwn(int w) => own[w] >= 0 && own[w] < moments * ResidualsPerMoment;
            for (int w = 0; w < motion.Worlds; w++)
            {
                int lane = w * moments + own[w] / ResidualsPerMoment;
                if (IsOwn(w)) _rates[2][lane, own[w] % ResidualsPerMoment] = Math.Sqrt(_scale[lane]);
            }
            _pullLaunch.Run(_executor);
            Span<double> state = stackalloc double[State];
            for (int w = 0; w < motion.Worlds; w++)
            {
                if (!IsOwn(w)) continue;
                int k = own[w] / ResidualsPerMoment, frame = Frame(motion, w, k, out _);
                for (int b = 0; b < _loss.Bodies.Count; b++)
                {
                    for (int end = 0; end < 2; end++)
                    {
                        for (int c = 0; c < State; c++) state[c] = _rates[3 + end][w * moments + k, b * State + c];
                        cotangents.AddToThing(w, frame + end, BodyAt(k, b), state);
                    }
                }
            }
        }

        private Real[] TraceResiduals(KernelBuilder k, out Real[] states)
        {
            Real[] from = k.Lane("from", _stateSize), to = k.Lane("to", _stateSize), place = k.Lane("place", 2);
            states = from.Concat(to).ToArray();
            var frame = new LossFrame(BodiesOf(from), BodiesOf(to), place[0], place[1], _dataSize > 0 ? k.Lane("data", _dataSize) : new Real[0]);
            return Array.ConvertAll(_loss.Formula(frame), Root);
        }

        private void TracePush(KernelBuilder k)
        {
            Real[] residuals = TraceResiduals(k, out Real[] states);
            Real[] rates = k.Lane("fromRate", _stateSize).Concat(k.Lane("toRate", _stateSize)).ToArray();
            k.Store("rate", Array.ConvertAll(residuals, r => Derivatives.Directional(r, states, rates)));
        }

        private void TracePull(KernelBuilder k)
        {
            Real[] residuals = TraceResiduals(k, out Real[] states);
            Real[] weights = k.Lane("rate", residuals.Length);
            Real sum = 0;
            for (int r = 0; r < residuals.Length; r++) sum += weights[r] * residuals[r];
            Real[] gradient = Derivatives.Gradient(sum, states);
            k.Store("fromCotangent", gradient.Take(_stateSize).ToArray());
            k.Store("toCotangent", gradient.Skip(_stateSize).ToArray());
        }

        private void PrepareRates(int lanes)
        {
            if (_rates.Length > 0 && _rates[0].Elements == lanes) return;
            DisposeResidualDerivatives();
            _push = _push ?? Kernel.Define($"loss {_loss.Name}, residual rates", TracePush);
            _pull = _pull ?? Kernel.Define($"loss {_loss.Name}, residual gradients", TracePull);
            string[] slots = { "fromRate", "toRate", "rate", "fromCotangent", "toCotangent" };
            int[] sizes = { _stateSize, _stateSize, ResidualsPerMoment, _stateSize, _stateSize };
            _rates = slots.Select((slot, i) => new Buffer(slot, lanes, sizes[i], Precision.Double)).ToArray();
            _pushLaunch = Bound(_push, lanes, slots);
            _pullLaunch = Bound(_pull, lanes, slots);
        }

        private Launch Bound(Kernel kernel, int lanes, string[] slots)
        {
            var launch = new Launch(kernel, lanes);
            foreach (KernelSlot slot in kernel.Slots)
            {
                int rate = Array.IndexOf(slots, slot.Name);
                launch.Bind(slot.Name, rate >= 0 ? _rates[rate] : _buffers[Array.IndexOf(Inputs, slot.Name)]);
            }
            return launch;
        }

        private void DisposeResidualDerivatives()
        {
            foreach (Buffer buffer in _rates) buffer.Dispose();
            _rates = new Buffer[0];
        }
    }
}
