using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Springs: gradients by everything, worlds side by side, errors.</summary>
    public class SpringTests
    {
        internal static readonly ParticleIntegrator[] Integrators = { ParticleIntegrator.Ballistic, ParticleIntegrator.Symplectic, ParticleIntegrator.SoftConstraints };

        [TestCaseSource(nameof(Integrators))]
        public void GradientsByEverything(ParticleIntegrator integrator)
        {
            var rollout = new ParticleRollout(() => Net(ParticleRollout.Double(integrator, 2), out _), 12);
            rollout.AssertGradients(
                w => w.State, w => w.PointMass, w => w.Drag, w => w.Force, w => w.Environment,
                w => w.Elements[0]["stiffness"], w => w.Elements[0]["damping"], w => w.Elements[0]["rest length"]);
        }

        // What is held constant has no gradient, and those by everything else keep their bits.
        [TestCaseSource(nameof(Integrators))]
        public void WhatIsHeldConstantHasNoGradient(ParticleIntegrator integrator)
        {
            ParticleWorld Swept(bool isHeld)
            {
                ParticleWorld world = Net(ParticleRollout.Double(integrator, 2), out _, isHeld ? new[] { "rest length" } : new string[0]);
                world.Record();
                world.Step(5);
                world.Tape.Seed(world.State)[4, 1] = 1;
                world.Tape.Backward(retain: false);
                return world;
            }

            using ParticleWorld held = Swept(true), free = Swept(false);
            Buffer stiffness = held.Tape.Gradient(held.Elements[0]["stiffness"]), expected = free.Tape.Gradient(free.Elements[0]["stiffness"]);
            for (int s = 0; s < expected.Elements; s++) Assert.That(stiffness[s], Is.EqualTo(expected[s]).And.Not.Zero);
            Assert.That(free.Tape.Gradient(free.Elements[0]["rest length"])[0], Is.Not.Zero);
            Assert.That(() => held.Tape.Gradient(held.Elements[0]["rest length"]), Throws.InstanceOf<TapeException>().With.Message.Contains("rest length"));
            Assert.That(() => held.Elements[0].HoldConstant("damping"), Throws.InvalidOperationException.With.Message.Contains("built"));
            Assert.That(() => Net(ParticleRollout.Double(integrator), out _, "length"), Throws.ArgumentException.With.Message.Contains("length"));
        }

        // By frequency and damping ratio: the swing of both ends has the frequency that was asked for, and is as a spring's of the same stiffness.
        [Test]
        public void TunedSpringsSwingAtTheirFrequency()
        {
            const double a = 0.3, b = 0.7, f = 2, z = 0.1, m = a * b / (a + b), w = 2 * Math.PI * f;
            Double3 Run(bool isTuned)
            {
                using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic, 8)) { Gravity = Double3.Zero };
                world.AddParticle(Double3.Zero, a);
                world.AddParticle(new Double3(1.2, 0, 0), b);
                if (isTuned) world.AddTunedSprings(new[] { (0, 1) }, f, z, 1);
                else world.AddSprings(new[] { (0, 1) }, m * w * w, 2 * z * m * w, 1);
                world.Step(45);
                return world.Position(1) - world.Position(0);
            }

            Assert.That(Double3.Distance(Run(true), Run(false)), Is.LessThan(1e-12));
            // l(t) - 1 = 0.2 e^(-z w t) (cos w' t + z w / w' sin w' t), to the order of the step.
            double t = 45 / 60.0, damped = w * Math.Sqrt(1 - z * z);
            Assert.That(Run(true).X - 1, Is.EqualTo(0.2 * Math.Exp(-z * w * t) * (Math.Cos(damped * t) + z * w / damped * Math.Sin(damped * t))).Within(2e-3));
        }

        [TestCaseSource(nameof(Integrators))]
        public void TunedSpringsHaveGradients(ParticleIntegrator integrator)
        {
            var rollout = new ParticleRollout(() =>
            {
                var world = new ParticleWorld(ParticleRollout.Double(integrator, 2));
                world.AddParticles(new[] { Double3.Zero, new Double3(1, 0.1, 0), new Double3(0.4, 0.9, 0.3) }, 0.2, new Double3(0.5, 1, -0.3));
                world.Pin(0);
                world.AddTunedSprings(new[] { (0, 1), (1, 2), (2, 0) }, new double[] { 2, 2.5, 3 }, 0.2, 0.8);
                world.Build();
                return world;
            }, 12);
            rollout.AssertGradients(w => w.State, w => w.PointMass, w => w.Elements[0]["frequency"], w => w.Elements[0]["damping ratio"], w => w.Elements[0]["rest length"]);
        }

        [Test]
        public void SeveralSweepsHaveGradients()
        {
            ParticleOptions options = ParticleRollout.Double(ParticleIntegrator.SoftConstraints, 2);
            options.Iterations = 3;
            var rollout = new ParticleRollout(() => Net(options, out _), 12);
            rollout.AssertGradients(w => w.State, w => w.Elements[0]["stiffness"], w => w.Elements[0]["damping"], w => w.PointMass);
        }

        [Test]
        public void MoreSweepsComeCloserToImplicitEuler()
        {
            double Difference(int iterations)
            {
                ParticleOptions options = ParticleRollout.Double(ParticleIntegrator.SoftConstraints);
                options.Iterations = iterations;
                ParticleOptions many = ParticleRollout.Double(ParticleIntegrator.SoftConstraints);
                many.Iterations = 300;
                using ParticleWorld world = Net(options, out _), exact = Net(many, out _);
                world.Step(1);
                exact.Step(1);
                return Double3.Distance(world.Position(4), exact.Position(4));
            }

            Assert.That(Difference(30), Is.LessThan(0.05 * Difference(1)));
        }

        [TestCaseSource(nameof(Integrators))]
        public void WorldsSideBySideAreAsAlone(ParticleIntegrator integrator)
        {
            ParticleOptions options = ParticleRollout.Double(integrator, 2);
            options.Worlds = 3;
            options.ParametersPerWorld = true;
            using ParticleWorld together = Net(options, out Springs springs);
            for (int w = 0; w < 3; w++) springs.Stiffness[1, 0, w] += 10 * w;
            together.Record();
            together.Step(15);
            for (int w = 0; w < 3; w++) together.Tape.Seed(together.State)[4, 1, w] = 1;
            together.Tape.Backward(retain: false);
            for (int w = 0; w < 3; w++)
            {
                using ParticleWorld alone = Net(ParticleRollout.Double(integrator, 2), out Springs own);
                own.Stiffness[1] += 10 * w;
                alone.Record();
                alone.Step(15);
                alone.Tape.Seed(alone.State)[4, 1] = 1;
                alone.Tape.Backward(retain: false);
                for (int p = 0; p < alone.Count; p++) Assert.That(together.Position(p, w), Is.EqualTo(alone.Position(p)));
                Assert.That(together.Tape.Gradient(springs.Stiffness)[1, 0, w], Is.EqualTo(alone.Tape.Gradient(own.Stiffness)[1]));
            }
        }

        // More springs than a block of lanes holds and more worlds than go together, each particle held by ends of both sides; on threads too.
        [Test]
        public void ManyWorldsOfManySpringsAreAsAlone([Values(1, 2)] int threads)
        {
            ParticleWorld Make(int worlds, Executor executor)
            {
                var world = new ParticleWorld(new ParticleOptions { Worlds = worlds, Substeps = 2, Executor = executor });
                var random = new Random(3);
                for (int p = 0; p < 40; p++) world.AddParticle(new Double3(random.NextDouble(), random.NextDouble(), random.NextDouble()), 0.1 + random.NextDouble());
                var pairs = new (int, int)[600];
                for (int s = 0; s < pairs.Length; s++)
                {
                    int a = random.Next(40);
                    pairs[s] = (a, (a + 1 + random.Next(39)) % 40);
                }

                world.AddSprings(pairs, 3, 0.01);
                world.AddCloth(TriangleMesh.Sheet(5, 5, 1, 1), new ClothMaterial { BendingStiffness = 1e-3, Drag = 0.1, Lift = 0.1 });
                world.Build();
                for (int w = 0; w < worlds; w++) world.State[3, 1, w] += 0.01 * w;
                return world;
            }

            void Run(ParticleWorld world, int worlds)
            {
                world.Record();
                world.Step(4);
                for (int w = 0; w < worlds; w++) world.Tape.Seed(world.State)[7, 1, w] = 1;
                world.Tape.Backward(retain: false);
            }

            Executor executor = Executor.CreateDefault();
            executor.Threads = threads;
            using ParticleWorld together = Make(70, executor);
            Run(together, 70);
            foreach (int w in new[] { 0, 66 })
            {
                using ParticleWorld alone = Make(1, ParticleRollout.Executor);
                alone.State[3, 1] += 0.01 * w;
                Run(alone, 1);
                Buffer gradient = alone.Tape.Gradient(alone.State), sideBySide = together.Tape.Gradient(together.State);
                for (int p = 0; p < alone.Count; p++)
                    for (int c = 0; c < 6; c++)
                    {
                        Assert.That(together.State[p, c, w], Is.EqualTo(alone.State[p, c]), $"state {p}, {c} of world {w}");
                        Assert.That(sideBySide[p, c, w], Is.EqualTo(gradient[p, c]), $"gradient {p}, {c} of world {w}");
                    }
            }
        }

        // Undamped: the explicit integrators swing about the start's energy, soft constraints only lose.
        [Test]
        public void EnergyBehavesAsEachIntegratorPromises()
        {
            foreach (ParticleIntegrator integrator in Integrators)
            {
                using var world = new ParticleWorld(ParticleRollout.Double(integrator, 4));
                world.AddParticle(Double3.Zero);
                world.Pin(0);
                var pairs = new List<(int, int)>();
                for (int p = 1; p < 6; p++)
                {
                    world.AddParticle(new Double3(0.2 * p, 0, 0), 0.1);
                    pairs.Add((p - 1, p));
                }

                world.AddSprings(pairs, 100);
                double Energy() => world.MeasureElasticEnergy()[0] + world.KineticEnergy() + world.PotentialEnergy();
                double start = Energy(), last = start;
                double least = start, most = start, leastLate = double.MaxValue, mostLate = double.MinValue;
                for (int frame = 0; frame < 600; frame++)
                {
                    world.Step();
                    double now = Energy();
                    if (integrator == ParticleIntegrator.SoftConstraints) Assert.That(now, Is.LessThan(last + 1e-9 * (1 + Math.Abs(last))), $"frame {frame}");
                    last = now;
                    (least, most) = (Math.Min(least, now), Math.Max(most, now));
                    if (frame >= 300) (leastLate, mostLate) = (Math.Min(leastLate, now), Math.Max(mostLate, now));
                }

                // The chain falls by about 1 m, so some 3 J go back and forth.
                TestContext.Out.WriteLine($"{integrator}: energy {start:F4} J at the start, between {least:F4} and {most:F4} J in 10 s, {last:F4} J then");
                if (integrator == ParticleIntegrator.SoftConstraints) continue;
                Assert.That(most - least, Is.LessThan(0.5));
                Assert.That(0.5 * (leastLate + mostLate), Is.EqualTo(start).Within(0.1));
            }
        }

        [Test]
        public void ConstantInertiaKeepsLessAndTheOtherGradients()
        {
            (double, double, long) Run(bool isConstant)
            {
                ParticleOptions options = ParticleRollout.Double(substeps: 3);
                options.ConstantInertia = isConstant;
                using ParticleWorld world = Net(options, out Springs springs);
                world.Record();
                world.Step(20);
                world.Tape.Seed(world.State)[4, 1] = 1;
                world.Tape.Backward(retain: false);
                if (isConstant) Assert.That(world.Tape.Depends(world.PointMass), Is.False);
                return (world.Tape.Gradient(springs.Stiffness)[2], world.Tape.Gradient(world.Environment)[0, 1], world.Tape.Report.SavedBytes);
            }

            (double stiffness, double gravity, long bytes) = Run(false);
            (double sameStiffness, double sameGravity, long fewer) = Run(true);
            Assert.That(sameStiffness, Is.EqualTo(stiffness));
            Assert.That(sameGravity, Is.EqualTo(gravity));
            Assert.That(fewer, Is.LessThan(0.75 * bytes));
        }

        [Test]
        public void RecordingChangesNoBit()
        {
            using ParticleWorld plain = Net(ParticleRollout.Double(substeps: 3), out _), recorded = Net(ParticleRollout.Double(substeps: 3), out _);
            recorded.Record();
            plain.Step(20);
            recorded.Step(20);
            for (int p = 0; p < plain.Count; p++) Assert.That(recorded.Position(p), Is.EqualTo(plain.Position(p)));
        }

        [Test]
        public void ResetRunsTheSameBitsAgain()
        {
            using ParticleWorld world = Net(ParticleRollout.Double(substeps: 3), out _);
            world.Step(20);
            Double3 first = world.Position(4);
            world.Reset();
            world.Step(20);
            Assert.That(world.Position(4), Is.EqualTo(first));
        }

        // Far beyond k = 4 m / h^2 explicit springs blow up: an error names who, where and what to do; soft constraints hold them.
        [Test]
        public void DivergenceIsNamed([Values] bool isCoupled, [Values(1, 2)] int worlds)
        {
            if (isCoupled && worlds > 1) return;
            ParticleWorld Chain(ParticleIntegrator integrator)
            {
                ParticleOptions options = ParticleRollout.Double(integrator);
                options.Worlds = worlds;
                World bodies = isCoupled ? new World(new WorldOptions { Precision = Precision.Double, Executor = ParticleRollout.Executor }) : null;
                bodies?.AddBody(new SphereShape(0.1));
                var world = isCoupled ? new ParticleWorld(bodies, options) : new ParticleWorld(options);
                world.AddParticles(new[] { Double3.Zero, new Double3(0.1, 0, 0), new Double3(0.2, 0.01, 0) }, 0.01);
                world.Pin(0);
                world.AddSprings(new[] { (0, 1), (1, 2) }, 1e6, restLength: 0.09);
                return world;
            }

            using ParticleWorld stiff = Chain(ParticleIntegrator.Ballistic), held = Chain(ParticleIntegrator.SoftConstraints);
            Assert.That(() => stiff.Step(1000), Throws.TypeOf<DivergenceException>()
                .With.Message.Contains("in frame").And.Message.Contains(worlds > 1 ? "particle 1 of world 0" : "particle 1 has").And.Message.Contains("k = 4 m / h^2"));
            held.Step(1000);
            Assert.That(held.Position(2).Length, Is.LessThan(0.3));
        }

        [Test]
        public void WrongInputIsNamed()
        {
            using var world = new ParticleWorld();
            world.AddParticle(Double3.Zero);
            world.AddParticle(Double3.UnitX, mass: 0);
            Assert.That(() => world.AddSprings(new[] { (0, 2) }, 1, name: "rope"), Throws.ArgumentException.With.Message.Contains("Element 0 of 'rope' names particle 2; there are 2"));
            Assert.That(() => world.AddSprings(new[] { (0, 0) }, 1, name: "rope"), Throws.ArgumentException.With.Message.Contains("twice"));
            Assert.That(() => world.AddSprings(new[] { (0, 1) }, -1, name: "rope"), Throws.ArgumentException.With.Message.Contains("'stiffness' of 'rope' must be finite and at least 0"));
            Assert.That(() => world.AddSprings(new[] { (0, 1) }, new double[] { 1, 2 }, name: "rope"), Throws.ArgumentException.With.Message.Contains("wants 1 numbers for all, or 1 for 1 elements; 2 were given"));
            Assert.That(() => world.AddParticle(Double3.Zero, -1), Throws.ArgumentException.With.Message.Contains("Particle 2"));
            Assert.That(() => world.Pin(7), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("no particle 7"));
            Assert.That(() => world.Build(), Throws.ArgumentException.With.Message.Contains("Particle 1 has no mass"));
            Assert.That(() => new ParticleWorld(new ParticleOptions { Substeps = 0 }), Throws.ArgumentException.With.Message.Contains("Substeps"));
            Assert.That(() => world.AddObstacle(new HeightFieldShape(new double[2, 2], 1, 1)), Throws.ArgumentException.With.Message.Contains("planes, spheres, capsules and boxes"));
        }

        [Test]
        public void ABuiltWorldIsClosed()
        {
            using ParticleWorld world = Net(ParticleRollout.Double(), out _);
            world.Step();
            Assert.That(() => world.AddParticle(Double3.Zero), Throws.InvalidOperationException.With.Message.Contains("has been built"));
        }

        // A pinned pyramid of springs, thrown.
        internal static ParticleWorld Net(ParticleOptions options, out Springs springs, params string[] constants)
        {
            var world = new ParticleWorld(options);
            world.AddParticles(new[] { new Double3(0, 0, 0), new Double3(1, 0, 0), new Double3(0.9, 0.1, 1), new Double3(0, 0, 1.1), new Double3(0.5, 0.8, 0.4) }, 0.2, new Double3(0.5, 1, -0.3));
            world.AddParticle(new Double3(0.5, 1.6, 0.5));
            world.Pin(5);
            springs = world.AddSprings(
                new[] { (0, 1), (1, 2), (2, 3), (3, 0), (0, 4), (1, 4), (2, 4), (3, 4), (4, 5) }, new double[] { 30, 40, 50, 60, 35, 45, 55, 65, 70 }, 0.2);
            springs.Elements.HoldConstant(constants);
            world.Build();
            for (int s = 0; s < springs.Count; s++)
                for (int w = 0; w < springs.RestLength.Worlds; w++) springs.RestLength[s, 0, w] *= 0.9;
            return world;
        }
    }
}
