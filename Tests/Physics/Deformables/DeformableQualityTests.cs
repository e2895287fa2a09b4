using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>How cloth and soft bodies behave in the long run and under rough treatment.</summary>
    public class DeformableQualityTests
    {
        [TestCase(ParticleIntegrator.Ballistic)]
        [TestCase(ParticleIntegrator.SoftConstraints)]
        public void InvertedTetrahedraRecover(ParticleIntegrator integrator)
        {
            SoftMaterial material = SoftMaterial.Elastic(5e3, 0.4);
            material.Viscosity = 20;
            TetrahedralMesh mesh = TetrahedralMesh.Box(2, 2, 2, new Double3(0.2));
            using var world = new ParticleWorld(ParticleRollout.Double(integrator, 32)) { Gravity = Double3.Zero };
            world.AddSoftBody(mesh, material);
            // Turned inside out along y, and flattened.
            for (int p = 0; p < world.Count; p++) Place(world, p, mesh.Vertices[p] * new Double3(1.1, -0.5, 0.9) + new Double3(0.003 * Math.Sin(7 * p), 0.003 * Math.Cos(5 * p), 0.003 * Math.Sin(3 * p)));
            world.Step(240);
            double worst = 0;
            for (int t = 0; t < mesh.Tetrahedra.Count; t++)
            {
                int[] v = mesh.Tetrahedra[t];
                Double3 o = world.Position(v[0]);
                double volume = Double3.Dot(Double3.Cross(world.Position(v[1]) - o, world.Position(v[2]) - o), world.Position(v[3]) - o) / 6;
                worst = Math.Max(worst, Math.Abs(volume / mesh.VolumeOf(t) - 1));
                for (int k = 1; k < 4; k++)
                    worst = Math.Max(worst, Math.Abs(Double3.Distance(world.Position(v[k]), o) / Double3.Distance(mesh.Vertices[v[k]], mesh.Vertices[v[0]]) - 1));
            }

            Assert.That(worst, Is.LessThan(0.01), "change of any volume or edge");
        }

        [Test]
        public void ClothUnderPinsDoesNotDrift()
        {
            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.SoftConstraints, 4));
            Cloth cloth = world.AddCloth(TriangleMesh.Sheet(8, 8, 0.5, 0.5));
            world.Pin(cloth.Particle(0));
            world.Pin(cloth.Particle(7));
            for (int p = 0; p < world.Count; p++) world.Drag[p] = 0.002;
            world.Step(20 * 60);
            Double3[] before = Positions(world);
            world.Step(60 * 60);
            double drift = 0;
            for (int p = 0; p < world.Count; p++) drift = Math.Max(drift, Double3.Distance(world.Position(p), before[p]));
            TestContext.Out.WriteLine($"moved at most {drift:G3} m in 60 s");
            Assert.That(drift, Is.LessThan(1e-6));
        }

        // A stiff, light cloth in single precision and one substep a frame: soft constraints hold it all the same.
        [Test]
        public void SoftConstraintsHoldAtAnyStep()
        {
            foreach (int substeps in new[] { 1, 4 })
            {
                using var world = new ParticleWorld(new ParticleOptions { Integrator = ParticleIntegrator.SoftConstraints, Substeps = substeps, Executor = ParticleRollout.Executor });
                Cloth cloth = world.AddCloth(TriangleMesh.Sheet(24, 24, 0.5, 0.5), new ClothMaterial { WarpStiffness = 5000, WeftStiffness = 5000, ShearStiffness = 2500, BendingStiffness = 1e-3 });
                world.Pin(cloth.Particle(0));
                world.Pin(cloth.Particle(23));
                world.Step(240);
                for (int p = 0; p < world.Count; p++)
                {
                    Assert.That(world.Position(p).IsFinite, $"particle {p} with {substeps} substeps");
                    Assert.That(world.Position(p).Length, Is.LessThan(3));
                }
            }
        }

        // A stiff block, turned inside out and thrown, in long substeps.
        [Test]
        public void SoftConstraintsHoldStiffBlocks()
        {
            foreach (double young in new[] { 1e4, 1e6 })
            {
                using var world = new ParticleWorld(new ParticleOptions { Integrator = ParticleIntegrator.SoftConstraints, Substeps = 2, Executor = ParticleRollout.Executor });
                TetrahedralMesh mesh = TetrahedralMesh.Box(3, 3, 3, new Double3(0.3));
                world.AddObstacle(new PlaneShape());
                world.AddSoftBody(mesh, SoftMaterial.Elastic(young, 0.4), new Pose(new Double3(0, 0.5, 0)));
                for (int p = 0; p < world.Count; p++) world.State[p, 3] = 2;
                world.Step(240);
                Double3 low = world.Position(0), high = low;
                for (int p = 0; p < world.Count; p++) (low, high) = (Double3.Min(low, world.Position(p)), Double3.Max(high, world.Position(p)));
                Assert.That((high - low).MaxAbs, Is.LessThan(0.6), $"extent at {young} Pa");
                Assert.That((high - low).Y, Is.GreaterThan(0.15));
            }
        }

        private static void Place(ParticleWorld world, int p, Double3 position)
        {
            for (int c = 0; c < 3; c++) world.State[p, c] = position[c];
        }

        private static Double3[] Positions(ParticleWorld world)
        {
            var positions = new Double3[world.Count];
            for (int p = 0; p < positions.Length; p++) positions[p] = world.Position(p);
            return positions;
        }
    }
}
