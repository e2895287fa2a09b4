using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Samples
{
    /// <summary>A soft cube is thrown onto the floor: its Lame parameters decide how it bounces, and are found from where it flies.</summary>
    public sealed class SoftBodyThrow : IDisposable
    {
        /// <summary>Where the centre of mass shall be in the end, in m.</summary>
        public readonly Double3 Target;

        private const int Frames = 48;
        private readonly ParticleWorld world;
        private readonly SoftBody body;

        /// <summary>The throw, and as its target the flight of a cube of the given parameters.</summary>
        /// <param name="mu">Lame's mu of the cube that shall be found, in Pa.</param>
        /// <param name="lambda">Lame's lambda of it, in Pa.</param>
        public SoftBodyThrow(double mu = 6000, double lambda = 12000)
        {
            world = new ParticleWorld(new ParticleOptions { Precision = Precision.Double, TimeStep = 1.0 / 60, Substeps = 16 });
            world.AddObstacle(new PlaneShape(), friction: 0.4);
            SoftMaterial material = SoftMaterial.Lame(mu, lambda);
            material.Density = 200;
            material.Viscosity = 10;
            body = world.AddSoftBody(TetrahedralMesh.Box(3, 3, 3, new Double3(0.3)), material, new Pose(new Double3(0, 0.5, 0)));
            Target = Fly(mu, lambda, false);
        }

        /// <summary>The two parameters, on a logarithmic scale, with their first guess.</summary>
        public static ParameterSet Parameters() => new ParameterSet(new[]
        {
            new Parameter("mu", 2500, 500, 50000, "Pa", ParameterScale.Logarithmic), new Parameter("lambda", 4000, 500, 100000, "Pa", ParameterScale.Logarithmic),
        });

        /// <summary>Squared distance of the centre from the target, in square metres, by (mu, lambda) in Pa.</summary>
        public FunctionObjective Objective() => new FunctionObjective(2, (point, gradient) =>
        {
            Double3 miss = Fly(point[0], point[1], gradient.Length > 0) - Target;
            if (gradient.Length > 0)
            {
                Buffer seed = world.Tape.Seed(world.State);
                double mass = TotalMass();
                for (int p = 0; p < world.Count; p++)
                    for (int c = 0; c < 3; c++) seed[p, c] = 2 * miss[c] * world.Mass[p] / mass;
                world.Tape.Backward(retain: false);
                gradient[0] = world.Tape.Gradient(body.Mu)[0];
                gradient[1] = world.Tape.Gradient(body.Lambda)[0];
            }

            return miss.LengthSquared;
        });

        /// <inheritdoc/>
        public void Dispose() => world.Dispose();

        private Double3 Fly(double mu, double lambda, bool isRecorded)
        {
            world.Reset();
            body.Mu[0] = mu;
            body.Lambda[0] = lambda;
            for (int p = 0; p < world.Count; p++)
            {
                world.State[p, 3] = 2;
                world.State[p, 4] = -3;
            }

            if (isRecorded) world.Record();
            else world.Tape.IsRecording = false;
            world.Step(Frames);
            Double3 centre = Double3.Zero;
            double mass = TotalMass();
            for (int p = 0; p < world.Count; p++) centre += world.Position(p) * (world.Mass[p] / mass);
            return centre;
        }

        private double TotalMass()
        {
            double mass = 0;
            for (int p = 0; p < world.Count; p++) mass += world.Mass[p];
            return mass;
        }
    }
}
