using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Particles and cloth that touch the bodies they are coupled to: both ways, against closed forms, momentum and differences.</summary>
    public class BodyContactTests
    {
        private const double G = 9.81, Radius = 0.02;

        private static ClothMaterial Fabric => new ClothMaterial { Density = 0.5, WarpStiffness = 100, WeftStiffness = 100, ShearStiffness = 50, Damping = 0.001 };

        // A particle hits a box off its centre in free space: neither momentum nor angular momentum is lost, and v_n' = -e v_n.
        [Test]
        public void AnImpactKeepsMomentumAndAngularMomentum([Values(0, 0.3, 2)] double friction)
        {
            World bodies = Bodies(1, Double3.Zero);
            Body box = bodies.AddBody(new BoxShape(new Double3(0.3, 0.2, 0.25))).Weighing(2).MadeOf(friction, 0.6).Spinning(0.3, 0.2, -0.5).Moving(0.1, 0.2, 0);
            using ParticleWorld particles = Particles(bodies, friction, 0.6);
            particles.AddParticle(new Double3(0.2, 0.27, 0.1), 0.5, new Double3(-1, -4, 0.5));
            bodies.Build();
            (Double3 momentum, Double3 angular) = Momenta(bodies, particles);
            bodies.Step(3);
            (Double3 momentumAfter, Double3 angularAfter) = Momenta(bodies, particles);
            Assert.That(particles.Velocity(0).Y, Is.GreaterThan(-1), "it has hit");
            Assert.That(Double3.Distance(momentum, momentumAfter), Is.LessThan(1e-13));
            Assert.That(Double3.Distance(angular, angularAfter), Is.LessThan(1e-13));
        }

        // Along a line: x(T) = x0 + v t + v' (T - t) for both, with t the time of impact, between steps.
        [Test]
        public void AParticleBouncesOffAFreeBall()
        {
            const double m = 0.5, mass = 2, e = 0.7, v = -3, V = 0.4, x0 = 1, R = 0.2, T = 30 / 60.0;
            static (double, double) Ends(double v, double x0)
            {
                double t = (x0 - R - Radius) / (V - v), change = -(1 + e) * (v - V) / (1 / m + 1 / mass);
                return (x0 + v * t + (v + change / m) * (T - t), V * t + (V - change / mass) * (T - t));
            }

            World bodies = Bodies(1, Double3.Zero);
            Body ball = bodies.AddBody(new SphereShape(R)).Weighing(mass).MadeOf(0, e).Moving(V, 0, 0);
            using ParticleWorld particles = Particles(bodies, 0, e);
            particles.AddParticle(new Double3(x0, 0, 0), m, new Double3(v, 0, 0));
            bodies.Record();
            bodies.Step(30);
            bodies.Tape.Seed(bodies.State)[ball.Index, 0] = 1;
            bodies.Tape.Seed(particles.State)[0, 0] = 2;
            bodies.Tape.Backward(retain: false);
            (double end, double other) = Ends(v, x0);
            Assert.That(particles.Position(0).X, Is.EqualTo(end).Within(1e-9));
            Assert.That(ball.Pose.Position.X, Is.EqualTo(other).Within(1e-9));
            static double Sum((double end, double other) ends) => 2 * ends.end + ends.other;
            const double d = 1e-4;
            Assert.That(bodies.Tape.Gradient(particles.State)[0, 3], Is.EqualTo((Sum(Ends(v + d, x0)) - Sum(Ends(v - d, x0))) / (2 * d)).Within(1e-7));
            Assert.That(bodies.Tape.Gradient(particles.State)[0, 0], Is.EqualTo((Sum(Ends(v, x0 + d)) - Sum(Ends(v, x0 - d))) / (2 * d)).Within(1e-7));
        }

        // On a body that stands still, at 60 Hz in one substep: the bounce and the stopping distance of obstacles' closed forms.
        [Test]
        public void GroundIsAsExactAsAnObstacle()
        {
            World bodies = Bodies(1, new Double3(0, -G, 0));
            bodies.AddStatic(new PlaneShape()).MadeOf(0.5, 0.8);
            using ParticleWorld particles = Particles(bodies, 0.5, 0.8);
            int bouncing = particles.AddParticle(new Double3(0, 1 + Radius, 0)), sliding = particles.AddParticle(new Double3(0, Radius, 1), 1, new Double3(2, 0, 0));
            bodies.Step(42);
            double t1 = Math.Sqrt(2 / G), rest = 0.7 - t1;
            Assert.That(particles.Position(bouncing).Y, Is.EqualTo(Radius + 0.8 * G * t1 * rest - G * rest * rest / 2).Within(1e-9));
            bodies.Step(18);
            Assert.That(particles.Position(sliding).X, Is.EqualTo(4 / (2 * 0.5 * G)).Within(1e-9));
            Assert.That(particles.Velocity(sliding).Length, Is.LessThan(1e-12));
        }

        [TestCase(0.3)]
        [TestCase(0.7)]
        public void AnInclineHoldsOrLetsSlide(double friction)
        {
            const double angle = 0.5;
            World bodies = Bodies(1, new Double3(0, -G, 0));
            bodies.AddStatic(new PlaneShape()).At(PlaneShape.PoseFor(new Double3(-Math.Sin(angle), Math.Cos(angle), 0), -Radius)).MadeOf(friction, 0);
            using ParticleWorld particles = Particles(bodies, friction, 0);
            particles.AddParticle(Double3.Zero);
            bodies.Step(60);
            double acceleration = Math.Max(0, G * (Math.Sin(angle) - friction * Math.Cos(angle)));
            Assert.That(particles.Position(0).Length, Is.EqualTo(0.5 * acceleration).Within(1e-9));
        }

        // Both move, and the particle glances off: through time, normal and slip, by everything that the two have.
        [Test]
        public void ShapesHaveGradients([Values(0, 1, 2, 3, 4, 5, 6)] int kind)
        {
            var hosts = new Dictionary<ParticleWorld, World>();
            var rollout = new ParticleRollout(() =>
            {
                World bodies = Bodies(2, new Double3(0, -G, 0));
                Body body = kind < 4 ? bodies.AddBody(Solid(kind)).Weighing(1.5).Moving(0.2, 0.5, -0.1).Spinning(0.4, -0.3, 0.5)
                    : bodies.AddStatic(kind == 4 ? new PlaneShape() : Ground(kind == 5));
                body.At(new Pose(new Double3(0.1, 0, 0), DoubleQuaternion.FromVector(new Double3(0.1, 0.2, 0.15)))).MadeOf(0.1, 0.5);
                var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = (ParticleIntegrator)(kind % 3) }) { ContactRadius = 0.05 };
                particles.TouchBodies(0.05, 0.6);
                particles.AddParticle(new Double3(kind == 5 ? 1 : kind == 3 ? 0 : -0.1, 0.8, kind == 5 ? 1 : 0.05), 0.3, new Double3(0.6, -3, 0.3));
                particles.Build();
                hosts[particles] = bodies;
                return particles;
            }, 24);
            var parameters = new List<Func<ParticleWorld, Buffer>> { w => w.State, w => hosts[w].State, w => hosts[w].Materials, w => w.ContactMaterial, w => w.Environment };
            if (kind != 3 && kind < 5) parameters.Add(w => hosts[w].Shapes); // others keep their proportions, or have no sizes
            if (kind < 4) parameters.AddRange(new Func<ParticleWorld, Buffer>[] { w => w.PointMass, w => hosts[w].Mass });
            rollout.AssertGradients(parameters.ToArray());
        }

        [Test]
        public void GradientsGoThroughManyContactsAtOnce([Values(ParticleIntegrator.Ballistic, ParticleIntegrator.SoftConstraints)] ParticleIntegrator integrator)
        {
            var hosts = new Dictionary<ParticleWorld, World>();
            var rollout = new ParticleRollout(() =>
            {
                World bodies = Bodies(2, new Double3(0, -G, 0));
                bodies.AddBody(new BoxShape(new Double3(0.3, 0.2, 0.25))).Weighing(0.4).At(0, -0.23, 0).Moving(0.4, 0, -0.1).Spinning(0.1, 0.5, 0.2).MadeOf(0.3, 0);
                var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = integrator }) { ContactRadius = Radius };
                particles.TouchBodies(0.3);
                particles.AddCloth(TriangleMesh.Sheet(3, 3, 0.4, 0.4), new ClothMaterial { Density = 0.8, WarpStiffness = 60, WeftStiffness = 50, ShearStiffness = 20, BendingStiffness = 0.01, Damping = 0.01 });
                particles.Build();
                for (int p = 0; p < particles.Count; p++) particles.State[p, 4] = -1.5 - 0.05 * p;
                hosts[particles] = bodies;
                return particles;
            }, 6);
            rollout.AssertGradients(w => hosts[w].State, w => hosts[w].Mass, w => hosts[w].Materials, w => w.Elements[0]["density"], w => w.Elements[0]["warp stiffness"]);
        }

        [Test]
        public void AClothAndABoxKeepTheirMomentum([Values] ParticleIntegrator integrator)
        {
            World bodies = Bodies(8, Double3.Zero);
            Body box = bodies.AddBody(new BoxShape(new Double3(0.15))).Weighing(0.5).Moving(0.3, 1.5, 0).Spinning(0.5, 1, 0.3);
            using ParticleWorld particles = Particles(bodies, 0.4, 0, integrator);
            Cloth cloth = particles.AddCloth(TriangleMesh.Sheet(9, 9, 0.5, 0.5), Fabric, new Pose(new Double3(0, 0.4, 0)));
            bodies.Build();
            particles.KineticEnergy();
            (Double3 momentum, _) = Momenta(bodies, particles);
            bodies.Step(40);
            (Double3 after, _) = Momenta(bodies, particles);
            Assert.That(box.Velocity.Y, Is.LessThan(1.4), "the cloth has been hit");
            Assert.That(Double3.Distance(momentum, after), Is.LessThan(1e-12));
            Assert.That(particles.Position(cloth.Particle(40)).Y, Is.GreaterThan(box.Pose.Position.Y + 0.1));
        }

        // A cloth falls on a box that slides by on its floor: it is carried along, and does not sink in.
        [Test]
        public void AClothIsCaughtByAMovingBox([Values(ParticleIntegrator.Ballistic, ParticleIntegrator.SoftConstraints)] ParticleIntegrator integrator)
        {
            World bodies = Bodies(8, new Double3(0, -G, 0), Precision.Float);
            bodies.AddStatic(new PlaneShape()).MadeOf(0, 0);
            Body box = bodies.AddBody(new BoxShape(new Double3(0.3, 0.15, 0.3))).Weighing(5).At(0, 0.15, 0).Moving(0.8, 0, 0).MadeOf(0.8, 0);
            using ParticleWorld particles = Particles(bodies, 0.8, 0, integrator);
            particles.AddCloth(TriangleMesh.Sheet(11, 11, 0.8, 0.8), Fabric, new Pose(new Double3(0.1, 0.5, 0)));
            bodies.Step(90);
            double lowest = 1, slowest = 10;
            Pose pose = box.Pose;
            for (int p = 0; p < particles.Count; p++)
            {
                Double3 inside = pose.InverseTransformPoint(particles.Position(p));
                double depth = Math.Min(0.3 + Radius - Math.Abs(inside.X), Math.Min(0.15 + Radius - Math.Abs(inside.Y), 0.3 + Radius - Math.Abs(inside.Z)));
                Assert.That(depth, Is.LessThan(0.005), $"depth of particle {p}");
                if (Math.Abs(inside.X) > 0.28 || Math.Abs(inside.Z) > 0.28) continue;
                lowest = Math.Min(lowest, inside.Y);
                slowest = Math.Min(slowest, particles.Velocity(p).X / box.Velocity.X);
            }

            TestContext.Out.WriteLine($"lowest on top {lowest - 0.15:F4} m, box at {box.Velocity.X:F3} m/s, cloth on it at {slowest:F3} of that");
            Assert.That(lowest, Is.EqualTo(0.15 + Radius).Within(0.003));
            Assert.That(slowest, Is.EqualTo(1).Within(0.05));
            Assert.That(box.Velocity.X, Is.LessThan(0.8));
        }

        [Test]
        public void ABallDroppedOnAPinnedSheetStaysOnIt([Values(ParticleIntegrator.Ballistic, ParticleIntegrator.SoftConstraints)] ParticleIntegrator integrator)
        {
            World bodies = Bodies(8, new Double3(0, -G, 0), Precision.Float);
            Body ball = bodies.AddBody(new SphereShape(0.12)).Weighing(0.3).At(0.05, 0.5, 0.03).MadeOf(0.5, 0).Damped(2, 2);
            using ParticleWorld particles = Particles(bodies, 0.5, 0, integrator);
            Cloth cloth = particles.AddCloth(TriangleMesh.Sheet(15, 15, 1, 1), Fabric);
            foreach (int corner in new[] { 0, 14, 14 * 15, 15 * 15 - 1 }) particles.Pin(cloth.Particle(corner));
            bodies.Step(240);
            double nearest = 1;
            for (int p = 0; p < particles.Count; p++) nearest = Math.Min(nearest, Double3.Distance(particles.Position(p), ball.Pose.Position) - 0.12 - Radius);
            TestContext.Out.WriteLine($"ball at {ball.Pose.Position}, moving at {ball.Velocity.Length:G3} m/s; nearest particle at {nearest:G3} m");
            Assert.That(ball.Pose.Position.Y, Is.GreaterThan(-0.5));
            Assert.That(ball.Velocity.Length, Is.LessThan(0.2));
            Assert.That(nearest, Is.EqualTo(0).Within(0.003));
        }

        // A heavy box and a ball that fall on a cloth on the ground lie on the cloth, not in it, and stay.
        [Test]
        public void AClothCarriesWhatLiesOnIt([Values(ParticleIntegrator.Ballistic, ParticleIntegrator.SoftConstraints)] ParticleIntegrator integrator)
        {
            World bodies = Bodies(8, new Double3(0, -G, 0), Precision.Float);
            bodies.AddStatic(new PlaneShape()).MadeOf(0.5, 0);
            Body box = bodies.AddBody(new BoxShape(new Double3(0.1, 0.05, 0.1))).Weighing(8).At(0.12, 0.2, 0.02).MadeOf(0.5, 0);
            Body ball = bodies.AddBody(new SphereShape(0.15)).Weighing(5).At(-0.17, 0.3, -0.02).MadeOf(0.5, 0).Damped(1, 3);
            using ParticleWorld particles = Particles(bodies, 0.5, 0, integrator);
            particles.AddCloth(TriangleMesh.Sheet(16, 10, 0.75, 0.45), Fabric, new Pose(new Double3(0, Radius, 0)));
            bodies.Step(150);
            TestContext.Out.WriteLine($"box at {box.Pose.Position}, at {box.Velocity.Length:G3} m/s; ball at {ball.Pose.Position}, at {ball.Velocity.Length:G3} m/s");
            Assert.That(box.Pose.Position.Y, Is.EqualTo(0.05 + 2 * Radius).Within(0.002));
            Assert.That(box.Velocity.Length, Is.LessThan(0.01));
            Assert.That(ball.Pose.Position.Y, Is.EqualTo(0.15 + 2 * Radius).Within(0.004));
            for (int p = 0; p < particles.Count; p++) Assert.That(particles.Position(p).Y, Is.GreaterThan(0.9 * Radius), $"height of particle {p}");
        }

        [Test]
        public void GradientsGoThroughAClothThatCarries([Values(ParticleIntegrator.Ballistic, ParticleIntegrator.SoftConstraints)] ParticleIntegrator integrator)
        {
            var hosts = new Dictionary<ParticleWorld, World>();
            var rollout = new ParticleRollout(() =>
            {
                World bodies = Bodies(2, new Double3(0, -G, 0));
                bodies.AddStatic(new PlaneShape()).MadeOf(0.3, 0);
                bodies.AddBody(new BoxShape(new Double3(0.3, 0.1, 0.25))).Weighing(2).At(0.01, 0.1 + 2.1 * Radius, 0.02).Moving(0.6, -0.5, -0.2).Spinning(0.2, 0.3, -0.1).MadeOf(0.3, 0);
                var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = integrator }) { ContactRadius = Radius };
                particles.TouchBodies(0.3);
                particles.AddCloth(TriangleMesh.Sheet(3, 3, 0.4, 0.4), new ClothMaterial { Density = 0.8, WarpStiffness = 60, WeftStiffness = 50, ShearStiffness = 20, Damping = 0.01 }, new Pose(new Double3(0, Radius, 0)));
                particles.Build();
                for (int p = 0; p < particles.Count; p++) (particles.State[p, 3], particles.State[p, 5]) = (1.5 + 0.05 * p, 0.6 - 0.03 * p); // it slides under the box
                hosts[particles] = bodies;
                return particles;
            }, 6);
            rollout.AssertGradients(w => hosts[w].State, w => hosts[w].Mass, w => hosts[w].Materials, w => w.Elements[0]["warp stiffness"]);
        }

        [Test]
        public void RecordedOrNotOrAgainTheBitsAreTheSame()
        {
            World bodies = Bodies(4, new Double3(0, -G, 0), Precision.Float);
            bodies.AddStatic(new PlaneShape());
            Body box = bodies.AddBody(new BoxShape(new Double3(0.15))).At(0, 0.2, 0).Moving(0.5, 0, 0);
            using ParticleWorld particles = Particles(bodies, 0.5, 0, ParticleIntegrator.SoftConstraints);
            particles.AddCloth(TriangleMesh.Sheet(7, 7, 0.5, 0.5), Fabric, new Pose(new Double3(0, 0.45, 0)));
            bodies.Step(40);
            (Double3 cloth, Double3 body) = (particles.Position(24), box.Pose.Position);
            bodies.Reset();
            bodies.Record();
            bodies.Step(40);
            Assert.That(particles.Position(24), Is.EqualTo(cloth));
            Assert.That(box.Pose.Position, Is.EqualTo(body));
        }

        [Test]
        public void WrongUseIsNamed()
        {
            using var alone = new ParticleWorld();
            Assert.That(() => alone.TouchBodies(), Throws.InvalidOperationException.With.Message.Contains("no bodies to touch"));
            World bodies = Bodies(1, Double3.Zero);
            using var particles = new ParticleWorld(bodies);
            Assert.That(() => particles.TouchBodies(-1), Throws.ArgumentException.With.Message.Contains("friction of particles"));
            Assert.That(() => particles.TouchBodies(1, 2), Throws.ArgumentException.With.Message.Contains("restitution of particles"));
            particles.AddParticle(Double3.Zero);
            bodies.AddBody(new SphereShape(0.1));
            particles.TouchBodies();
            Assert.That(() => bodies.Build(), Throws.ArgumentException.With.Message.Contains("positive ContactRadius"));
        }

        private static Shape Solid(int kind)
        {
            switch (kind)
            {
                case 0: return new SphereShape(0.4);
                case 1: return new CapsuleShape(0.3, 0.5);
                case 2: return new BoxShape(new Double3(0.4, 0.3, 0.5));
                default: return new HullShape(new[] { new Double3(0.5, -0.3, 0), new Double3(-0.4, -0.3, 0.4), new Double3(-0.4, -0.3, -0.4), new Double3(0, 0.4, 0.05) });
            }
        }

        private static Shape Ground(bool asHeights)
        {
            static double Height(int i, int j) => 0.1 * Math.Sin(2 * i) * Math.Cos(3 * j);
            var heights = new double[5, 5];
            var vertices = new List<Double3>();
            var triangles = new List<int>();
            for (int i = 0; i < 5; i++)
                for (int j = 0; j < 5; j++)
                {
                    heights[i, j] = Height(i, j);
                    vertices.Add(new Double3(0.6 * (i - 2), Height(i, j), 0.6 * (j - 2)));
                    if (i < 4 && j < 4) triangles.AddRange(new[] { 5 * i + j, 5 * i + j + 1, 5 * i + j + 5, 5 * i + j + 1, 5 * i + j + 6, 5 * i + j + 5 });
                }

            return asHeights ? (Shape)new HeightFieldShape(heights, 0.6, 0.6) : new TriangleMeshShape(vertices, triangles);
        }

        private static World Bodies(int substeps, Double3 gravity, Precision precision = Precision.Double) =>
            new World(new WorldOptions { Precision = precision, Substeps = substeps, Executor = ParticleRollout.Executor }) { Gravity = gravity };

        private static ParticleWorld Particles(World bodies, double friction, double restitution, ParticleIntegrator integrator = ParticleIntegrator.Ballistic)
        {
            var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = integrator }) { ContactRadius = Radius };
            particles.TouchBodies(friction, restitution);
            return particles;
        }

        private static (Double3, Double3) Momenta(World bodies, ParticleWorld particles)
        {
            (Double3 momentum, Double3 angular) = (bodies.Momentum, bodies.AngularMomentum);
            for (int p = 0; p < particles.Count; p++)
            {
                Double3 mv = particles.Velocity(p) * particles.Mass[p];
                momentum += mv;
                angular += Double3.Cross(particles.Position(p), mv);
            }

            return (momentum, angular);
        }
    }
}
