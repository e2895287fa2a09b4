using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Samples
{
    /// <summary>A mass held by springs to the corners of a cube is sent to a point by the rest lengths alone.</summary>
    public static class SpringCage
    {
        /// <summary>Where the mass shall be after a second, in m.</summary>
        public static readonly Double3 Target = new Double3(0.375, 0.125, 0.25);

        /// <summary>A unit mass in the middle of a unit cube, eight springs of 100 N/m and 10 N s/m, no gravity, steps of 1/30 s.</summary>
        public static (ParticleWorld world, Springs springs) Build()
        {
            var world = new ParticleWorld(new ParticleOptions
            {
                Precision = Precision.Double, Integrator = ParticleIntegrator.Symplectic, TimeStep = 1.0 / 30, Substeps = 1,
            });
            world.Gravity = Double3.Zero;
            int mass = world.AddParticle(Double3.Zero);
            var pairs = new (int, int)[8];
            for (int corner = 0; corner < 8; corner++)
            {
                int p = world.AddParticle(new Double3((corner & 1) - 0.5, (corner >> 1 & 1) - 0.5, (corner >> 2) - 0.5));
                world.Pin(p);
                pairs[corner] = (mass, p);
            }

            return (world, world.AddSprings(pairs, stiffness: 100, damping: 10));
        }

        /// <summary>Plain gradient descent on the rest lengths.</summary>
        /// <returns>The squared distance to the target, in square metres, before each step and after the last.</returns>
        public static double[] Tune(int iterations = 25, double rate = 0.5)
        {
            (ParticleWorld world, Springs springs) = Build();
            var losses = new double[iterations + 1];
            for (int iteration = 0; iteration <= iterations; iteration++)
            {
                world.Reset();
                world.Record();
                world.Step(30);
                Double3 miss = world.Position(0) - Target;
                losses[iteration] = miss.LengthSquared;
                Buffer seed = world.Tape.Seed(world.State);
                for (int c = 0; c < 3; c++) seed[0, c] = 2 * miss[c];
                world.Tape.Backward(retain: false);
                for (int s = 0; s < springs.Count; s++) springs.RestLength[s] -= rate * world.Tape.Gradient(springs.RestLength)[s];
            }

            world.Dispose();
            return losses;
        }
    }
}
