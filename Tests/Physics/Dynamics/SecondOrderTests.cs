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

        [Test]
        public void HessianProductsThroughJointsEqualDifferencesOfTheGradient()
        {
            double[] v = { 0.3, -0.2, 0.5, 0.7, 0.4, -0.6 }; // by speed of two bodies, mass of one, place of an anchor, stiffness of a spring and gravity
            double[] Derivatives(double by, bool second)
            {
                using World world = Branches();
                Add(b => b, by);
                world.Record();
                world.Step(6);
                Assert.That(world.State[6, 9], Is.Not.EqualTo(0).Within(0.01), "it swings");
                if (second)
                {
                    Add(world.Tape.SeedTangent, 1);
                    world.Tape.HessianSweep(world.State);
                    return Numbers(world.Tape.HessianProduct);
                }

                world.Tape.Backward(world.State);
                return Numbers(world.Tape.Gradient);

                void Add(Func<Buffer, Buffer> of, double times)
                {
                    of(world.State)[2, 7] += times * v[0];
                    of(world.State)[6, 10] += times * v[1];
                    of(world.Mass)[4, 0] += times * v[2];
                    of(world.JointFrames)[2, 0] += times * v[3];
                    of(world.JointNumbers)[5, Stiffness(world.Joints[5])] += times * v[4];
                    of(world.Environment)[0, 1] += times * v[5];
                }

                double[] Numbers(Func<Buffer, Buffer> of) => new[]
                {
                    of(world.State)[2, 7], of(world.State)[6, 10], of(world.Mass)[4, 0], of(world.JointFrames)[2, 0],
                    of(world.JointNumbers)[5, Stiffness(world.Joints[5])], of(world.Environment)[0, 1],
                };
            }

            const double h = 1e-5;
            double[] product = Derivatives(0, true), up = Derivatives(h, false), down = Derivatives(-h, false);
            for (int k = 0; k < product.Length; k++) Assert.That(product[k], Is.EqualTo((up[k] - down[k]) / (2 * h)).Within(1e-6 * (1 + Math.Abs(product[k]))), $"number {k}");
            Assert.That(Array.ConvertAll(product, Math.Abs), Has.All.GreaterThan(1e-5));
        }

        private static int Stiffness(Joint joint)
        {
            foreach (JointAxis axis in joint.Axes)
                if (!axis.IsLocked) return axis.Component(JointNumber.Stiffness);
            throw new ArgumentException("nothing is free");
        }

        // Six bodies: two chains that hang from one body, so that elimination fills blocks which the matrix does not have.
        private static World Branches()
        {
            World world = JointClosedFormTests.Empty(1.0 / 60, 2);
            Body still = world.AddStatic(), trunk = Link(still, 0, 0), last = trunk;
            for (int k = 1; k < 3; k++) last = Link(last, 0.2 * k, -0.2 * k);
            last = trunk;
            for (int k = 1; k < 4; k++) last = Link(last, -0.2 * k, -0.1 * k);
            world.Build();
            return world;

            Body Link(Body before, double x, double y)
            {
                Body link = world.AddBody().Weighing(0.3 + 0.1 * world.Bodies.Count).WithInertia(0.01, 0.02, 0.015).At(x, y, 0.05 * x).Moving(0, 0.3, x).Spinning(0.4, 0.2, 1);
                if (world.Bodies.Count == 7) world.AddHinge(before, link, new Double3(x + 0.1, y, 0), Double3.UnitZ).Sprung(2, 0.1, 0.3);
                else world.AddBall(before, link, new Double3(x + 0.1, y + 0.05, 0));
                return link;
            }
        }

        private static World Bounce()
        {
            World world = Rollout.WithGround();
            world.AddBody(new SphereShape(0.1)).At(0, 0.3, 0).Moving(0.5, -3, 0.2).Spinning(1, -2, 3).MadeOf(0.3, 0.7);
            return world;
        }
    }
}
