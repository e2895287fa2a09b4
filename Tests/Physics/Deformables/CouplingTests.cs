using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Particles and bodies that move together.</summary>
    public class CouplingTests
    {
        // A crate on a rope of springs: at rest each bears what hangs below it.
        [Test]
        public void ABodyHangsFromAParticle()
        {
            World bodies = Bodies(4);
            Body crate = bodies.AddBody(new BoxShape(new Double3(0.1))).At(0, -1, 0).Weighing(2);
            using var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = ParticleIntegrator.Symplectic });
            int hook = particles.AddParticle(Double3.Zero), link = particles.AddParticle(new Double3(0, -0.9, 0), 0.1);
            particles.Pin(hook);
            particles.AddSprings(new[] { (hook, link) }, 500, 5);
            particles.Attach(link, crate, 800, 10);
            bodies.Step(1200);
            // The body's gravity is ballistic: at the end of a substep, dampers see it moving at h g / 2.
            double g = 9.81, sag = g * 2.1 / 500, tie = g * 2 / 800, seen = 10 * g / 480 / 800;
            Assert.That(particles.Position(link).Y, Is.EqualTo(-0.9 - sag).Within(1e-3));
            Assert.That(crate.Pose.Position.Y, Is.EqualTo(-1 - sag - tie).Within(seen + 1e-3));
        }

        [Test]
        public void TogetherTheyKeepTheirMomentum()
        {
            World bodies = Bodies(2);
            bodies.Gravity = Double3.Zero;
            Body crate = bodies.AddBody(new BoxShape(new Double3(0.1, 0.2, 0.15))).At(0, 0, 0).Weighing(2).Moving(1, 0, 0.5).Spinning(1, 2, 3);
            using var particles = new ParticleWorld(bodies);
            int a = particles.AddParticle(new Double3(0.1, 0.2, 0), 0.5, new Double3(0, 3, 0)), b = particles.AddParticle(new Double3(0.1, 0.6, 0), 0.3);
            particles.AddSprings(new[] { (a, b) }, 50, 1);
            particles.Attach(a, crate, 300, 2);
            bodies.Build();
            Double3 Total() => bodies.Momentum + particles.Velocity(a) * 0.5 + particles.Velocity(b) * 0.3;
            Double3 before = Total();
            bodies.Step(60);
            Assert.That(Double3.Distance(Total(), before), Is.LessThan(1e-12));
            Assert.That(Double3.Distance(crate.Velocity, new Double3(1, 0, 0.5)), Is.GreaterThan(0.1));
        }

        // Far beyond what explicit ties hold, by soft constraints: a light crate hangs by four corners from pinned particles, and swings without gaining energy.
        [TestCase(1e3)]
        [TestCase(1e8)]
        public void ImplicitTiesHoldAtAnyStiffness(double stiffness)
        {
            World bodies = Bodies(1);
            Body crate = bodies.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.2))).Weighing(0.5).Moving(1, 0, 0.5).Spinning(0, 2, 0);
            using var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = ParticleIntegrator.SoftConstraints });
            var pairs = new List<(int, Body)>();
            for (int k = 0; k < 4; k++)
            {
                int p = particles.AddParticle(new Double3(k < 2 ? 0.2 : -0.2, 0.1, k % 2 == 0 ? 0.2 : -0.2), 0.01);
                particles.Pin(p);
                pairs.Add((p, crate));
            }

            particles.Attach(pairs, stiffness, 0);
            bodies.Step(600);
            // Four springs bear the weight: m g / (4 k); the rest is what ballistic flight does between ends of substeps.
            Assert.That(crate.Pose.Position.Y, Is.EqualTo(-0.5 * 9.81 / (4 * stiffness)).Within(1e-6));
            Assert.That(crate.Velocity.Length, Is.LessThan(0.1));
        }

        // A rope by soft constraints, with a tie as stiff as iron to a light crate and a heavy one below it.
        [Test]
        public void ImplicitTiesKeepMomentum()
        {
            World bodies = Bodies(8);
            bodies.Gravity = Double3.Zero;
            Body light = bodies.AddBody(new BoxShape(new Double3(0.05))).At(0.55, 0, 0).Weighing(0.1).Moving(0, 1, 0).Spinning(1, 2, 3), heavy = bodies.AddBody(new BoxShape(new Double3(0.1))).At(-0.1, 0, 0).Weighing(20).Moving(0, 0, 0.3);
            using var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = ParticleIntegrator.SoftConstraints });
            Rope rope = particles.AddRope(Double3.Zero, new Double3(0.5, 0, 0), 8, new RopeMaterial { StretchStiffness = 1e4 });
            particles.Attach(new[] { (rope.FirstParticle, heavy), (rope.LastParticle, light), (rope.LastParticle, heavy) }, new[] { 1e7, 1e7, 3 }, 1);
            bodies.Build();
            particles.KineticEnergy();
            Double3 Total()
            {
                Double3 sum = bodies.Momentum;
                for (int p = 0; p < particles.Count; p++) sum += particles.Velocity(p) * particles.Mass[p];
                return sum;
            }

            Double3 before = Total();
            bodies.Step(120);
            Assert.That(Double3.Distance(Total(), before), Is.LessThan(1e-10));
            Assert.That(Double3.Distance(light.Velocity, new Double3(0, 1, 0)), Is.GreaterThan(0.1));
            Assert.That(Double3.Distance(particles.Position(rope.LastParticle), light.Pose.TransformPoint(new Double3(-0.05, 0, 0))), Is.LessThan(1e-3));
        }

        // A kinematic body turns and leads what is tied to it along.
        [Test]
        public void AKinematicBodyLeadsAParticle([Values] ParticleIntegrator integrator)
        {
            World bodies = Bodies(8);
            Body arm = bodies.AddKinematic(new BoxShape(new Double3(0.1))).Moving(0.5, 0, 0).Spinning(0, 2, 0);
            using var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = integrator }) { Gravity = Double3.Zero };
            int tip = particles.AddParticle(new Double3(0.4, 0, 0), 0.05);
            particles.Attach(tip, arm, 500, 5);
            bodies.Step(120);
            Double3 wanted = arm.Pose.TransformPoint(new Double3(0.4, 0, 0));
            // m w^2 r / k outwards
            Assert.That(Double3.Distance(particles.Position(tip), wanted), Is.LessThan(0.01));
            Assert.That(arm.Velocity.X, Is.EqualTo(0.5).Within(1e-12), "nothing pulls it back");
        }

        [Test]
        public void GradientsGoThroughBoth([Values] ParticleIntegrator integrator)
        {
            var hosts = new Dictionary<ParticleWorld, (World bodies, Attachments ties)>();
            var rollout = new ParticleRollout(() =>
            {
                World bodies = Bodies(2);
                Body crate = bodies.AddBody(new BoxShape(new Double3(0.1, 0.2, 0.15))).At(0, 0, 0).Weighing(2).Moving(1, 0, 0.5).Spinning(1, 2, 3);
                var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = integrator });
                int a = particles.AddParticle(new Double3(0.1, 0.2, 0), 0.5, new Double3(0, 3, 0)), b = particles.AddParticle(new Double3(0.1, 0.6, 0), 0.3);
                particles.AddSprings(new[] { (a, b) }, 50, 1);
                Attachments ties = particles.Attach(a, crate, 300, 2);
                particles.Build();
                hosts[particles] = (bodies, ties);
                return particles;
            }, 12);
            rollout.AssertGradients(
                w => w.State, w => hosts[w].ties.Stiffness, w => hosts[w].ties.Damping, w => hosts[w].ties.Anchor, w => hosts[w].bodies.Mass, w => w.Elements[0]["stiffness"]);
        }

        [Test]
        public void TiesByFrequencyHaveGradients([Values(ParticleIntegrator.Ballistic, ParticleIntegrator.SoftConstraints)] ParticleIntegrator integrator)
        {
            var hosts = new Dictionary<ParticleWorld, (World bodies, Attachments ties)>();
            var rollout = new ParticleRollout(() =>
            {
                World bodies = Bodies(2);
                Body crate = bodies.AddBody(new BoxShape(new Double3(0.1, 0.2, 0.15))).At(0, 0, 0).Weighing(2).Moving(1, 0, 0.5).Spinning(1, 2, 3);
                var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = integrator });
                int a = particles.AddParticle(new Double3(0.1, 0.2, 0), 0.5, new Double3(0, 3, 0));
                Attachments ties = particles.AttachTuned(new[] { (a, crate) }, 4, 0.2);
                particles.Build();
                hosts[particles] = (bodies, ties);
                return particles;
            }, 12);
            rollout.AssertGradients(w => w.State, w => w.PointMass, w => hosts[w].ties.Stiffness, w => hosts[w].ties.Damping, w => hosts[w].bodies.Mass);
        }

        [Test]
        public void WrongCouplingIsNamed()
        {
            using var alone = new ParticleWorld();
            World bodies = Bodies(1);
            Body crate = bodies.AddBody(new SphereShape(0.1));
            alone.AddParticle(Double3.Zero);
            Assert.That(() => alone.Attach(0, crate, 1), Throws.InvalidOperationException.With.Message.Contains("no bodies to attach to"));
            using var particles = new ParticleWorld(bodies);
            Assert.That(() => particles.Attach(0, crate, 1), Throws.ArgumentException.With.Message.Contains("names particle 0; there are 0"));
            particles.AddParticle(Double3.Zero);
            Assert.That(() => particles.Attach(0, crate, -1), Throws.ArgumentException.With.Message.Contains("stiffness of attachments"));
            bodies.Build();
            Assert.That(() => new ParticleWorld(bodies), Throws.InvalidOperationException.With.Message.Contains("has been built"));
        }

        private static World Bodies(int substeps) => new World(new WorldOptions { Precision = Precision.Double, Substeps = substeps, Executor = ParticleRollout.Executor });
    }
}
