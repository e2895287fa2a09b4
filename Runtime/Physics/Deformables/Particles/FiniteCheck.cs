using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>Looks now and then whether all particles have numbers for states: adds them up, and where the sum is none searches for the particle.</summary>
    internal sealed class FiniteCheck
    {
        private const int Every = 32; // substeps: often enough to name the cause, seldom enough to cost nothing
        private readonly Buffer state, sum;
        private readonly Launch launch;
        private readonly ParticleOptions options;
        private int since;

        public FiniteCheck(ParticleBuffers particles, ParticleOptions options)
        {
            state = particles.State;
            this.options = options;
            sum = new Buffer("sum of states", 1, 1, options.Precision, options.Worlds);
            launch = new Launch(Kernel.Define("sum of states", k =>
            {
                Real[] numbers = k.Lane("state", ParticleBuffers.StateSize);
                Real total = 0;
                foreach (Real number in numbers) total += Real.Abs(number);
                k.Sum("sum", total);
            }), state.Elements).Bind("state", state).Bind("sum", sum);
        }

        /// <exception cref="DivergenceException">A particle has no numbers for a state.</exception>
        public void EndStep(Executor executor, int frame)
        {
            since += options.Substeps;
            if (since < Every) return;
            since = 0;
            sum.Clear();
            launch.Run(executor);
            for (int w = 0; w < options.Worlds; w++)
            {
                if (IsFinite(sum[0, 0, w])) continue;
                for (int p = 0; p < state.Elements; p++)
                    for (int c = 0; c < ParticleBuffers.StateSize; c++)
                        if (!IsFinite(state[p, c, w])) throw new DivergenceException(frame, p, w, options.Worlds > 1, Cause);
            }
        }

        public void Dispose() => sum.Dispose();

        private string Cause => "has no numbers for a state; look at masses and forces, " + (options.Integrator == ParticleIntegrator.SoftConstraints
            ? "or take more substeps" : "and take more substeps or soften what is stiff: explicit steps of h seconds hold springs below k = 4 m / h^2, soft constraints any");

        private static bool IsFinite(double a) => !double.IsNaN(a) && !double.IsInfinity(a);
    }
}
