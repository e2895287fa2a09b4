using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Particles and cloth that touch themselves and one another.</summary>
    public class PairContactTests
    {
        // Two in free flight meet between steps, end on a line with friction, and fly on together or glide apart; the time of impact is in the end positions.
        [Test]
        public void TwoMeetAtTheTimeOfTheClosedForm()
        {
            const double radius = 0.05, m = 0.3, n = 0.7, v = 3, gap = 0.8, end = 0.5;
            using var world = new ParticleWorld(ParticleRollout.Double()) { Gravity = Double3.Zero, ContactRadius = radius };
            world.AddParticle(Double3.Zero, m, new Double3(v, 0, 0));
            world.AddParticle(new Double3(gap, 0, 0), n);
            world.TouchOneAnother();
            world.Record();
            world.Step(30);
            world.Tape.Seed(world.State)[1, 0] = 1;
            world.Tape.Backward(retain: false);
            // They meet at t = (gap - 2 r) / v and share the momentum: x_1 = gap + (end - t) v m / (m + n).
            double t = (gap - 2 * radius) / v, share = m / (m + n);
            Assert.That(world.Position(1).X, Is.EqualTo(gap + (end - t) * v * share).Within(1e-12));
            Assert.That(world.Tape.Gradient(world.State)[0, 3], Is.EqualTo(end * share).Within(1e-10));
            Assert.That(world.Tape.Gradient(world.State)[1, 0], Is.EqualTo(1 - share).Within(1e-10));
            Assert.That(world.Tape.Gradient(world.Environment)[0, 4], Is.EqualTo(2 * share).Within(1e-10));
        }

        [Test]
        public void FastOnesDoNotGoThrough()
        {
            using var world = new ParticleWorld(ParticleRollout.Double()) { Gravity = Double3.Zero, ContactRadius = 0.05 };
            world.AddParticle(new Double3(-0.12, 0.01, 0), 1, new Double3(12, 0, 0));
            world.AddParticle(new Double3(0, 0, 0));
            world.TouchOneAnother(0);
            world.Step();
            Assert.That(world.Position(0).X, Is.LessThan(world.Position(1).X));
        }

        [Test]
        public void GradientsGoThroughPairs([Values] ParticleIntegrator integrator)
        {
            var rollout = new ParticleRollout(() => Pile(ParticleRollout.Double(integrator, 2)), 6);
            rollout.AssertGradients(w => w.State, w => w.PairFriction, w => w.Elements[0]["density"], w => w.Environment);
        }

        [Test]
        public void MomentumIsKept([Values] ParticleIntegrator integrator)
        {
            using ParticleWorld world = Pile(ParticleRollout.Double(integrator, 2));
            world.Gravity = Double3.Zero;
            (Double3 momentum, _) = Momenta(world);
            Double3 before = world.Velocity(4);
            world.Step(12);
            (Double3 after, _) = Momenta(world);
            Assert.That(Double3.Distance(world.Velocity(4), before), Is.GreaterThan(0.1));
            Assert.That(Double3.Distance(momentum, after), Is.LessThan(1e-13));
        }

        // Friction acts at the distance that the two keep, as on balls that do not turn; without it angular momentum is kept too.
        [Test]
        public void WithoutFrictionAngularMomentumIsKept()
        {
            using var world = new ParticleWorld(ParticleRollout.Double()) { Gravity = Double3.Zero, ContactRadius = 0.1 };
            world.AddParticle(new Double3(-0.4, 0.1, 0.05), 0.3, new Double3(3, 0.2, 0));
            world.AddParticle(Double3.Zero, 0.5);
            world.TouchOneAnother(0);
            (_, Double3 before) = Momenta(world);
            world.Step(12);
            (_, Double3 after) = Momenta(world);
            Assert.That(world.Velocity(1).Length, Is.GreaterThan(0.5));
            Assert.That(Double3.Distance(before, after), Is.LessThan(1e-13));
        }

        // A sheet folded over, its upper half let go above the lower one: it comes to lie on it.
        [Test]
        public void AFoldedSheetDoesNotPassThroughItself([Values(0, 0.5)] double friction)
        {
            const int side = 15;
            const double length = 0.6, step = length / (side - 1), radius = 0.4 * step;
            using var world = new ParticleWorld(new ParticleOptions { Integrator = ParticleIntegrator.SoftConstraints, Substeps = 8, Executor = ParticleRollout.Executor }) { ContactRadius = radius };
            world.AddObstacle(new PlaneShape(), friction: 0.5);
            Cloth cloth = world.AddCloth(TriangleMesh.Sheet(side, side, length, length), new ClothMaterial { Damping = 0.005 });
            world.TouchOneAnother(friction);
            world.Build();
            for (int p = 0; p < world.Count; p++)
            {
                Double3 x = cloth.Mesh.Vertices[p];
                bool isUpper = x.X > 1e-9;
                world.State[p, 0] = -Math.Abs(x.X) + (isUpper ? 0.3 * step : 0); // corners over faces
                world.State[p, 1] = isUpper ? 0.15 : radius;
                world.State[p, 2] = x.Z + (isUpper ? 0.4 * step : 0);
            }

            world.Step(180);
            double nearest = 1, speed = 0;
            int above = 0;
            for (int p = 0; p < world.Count; p++)
            {
                speed = Math.Max(speed, world.Velocity(p).Length);
                if (cloth.Mesh.Vertices[p].X < 2.5 * step) continue;
                double height = double.MinValue, best = 1;
                for (int q = 0; q < world.Count; q++)
                {
                    if (cloth.Mesh.Vertices[q].X > -0.5 * step) continue;
                    nearest = Math.Min(nearest, Double3.Distance(world.Position(p), world.Position(q)));
                    Double3 d = world.Position(p) - world.Position(q);
                    double across = Math.Sqrt(d.X * d.X + d.Z * d.Z);
                    if (across < best) (best, height) = (across, d.Y);
                }

                if (best > 0.71 * step) continue; // not over the lower half
                above++;
                Assert.That(height, Is.GreaterThan(0.2 * radius), $"height of particle {p} over what lies below");
            }

            TestContext.Out.WriteLine($"{above} particles lie on the lower half, the nearest pair at {nearest / (2 * radius):F3} of the distance kept, moving at up to {speed:G3} m/s");
            Assert.That(above, Is.GreaterThan(30));
            Assert.That(nearest, Is.GreaterThan(0.9 * 2 * radius));
        }

        // Without contact they would lie in one another.
        [Test]
        public void OneClothLiesOnAnother()
        {
            double Height(bool touches)
            {
                using var world = new ParticleWorld(new ParticleOptions { Integrator = ParticleIntegrator.SoftConstraints, Substeps = 8, Executor = ParticleRollout.Executor }) { ContactRadius = 0.02 };
                world.AddObstacle(new PlaneShape());
                TriangleMesh sheet = TriangleMesh.Sheet(9, 9, 0.4, 0.4);
                world.AddCloth(sheet, pose: new Pose(new Double3(0, 0.02, 0)));
                Cloth upper = world.AddCloth(sheet, pose: new Pose(new Double3(0.01, 0.2, 0.02), DoubleQuaternion.FromVector(new Double3(0, 0.3, 0))));
                if (touches) world.TouchOneAnother();
                world.Step(120);
                return world.Position(upper.Particle(40)).Y;
            }

            Assert.That(Height(false), Is.EqualTo(0.02).Within(0.002));
            Assert.That(Height(true), Is.GreaterThan(0.035));
        }

        [Test]
        public void WrongUseIsNamed()
        {
            using var many = new ParticleWorld(new ParticleOptions { Worlds = 2 });
            Assert.That(() => many.TouchOneAnother(), Throws.InvalidOperationException.With.Message.Contains("single world only"));
            using var world = new ParticleWorld();
            world.AddParticle(Double3.Zero);
            Assert.That(() => world.TouchOneAnother(-1), Throws.ArgumentException.With.Message.Contains("friction between particles"));
            Assert.That(() => world.PairFriction, Throws.InvalidOperationException.With.Message.Contains("do not touch one another"));
            using var thin = new ParticleWorld();
            thin.AddParticle(Double3.Zero);
            thin.TouchOneAnother();
            Assert.That(() => thin.Build(), Throws.ArgumentException.With.Message.Contains("positive ContactRadius"));
        }

        // A cloth that loose particles hit at an angle.
        private static ParticleWorld Pile(ParticleOptions options)
        {
            var world = new ParticleWorld(options) { ContactRadius = 0.06 };
            world.AddCloth(TriangleMesh.Sheet(3, 3, 0.3, 0.3), new ClothMaterial { Density = 2, WarpStiffness = 60, WeftStiffness = 50, ShearStiffness = 20, BendingStiffness = 0.01, Damping = 0.01 });
            world.AddParticle(new Double3(0.02, 0.2, 0.01), 0.1, new Double3(0.8, -2, 0.3));
            world.AddParticle(new Double3(-0.11, 0.25, 0.12), 0.05, new Double3(0.2, -2.2, -0.6));
            world.TouchOneAnother(0.1);
            world.Build();
            return world;
        }

        private static (Double3, Double3) Momenta(ParticleWorld world)
        {
            Double3 momentum = Double3.Zero, angular = Double3.Zero;
            world.KineticEnergy(); // makes the masses
            for (int p = 0; p < world.Count; p++)
            {
                Double3 mv = world.Velocity(p) * world.Mass[p];
                momentum += mv;
                angular += Double3.Cross(world.Position(p), mv);
            }

            return (momentum, angular);
        }
    }
}
