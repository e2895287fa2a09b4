using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Triangles of cloth and of soft bodies that touch the corners of bodies, and small balls.</summary>
    public class TriangleContactTests
    {
        private const double G = 9.81, Radius = 0.01;

        private static ClothMaterial Fabric => new ClothMaterial { Density = 0.5, WarpStiffness = 200, WeftStiffness = 200, ShearStiffness = 100, Damping = 0.002 };

        // A ball bounces off a free triangle at a point with the shares w, which has the mass 1 / sum(w^2 / m), as of another ball on a line.
        [Test]
        public void ABallMeetsTheMassOfThePointThatItHits()
        {
            const double m = 0.3, mass = 0.5, speed = 2, gap = 0.5, round = 0.05, T = 0.5, e = 0.4;
            double[] shares = { 0.5, 0.3, 0.2 };
            World bodies = Bodies(1, Double3.Zero);
            Double3[] corners = { new Double3(-0.5, 0, -0.4), new Double3(0.1, 0, 0.6), new Double3(0.6, 0, -0.3) };
            Double3 place = corners[0] * shares[0] + corners[1] * shares[1] + corners[2] * shares[2];
            Body ball = bodies.AddBody(new SphereShape(round)).Weighing(mass).At(new Pose(place + new Double3(0, gap, 0))).Moving(0, -speed, 0).MadeOf(0, e);
            using ParticleWorld particles = Particles(bodies);
            AddTriangle(particles, corners, m);
            bodies.Record();
            bodies.Step(30);
            bodies.Tape.Seed(bodies.State)[ball.Index, 1] = 1;
            bodies.Tape.Backward(retain: false);
            double point = 0;
            foreach (double w in shares) point += w * w / m;
            double t = (gap - round - Radius) / speed, after = speed - (1 + e) * speed / (1 / mass + point) / mass;
            Assert.That(ball.Velocity.Y, Is.EqualTo(-after).Within(1e-12));
            Assert.That(ball.Pose.Position.Y, Is.EqualTo(gap - speed * t - after * (T - t)).Within(1e-9));
            // d y / d v: t depends on v.
            Assert.That(bodies.Tape.Gradient(bodies.State)[ball.Index, 8], Is.EqualTo(after / speed * T).Within(1e-9));
            Assert.That(bodies.Tape.Gradient(bodies.State)[ball.Index, 1], Is.EqualTo(after / speed).Within(1e-9));
        }

        // A corner of a spinning box hits a triangle in free space.
        [Test]
        public void MomentumAndAngularMomentumAreKept([Values(0, 0.4, 2)] double friction)
        {
            World bodies = Bodies(1, Double3.Zero);
            bodies.AddBody(new BoxShape(new Double3(0.1, 0.15, 0.12))).Weighing(2).At(Corner).Spinning(0.5, 0.3, -0.4).Moving(0.3, -2, 0.2).MadeOf(friction, 0.4);
            using ParticleWorld particles = Particles(bodies, friction, 0.4);
            AddTriangle(particles, new[] { new Double3(-0.5, 0, -0.4), new Double3(0.1, 0.05, 0.6), new Double3(0.6, 0, -0.3) }, 0.3);
            bodies.Build();
            (Double3 momentum, Double3 angular) = Momenta(bodies, particles);
            bodies.Step(12);
            (Double3 momentumAfter, Double3 angularAfter) = Momenta(bodies, particles);
            Assert.That(particles.Velocity(0).Y, Is.LessThan(-0.05), "it has been hit");
            Assert.That(Double3.Distance(momentum, momentumAfter), Is.LessThan(1e-12));
            Assert.That(Double3.Distance(angular, angularAfter), Is.LessThan(1e-12));
        }

        [Test]
        public void CornersHaveGradients([Values(0, 1, 2)] int kind)
        {
            var hosts = new Dictionary<ParticleWorld, World>();
            var rollout = new ParticleRollout(() =>
            {
                World bodies = Bodies(2, new Double3(0, -G, 0));
                Shape shape = kind == 0 ? new BoxShape(new Double3(0.1, 0.15, 0.12)) : kind == 1 ? (Shape)new SphereShape(0.05) : new CapsuleShape(0.04, 0.1);
                bodies.AddBody(shape).Weighing(0.8).At(kind == 0 ? Corner : new Pose(new Double3(0.05, 0.22, 0.03), DoubleQuaternion.FromVector(new Double3(0.3, 0.2, 0.1)))).Spinning(0.5, 0.3, -0.4).Moving(0.3, -2, 0.2).MadeOf(0.2, 0.4);
                var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = (ParticleIntegrator)kind }) { ContactRadius = Radius };
                particles.TouchBodies(0.2, 0.6, corners: true);
                particles.AddCloth(TriangleMesh.Sheet(3, 3, 0.6, 0.6), new ClothMaterial { Density = 0.8, WarpStiffness = 60, WeftStiffness = 50, ShearStiffness = 20, BendingStiffness = 0.01, Damping = 0.01 }, new Pose(new Double3(0.09, 0, 0.13)));
                particles.Pin(0);
                particles.Build();
                hosts[particles] = bodies;
                return particles;
            }, 8);
            rollout.AssertGradients(w => hosts[w].State, w => hosts[w].Mass, w => hosts[w].Shapes, w => w.ContactMaterial, w => w.Elements[0]["density"], w => w.Elements[0]["warp stiffness"], w => w.Environment);
        }

        // A box that falls on its corner onto a coarse sheet goes through it, between the particles, unless triangles touch it.
        [Test]
        public void ACornerDoesNotPokeThroughACoarseSheet([Values(ParticleIntegrator.Ballistic, ParticleIntegrator.SoftConstraints)] ParticleIntegrator integrator)
        {
            double Deepest(bool corners)
            {
                World bodies = Bodies(8, new Double3(0, -G, 0), Precision.Float);
                Body box = bodies.AddBody(new BoxShape(new Double3(0.06))).Weighing(0.3).At(new Pose(new Double3(0.07, 0.3, 0.09), DoubleQuaternion.FromVector(new Double3(0.6, 0, 0.6)))).Damped(1, 1);
                using ParticleWorld particles = Particles(bodies, 0.5, 0, integrator, corners);
                Cloth cloth = particles.AddCloth(TriangleMesh.Sheet(7, 7, 1.2, 1.2), Fabric);
                for (int v = 0; v < 49; v++)
                    if (v / 7 == 0 || v / 7 == 6 || v % 7 == 0 || v % 7 == 6) particles.Pin(cloth.Particle(v));
                double deepest = 0;
                for (int frame = 0; frame < 120; frame++)
                {
                    bodies.Step();
                    for (int k = 0; k < 8; k++) deepest = Math.Max(deepest, Below(particles, cloth, box.Pose.TransformPoint(new Double3((k & 1) * 2 - 1, (k & 2) - 1, (k >> 1 & 2) - 1) * 0.06)));
                }

                TestContext.Out.WriteLine($"with corners {corners}: box at {box.Pose.Position}, at {box.Velocity.Length:G3} m/s, a corner at most {deepest:F4} m below the sheet");
                return deepest;
            }

            Assert.That(Deepest(false), Is.GreaterThan(0.05));
            Assert.That(Deepest(true), Is.LessThan(0.001));
        }

        // A small ball rolls about on the skin of a soft block and does not sink into it.
        [Test]
        public void ABallLiesOnASoftBody()
        {
            World bodies = Bodies(16, new Double3(0, -G, 0));
            bodies.AddStatic(new PlaneShape());
            Body ball = bodies.AddBody(new SphereShape(0.04)).Weighing(0.1).At(0.03, 0.35, 0.05).Damped(0.5, 1);
            using ParticleWorld particles = Particles(bodies, 0.6, 0, ParticleIntegrator.SoftConstraints);
            SoftMaterial material = SoftMaterial.Elastic(2e4, 0.35);
            material.Density = 300;
            material.Viscosity = 20;
            particles.AddSoftBody(TetrahedralMesh.Box(2, 1, 2, new Double3(0.4, 0.2, 0.4)), material, new Pose(new Double3(0, 0.1 + Radius, 0)));
            bodies.Step(120);
            TestContext.Out.WriteLine($"ball at {ball.Pose.Position}, at {ball.Velocity.Length:G3} m/s");
            Assert.That(ball.Pose.Position.Y, Is.EqualTo(0.2 + 2 * Radius + 0.04).Within(0.01));
        }

        // One corner lowest, over the middle of a triangle.
        private static Pose Corner => new Pose(new Double3(0.05, 0.3, 0.03), DoubleQuaternion.FromVector(new Double3(0.6, 0.2, 0.5)));

        private static void AddTriangle(ParticleWorld particles, Double3[] corners, double mass)
        {
            // All the cloth's mass goes in thirds to its corners; it has no stiffness.
            var mesh = new TriangleMesh(corners, new[] { new[] { 0, 1, 2 } });
            particles.AddCloth(mesh, new ClothMaterial { Density = 3 * mass / mesh.AreaOf(0), WarpStiffness = 0, WeftStiffness = 0, ShearStiffness = 0, Damping = 0 });
        }

        // How far a point is below the triangle over it; 0 where there is none.
        private static double Below(ParticleWorld particles, Cloth cloth, Double3 point)
        {
            foreach (int[] t in cloth.Mesh.Triangles)
            {
                Double3 a = particles.Position(cloth.Particle(t[0])), e = particles.Position(cloth.Particle(t[1])) - a, f = particles.Position(cloth.Particle(t[2])) - a, r = point - a;
                double area = e.X * f.Z - e.Z * f.X, w1 = (r.X * f.Z - r.Z * f.X) / area, w2 = (e.X * r.Z - e.Z * r.X) / area;
                if (w1 >= 0 && w2 >= 0 && w1 + w2 <= 1) return a.Y + e.Y * w1 + f.Y * w2 - point.Y;
            }

            return 0;
        }

        private static World Bodies(int substeps, Double3 gravity, Precision precision = Precision.Double) =>
            new World(new WorldOptions { Precision = precision, Substeps = substeps, Executor = ParticleRollout.Executor }) { Gravity = gravity };

        private static ParticleWorld Particles(World bodies, double friction = 0, double restitution = 0, ParticleIntegrator integrator = ParticleIntegrator.Ballistic, bool corners = true)
        {
            var particles = new ParticleWorld(bodies, new ParticleOptions { Integrator = integrator }) { ContactRadius = Radius };
            particles.TouchBodies(friction, restitution, corners);
            return particles;
        }

        private static (Double3, Double3) Momenta(World bodies, ParticleWorld particles)
        {
            particles.KineticEnergy(); // makes the masses
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
