using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Samples
{
    /// <summary>A cloth is thrown so that its centre arrives at a point: the velocities of all its 289 particles are found.</summary>
    public sealed class ClothThrow : IObjective, IDisposable
    {
        /// <summary>Vertices of the sheet along an edge.</summary>
        public const int Side = 17;

        /// <summary>Where the centre of mass shall be after a second, in m.</summary>
        public static readonly Double3 Target = new Double3(3, 0.5, 1);

        private const int Particles = Side * Side, Frames = 60;
        private readonly ParticleWorld world;
        private readonly int worlds;

        /// <summary>The objective: squared distance of the centre from the target, in square metres, by 867 components of velocity.</summary>
        /// <param name="worlds">Throws that are simulated side by side.</param>
        public ClothThrow(int worlds = 1)
        {
            this.worlds = worlds;
            world = Build(worlds);
        }

        /// <inheritdoc/>
        public int Dimension => 3 * Particles;

        /// <inheritdoc/>
        public int ResidualCount => 0;

        /// <inheritdoc/>
        public IReadOnlyList<string> TermNames { get; } = Array.Empty<string>();

        /// <summary>Throws that were asked for so far.</summary>
        public int Simulations { get; private set; }

        /// <summary>A light square of a metre, with the drag of the air.</summary>
        public static ParticleWorld Build(int worlds = 1)
        {
            var world = new ParticleWorld(new ParticleOptions { Precision = Precision.Double, TimeStep = 1.0 / Frames, Substeps = 8, Worlds = worlds });
            world.AddCloth(TriangleMesh.Sheet(Side, Side, 1, 1), new ClothMaterial
            {
                Density = 0.2, WarpStiffness = 20, WeftStiffness = 20, ShearStiffness = 10, Damping = 0.001, BendingStiffness = 1e-3, Drag = 0.3,
            });
            return world;
        }

        /// <summary>The parameters: each component of each velocity, thrown at first with (2, 4, 0) m/s.</summary>
        public static ParameterSet Parameters()
        {
            var parameters = new Parameter[3 * Particles];
            for (int k = 0; k < parameters.Length; k++)
                parameters[k] = new Parameter($"velocity.{k / 3}.{"xyz"[k % 3]}", k % 3 == 0 ? 2 : k % 3 == 1 ? 4 : 0, unit: "m/s", typical: 1);
            return new ParameterSet(parameters);
        }

        /// <inheritdoc/>
        public void Evaluate(EvaluationBatch batch)
        {
            for (int first = 0; first < batch.Count; first += worlds) Throw(batch, first, Math.Min(worlds, batch.Count - first));
        }

        /// <inheritdoc/>
        public void Dispose() => world.Dispose();

        private void Throw(EvaluationBatch batch, int first, int count)
        {
            bool wantsGradient = batch.Wants(EvaluationNeeds.Gradient);
            Simulations += count;
            world.Reset();
            for (int w = 0; w < count; w++)
                for (int k = 0; k < Dimension; k++) world.State[k / 3, 3 + k % 3, w] = batch.Point(first + w)[k];
            if (wantsGradient) world.Record();
            else world.Tape.IsRecording = false;
            world.Step(Frames);

            Buffer seed = wantsGradient ? world.Tape.Seed(world.State) : null;
            double mass = 0;
            for (int p = 0; p < Particles; p++) mass += world.Mass[p];
            for (int w = 0; w < count; w++)
            {
                Double3 centre = Double3.Zero;
                for (int p = 0; p < Particles; p++) centre += world.Position(p, w) * (world.Mass[p] / mass);
                Double3 miss = centre - Target;
                batch.Values[first + w] = miss.LengthSquared;
                for (int p = 0; p < Particles && wantsGradient; p++)
                    for (int c = 0; c < 3; c++) seed[p, c, w] = 2 * miss[c] * world.Mass[p] / mass;
            }

            if (!wantsGradient) return;
            world.Tape.Backward(retain: false);
            Buffer gradient = world.Tape.Gradient(world.State);
            for (int w = 0; w < count; w++)
                for (int k = 0; k < Dimension; k++) batch.Gradient(first + w)[k] = gradient[k / 3, 3 + k % 3, w];
        }
    }
}
