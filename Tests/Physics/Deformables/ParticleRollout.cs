using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>
    /// Steps of a particle world that is made anew for each run, and the derivatives of a weighted sum of its last state in three ways:
    /// reverse mode, forward mode and central differences.
    /// </summary>
    internal sealed class ParticleRollout
    {
        public static readonly Executor Executor = Rollout.Shared;
        private readonly Func<ParticleWorld> make;
        private readonly int steps;

        public ParticleRollout(Func<ParticleWorld> make, int steps)
        {
            this.make = make;
            this.steps = steps;
        }

        public static ParticleOptions Double(ParticleIntegrator integrator = ParticleIntegrator.Ballistic, int substeps = 1, double step = 1.0 / 60) =>
            new ParticleOptions { Precision = Precision.Double, Integrator = integrator, Substeps = substeps, TimeStep = step, Executor = Executor };

        /// <summary>
        /// For every number of the buffers: reverse mode equals differences of fourth order to 1e-6 and forward mode to 1e-10, both relative to
        /// the largest slope by that buffer.
        /// </summary>
        public void AssertGradients(params Func<ParticleWorld, Buffer>[] parameters)
        {
            using ParticleWorld world = make();
            world.Record();
            world.Step(steps);
            ulong choices = world.Choices();
            double[] weights = Weights(world.State);
            Weigh(world.Tape.Seed(world.State), weights);
            world.Tape.Backward(retain: true);
            foreach (Func<ParticleWorld, Buffer> parameter in parameters)
            {
                Buffer buffer = parameter(world);
                Buffer gradient = world.Tape.Gradient(buffer);
                var reverse = new List<double>();
                var difference = new List<double>();
                var places = new List<(int e, int c)>();
                for (int e = 0; e < buffer.Elements; e += Math.Max(1, buffer.Elements / 5))
                    for (int c = 0; c < buffer.Components; c++)
                    {
                        places.Add((e, c));
                        reverse.Add(gradient[e, c]);
                        difference.Add(Difference(parameter, e, c, weights, choices));
                    }

                double scale = 0;
                foreach (double slope in difference) scale = Math.Max(scale, Math.Abs(slope));
                Assert.That(scale, Is.GreaterThan(1e-9), $"some slope by {buffer.Name}");
                for (int k = 0; k < places.Count; k++)
                    Assert.That(reverse[k], Is.EqualTo(difference[k]).Within(1e-6 * scale), $"by {buffer.Name}[{places[k].e}, {places[k].c}]");
                AssertForward(world, buffer, gradient, weights, scale);
            }
        }

        private static void AssertForward(ParticleWorld world, Buffer buffer, Buffer gradient, double[] weights, double scale)
        {
            Buffer tangent = world.Tape.SeedTangent(buffer);
            double expected = 0, size = 0;
            for (int e = 0; e < buffer.Elements; e++)
                for (int c = 0; c < buffer.Components; c++)
                {
                    tangent[e, c] = Math.Cos(e + 2.3 * c);
                    expected += tangent[e, c] * gradient[e, c];
                    size += Math.Abs(tangent[e, c] * gradient[e, c]);
                }

            world.Tape.Forward();
            double rate = 0;
            Buffer result = world.Tape.Tangent(world.State);
            for (int k = 0; k < weights.Length; k++) rate += weights[k] * result[k / 6, k % 6];
            Assert.That(rate, Is.EqualTo(expected).Within(1e-10 * Math.Max(size, scale)), $"forward mode by {buffer.Name}");
        }

        // On one smooth piece: where contacts choose otherwise within the step, it is made smaller.
        private double Difference(Func<ParticleWorld, Buffer> parameter, int e, int c, double[] weights, ulong choices)
        {
            (double, ulong) Run(double shift)
            {
                using ParticleWorld world = make();
                Buffer buffer = parameter(world);
                buffer[e, c] += shift;
                world.Step(steps);
                double sum = 0;
                for (int k = 0; k < weights.Length; k++) sum += weights[k] * world.State[k / 6, k % 6];
                return (sum, world.Choices());
            }

            double size;
            using (ParticleWorld world = make()) size = Math.Abs(parameter(world)[e, c]);
            double step = 2e-4 * (size > 1e-3 ? size : 0.05);
            for (int tries = 0; ; tries++, step *= 0.1)
            {
                bool isSmooth = true;
                double At(double shift)
                {
                    (double value, ulong made) = Run(shift);
                    isSmooth &= made == choices;
                    return value;
                }

                double slope = (8 * (At(step) - At(-step)) - (At(2 * step) - At(-2 * step))) / (12 * step);
                if (isSmooth || tries == 2) return slope;
            }
        }

        private static double[] Weights(Buffer state)
        {
            var weights = new double[state.Elements * 6];
            for (int k = 0; k < weights.Length; k++) weights[k] = Math.Sin(1 + 1.7 * k) * (k % 6 < 3 ? 1 : 0.1);
            return weights;
        }

        private static void Weigh(Buffer seed, double[] weights)
        {
            for (int k = 0; k < weights.Length; k++) seed[k / 6, k % 6] = weights[k];
        }
    }
}
