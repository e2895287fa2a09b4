using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Stress of cloth and soft bodies: closed forms and patch tests.</summary>
    public class MaterialTests
    {
        // Stress of the stable neo-Hookean material along x under F = diag(s, t, t), with Lame's mu and lambda.
        private static double Stress(double s, double t, double mu, double lambda)
        {
            double m = 4.0 / 3 * mu, l = lambda + 5.0 / 6 * mu, size = s * s + 2 * t * t;
            return m * s * (1 - 1 / (size + 1)) + l * (s * t * t - 1 - 0.75 * m / l) * t * t;
        }

        // The lateral stretch at which the sides bear no stress.
        private static double Lateral(double s, double mu, double lambda)
        {
            double m = 4.0 / 3 * mu, l = lambda + 5.0 / 6 * mu;
            double Side(double t) => m * t * (1 - 1 / (s * s + 2 * t * t + 1)) + l * (s * t * t - 1 - 0.75 * m / l) * s * t;
            double at = 1 / Math.Sqrt(s);
            for (int k = 0; k < 60; k++) at -= Side(at) / Slope(Side, at);
            return at;
        }

        // A cube under uniaxial stress: force on a face, by stretch and by both parameters. After one symplectic step of length h from rest
        // the velocity is h f / m, so forces are read from velocities and differentiated with them.
        [TestCase(0.7)]
        [TestCase(1.3)]
        [TestCase(2.0)]
        public void UniaxialStressAndItsSlopes(double s)
        {
            const double mu = 3000, lambda = 7000, h = 1e-3;
            double t = Lateral(s, mu, lambda), side = 0.2;
            using ParticleWorld world = Cube(2, side, SoftMaterial.Lame(mu, lambda), h, out SoftBody body);
            for (int p = 0; p < world.Count; p++) Place(world, p, body.Mesh.Vertices[p] * new Double3(s, t, t));
            world.Record();
            world.Step();
            double force = 0, area = side * side, lateral = 0;
            Buffer seed = world.Tape.Seed(world.State);
            for (int p = 0; p < world.Count; p++)
            {
                double scale = world.Mass[p] / h;
                if (body.Mesh.Vertices[p].Y > 0.4 * side) lateral += world.Velocity(p).Y * scale;
                if (body.Mesh.Vertices[p].X < 0.4 * side) continue;
                force -= world.Velocity(p).X * scale;
                seed[p, 3] = -scale / area;
            }

            Assert.That(force / area, Is.EqualTo(Stress(s, t, mu, lambda)).Within(1e-9 * mu));
            Assert.That(lateral / area, Is.EqualTo(0).Within(1e-9 * mu));
            world.Tape.Backward(retain: false);
            Assert.That(world.Tape.Gradient(body.Mu)[0], Is.EqualTo(Slope(m => Stress(s, t, m, lambda), mu)).Within(1e-9));
            Assert.That(world.Tape.Gradient(body.Lambda)[0], Is.EqualTo(Slope(l => Stress(s, t, mu, l), lambda)).Within(1e-9));
            double byStretch = 0;
            for (int p = 0; p < world.Count; p++) byStretch += world.Tape.Gradient(world.State)[p, 0] * body.Mesh.Vertices[p].X;
            double expected = Slope(x => Stress(x, t, mu, lambda), s);
            Assert.That(byStretch, Is.EqualTo(expected).Within(1e-9 * Math.Abs(expected) + 1e-9 * mu));
        }

        // Small strains follow linear elasticity: Young's modulus and Poisson's ratio are what was asked for.
        [Test]
        public void SmallStrainsAreLinearlyElastic()
        {
            const double young = 1e4, poisson = 0.3, mu = young / (2 * (1 + poisson)), lambda = young * poisson / ((1 + poisson) * (1 - 2 * poisson));
            double t = Lateral(1 + 1e-5, mu, lambda);
            Assert.That((1 - t) / 1e-5, Is.EqualTo(poisson).Within(1e-4));
            Assert.That(Stress(1 + 1e-5, t, mu, lambda) / 1e-5, Is.EqualTo(young).Within(1e-3 * young));
            using ParticleWorld world = Cube(1, 0.2, SoftMaterial.Elastic(young, poisson), 1e-3, out SoftBody body);
            for (int p = 0; p < world.Count; p++) Place(world, p, body.Mesh.Vertices[p] * new Double3(1 + 1e-5, t, t));
            world.Step();
            double force = 0;
            for (int p = 0; p < world.Count; p++)
                if (body.Mesh.Vertices[p].X > 0) force -= world.Velocity(p).X * world.Mass[p] / 1e-3;
            Assert.That(force / 0.04, Is.EqualTo(Stress(1 + 1e-5, t, mu, lambda)).Within(1e-6));
        }

        // Patch tests: under any uniform strain of an uneven mesh, forces inside cancel.
        [Test]
        public void UniformStrainOfTetrahedraGivesUniformStress()
        {
            TetrahedralMesh box = TetrahedralMesh.Box(3, 3, 3, new Double3(0.3));
            bool[] isInside = Inside(box.Vertices.Count, v => box.Vertices[v].MaxAbs < 0.14);
            var mesh = new TetrahedralMesh(Moved(box.Vertices, isInside, 0.03), box.Tetrahedra);
            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic, step: 1e-3)) { Gravity = Double3.Zero };
            world.AddSoftBody(mesh, SoftMaterial.Lame(2000, 5000));
            var f = new Double3x3(new Double3(1.2, 0.1, -0.2), new Double3(0.3, 0.8, 0.1), new Double3(0, -0.1, 1.1));
            AssertInsideStays(world, mesh.Vertices, isInside, f, 2000 * 0.1 * 0.1);
        }

        [Test]
        public void UniformStrainOfClothGivesUniformStress()
        {
            TriangleMesh sheet = TriangleMesh.Sheet(5, 5, 0.4, 0.4);
            bool[] isInside = Inside(sheet.Vertices.Count, v => sheet.Vertices[v].MaxAbs < 0.19);
            Double3[] moved = Moved(sheet.Vertices, isInside, 0.03);
            for (int v = 0; v < moved.Length; v++) moved[v] *= new Double3(1, 0, 1);
            var mesh = new TriangleMesh(moved, sheet.Triangles);
            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic, step: 1e-3)) { Gravity = Double3.Zero };
            world.AddCloth(mesh, new ClothMaterial { WarpStiffness = 300, WeftStiffness = 200, ShearStiffness = 90, AreaStiffness = 50 });
            var f = new Double3x3(new Double3(1.2, 0.1, -0.2), Double3.Zero, new Double3(0.1, -0.1, 0.9));
            AssertInsideStays(world, mesh.Vertices, isInside, f, 300 * 0.1);
        }

        // A strip pulled along its warp bears k (s - 1) a metre.
        [Test]
        public void ClothPulledAlongItsWarpBearsItsStiffness()
        {
            TriangleMesh sheet = TriangleMesh.Sheet(4, 3, 0.3, 0.2);
            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic, step: 1e-3)) { Gravity = Double3.Zero };
            Cloth cloth = world.AddCloth(sheet, new ClothMaterial { WarpStiffness = 300, BendingStiffness = 0 });
            for (int p = 0; p < world.Count; p++) Place(world, p, sheet.Vertices[p] * new Double3(1.1, 1, 1));
            world.Record();
            world.Step();
            double force = 0;
            for (int p = 0; p < world.Count; p++)
            {
                if (sheet.Vertices[p].X < 0.1) continue;
                force -= world.Velocity(p).X * world.Mass[p] / 1e-3;
                world.Tape.Seed(world.State)[p, 3] = -world.Mass[p] / 1e-3;
            }

            world.Tape.Backward(retain: false);
            Assert.That(force / 0.2, Is.EqualTo(300 * 0.1).Within(1e-9));
            Assert.That(world.Tape.Gradient(cloth.WarpStiffness)[0] / 0.2, Is.EqualTo(0.1).Within(1e-9));
        }

        // Two triangles folded by t push the tip with the moment B w t.
        [Test]
        public void AFoldedHingeTurnsBackByItsRigidity()
        {
            const double angle = 0.4, rigidity = 0.02, h = 1e-3;
            var mesh = new TriangleMesh(new[] { new Double3(0, 0, -0.5), new Double3(0, 0, 0.5), new Double3(-1, 0, 0), new Double3(1, 0, 0) }, new[] { new[] { 0, 1, 3 }, new[] { 1, 0, 2 } });
            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic, step: h)) { Gravity = Double3.Zero };
            world.AddCloth(mesh, new ClothMaterial { WarpStiffness = 0, WeftStiffness = 0, ShearStiffness = 0, Damping = 0, BendingStiffness = rigidity });
            Place(world, 3, new Double3(Math.Cos(angle), Math.Sin(angle), 0));
            world.Step();
            var across = new Double3(-Math.Sin(angle), Math.Cos(angle), 0);
            double push = Double3.Dot(world.Velocity(3), across) * world.Mass[3] / h;
            Assert.That(push, Is.EqualTo(-rigidity * 3 * 1 / (0.5 + 0.5) * angle).Within(1e-12));
        }

        // What hangs stretches by its weight. One sweep a substep is off by a part that falls with the square of the substep; more sweeps are exact.
        [Test]
        public void AHangingRopeStretchesByItsWeight()
        {
            const int n = 10;
            double Error(int substeps, int iterations)
            {
                ParticleOptions options = ParticleRollout.Double(ParticleIntegrator.SoftConstraints, substeps);
                options.Iterations = iterations;
                using var world = new ParticleWorld(options);
                Rope rope = world.AddRope(Double3.Zero, new Double3(0, -1, 0), n, new RopeMaterial { Density = 0.5, StretchStiffness = 400, Damping = 0.02 });
                world.Pin(0);
                world.Step(300);
                // Segment i from the top, of length 1 / n, bears the weight of the n - i - 1/2 segments' masses below its middle.
                double length = 0;
                for (int i = 0; i < n; i++) length += (1 + 0.5 * 9.81 * (n - i - 0.5) / n / 400) / n;
                return Math.Abs(-world.Position(rope.LastParticle).Y / length - 1);
            }

            double one = Error(8, 1), half = Error(16, 1), many = Error(4, 40);
            TestContext.Out.WriteLine($"off by {one:G3} with 8 substeps, {half:G3} with 16, {many:G3} with 40 sweeps in each of 4");
            Assert.That(one, Is.LessThan(3e-3));
            Assert.That(half, Is.LessThan(0.3 * one));
            Assert.That(many, Is.LessThan(1e-6));
        }

        private static ParticleWorld Cube(int cells, double side, SoftMaterial material, double h, out SoftBody body)
        {
            var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic, step: h)) { Gravity = Double3.Zero };
            body = world.AddSoftBody(TetrahedralMesh.Box(cells, cells, cells, new Double3(side)), material);
            return world;
        }

        private static void Place(ParticleWorld world, int p, Double3 position)
        {
            for (int c = 0; c < 3; c++) world.State[p, c] = position[c];
        }

        private static void AssertInsideStays(ParticleWorld world, IReadOnlyList<Double3> vertices, bool[] isInside, Double3x3 f, double force)
        {
            for (int p = 0; p < world.Count; p++) Place(world, p, f * vertices[p]);
            world.Step();
            double most = 0;
            for (int p = 0; p < world.Count; p++)
            {
                double pull = world.Velocity(p).Length * world.Mass[p] / 1e-3;
                if (isInside[p]) Assert.That(pull, Is.LessThan(1e-10 * force), $"force on {p}");
                else most = Math.Max(most, pull);
            }

            Assert.That(most, Is.GreaterThan(0.01 * force), "a force outside");
        }

        private static bool[] Inside(int count, Func<int, bool> isInside)
        {
            var inside = new bool[count];
            for (int v = 0; v < count; v++) inside[v] = isInside(v);
            return inside;
        }

        private static Double3[] Moved(IReadOnlyList<Double3> vertices, bool[] which, double size)
        {
            var random = new Random(3);
            var moved = new Double3[vertices.Count];
            for (int v = 0; v < moved.Length; v++)
                moved[v] = vertices[v] + (which[v] ? new Double3(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5) * size : Double3.Zero);
            return moved;
        }

        private static double Slope(Func<double, double> f, double at)
        {
            double d = 1e-3 * Math.Abs(at);
            return (8 * (f(at + d) - f(at - d)) - (f(at + 2 * d) - f(at - 2 * d))) / (12 * d);
        }
    }
}
