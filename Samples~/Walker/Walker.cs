using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Samples
{
    /// <summary>A creature of six masses and eleven springs learns to walk: a small network sets the springs' rest lengths at each step.</summary>
    public sealed class Walker : IDisposable
    {
        /// <summary>Neurons of the hidden layer.</summary>
        public const int Hidden = 8;

        /// <summary>Sine and cosine of the gait, and height and velocity of each mass.</summary>
        public const int Inputs = 2 + 3 * Masses;

        // Strokes a second, and the part of its length by which a spring lengthens and shortens at most.
        private const double Gait = 2, Stroke = 0.25;
        private const int Masses = 6, Steps = 120;
        private readonly ParticleWorld world;
        private readonly Springs springs;
        private readonly Buffer time, lengths, hiddenWeights, outputWeights;
        private readonly Launch network;
        private readonly IndexBuffer[] senses = new IndexBuffer[Masses];

        /// <summary>Two squares of 0.5 m side by side with their diagonals, on ground with a friction of 0.7; steps of 1/60 s.</summary>
        /// <param name="seed">What the first weights are drawn by.</param>
        public Walker(int seed = 5)
        {
            world = new ParticleWorld(new ParticleOptions { Precision = Precision.Double, Substeps = 8 });
            world.AddObstacle(new PlaneShape(), PlaneShape.PoseFor(Double3.UnitY, 0), friction: 0.7);
            for (int m = 0; m < Masses; m++) world.AddParticle(new Double3(0.5 * (m / 2), 0.5 * (m % 2), 0));
            var pairs = new[] { (0, 1), (2, 3), (4, 5), (0, 2), (2, 4), (1, 3), (3, 5), (0, 3), (1, 2), (2, 5), (3, 4) };
            springs = world.AddSprings(pairs, stiffness: 1000, damping: 10);

            time = New("time", 1, 1);
            lengths = New("length", springs.Count, 1);
            hiddenWeights = New("hidden weights", 1, Hidden * (Inputs + 1));
            outputWeights = New("output weights", springs.Count, Hidden + 1);
            for (int s = 0; s < springs.Count; s++) lengths[s] = springs.RestLength[s];
            var random = new Random(seed);
            for (int k = 0; k < hiddenWeights.Components; k++) hiddenWeights[0, k] = 2 * random.NextDouble() - 1;
            for (int s = 0; s < springs.Count; s++)
                for (int k = 0; k < Hidden; k++) outputWeights[s, k] = 0.2 * (2 * random.NextDouble() - 1);

            network = new Launch(Network(), springs.Count).Bind("time", time).Bind("length", lengths).Bind("hidden weights", hiddenWeights)
                .Bind("output weights", outputWeights).Bind("rest length", springs.RestLength);
            for (int m = 0; m < Masses; m++)
            {
                senses[m] = new IndexBuffer("mass " + m, springs.Count);
                senses[m].Indices.Fill(m);
                network.Bind("state " + m, world.State).BindIndex("mass " + m, senses[m]);
            }
        }

        /// <summary>Walks for two seconds.</summary>
        /// <returns>How far the centre of mass came along x, in m.</returns>
        public double Walk()
        {
            world.Reset();
            world.Record();
            double from = Centre();
            for (int step = 0; step < Steps; step++)
            {
                world.Tape.BeginFrame();
                world.Tape.Write(time, 0, new[] { step / 60.0 });
                world.Tape.Run(network);
                world.Tape.EndFrame();
                world.Step();
            }

            return Centre() - from;
        }

        /// <summary>Plain gradient ascent on all weights of the network.</summary>
        /// <returns>The distance walked, in m, before each step and after the last.</returns>
        public double[] Learn(int iterations = 20, double rate = 0.02)
        {
            var distances = new double[iterations + 1];
            for (int iteration = 0; iteration <= iterations; iteration++)
            {
                distances[iteration] = Walk();
                Buffer seed = world.Tape.Seed(world.State);
                for (int m = 0; m < Masses; m++) seed[m, 0] = 1.0 / Masses;
                world.Tape.Backward(retain: false);
                Climb(hiddenWeights, rate);
                Climb(outputWeights, rate);
            }

            return distances;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            world.Dispose();
            foreach (Buffer buffer in new[] { time, lengths, hiddenWeights, outputWeights }) buffer.Dispose();
            foreach (IndexBuffer sense in senses) sense.Dispose();
        }

        private static Buffer New(string name, int elements, int components) => new Buffer(name, elements, components, Precision.Double);

        // One lane a spring; the hidden layer is the same for all.
        private static Kernel Network() => Kernel.Define("gait", k =>
        {
            var inputs = new Real[Inputs];
            Real phase = 2 * Math.PI * Gait * k.Shared("time");
            inputs[0] = Real.Sin(phase);
            inputs[1] = Real.Cos(phase);
            for (int m = 0; m < Masses; m++)
            {
                Real[] state = k.Gather("state " + m, "mass " + m, 6);
                inputs[3 * m + 2] = state[1];
                inputs[3 * m + 3] = 0.2 * state[3];
                inputs[3 * m + 4] = 0.2 * state[4];
            }

            Real[] first = k.Shared("hidden weights", Hidden * (Inputs + 1)), second = k.Lane("output weights", Hidden + 1);
            var hidden = new Real[Hidden];
            for (int h = 0; h < Hidden; h++) hidden[h] = Neuron(inputs, first, h * (Inputs + 1));
            k.Store("rest length", k.Lane("length") * (1 + Stroke * Neuron(hidden, second, 0)));
        });

        private static Real Neuron(Real[] inputs, Real[] weights, int offset)
        {
            Real sum = weights[offset + inputs.Length];
            for (int i = 0; i < inputs.Length; i++) sum += weights[offset + i] * inputs[i];
            return Real.Tanh(sum);
        }

        private double Centre()
        {
            double sum = 0;
            for (int m = 0; m < Masses; m++) sum += world.Position(m).X;
            return sum / Masses;
        }

        private void Climb(Buffer weights, double rate)
        {
            Buffer gradient = world.Tape.Gradient(weights);
            for (int e = 0; e < weights.Elements; e++)
                for (int c = 0; c < weights.Components; c++) weights[e, c] += rate * gradient[e, c];
        }
    }
}
