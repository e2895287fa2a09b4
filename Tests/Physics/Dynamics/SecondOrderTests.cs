using System;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Hessian-vector products through whole simulations.</summary>
    public class SecondOrderTests
    {
        [Test]
        public void HessianProductsThroughImpactsEqualDifferencesOfTheGradient()
        {
            double[] v = { 0.3, -0.2, 0.5, 0.7, 0.4, -0.6, 0.2, -0.1, 0.9, 0.3 }; // by position, velocity and spin of the ball, and gravity
            double[] Derivatives(double by, bool second)
            {
                using World world = Bounce();
                Add(world.State, world.Environment, by);
                world.Record();
                world.Step(12);
                Assert.That(world.State[1, 8], Is.GreaterThan(0), "it has bounced");
                Buffer state, environment;
                if (second)
                {
                    Add(world.Tape.SeedTangent(world.State), world.Tape.SeedTangent(world.Environment), 1);
                    world.Tape.HessianSweep(world.State);
                    (state, environment) = (world.Tape.HessianProduct(world.State), world.Tape.HessianProduct(world.Environment));
                }
                else
                {
                    world.Tape.Backward(world.State);
                    (state, environment) = (world.Tape.Gradient(world.State), world.Tape.Gradient(world.Environment));
                }
                var all = new double[14];
                for (int c = 0; c < 13; c++) all[c] = state[1, c];
                all[13] = environment[0, 1];
                return all;
            }

            void Add(Buffer state, Buffer environment, double by)
            {
                for (int c = 0; c < 3; c++) state[1, c] += by * v[c];
                for (int c = 0; c < 6; c++) state[1, 7 + c] += by * v[3 + c];
                environment[0, 1] += by * v[9];
            }

            const double h = 1e-5;
            double[] product = Derivatives(0, true), up = Derivatives(h, false), down = Derivatives(-h, false);
            double largest = 0;
            foreach (double each in product) largest = Math.Max(largest, Math.Abs(each));
            Assert.That(largest, Is.GreaterThan(0.1));
            for (int k = 0; k < product.Length; k++) Assert.That(product[k], Is.EqualTo((up[k] - down[k]) / (2 * h)).Within(1e-6 * (1 + largest)), $"number {k}");
        }

        private static World Bounce()
        {
            World world = Rollout.WithGround();
            world.AddBody(new SphereShape(0.1)).At(0, 0.3, 0).Moving(0.5, -3, 0.2).Spinning(1, -2, 3).MadeOf(0.3, 0.7);
            return world;
        }
    }
}
