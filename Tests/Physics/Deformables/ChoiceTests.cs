using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>The number that tells runs with other contacts of particles apart.</summary>
    public class ChoiceTests
    {
        private const double Radius = 0.02;

        // Thrown at the ground, an obstacle or a static body: bounces, slides and sticks.
        [Test]
        public void RunsWithOtherContactsHaveOtherNumbers([Values] ParticleIntegrator integrator, [Values] bool isBody)
        {
            ulong Run(double height, double speed, int steps = 30)
            {
                World bodies = isBody ? new World(new WorldOptions { Precision = Precision.Double, Substeps = 2, Executor = ParticleRollout.Executor }) : null;
                ParticleOptions options = ParticleRollout.Double(integrator, 2);
                using var world = isBody ? new ParticleWorld(bodies, options) : new ParticleWorld(options);
                world.ContactRadius = Radius;
                if (isBody)
                {
                    bodies.AddStatic(new PlaneShape()).MadeOf(0.5, 0.6);
                    world.TouchBodies(0.5, 0.6);
                }
                else
                {
                    world.AddObstacle(new PlaneShape(), null, 0.5, 0.6);
                }

                world.AddParticle(new Double3(0, height, 0), 1, new Double3(speed, 0, 0));
                world.Record();
                world.Step(steps);
                ulong choices = world.Choices();
                world.Reset();
                world.Step(steps);
                Assert.That(world.Choices(), Is.EqualTo(choices), "again");
                return choices;
            }

            Assert.That(Run(0.2, 0), Is.EqualTo(Run(0.2001, 0)), "the same bounces");
            Assert.That(Run(0.2, 0.01), Is.Not.EqualTo(Run(0.2, 5)), "sticking and sliding impacts");
            Assert.That(Run(0.2, 0), Is.Not.EqualTo(Run(0.4, 0)), "a bounce more");
            Assert.That(Run(Radius, 0.1), Is.Not.EqualTo(Run(Radius, 3)), "slip that has ended, and that has not");
            Assert.That(Run(Radius, 3), Is.EqualTo(Run(Radius, 3.001)), "the same slip");
            Assert.That(Run(1, 0, 6), Is.EqualTo(Run(2, 1, 6)), "flight");
        }

        [Test]
        public void PairsThatMeetCount()
        {
            ulong Run(double speed, double beside)
            {
                using var world = new ParticleWorld(ParticleRollout.Double()) { Gravity = Double3.Zero, ContactRadius = 0.05 };
                world.AddParticle(Double3.Zero, 1, new Double3(speed, 0, 0));
                world.AddParticle(new Double3(0.35, beside, 0));
                world.TouchOneAnother();
                world.Step(12);
                return world.Choices();
            }

            Assert.That(Run(2, 0), Is.EqualTo(Run(2.001, 0.001)));
            Assert.That(Run(2, 0), Is.Not.EqualTo(Run(2, 0.2)), "no contact");
            Assert.That(Run(2, 0.01), Is.Not.EqualTo(Run(2, 0.09)), "sticking and sliding");
        }

        // Worlds side by side tell their own.
        [Test]
        public void EachWorldHasItsOwn()
        {
            ParticleOptions options = ParticleRollout.Double();
            options.Worlds = 2;
            using var world = new ParticleWorld(options);
            world.AddObstacle(new PlaneShape());
            world.AddParticle(new Double3(0, 0.5, 0));
            world.State[0, 1, 1] = 5;
            world.Step(30);
            Assert.That(world.Choices(0), Is.Not.EqualTo(world.Choices(1)));
        }
    }
}
