using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Samples
{
    /// <summary>Three masses joined by three springs: the rest lengths that make them span a given area.</summary>
    public static class SpringTriangle
    {
        /// <summary>The area wanted, in square metres; the triangle starts at 0.005.</summary>
        public const double Target = 0.1;

        /// <summary>Three unit masses at rest, springs of 10 N/m and 1 N s/m, no gravity, a second in substeps of a millisecond.</summary>
        public static (ParticleWorld world, Springs springs) Build()
        {
            var world = new ParticleWorld(new ParticleOptions
            {
                Precision = Precision.Double, Integrator = ParticleIntegrator.Symplectic, TimeStep = 0.01, Substeps = 10,
            });
            world.Gravity = Double3.Zero;
            world.AddParticles(new[] { new Double3(0.3, 0.5, 0), new Double3(0.3, 0.4, 0), new Double3(0.4, 0.4, 0) });
            return (world, world.AddSprings(new[] { (0, 1), (1, 2), (2, 0) }, stiffness: 10, damping: 1));
        }

        /// <summary>Gradient descent on the rest lengths.</summary>
        /// <returns>The squared error of the area after a second before each step and after the last.</returns>
        public static double[] Tune(int iterations = 40, double rate = 5)
        {
            (ParticleWorld world, Springs springs) = Build();
            var losses = new double[iterations + 1];
            for (int iteration = 0; iteration <= iterations; iteration++)
            {
                world.Reset();
                world.Record();
                world.Step(100);
                Double3 a = world.Position(0), b = world.Position(1), c = world.Position(2), normal = Double3.Cross(b - a, c - a);
                double area = 0.5 * normal.Length, error = area - Target;
                losses[iteration] = error * error;
                Seed(world, 0, b - c, normal, error / area);
                Seed(world, 1, c - a, normal, error / area);
                Seed(world, 2, a - b, normal, error / area);
                world.Tape.Backward(retain: false);
                for (int s = 0; s < springs.Count; s++) springs.RestLength[s] -= rate * world.Tape.Gradient(springs.RestLength)[s];
            }

            world.Dispose();
            return losses;
        }

        // A corner that moves by d changes A^2 = n.n / 4 by (opposite x n) . d / 2, with n = (b - a) x (c - a).
        private static void Seed(ParticleWorld world, int corner, Double3 opposite, Double3 normal, double factor)
        {
            Buffer seed = world.Tape.Seed(world.State);
            Double3 slope = Double3.Cross(opposite, normal) * (0.5 * factor);
            for (int c = 0; c < 3; c++) seed[corner, c] = slope[c];
        }
    }
}
